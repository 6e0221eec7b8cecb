using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using WarmupAnalyzers.Reading.Schedules;
using WarmupAnalyzers.Reading.Source;
using WarmupAnalyzers.Training;

namespace WarmupAnalyzers.Reading.Steps;

/// <summary>A scheduler's step in every iteration of a loop that steps the optimizer once in several of them, with the gradients of all.</summary>
internal sealed class MicroBatchStep
{
    private MicroBatchStep(StepCall call, IfStatementSyntax condition, int? every, bool isMovable)
    {
        Call = call;
        Condition = condition;
        Every = every;
        IsMovable = isMovable;
    }

    public StepCall Call { get; }

    /// <summary>The statement that steps the optimizer.</summary>
    public IfStatementSyntax Condition { get; }

    /// <summary>How many iterations make one step of the optimizer, where that is certain.</summary>
    public int? Every { get; }

    /// <summary>Nothing between the two sees the rate.</summary>
    public bool IsMovable { get; }

    /// <summary>Those of a file.</summary>
    public static IEnumerable<MicroBatchStep> In(TrainingCalls calls)
    {
        foreach (var syntax in calls.Code.Calls.In(calls.Root, "step"))
        {
            if (syntax.ArgumentList.Arguments.Count == 0 && StepMove.StatementOf(syntax) is { Parent: BlockSyntax { Parent: StatementSyntax loop } block } statement && LoopJumps.IsLoop(loop)
                && ConditionBefore(statement, block, calls) is { } condition && Of(syntax, statement, condition, loop, calls) is { } found)
                yield return found;
        }
    }

    // The cheap look: a condition with another step in it, in front.
    private static IfStatementSyntax? ConditionBefore(ExpressionStatementSyntax statement, BlockSyntax block, TrainingCalls calls) => block.Statements
        .TakeWhile(other => other != statement)
        .OfType<IfStatementSyntax>()
        .LastOrDefault(choice => choice.Else is null && calls.Code.Calls.In(choice.Statement, "step").Any());

    private static MicroBatchStep? Of(InvocationExpressionSyntax syntax, ExpressionStatementSyntax statement, IfStatementSyntax condition, StatementSyntax written, TrainingCalls calls)
    {
        if (LoopJumps.In(statement.Parent!, written).Any()
            || calls.Code.OperationOf(written, calls.Cancellation) is not ILoopOperation loop
            || calls.Code.OperationOf(condition, calls.Cancellation) is not IConditionalOperation choice
            || AccumulationCondition.Of(choice, loop, calls.Code, calls.Cancellation) is not { } gathering
            || !Gathers(loop, condition, calls)
            || StepCall.Read(syntax, calls.Code, calls.Cancellation) is not { Schedulers.Creations: [var creation] } call)
            return null;
        var life = SchedulerLife.Of(creation, calls.Code, calls.Cancellation);
        return life.IsInSight && StepsOnlyUnder(condition, statement, life, calls)
            && !new ScheduleLengths(creation, calls.Code, calls.Cancellation).MayCountMicroBatches(gathering.Length)
            ? new MicroBatchStep(call, condition, gathering.Every, !IsRateRead(condition, statement, life, calls))
            : null;
    }

    // Gradients in every iteration, and none of them thrown away where the optimizer does not step.
    private static bool Gathers(ILoopOperation loop, IfStatementSyntax condition, TrainingCalls calls) =>
        IterationReader.Read(loop, calls.Code, calls.Cancellation) is { } iteration
        && iteration.Events.Any(happening => happening is { Call: GradientCall.Backward, Guard: null })
        && iteration.First(GradientCall.Zero) is null
        && !GradientWords.Making.StandIn(condition, calls.Code, calls.Cancellation);

    // The optimizer steps where the condition holds and nowhere else in the iteration; the scheduler in this place alone.
    private static bool StepsOnlyUnder(IfStatementSyntax condition, ExpressionStatementSyntax statement, SchedulerLife life, TrainingCalls calls)
    {
        var others = StepMove.Siblings(statement).Where(other => other != condition && other != statement).SelectMany(other => EventsOf(other, life, calls));
        return EventsOf(condition, life, calls).Any(happening => happening.Kind == EventKind.OptimizerStep)
            && !EventsOf(condition, life, calls).Concat(others).Any(happening => happening.Kind is EventKind.SchedulerStep or EventKind.Create or EventKind.Forget)
            && !others.Any(happening => happening.Kind is EventKind.OptimizerStep or EventKind.PossibleOptimizerStep);
    }

    private static bool IsRateRead(IfStatementSyntax condition, ExpressionStatementSyntax statement, SchedulerLife life, TrainingCalls calls) => StepMove.Siblings(statement)
        .Where(other => other.SpanStart > condition.SpanStart && other.SpanStart < statement.SpanStart)
        .Any(between => EventsOf(between, life, calls).Any(happening => happening.Kind == EventKind.RateRead));

    private static IEnumerable<Event> EventsOf(StatementSyntax statement, SchedulerLife life, TrainingCalls calls) =>
        calls.Code.OperationOf(statement, calls.Cancellation) is { } operation ? life.EventsAt(operation) : [];
}
