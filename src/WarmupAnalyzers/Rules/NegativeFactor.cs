using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using WarmupAnalyzers.Factors;
using WarmupAnalyzers.Schedules;

namespace WarmupAnalyzers.Rules;

/// <summary>WARM1006: the factor falls below zero, so that training climbs the loss.</summary>
internal static class NegativeFactor
{
    public const string Id = "WARM1006";

    public static readonly DiagnosticDescriptor Descriptor = new(
        Id,
        "The factor becomes negative",
        "The factor becomes negative: {0}",
        RuleCategory.Factor,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description: "A negative factor makes a negative learning rate: the optimizer climbs the loss.",
        helpLinkUri: HelpLink.For(Id));

    public static FactorMistake? Judge(FactorUnderJudgement factor, ImmutableHashSet<int> mended)
    {
        var assignments = factor.Assignments;
        if (assignments.IsEmpty)
            return null;
        var isReached = assignments.All(assignment => FirstIn(factor, assignment, mended, factor.LastTrained(assignment)) is not null);
        if (!isReached && assignments.Any(assignment => FirstIn(factor, assignment, mended, factor.LastUsual(assignment)) is null))
            return null;
        // What is reached can be known where what lies beyond is not.
        var last = isReached ? factor.LastTrained(assignments[0]) : factor.LastUsual(assignments[0]);
        var index = FirstIn(factor, assignments[0], mended, last)!.Value;
        var value = factor.Run(assignments[0], mended).At(index);
        var step = index - factor.FirstIndex + 1;
        var effect = $"it runs {factor.Picture(mended)} and is {CurveText.Number(value.ToDouble())} at step {step}"
            + (isReached ? string.Empty : ", if training goes on so long") + CurvePicture.Example(factor);
        return new FactorMistake(
            Descriptor, value.Origin, effect, $"the factor is negative from step {step}{(isReached ? string.Empty : " on, if training goes on so long")}",
            isReached ? null : DiagnosticSeverity.Info);
    }

    /// <summary>The first index up to the last that counts where the factor is negative.</summary>
    private static int? FirstIn(FactorUnderJudgement factor, Assignment assignment, ImmutableHashSet<int> mended, double last)
    {
        var run = factor.Run(assignment, mended);
        var curve = FactorCurve.Of(run, factor.IndicesUpTo(last, assignment));
        if (curve.MeetsUnknown)
            return null;
        var position = Enumerable.Range(0, curve.Length).TakeWhile(i => !IsNegative(curve.NumberAt(i), curve)).Count();
        if (position == curve.Length)
            return null;
        if (position == 0)
            return curve.IndexAt(0);
        // Between two looks by halving.
        var (above, below) = (curve.IndexAt(position - 1), curve.IndexAt(position));
        while (below - above > 1)
        {
            var middle = above + (below - above) / 2;
            if (IsNegative(run.FactorAt(middle), curve))
                below = middle;
            else
                above = middle;
        }

        return below;
    }

    private static bool IsNegative(double factor, FactorCurve curve) => factor < 0 && !curve.IsNegligible(factor);
}
