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
    private LateIndex(ILocalSymbol variable, SchedulerLife life, int? rounds, bool mayBeginAnew)
    {
        Variable = variable;
        Life = life;
        Rounds = rounds;
        MayBeginAnew = mayBeginAnew;
    }

    /// <summary>The variable that is given.</summary>
    public ILocalSymbol Variable { get; }

    public SchedulerLife Life { get; }

    /// <summary>How often the loop runs at most; null where that is left open.</summary>
    public int? Rounds { get; }

    /// <summary>The loop may be run several times for one scheduler, and begins at its start then.</summary>
    public bool MayBeginAnew { get; }

    /// <summary>Reads a call; null where it is no such step.</summary>
    public static LateIndex? Of(StepCall call)
    {
        if (call.Metric is not null || call.Index?.Value.Unwrapped() is not ILocalReferenceOperation { Local: var variable }
            || LoopOf(call.Operation) is not { } loop || (LoopCount.StartOf(loop, variable) != 0 && !IsCountedBehind(call, variable, loop))
            || call.Schedulers is not { Creations: [var creation] } || !StandsForItself(creation.Kind) || GoesOn(creation))
            return null;
        var life = SchedulerLife.Of(creation, call.Code, call.Cancellation);
        return life.IsInSight && !life.HasRival && IsOnlyStep(call, life) && TrainsBefore(loop, life)
            ? new LateIndex(variable, life, RoundsOf(loop, call), life.World.OutlivesRoots || !IsRunOnce(loop, life))
            : null;
    }

    // `var epoch = 0; while (…) { …; scheduler.step(epoch); epoch++; }`
    private static bool IsCountedBehind(StepCall call, ILocalSymbol variable, ILoopOperation loop) =>
        call.Code.InitializerOf(variable, call.Cancellation)?.Unwrapped().ConstantValue is { HasValue: true, Value: 0 }
        && variable.DeclaringSyntaxReferences.All(reference => !loop.Syntax.Span.Contains(reference.Span) && IsOutOfLoops(reference, loop))
        && call.Code.WritesOf(variable, call.Cancellation) is { Count: 1, Only: { } write }
        && call.Code.OperationOf(write, call.Cancellation) is IIncrementOrDecrementOperation { Kind: OperationKind.Increment }
        && StepMove.StatementOf(call.Syntax) is { } step && write.Parent is ExpressionStatementSyntax count
        && count.Parent == loop.Body.Syntax && step.Parent == count.Parent && count.SpanStart > step.SpanStart;

    // Made in a round of an outer loop it starts at 0 in each.
    private static bool IsOutOfLoops(SyntaxReference declaration, ILoopOperation loop) =>
        loop.Syntax.Ancestors().Where(LoopJumps.IsLoop).All(outer => !outer.Span.Contains(declaration.Span));

    // What is made of others passes the index on in its own way.
    private static bool StandsForItself(SchedulerKind kind) => kind is not (SchedulerKind.SequentialLR or SchedulerKind.ChainedLR or SchedulerKind.ReduceLROnPlateau);

    // A training that goes on has indices of its own.
    private static bool GoesOn(SchedulerCreation creation) => creation.Argument("last_epoch") is { } last && last.ConstantValue is not { HasValue: true, Value: -1 };

    private static ILoopOperation? LoopOf(IOperation step)
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
