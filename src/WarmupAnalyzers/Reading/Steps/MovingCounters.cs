using System;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using WarmupAnalyzers.Factors;
using WarmupAnalyzers.Reading.Schedules;
using WarmupAnalyzers.Reading.Source;

namespace WarmupAnalyzers.Reading.Steps;

/// <summary>Variables that the training moves while a scheduler lives, and how they run beside its steps.</summary>
internal static class MovingCounters
{
    /// <summary>Whether a variable is another from one step to the next: it is moved in a loop that the scheduler outlives, or by a method.</summary>
    public static bool Moves(ISymbol variable, IOperation site, TrainingCode code, CancellationToken cancellation)
    {
        if (variable.DeclaringSyntaxReferences.IsEmpty || VariableWrites.Of(variable, code, cancellation) is not { ChangesBetweenSteps: true } writes)
            return false;
        return writes.All.Any(write => LoopsOf(write).Any(loop => !IsInHeader(write, loop) && IsOutlived(loop, site.Syntax)) || !IsPlain(write) && IsElsewhere(write, site.Syntax));
    }

    /// <summary>Whether it is a whole number that only ever goes up by one, or is set anew.</summary>
    public static bool Counts(ISymbol variable, TrainingCode code, CancellationToken cancellation) =>
        TypeOf(variable) is { SpecialType: >= SpecialType.System_SByte and <= SpecialType.System_UInt64 }
        && VariableWrites.Of(variable, code, cancellation).All.All(write => write is ExpressionSyntax expression && (IsIncrement(expression) || IsPlain(expression)));

    private static ITypeSymbol? TypeOf(ISymbol variable) => variable switch
    {
        ILocalSymbol local => local.Type,
        IParameterSymbol parameter => parameter.Type,
        IFieldSymbol field => field.Type,
        IPropertySymbol property => property.Type,
        _ => null,
    };

    /// <summary>How a local counter runs beside the steps of the one loop that trains; null where that is not certain.</summary>
    public static MovingCounter? Of(ISymbol variable, IOperation site, TrainingCode code, CancellationToken cancellation)
    {
        if (variable is not ILocalSymbol { Type.SpecialType: SpecialType.System_Int32 }
            || code.InitializerOf(variable, cancellation)?.ConstantValue is not { HasValue: true, Value: int start }
            || SchedulerCreation.Read(site, code.Symbols) is not { } creation || !SchedulerLife.Of(creation, code, cancellation).First.IsKnown
            || OnlyStep(site, code, cancellation) is not { } step
            || LoopsOf(step).FirstOrDefault() is not { } loop
            || !IsOutlived(loop, site.Syntax) || LoopsOf(loop).Skip(1).Any(outer => IsOutlived(outer, site.Syntax))
            || BodyOf(loop) is not { } body || !StandsIn(body, step) || HoldsJump(loop))
            return null;
        var writes = VariableWrites.Of(variable, code, cancellation).All;
        return loop is ForStatementSyntax counted && counted.Incrementors.Any(writes.Contains)
            ? OfHeader(counted, writes.ToArray(), start, variable)
            : OfBody(loop, body, writes.ToArray(), start, step, variable);
    }

    // `for (epoch = 0; epoch < 20; epoch++)`
    private static MovingCounter? OfHeader(ForStatementSyntax loop, SyntaxNode[] writes, int start, ISymbol variable)
    {
        var set = writes.Where(write => loop.Initializers.Contains(write)).OfType<AssignmentExpressionSyntax>().ToArray();
        if (writes.Length != set.Length + 1 || set.Length > 1 || loop.Incrementors.Count(IsIncrement) != loop.Incrementors.Count)
            return null;
        var first = set.Length == 0 ? start : ConstantOf(set[0].Right);
        return first is { } at ? new MovingCounter(start, at, Rounds(loop, at, variable.Name)) : null;
    }

    // `epoch++;` in the loop, before or behind the step
    private static MovingCounter? OfBody(StatementSyntax loop, BlockSyntax body, SyntaxNode[] writes, int start, InvocationExpressionSyntax step, ISymbol variable)
    {
        if (writes is not [ExpressionSyntax only] || !IsIncrement(only) || !StandsIn(body, only))
            return null;
        return new MovingCounter(start, only.SpanStart < step.SpanStart ? start + 1 : start, Rounds(loop, start, variable.Name));
    }

    // As far as constants tell; two rounds make a training.
    private static int Rounds(StatementSyntax loop, int start, string name)
    {
        var condition = loop switch
        {
            ForStatementSyntax counted => counted.Condition,
            WhileStatementSyntax conditional => conditional.Condition,
            _ => null,
        };
        var bound = condition is BinaryExpressionSyntax { Left: IdentifierNameSyntax counter } comparison && counter.Identifier.ValueText == name
            ? (comparison.Kind(), ConstantOf(comparison.Right))
            : default;
        return bound switch
        {
            (SyntaxKind.LessThanExpression, { } end) => Math.Max(0, end - start),
            (SyntaxKind.LessThanOrEqualExpression, { } end) => Math.Max(0, end - start + 1),
            _ => 2,
        };
    }

    private static int? ConstantOf(ExpressionSyntax value) => value is LiteralExpressionSyntax { Token.Value: int number } ? number : null;

    /// <summary>The one <c>scheduler.step()</c> of a scheduler that is kept in a local and handed to nobody.</summary>
    private static InvocationExpressionSyntax? OnlyStep(IOperation site, TrainingCode code, CancellationToken cancellation)
    {
        var value = site;
        while (value.Parent is IConversionOperation)
            value = value.Parent;
        if (value.Parent is not IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol: var scheduler } })
            return null;
        var uses = VariableWrites.NamesOf(scheduler, code, cancellation).ToArray();
        var steps = uses.Select(StepOn).OfType<InvocationExpressionSyntax>().ToArray();
        return steps is [var only] && uses.All(use => use.Parent is MemberAccessExpressionSyntax) && FunctionOf(only) == FunctionOf(site.Syntax) ? only : null;
    }

    private static InvocationExpressionSyntax? StepOn(IdentifierNameSyntax scheduler) =>
        scheduler.Parent is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "step", Parent: InvocationExpressionSyntax { ArgumentList.Arguments.Count: 0 } call } access
        && access.Expression == scheduler
            ? call
            : null;

    private static System.Collections.Generic.IEnumerable<StatementSyntax> LoopsOf(SyntaxNode node) => node.AncestorsAndSelf()
        .TakeWhile(ancestor => ancestor is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax or MemberDeclarationSyntax) || ancestor is GlobalStatementSyntax)
        .OfType<StatementSyntax>()
        .Where(statement => statement is ForStatementSyntax or CommonForEachStatementSyntax or WhileStatementSyntax or DoStatementSyntax);

    // What is set once when the loop starts is not moved by it.
    private static bool IsInHeader(SyntaxNode write, StatementSyntax loop) =>
        loop is ForStatementSyntax counted && counted.Initializers.Any(initializer => initializer.Contains(write));

    // A loop of another method may well make a scheduler in each round: it must step something.
    private static bool IsOutlived(StatementSyntax loop, SyntaxNode site)
    {
        if (loop.Contains(site))
            return false;
        return IsElsewhere(loop, site)
            ? loop.DescendantNodes().OfType<IdentifierNameSyntax>().Any(name => name.Identifier.ValueText == "step")
            : loop.SpanStart > site.SpanStart;
    }

    private static bool IsElsewhere(SyntaxNode write, SyntaxNode site) =>
        (write.SyntaxTree != site.SyntaxTree || FunctionOf(write) != FunctionOf(site)) && write.FirstAncestorOrSelf<ConstructorDeclarationSyntax>() is null;

    private static SyntaxNode? FunctionOf(SyntaxNode node) => node.Ancestors().FirstOrDefault(ancestor =>
        ancestor is AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax or BaseMethodDeclarationSyntax or AccessorDeclarationSyntax or TypeDeclarationSyntax);

    private static BlockSyntax? BodyOf(StatementSyntax loop) => loop switch
    {
        ForStatementSyntax counted => counted.Statement as BlockSyntax,
        WhileStatementSyntax conditional => conditional.Statement as BlockSyntax,
        DoStatementSyntax conditional => conditional.Statement as BlockSyntax,
        CommonForEachStatementSyntax each => each.Statement as BlockSyntax,
        _ => null,
    };

    private static bool StandsIn(BlockSyntax body, ExpressionSyntax expression) => expression.Parent is ExpressionStatementSyntax statement && statement.Parent == body;

    // What ends the loop early changes nothing of what came before.
    private static bool HoldsJump(StatementSyntax loop) => loop.DescendantNodes().Any(node =>
        node is GotoStatementSyntax || node is ContinueStatementSyntax && LoopsOf(node).First() == loop);

    private static bool IsPlain(SyntaxNode write) => write.IsKind(SyntaxKind.SimpleAssignmentExpression);

    private static bool IsIncrement(ExpressionSyntax write) =>
        write.IsKind(SyntaxKind.PostIncrementExpression) || write.IsKind(SyntaxKind.PreIncrementExpression)
        || write is AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.AddAssignmentExpression, Right: LiteralExpressionSyntax { Token.Value: 1 } };
}
