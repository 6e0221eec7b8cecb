using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using WarmupAnalyzers.Reading.Optimizers;
using WarmupAnalyzers.Reading.Schedules;
using WarmupAnalyzers.Reading.Source;
using WarmupAnalyzers.Reading.Steps;
using WarmupAnalyzers.Schedules;

namespace WarmupAnalyzers.Reading.Rounds;

/// <summary>Whose learning rate the optimizer does not step with.</summary>
internal enum RateContest
{
    /// <summary>What the scheduler sets is written over before the optimizer steps.</summary>
    ScheduleLost,

    /// <summary>The scheduler goes on from what is written, so that of all its steps the last one is left.</summary>
    StepsLost,

    /// <summary>The scheduler sets the rate anew before the optimizer steps.</summary>
    WriteLost,
}

/// <summary>A learning rate that is written by hand in each round in which a scheduler of the same optimizer is stepped.</summary>
/// <param name="Write">The assignment.</param>
/// <param name="Scheduler">The scheduler.</param>
/// <param name="Contest">Which of the two is lost.</param>
/// <param name="IsFirstRight">Whether the first round trains with the scheduler's rate all the same.</param>
internal sealed record ContestedRate(IAssignmentOperation Write, SchedulerCreation Scheduler, RateContest Contest, bool IsFirstRight)
{
    private const int MaximumCalls = 3;

    /// <summary>All in one file.</summary>
    public static IEnumerable<ContestedRate> In(SemanticModel model, TrainingCode code, CancellationToken cancellation)
    {
        var writes = code.RateWrites.In(model.SyntaxTree.GetRoot(cancellation)).ToArray();
        if (writes.Length == 0)
            return [];
        return code.Creations.In(model, cancellation).IsEmpty ? [] : writes
            .Where(write => !write.ContainsDiagnostics && code.RateWrites.IsRate(write, cancellation))
            .Select(write => code.OperationOf(write, cancellation)).OfType<IAssignmentOperation>()
            .Select(write => Read(write, model, code, cancellation)).OfType<ContestedRate>();
    }

    private static ContestedRate? Read(IAssignmentOperation write, SemanticModel model, TrainingCode code, CancellationToken cancellation)
    {
        if (write.Target is not IPropertyReferenceOperation rate || RateTarget.Of(rate, code, cancellation) is not { } target)
            return null;
        var round = TrainingRound.Of(write, target.Optimizer, code, cancellation).SelectMany(rounds => rounds).FirstOrDefault(found => found.Loop is not null);
        if (round is not { Body.Syntax: BlockSyntax block, Content.HasErrors: false } || block.ContainsDiagnostics
            || SchedulerOf(round, model, code, cancellation) is not { } scheduler
            || SchedulerPair.StepOf(scheduler, code, cancellation) is not { } step || step.Parent != block
            || !IsEveryGroup(target, round, code, cancellation))
            return null;
        return Order(write, step, block, round) is var (contest, isFirstRight) && !(contest == RateContest.WriteLost && DoesBoth(scheduler))
            && IsCertain(contest, write, scheduler, round, step, code, cancellation)
            ? new ContestedRate(write, scheduler, contest == RateContest.WriteLost && !SetsAnew(scheduler) ? RateContest.StepsLost : contest, isFirstRight)
            : null;
    }

    /// <summary>The only scheduler of the round's optimizer.</summary>
    private static SchedulerCreation? SchedulerOf(TrainingRound round, SemanticModel model, TrainingCode code, CancellationToken cancellation)
    {
        var own = code.Creations.For(round.Optimizer, model, cancellation)
            .Where(creation => !creation.IsBaseCall && !creation.HoldsError)
            .Where(creation => SchedulerLife.Of(creation, code, cancellation).Parent is null)
            .ToArray();
        return own.Length == 1 && SchedulerLife.Of(own[0], code, cancellation).IsInSight ? own[0] : null;
    }

    // One group of many may have a rate of its own.
    private static bool IsEveryGroup(RateTarget target, TrainingRound round, TrainingCode code, CancellationToken cancellation) => target.IsEveryGroup
        || (BaseLearningRate.Of(round.Optimizer, code, cancellation).Operation is not null
            && !code.Names.IdentifiersIn(round.Body.Syntax.SyntaxTree.GetRoot(cancellation), "add_param_group").Any());

    /// <summary>What comes last before the optimizer steps; null where that is not the same for all its steps.</summary>
    private static (RateContest Contest, bool IsFirstRight)? Order(IAssignmentOperation write, StatementSyntax step, BlockSyntax block, TrainingRound round)
    {
        var (written, stepped) = (PlaceOf(write.Syntax, block, round), block.Statements.IndexOf(step));
        var trained = round.Content.Steps.Select(training => PlaceOf(training.Syntax, block, round)).ToArray();
        if (written < 0 || written == stepped || trained.Any(place => place < 0 || place == written || place == stepped))
            return null;
        var (first, second) = written < stepped ? (written, stepped) : (stepped, written);
        var between = trained.Count(place => place > first && place < second);
        if (between != 0 && between != trained.Length)
            return null;
        // Round the loop: what stands nearer in front of the optimizer's step has the last word.
        var isWriteLast = (written < stepped) == (between > 0);
        return (isWriteLast ? RateContest.ScheduleLost : RateContest.WriteLost, trained.Min() < written);
    }

    /// <summary>The statement of the block in which a node runs, also through the methods that are called there; -1 where that is not one.</summary>
    private static int PlaceOf(SyntaxNode node, BlockSyntax block, TrainingRound round)
    {
        for (var hops = 0; hops <= MaximumCalls; hops++)
        {
            if (node.SyntaxTree == block.SyntaxTree && block.Span.Contains(node.Span))
                return block.Statements.IndexOf(statement => statement.Span.Contains(node.Span));
            var calls = CallsRound(node, round);
            if (calls.Length != 1)
                return -1;
            node = calls[0];
        }

        return -1;
    }

    private static SyntaxNode[] CallsRound(SyntaxNode node, TrainingRound round) => round.Content.Calls
        .Where(call => call.Value.Body.Syntax.SyntaxTree == node.SyntaxTree && call.Value.Body.Syntax.Span.Contains(node.Span))
        .Select(call => call.Key)
        .ToArray();

    private static bool IsCertain(
        RateContest contest, IAssignmentOperation write, SchedulerCreation scheduler, TrainingRound round, StatementSyntax step, TrainingCode code, CancellationToken cancellation)
    {
        var body = (BlockSyntax)round.Body.Syntax;
        if (LoopJumps.In(body, round.Loop!.Syntax as StatementSyntax).Any(jump => jump is not BreakStatementSyntax))
            return false;
        // Whatever is written, and whenever: the step that follows sets the rate.
        var isAlwaysLost = contest == RateContest.WriteLost && SetsAnew(scheduler);
        if (!CodeOrder.LeadsOn(body.Statements[PlaceOf(write.Syntax, body, round)], (StatementSyntax)round.Loop.Syntax))
            return false;
        var others = round.Content.Events.Where(happening => happening.Key != write.Syntax && !step.Span.Contains(happening.Key.Span));
        if (others.Any(other => MovesRate(other.Key, other.Value, code, cancellation) && !(isAlwaysLost && other.Value == RoundEvent.Write)))
            return false;
        return isAlwaysLost || (IsInEachRound(write.Syntax, body, round) && WrittenRate.KnowsNoRate(write, round.Loop.Syntax, code, cancellation));
    }

    // A call out of sight that is not given the optimizer hardly sets its rate.
    private static bool MovesRate(SyntaxNode place, RoundEvent happening, TrainingCode code, CancellationToken cancellation) => happening switch
    {
        RoundEvent.Step or RoundEvent.Call => false,
        RoundEvent.Taken => code.OperationOf(place, cancellation) is IInvocationOperation call && code.Symbols.IsSchedulerStep(call.TargetMethod),
        _ => true,
    };

    // Not under a condition of its own: a warmup by hand in front of a schedule.
    private static bool IsInEachRound(SyntaxNode write, BlockSyntax body, TrainingRound round)
    {
        for (var hops = 0; hops <= MaximumCalls; hops++)
        {
            var isOwn = write.SyntaxTree == body.SyntaxTree && body.Span.Contains(write.Span);
            var calls = isOwn ? [] : CallsRound(write, round);
            var scope = isOwn ? body : calls.Length == 1 ? round.Content.Calls[calls[0]].Body.Syntax : null;
            if (scope is null || !write.Ancestors().TakeWhile(outer => outer != scope).All(IsPassedThrough) || (!isOwn && LoopJumps.In(scope, null).Any()))
                return false;
            if (isOwn)
                return true;
            write = calls[0];
        }

        return false;
    }

    private static bool IsPassedThrough(SyntaxNode node) =>
        node is ExpressionStatementSyntax or BlockSyntax or ForEachStatementSyntax or LambdaExpressionSyntax or ArgumentSyntax or ArgumentListSyntax or InvocationExpressionSyntax or ArrowExpressionClauseSyntax;

    /// <summary>Whether a step computes the rate from the base rate or its own arguments, whatever is in force.</summary>
    private static bool SetsAnew(SchedulerCreation scheduler) => scheduler.Kind is SchedulerKind.LambdaLR or SchedulerKind.OneCycleLR or SchedulerKind.CyclicLR or SchedulerKind.ScheduleLR;

    /// <summary>Whether it does the one in its warmup and the other behind it.</summary>
    private static bool DoesBoth(SchedulerCreation scheduler) => scheduler.Kind == SchedulerKind.WarmupThenPlateauLR;
}
