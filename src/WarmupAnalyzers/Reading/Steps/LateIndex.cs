using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using WarmupAnalyzers.Factors;
using WarmupAnalyzers.Reading.Schedules;
using WarmupAnalyzers.Reading.Source;
using WarmupAnalyzers.Schedules;
using WarmupAnalyzers.Training;

namespace WarmupAnalyzers.Reading.Steps;

/// <summary>A <c>step(i)</c> with the variable of the loop it ends, which starts at 0: it sets the index that was trained with already.</summary>
internal sealed class LateIndex
{
    private LateIndex(RunningIndex index, SchedulerLife life, int? rounds, bool mayBeginAnew)
    {
        Index = index;
        Life = life;
        Rounds = rounds;
        MayBeginAnew = mayBeginAnew;
    }

    /// <summary>What is given.</summary>
    public RunningIndex Index { get; }

    public SchedulerLife Life { get; }

    /// <summary>How often the loop runs at most; null where that is left open.</summary>
    public int? Rounds { get; }

    /// <summary>The loop may be run several times for one scheduler, and begins at its start then.</summary>
    public bool MayBeginAnew { get; }

    /// <summary>Reads a call; null where it is no such step.</summary>
    public static LateIndex? Of(StepCall call)
    {
        if (call.Metric is not null || call.Index?.Value.Unwrapped() is not { } given || LoopOf(call.Operation) is not { } loop
            || RunningIndex.Of(given, loop, call) is not { } index
            || call.Schedulers is not { Creations: [var creation] } || !StandsForItself(creation.Kind) || GoesOn(creation))
            return null;
        var life = SchedulerLife.Of(creation, call.Code, call.Cancellation);
        return life.IsInSight && !life.HasRival && IsOnlyStep(call, life) && TrainsBefore(loop, life) && (ReferenceEquals(index.Training, loop) || IsMadeOutside(index.Training, creation))
            ? new LateIndex(index, life, ReferenceEquals(index.Training, loop) ? RoundsOf(loop, call) : null, life.World.OutlivesRoots || !IsRunOnce(index.Training, life))
            : null;
    }

    // An index that goes on through several loops goes on for the next scheduler that is made in one of them.
    private static bool IsMadeOutside(ILoopOperation training, SchedulerCreation creation) => !training.Syntax.Span.Contains(creation.Operation.Syntax.Span);

    // What is made of others passes the index on in its own way.
    private static bool StandsForItself(SchedulerKind kind) => kind is not (SchedulerKind.SequentialLR or SchedulerKind.ChainedLR or SchedulerKind.ReduceLROnPlateau or SchedulerKind.WarmupThenPlateauLR);

    // A training that goes on has indices of its own.
    private static bool GoesOn(SchedulerCreation creation) => creation.Argument("last_epoch") is { } last && last.ConstantValue is not { HasValue: true, Value: -1 };

    /// <summary>The innermost loop round an operation, in its function.</summary>
    public static ILoopOperation? LoopOf(IOperation step)
    {
        for (var current = step.Parent; current is not (null or IAnonymousFunctionOperation or ILocalFunctionOperation); current = current.Parent)
        {
            if (current is ILoopOperation loop)
                return loop;
        }

        return null;
    }

    // Another one sets the index, too: a training that goes on replays the steps that were made.
    private static bool IsOnlyStep(StepCall call, SchedulerLife life) => life.World.AllBodies
        .SelectMany(body => body.Root.AllEvents())
        .Where(happening => happening.Kind == EventKind.SchedulerStep)
        .All(step => ReferenceEquals(step.Site.Location, call.Syntax));

    /// <summary>Round the loop there is none, and no function, that the scheduler outlives.</summary>
    private static bool IsRunOnce(ILoopOperation loop, SchedulerLife life) => loop.Syntax.Ancestors()
        .TakeWhile(outer => outer is not (MemberDeclarationSyntax and not GlobalStatementSyntax))
        .All(outer => !LoopJumps.IsLoop(outer) && outer is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax)
            || outer.Span.Contains(life.Creation.Operation.Syntax.Span));

    private static bool TrainsBefore(ILoopOperation loop, SchedulerLife life)
    {
        if (life.Scheduler is not { } scheduler || life.Optimizer is not { } optimizer)
            return false;
        var loops = life.World.AllBodies
            .SelectMany(body => body.Root.OutermostLoops(candidate => ReferenceEquals(candidate.Site!.Location, loop.Syntax)))
            .ToArray();
        return loops.Length > 0 && loops.All(candidate => RoundOrder.TrainsAndSteps(candidate, scheduler, optimizer));
    }

    private static int? RoundsOf(ILoopOperation loop, StepCall call)
    {
        var rounds = CountedLoop.Read(loop, call.Code, call.Cancellation);
        return rounds is { FreeVariables.IsEmpty: true } && rounds.Under(Assignment.Empty, call.Cancellation) is >= 0 and <= int.MaxValue and var count ? (int)count : null;
    }
}
