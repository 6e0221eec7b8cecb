using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using WarmupAnalyzers.Reading.Source;
using WarmupAnalyzers.Training;

namespace WarmupAnalyzers.Reading.Steps;

/// <summary>Where a step that comes too early belongs: behind another statement of its block, or nowhere.</summary>
internal sealed class StepMove
{
    /// <summary>What is to be done: <see cref="Move"/> or <see cref="Remove"/>.</summary>
    public const string Fix = "fix";

    public const string Move = "move";

    public const string Remove = "remove";

    /// <summary>Which additional location is the statement to move behind.</summary>
    public const string AnchorAt = "anchor";

    /// <summary>Present where the edit is to be looked at by a person.</summary>
    public const string NeedsReview = "review";

    private readonly bool _isRemoval;
    private readonly bool _needsReview;

    private StepMove(StatementSyntax anchor, bool isRemoval, bool needsReview)
    {
        Anchor = anchor;
        _isRemoval = isRemoval;
        _needsReview = needsReview;
    }

    /// <summary>The statement that the step goes behind; the step itself where it goes away.</summary>
    public StatementSyntax Anchor { get; }

    public ImmutableDictionary<string, string?> ToProperties(int anchorAt)
    {
        var properties = ImmutableDictionary<string, string?>.Empty
            .Add(Fix, _isRemoval ? Remove : Move)
            .Add(AnchorAt, anchorAt.ToString(CultureInfo.InvariantCulture));
        return _needsReview ? properties.Add(NeedsReview, "true") : properties;
    }

    public static StepMove? Find(SchedulerLife life, SteppedAt step, TrainingCode code, CancellationToken cancellation)
    {
        if (!ReferenceEquals(step.Shown, step.Step) || step.Step.Location is not InvocationExpressionSyntax invocation
            || StatementOf(invocation) is not { } statement)
            return null;
        var siblings = Siblings(statement);
        var position = siblings.IndexOf(statement);
        if (position < 0)
            return null;
        var behind = siblings.Skip(position + 1).ToArray();
        var events = behind.Select(next => EventsOf(next, life, code, cancellation)).ToArray();
        var last = System.Array.FindLastIndex(events, found => found.Any(happening => happening.Kind == EventKind.OptimizerStep));
        if (last < 0)
            return null;
        var loop = statement.Ancestors().TakeWhile(IsInFunction).FirstOrDefault(LoopJumps.IsLoop) as StatementSyntax;
        var isLoopBody = statement.Parent is BlockSyntax { Parent: var owner } && owner == loop && loop is not null;
        var isMadeInRound = loop is not null && loop.Contains(life.Creation.Operation.Syntax.FirstAncestorOrSelf<LocalDeclarationStatementSyntax>());
        var isDirect = IsOptimizerStep(behind[last], life, code, cancellation);
        int anchor;
        var isDoubtful = false;
        if (isDirect)
        {
            anchor = last;
        }
        else if (isLoopBody && !isMadeInRound)
        {
            anchor = behind.Length - 1;
        }
        else if ((loop is null || isMadeInRound) && events.Take(last + 1).Any(found => found.Any(happening => happening.Kind == EventKind.SchedulerStep)))
        {
            // Once before the loop, and the loop steps it as well: the one before is the mistake if it is the only one.
            return life.FirstWithout(invocation, cancellation) is { IsKnown: true, SkipTheFirstIndex: false }
                ? new StepMove(statement, isRemoval: true, needsReview: events.Take(last).Any(HasRead))
                : null;
        }
        else if (loop is null && life.World.OutlivesRoots)
        {
            anchor = last; // a method that trains for an epoch, called by who knows whom
            isDoubtful = true;
        }
        else
        {
            return null;
        }

        if (HasDirective(statement, behind[anchor]) || events.Take(anchor + 1).Any(Replaces))
            return null;
        isDoubtful |= behind.Any(next => LoopJumps.In(next, loop).Any())
            || (loop is not null && !isLoopBody && JumpsBehind(statement, loop))
            || events.Take(anchor + 1).Any(HasRead);
        return new StepMove(behind[anchor], isRemoval: false, isDoubtful);

        // Behind it the step would be another scheduler's.
        bool Replaces(IReadOnlyList<Event> found) =>
            found.Any(happening => happening.Kind is EventKind.Forget or EventKind.Create && ReferenceEquals(happening.Subject, life.Scheduler));

        static bool HasRead(IReadOnlyList<Event> found) => found.Any(happening => happening.Kind == EventKind.RateRead);
    }

    /// <summary>The statements of the block, or of the program, that the statement stands in.</summary>
    public static List<StatementSyntax> Siblings(StatementSyntax statement) => statement.Parent switch
    {
        BlockSyntax block => block.Statements.ToList(),
        GlobalStatementSyntax { Parent: CompilationUnitSyntax unit } => unit.Members.OfType<GlobalStatementSyntax>().Select(global => global.Statement).ToList(),
        _ => new List<StatementSyntax>(),
    };

    /// <summary>Whether the step is a statement among others, and nothing but the step goes away with it.</summary>
    public static bool IsRemovable(SyntaxNode step, TrainingCode code, CancellationToken cancellation) =>
        StatementOf(step) is { } statement && Siblings(statement).Count > 1
        && code.OperationOf(step, cancellation) is IInvocationOperation call
        && call.Arguments.SelectMany(argument => argument.Value.DescendantsAndSelf()).All(part =>
            part is not (IAssignmentOperation or IIncrementOrDecrementOperation or IAwaitOperation)
            && (part is not IInvocationOperation { TargetMethod: var method } || code.Symbols.IsKnown(method) || StepMethods.IsFramework(method)));

    /// <summary>The statement that is nothing but the step.</summary>
    public static ExpressionStatementSyntax? StatementOf(SyntaxNode step)
    {
        var expression = step;
        while (expression.Parent is ConditionalAccessExpressionSyntax access && access.WhenNotNull == expression)
            expression = access;
        return expression.Parent as ExpressionStatementSyntax;
    }

    private static bool IsInFunction(SyntaxNode node) => node is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax or MemberDeclarationSyntax)
        || node is GlobalStatementSyntax;

    private static bool JumpsBehind(StatementSyntax statement, StatementSyntax loop) =>
        LoopJumps.In(loop, loop).Any(jump => jump.SpanStart > statement.SpanStart);

    private static IReadOnlyList<Event> EventsOf(StatementSyntax statement, SchedulerLife life, TrainingCode code, CancellationToken cancellation) =>
        code.OperationOf(statement, cancellation) is { } operation ? life.EventsAt(operation).ToArray() : [];

    private static bool IsOptimizerStep(StatementSyntax statement, SchedulerLife life, TrainingCode code, CancellationToken cancellation)
    {
        if (code.OperationOf(statement, cancellation) is not IExpressionStatementOperation { Operation: var operation })
            return false;
        if (operation is ISimpleAssignmentOperation assignment)
            operation = assignment.Value;
        if (operation is IConditionalAccessOperation access)
            operation = access.WhenNotNull;
        return operation is IInvocationOperation call && code.Symbols.IsOptimizerStep(call.TargetMethod)
            && life.EventsAt(operation).Any(happening => happening.Kind == EventKind.OptimizerStep);
    }

    private static bool HasDirective(StatementSyntax first, StatementSyntax last)
    {
        var root = first.SyntaxTree.GetRoot();
        for (var token = first.GetFirstToken(); token.SpanStart <= last.Span.End; token = token.GetNextToken())
        {
            if (token.LeadingTrivia.Any(trivia => trivia.IsDirective))
                return true;
            if (token == root.GetLastToken())
                break;
        }

        return false;
    }
}
