using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using WarmupAnalyzers.Reading;
using WarmupAnalyzers.Reading.Schedules;
using WarmupAnalyzers.Rules;
using WarmupAnalyzers.Schedules;

namespace WarmupAnalyzers.CodeFixes.Rewriting;

/// <summary>What mends a scheduler's arguments, evaluated again: the document, and the action in the user's terms.</summary>
internal sealed record ArgumentRepair(Document Document, string Title)
{
    private const int Shown = 6;

    /// <summary>Whether a person must look at it: what is written may be meant, or the result is another schedule.</summary>
    public static bool NeedsReview(ArgumentState state, ArgumentMistake mistake) => mistake.Rule.Id switch
    {
        ZeroStartFactor.Id => state.Arguments.Kind == SchedulerKind.ConstantLR,
        LastEpochOnFreshOptimizer.Id => mistake.Properties.ContainsKey(LastEpochOnFreshOptimizer.NeedsReview),
        _ => false,
    };

    /// <summary>Mends the mistake of a creation that is reported; null where there is no fix, or none of this sort.</summary>
    public static async Task<ArgumentRepair?> OfAsync(ArgumentState state, bool review, CancellationToken cancellation)
    {
        if (state.Mistakes.FirstOrDefault() is not { } mistake || NeedsReview(state, mistake) != review || Edited(state, mistake) is not { } root
            || await state.AfterAsync(root, mistake, cancellation).ConfigureAwait(false) is not { } after)
            return null;
        return new ArgumentRepair(after.Document, TitleOf(after, mistake) + (review ? " (needs review)" : string.Empty));
    }

    private static SyntaxNode? Edited(ArgumentState state, ArgumentMistake mistake)
    {
        mistake.Properties.TryGetValue(ArgumentMistake.Parameter, out var parameter);
        mistake.Properties.TryGetValue(ArgumentMistake.Replacement, out var replacement);
        return mistake.Rule.Id switch
        {
            ZeroStartFactor.Id => ProportionalStart.Of(state.Arguments) is { } start ? ArgumentEdits.Replace(state.Root, state.Creation, parameter!, start) : null,
            LastEpochOnFreshOptimizer.Id => ArgumentEdits.Remove(state.Root, state.Creation, parameter!),
            DiscardedLearningRate.Id => replacement is null ? null : InitialRateEdit.Apply(state.Root, mistake.Others.Insert(0, mistake.Place)),
            _ => replacement is null ? null : ArgumentEdits.Replace(state.Root, state.Creation, parameter!, replacement),
        };
    }

    private static string TitleOf(ArgumentState after, ArgumentMistake mistake)
    {
        mistake.Properties.TryGetValue(ArgumentMistake.Parameter, out var parameter);
        return mistake.Rule.Id switch
        {
            ZeroStartFactor.Id => $"Start from {(ProportionalStart.Of(after.Arguments) ?? "1.0 / total_iters").Replace("1.0 /", "1 /")}{Numbers(after.Arguments)}",
            LastEpochOnFreshOptimizer.Id => "Remove last_epoch" + Numbers(after.Arguments),
            DiscardedLearningRate.Id => "Also set InitialLearningRate",
            _ => $"Change {parameter} to {after.Creation.Argument(parameter!)!.Syntax}",
        };
    }

    private static string Numbers(SchedulerArguments arguments) =>
        arguments.Scheduler is { } scheduler && RunText.Subject(scheduler, arguments) is not null && RunText.Numbers(scheduler, arguments, Shown) is { } numbers
            ? ": " + CurveText.Numbers(numbers)
            : string.Empty;
}
