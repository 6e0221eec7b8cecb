using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using WarmupAnalyzers.Factors;
using WarmupAnalyzers.Reading.Schedules;
using WarmupAnalyzers.Schedules;

namespace WarmupAnalyzers.Rules;

/// <summary>WARM1005: a learning rate of infinity or NaN is trained with.</summary>
internal static class FactorNotFinite
{
    public const string Id = "WARM1005";

    public static readonly DiagnosticDescriptor Descriptor = new(
        Id,
        "The factor is not finite",
        "The factor is not finite {0}",
        RuleCategory.Factor,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description: "The factor is NaN or infinite at an index that is provably trained with: one such step makes every weight NaN.",
        helpLinkUri: HelpLink.For(Id));

    public static FactorMistake? Judge(FactorUnderJudgement factor, ImmutableHashSet<int> mended)
    {
        // For every value of the open variables, also for those with which nothing else can be said of the function.
        var assignments = factor.Branch.Assignments;
        var first = assignments.IsEmpty ? null : FirstIn(factor, assignments[0], mended);
        if (first is not { } found || assignments.Any(assignment => FirstIn(factor, assignment, mended) is null))
            return null;
        var step = found.Index - factor.FirstIndex + 1;
        var place = step == 1 ? "at the first step" : "at step " + step;
        var value = CurveText.Number(found.Value.ToDouble());
        var effect = $"{place}, where it is {value}: {Subject(factor)} runs {factor.Picture(assignments[0], mended)}{CurvePicture.Example(factor, assignments[0])}";
        return new FactorMistake(Descriptor, found.Value.Origin, effect, $"the factor is {value} {place}");
    }

    private static string Subject(FactorUnderJudgement factor) => factor.Schedule.Use == Reading.Schedules.FactorUse.Rate ? factor.Subject : "it";

    /// <summary>Where a value that is no finite number is first trained with; null where that is not certain.</summary>
    public static (int Index, Value Value)? FirstIn(FactorUnderJudgement factor, Assignment assignment, ImmutableHashSet<int> mended)
    {
        var run = factor.Run(assignment, mended);
        foreach (var index in factor.IndicesUpTo(factor.LastTrained(assignment), assignment))
        {
            var value = run.At(index);
            if (!value.Kind.IsNumber())
                return null;
            if (double.IsNaN(value.ToDouble()) || double.IsInfinity(value.ToDouble()))
                return (index, value);
        }

        return null;
    }
}
