using System;
using System.Collections.Generic;
using System.Linq;
using WarmupAnalyzers.Reading;
using WarmupAnalyzers.Schedules;

namespace WarmupAnalyzers.Rules;

/// <summary>The first factors of a schedule that constants fix, for the text of a message.</summary>
internal static class ScheduleCurve
{
    /// <summary>f(0), f(1), … or null where it is not known.</summary>
    public static IReadOnlyList<double>? Of(SchedulerCreation creation, int count)
    {
        if (Constant(creation, "last_epoch", -1) is not -1)
            return null;
        switch (creation.Kind)
        {
            case SchedulerKind.LinearLR:
                if (Constant(creation, "start_factor", null) is not { } start || Constant(creation, "end_factor", null) is not { } end
                    || Constant(creation, "total_iters", null) is not { } total || start == 0 || total <= 0)
                    return null;
                return Values(count, k => start + ((end - start) * Math.Min(k, total) / total));
            case SchedulerKind.ExponentialLR:
                return Constant(creation, "gamma", null) is { } gamma ? Values(count, k => Math.Pow(gamma, k)) : null;
            case SchedulerKind.StepLR:
                return Constant(creation, "gamma", null) is { } drop && Constant(creation, "step_size", null) is { } size && size >= 1
                    ? Values(count, k => Math.Pow(drop, Math.Floor(k / size)))
                    : null;
            default:
                return null;
        }
    }

    private static IReadOnlyList<double> Values(int count, Func<int, double> factor) => Enumerable.Range(0, count).Select(factor).ToArray();

    private static double? Constant(SchedulerCreation creation, string parameter, double? whenAbsent) =>
        creation.Argument(parameter) switch
        {
            null => whenAbsent,
            { ConstantValue: { HasValue: true, Value: int number } } => number,
            { ConstantValue: { HasValue: true, Value: double number } } => number,
            { ConstantValue: { HasValue: true, Value: float number } } => number,
            _ => null,
        };
}
