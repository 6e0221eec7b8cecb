using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using WarmupAnalyzers.Factors;
using WarmupAnalyzers.Schedules;

namespace WarmupAnalyzers.Rules;

/// <summary>A factor's curve in a message: <c>0, 0.2, 0.4, 0.6, 0.8, 1, … ▁▂▄▅▆█</c>.</summary>
internal static class CurvePicture
{
    private const int Shown = 6;
    private const int MaximumBars = 24;

    public static string Of(FactorUnderJudgement factor, Assignment assignment, ImmutableHashSet<int> mended, CancellationToken cancellation)
    {
        var run = factor.Program.Mended(assignment, mended, cancellation);
        var bars = Bars(factor, assignment);
        var numbers = Enumerable.Range(factor.FirstIndex, bars).Select(run.FactorAt).ToArray();
        return CurveText.Numbers(numbers) + " " + CurveText.Sparkline(numbers);
    }

    /// <summary>Which values of the open variables the numbers are for; empty where there are none.</summary>
    public static string Example(FactorUnderJudgement factor) => Example(factor, factor.Assignments[0]);

    /// <summary>The same for one assignment.</summary>
    public static string Example(FactorUnderJudgement factor, Assignment assignment)
    {
        var open = factor.Program.FreeVariables
            .Where(variable => !variable.IsDiscrete && !(factor.Schedule.BaseRate.Keys.Contains(variable.Key) && !double.IsNaN(factor.Schedule.BaseRate.Value)))
            .Select(variable => variable.Name + " = " + CurveText.Number(assignment.ValueOf(variable).ToDouble()))
            .Take(3)
            .ToArray();
        return open.Length == 0 ? string.Empty : " (with " + string.Join(", ", open) + ")";
    }

    // As far as the first interesting count goes, so that the whole ramp is seen.
    private static int Bars(FactorUnderJudgement factor, Assignment assignment)
    {
        var largest = factor.LargestCount(assignment);
        return (int)System.Math.Max(Shown + 1, System.Math.Min(MaximumBars, largest + 2));
    }
}
