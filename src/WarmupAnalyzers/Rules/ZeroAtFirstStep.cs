using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using WarmupAnalyzers.Factors;

namespace WarmupAnalyzers.Rules;

/// <summary>WARM1001: the first optimizer step is made with a learning rate of zero.</summary>
internal static class ZeroAtFirstStep
{
    public const string Id = "WARM1001";

    public static readonly DiagnosticDescriptor Descriptor = new(
        Id,
        "The learning rate is zero at the first step",
        "The learning rate is zero {0}",
        RuleCategory.Factor,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description: "The factor is zero at the index in force at the first optimizer step, so that step, or the whole warmup, trains nothing.",
        helpLinkUri: HelpLink.For(Id));

    public static FactorMistake? Judge(FactorUnderJudgement factor, ImmutableHashSet<int> mended)
    {
        var zeros = int.MaxValue;
        foreach (var assignment in factor.Assignments)
        {
            // The one value that is asked of every function: most are done here.
            var first = factor.First(assignment, mended);
            if (!first.Kind.IsNumber() || System.Math.Abs(first.ToDouble()) > 1e-6)
                return null;
            var curve = factor.Curve(assignment, mended);
            if (curve.Peak == 0 || double.IsInfinity(curve.Peak) || !curve.IsNegligible(curve.NumberAt(0)) || IsUnfreezing(factor, curve))
                return null;
            zeros = System.Math.Min(zeros, LeadingZeros(curve));
        }

        var origin = factor.First(factor.Assignments[0], mended).Origin;
        return new FactorMistake(Id, origin, Effect(factor, mended, zeros), "the first step trains with a learning rate of zero");
    }

    private static string Effect(FactorUnderJudgement factor, ImmutableHashSet<int> mended, int zeros)
    {
        var duration = zeros > 1 && factor.Program.FreeVariables.IsEmpty ? $"for the first {zeros} steps" : "at the first step";
        return $"{duration}: the factor runs {factor.Picture(mended)}{CurvePicture.Example(factor)}";
    }

    private static int LeadingZeros(FactorCurve curve) =>
        Enumerable.Range(0, curve.Indices.Length)
            .TakeWhile(i => curve.IsNegligible(curve.NumberAt(i)) && curve.Indices[i] == curve.Indices[0] + i)
            .Count();

    // Zero, then constant, while another group trains: layers that are thawed later.
    private static bool IsUnfreezing(FactorUnderJudgement factor, FactorCurve curve) =>
        !curve.DependsOnIndex
        && factor.Schedule.Groups.Length > 1
        && factor.Schedule.Groups.Any(group => group != factor.Group && TrainsAtOnce(factor, group));

    private static bool TrainsAtOnce(FactorUnderJudgement factor, Reading.GroupFactor group) =>
        group.Program.Under(factor.Assignments[0], default).At(factor.FirstIndex) is { } value
        && value.Kind.IsNumber() && value.ToDouble() != 0;
}
