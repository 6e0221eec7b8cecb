using System;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Simplification;
using WarmupAnalyzers.Factors;
using WarmupAnalyzers.Reading;
using WarmupAnalyzers.Reading.Schedules;
using WarmupAnalyzers.Rules;

namespace WarmupAnalyzers.CodeFixes.Rewriting;

/// <summary>
/// Mends everything that is wrong with one factor function, and proves it: the result is read and evaluated again, and where
/// the promise does not hold there is no repair.
/// </summary>
internal static class FactorRepair
{
    private const int MaximumRounds = 6;

    /// <summary>The same for a function that came from another scheduler: where nothing is wrong with it here it stays.</summary>
    public static async Task<(Document Document, string Title)?> OfMovedAsync(FactorState start, CancellationToken cancellation)
    {
        // What would be reported here, and was not there.
        if (start.Judgement?.Mistakes.Any(mistake => mistake.Id is DecreasingWarmup.Id or StepInsteadOfRamp.Id or JumpAtHandover.Id) == true)
            return null;
        if (start.Mendable is not null)
            return await OfAsync(start, cancellation).ConfigureAwait(false);
        return Judged(start, cancellation) is [var judged, ..] && !judged.Assignments.IsEmpty
            ? (start.Document, "train with " + judged.Picture(ImmutableHashSet<int>.Empty) + CurvePicture.Example(judged))
            : null;
    }

    /// <summary>The document with the function mended, and the title of the action; null where no safe repair is known.</summary>
    public static async Task<(Document Document, string Title)?> OfAsync(FactorState start, CancellationToken cancellation)
    {
        if (await RepairedAsync(start, cancellation).ConfigureAwait(false) is not { } repaired)
            return null;
        var document = await Simplifier.ReduceAsync(repaired.Document, Simplifier.Annotation, null, cancellation).ConfigureAwait(false);
        return (document, RepairTitle.Of(start, repaired, Judged(repaired, cancellation)!.Value[0], cancellation));
    }

    /// <summary>The state in which the function is mended; null where no safe repair is known.</summary>
    public static async Task<FactorState?> RepairedAsync(FactorState start, CancellationToken cancellation)
    {
        if (start.Mendable is null || start.IsAbsoluteRate)
            return null;
        var repaired = await CanonicalAsync(start, cancellation).ConfigureAwait(false)
            ?? await StepByStepAsync(start, cancellation).ConfigureAwait(false);
        return repaired is not null && Directives.AreKept(start.Root, repaired.Root) && IsProven(start, repaired, cancellation) ? repaired : null;
    }

    private static async Task<FactorState?> CanonicalAsync(FactorState state, CancellationToken cancellation)
    {
        if (state.Schedule.Use is not (FactorUse.Factor or FactorUse.Rate)
            || FactorFunctionSyntax.Of(state, cancellation) is not { Value: { } value } function
            || IsLevelOrElsewhere(state, function)
            || CanonicalRamp.Of(state, function, cancellation) is not { } ramp
            || !await SoleUse.OfAllAsync(new[] { value }, state, cancellation).ConfigureAwait(false))
            return null;
        var after = await state.AfterAsync(state.Root.ReplaceNode(value, ramp.Value.WithTriviaFrom(value)), cancellation).ConfigureAwait(false);
        return after is not null && ramp.IsKept(after, cancellation) ? after : null;
    }

    // A zero that is written down, in a table or a switch, is a level and no ramp, even where the numbers agree. And what
    // another function computes is not written out here.
    private static bool IsLevelOrElsewhere(FactorState state, FactorFunctionSyntax function) => state.Mendable!.Mistakes.Any(mistake =>
        mistake.Origin is SyntaxNode origin
        && (!function.Value!.Contains(origin) || mistake.Id == ZeroAtFirstStep.Id && !function.IndexReads(origin).Any()));

    private static async Task<FactorState?> StepByStepAsync(FactorState start, CancellationToken cancellation)
    {
        var state = start;
        for (var round = 0; round < MaximumRounds; round++)
        {
            if (state.Mendable is null)
                return state;
            if (await NextAsync(state, cancellation).ConfigureAwait(false) is not { } next)
                return null;
            state = next;
        }

        return null;
    }

    private static async Task<FactorState?> NextAsync(FactorState state, CancellationToken cancellation)
    {
        var mistakes = state.Mendable!.Mistakes.Select(mistake => mistake.Id).ToImmutableArray();
        switch (mistakes[0])
        {
            case FactorNotFinite.Id:
                return await NotFiniteEdit.ApplyAsync(state, cancellation).ConfigureAwait(false);
            case IntegerDivisionInFactor.Id:
                return await AfterAsync(state, IntegerDivisionEdit.ApplyAsync(state, cancellation), cancellation).ConfigureAwait(false);
            case BaseLearningRateInFactor.Id:
                return await AfterAsync(state, BaseLearningRateEdit.ApplyAsync(state, cancellation), cancellation).ConfigureAwait(false);
            // Before it is shifted: a ramp over one step starts at one and would not be seen to go on.
            case var _ when mistakes.Contains(WarmupWithoutCap.Id):
                return await AfterAsync(state, OpenEndEdit.CapAsync(state, cancellation), cancellation).ConfigureAwait(false);
            case ZeroAtFirstStep.Id:
                return await StartLaterAsync(state, cancellation).ConfigureAwait(false);
            case NegativeFactor.Id:
                return await AfterAsync(state, OpenEndEdit.StopAtZeroAsync(state, cancellation), cancellation).ConfigureAwait(false);
            default:
                return null;
        }
    }

    private static async Task<FactorState?> AfterAsync(FactorState state, Task<SyntaxNode?> edit, CancellationToken cancellation) =>
        await edit.ConfigureAwait(false) is { } edited ? await state.AfterAsync(edited, cancellation).ConfigureAwait(false) : null;

    private static async Task<FactorState?> StartLaterAsync(FactorState state, CancellationToken cancellation)
    {
        foreach (var candidate in await ZeroStartEdit.CandidatesAsync(state, cancellation).ConfigureAwait(false))
        {
            var after = await state.AfterAsync(candidate, cancellation).ConfigureAwait(false);
            if (after is not null && after.Mendable?.Mistakes.Any(mistake => mistake.Id != NegativeFactor.Id) != true && !HasNewErrors(state, after, cancellation) && IsOneStepLater(state, after, cancellation))
                return after;
        }

        return null;
    }

    // The first value is about the one that came second, and no value exceeds the full rate or the old peak.
    private static bool IsOneStepLater(FactorState before, FactorState after, CancellationToken cancellation)
    {
        var first = before.Schedule.FirstIndex;
        foreach (var assignment in before.Judgement!.Branch.Assignments)
        {
            var old = before.Group.Program.Under(assignment, cancellation);
            var indices = IndexRange.Of(first, Math.Max(before.Group.Program.LargestConstant, assignment.LargestCount(before.Group.Program.FreeVariables)));
            var peak = FactorCurve.Of(old, indices.Concat(indices.Select(index => index + 1)).Distinct().OrderBy(index => index).ToImmutableArray()).Peak;
            var (start, second) = (after.Follow(assignment, first, cancellation), old.FactorAt(first + 1));
            if (!(start > 0 && start >= 0.5 * second && start <= 2 * second) || indices.Any(index => after.Follow(assignment, index, cancellation) > Limit(before, assignment, peak, second) * (1 + 1e-9)))
                return false;
        }

        return true;
    }

    // The full rate; where that is not known, one step of the ramp further than it went.
    private static double Limit(FactorState before, Assignment assignment, double peak, double step) => before.Schedule.Use == FactorUse.Factor
        ? Math.Max(peak, 1)
        : Math.Max(peak, FullRate(before, assignment) ?? peak + step);

    private static double? FullRate(FactorState state, Assignment assignment)
    {
        var rate = state.Schedule.BaseRate;
        if (!double.IsNaN(rate.Value))
            return rate.Value;
        return state.Group.Program.FreeVariables.FirstOrDefault(variable => rate.Keys.Contains(variable.Key)) is { } open
            ? assignment.ValueOf(open).ToDouble()
            : null;
    }

    private static bool IsProven(FactorState before, FactorState after, CancellationToken cancellation) =>
        after.Mendable is null
        && !after.HasNewMistakes(before)
        && !HasNewErrors(before, after, cancellation)
        && Judged(after, cancellation) is { } branches
        && branches.All(branch => !branch.Assignments.IsEmpty)
        && (after.Schedule.Use is FactorUse.Factor or FactorUse.Rate || IsAsMeant(before, after, cancellation));

    // What is no factor of the base rate is neither capped nor started later: nothing but the divisions has changed.
    private static bool IsAsMeant(FactorState before, FactorState after, CancellationToken cancellation) =>
        before.Judgement!.Branch.Assignments.All(assignment =>
            IndexRange.Of(before.Schedule.FirstIndex, before.Group.Program.LargestConstant, before.Group.Program.LastIndex).All(index =>
                after.Follow(assignment, index, cancellation).Equals(before.Meant(assignment, index, cancellation))));

    private static ImmutableArray<FactorUnderJudgement>? Judged(FactorState state, CancellationToken cancellation)
    {
        var branches = state.Schedule.BranchesOf(state.Group);
        return branches.IsEmpty ? null : branches.Select(branch => new FactorUnderJudgement(state.Schedule, state.Group, branch, state.Options, cancellation)).ToImmutableArray();
    }

    private static bool HasNewErrors(FactorState before, FactorState after, CancellationToken cancellation) =>
        Errors(after, cancellation) > Errors(before, cancellation);

    private static int Errors(FactorState state, CancellationToken cancellation) =>
        state.Model.GetDiagnostics(cancellationToken: cancellation).Count(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
}
