using System;
using System.Linq;
using WarmupAnalyzers.Schedules;

namespace WarmupAnalyzers.CodeFixes.Refactorings;

/// <summary>A schedule of the library in the title of an action: its name, its first numbers, and the whole of it as bars.</summary>
internal static class SchedulePicture
{
    private const int Numbers = 7;
    private const int Bars = 24;
    private const int NamedVariables = 3;
    private const int FarthestStart = 1_000_000;

    public static string Of(LibrarySchedule found, UserCurve example, int first)
    {
        var schedule = found.Under(example)!;
        first = Math.Min(first, FarthestStart);
        var last = Math.Min(found.Horizon(example), int.MaxValue / 2) + 1;
        var bars = last - first < Bars
            ? Enumerable.Range(first, (int)Math.Max(Numbers, last - first + 1)).Select(index => (long)index)
            : Enumerable.Range(0, Bars).Select(bar => first + (long)((last - first) * bar / (Bars - 1)));
        return found.Factory + ": "
            + CurveText.Numbers(Enumerable.Range(first, Numbers).Select(index => schedule.Factor(index)).ToArray())
            + " " + CurveText.Sparkline(bars.Select(schedule.Factor).ToArray())
            + Example(example);
    }

    private static string Example(UserCurve curve)
    {
        var open = curve.Open.Take(NamedVariables).Select(variable => variable.Name + " = " + CurveText.Number(variable.Value)).ToArray();
        return open.Length == 0 ? string.Empty : " (with " + string.Join(", ", open) + ")";
    }
}
