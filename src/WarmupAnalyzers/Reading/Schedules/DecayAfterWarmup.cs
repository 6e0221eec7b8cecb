using System.Linq;
using Microsoft.CodeAnalysis;
using WarmupAnalyzers.Factors;
using WarmupAnalyzers.Reading.Steps;
using WarmupAnalyzers.Schedules;

namespace WarmupAnalyzers.Reading.Schedules;

/// <summary>A decay that is the last part of a sequence and has a warmup somewhere in front of it.</summary>
/// <param name="Decay">The decay.</param>
/// <param name="Whole">The sequence, which stands for itself.</param>
/// <param name="Start">The milestone at which the decay begins.</param>
/// <param name="StartPlace">That milestone as it is written.</param>
internal sealed record DecayAfterWarmup(Decay Decay, Composition Whole, FactorProgram Start, IOperation StartPlace)
{
    private const int FirstSteps = 2;

    /// <summary>Whether nobody else moves the rate, and the steps are in order.</summary>
    public bool IsInOrder => IsWholeInOrder(Whole);

    /// <summary>Null for anything else.</summary>
    public static DecayAfterWarmup? Of(SchedulerArguments arguments)
    {
        if (Decay.Of(arguments) is not { } decay || arguments.Number("last_epoch") != -1 || arguments.Parent is not { Kind: SchedulerKind.SequentialLR, HoldsError: false } parent)
            return null;
        var whole = new Composition(parent, arguments.Code, arguments.Cancellation);
        var part = arguments.Life.IndexInParent;
        return part > 0 && whole.Counts.Length == part && Enumerable.Range(0, part).Any(before => IsWarmup(whole, before))
            ? new DecayAfterWarmup(decay, whole, whole.Counts[part - 1], whole.Milestones!.Value[part - 1])
            : null;
    }

    private static bool IsWarmup(Composition whole, int part) => whole.KnownPartAt(part) is { } known
        && Warmup.Of(new SchedulerArguments(known, whole.Code, whole.Cancellation)) is { } warmup
        && (known.Kind != SchedulerKind.LambdaLR || IsRising(whole, warmup));

    // What a function does is seen where it is a function of the index alone.
    private static bool IsRising(Composition whole, Warmup warmup) =>
        warmup.Programs.All(program => program.FreeVariables.IsEmpty) && warmup.Under(Assignment.Empty, whole.Cancellation)?.LengthFrom(FirstSteps) is not null;

    private static bool IsWholeInOrder(Composition whole) =>
        TrainingSteps.AreInOrder(whole.Creation, whole.Code, whole.Cancellation)
        && ScheduleReader.Number(whole.Creation, "last_epoch", whole.Code, whole.Cancellation) == -1
        && !whole.Code.RateWrites.CanFollow(whole.Creation, whole.Cancellation)
        && SingleRun.IsCertain(SchedulerLife.Of(whole.Creation, whole.Code, whole.Cancellation), whole.Code, whole.Cancellation);
}
