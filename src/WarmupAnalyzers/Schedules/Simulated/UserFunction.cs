using System;
using WarmupAnalyzers.Factors;

namespace WarmupAnalyzers.Schedules.Simulated;

/// <summary>The call of a delegate that the user gave to a scheduler.</summary>
internal static class UserFunction
{
    /// <summary>The number it gives; NaN where the run ends with it.</summary>
    public static double Call<T>(Func<T, Value>? function, T argument, ScheduleRun run)
    {
        if (!run.IsKnown)
            return double.NaN;
        if (function is null)
        {
            run.Fail(typeof(NullReferenceException));
            return double.NaN;
        }

        var value = function(argument);
        if (value.Kind == ValueKind.Thrown)
            run.Fail(value.Exception);
        else if (!value.Kind.IsNumber())
            run.Lose();
        return value.ToDouble();
    }
}
