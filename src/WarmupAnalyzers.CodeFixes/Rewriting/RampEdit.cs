using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using WarmupAnalyzers.Factors;
using WarmupAnalyzers.Rules;

namespace WarmupAnalyzers.CodeFixes.Rewriting;

/// <summary>Writes the ramp that a function named or made for warmup should have been.</summary>
internal static class RampEdit
{
    public static async Task<FactorState?> ApplyAsync(FactorState state, CancellationToken cancellation)
    {
        if (FactorFunctionSyntax.Of(state, cancellation) is not { Value: { } value } function
            || CanonicalRamp.OfLengths(state, function, LengthsOf(state, function, cancellation), cancellation) is not { } ramp
            || !await SoleUse.OfAllAsync(new[] { value }, state, cancellation).ConfigureAwait(false))
            return null;
        var after = await state.AfterAsync(state.Root.ReplaceNode(value, ramp.Value.WithTriviaFrom(value)), cancellation).ConfigureAwait(false);
        return after is not null && ramp.IsKept(after, cancellation) ? after : null;
    }

    // As long as the step is low, or as what the falling ramp is divided by.
    private static ImmutableArray<(Assignment Assignment, double Length)> LengthsOf(FactorState state, FactorFunctionSyntax function, CancellationToken cancellation)
    {
        var judgement = state.Judgement!;
        return judgement.Mistakes[0].Id == StepInsteadOfRamp.Id
            ? judgement.Branch.Assignments.Select(assignment => (assignment, (double)StepInsteadOfRamp.EndOf(judgement.Branch, assignment, judgement.TruncatingDivisions))).ToImmutableArray()
            : CanonicalRamp.DenominatorsOf(state, function, cancellation);
    }
}
