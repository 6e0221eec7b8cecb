using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace WarmupAnalyzers.Reading.Source;

/// <summary>Which of two places in the source runs before the other.</summary>
internal static class CodeOrder
{
    /// <summary>The body in which a node runs; null for an initializer.</summary>
    public static SyntaxNode? FunctionOf(SyntaxNode node) => node.Ancestors().FirstOrDefault(ancestor =>
        ancestor is AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax or BaseMethodDeclarationSyntax or AccessorDeclarationSyntax
        || ancestor is CompilationUnitSyntax unit && unit.Members.Any(member => member is GlobalStatementSyntax && member.Span.Contains(node.Span)));

    /// <summary>Whether the first has run whenever the second does: its statement stands on the way to the second, in the same function.</summary>
    public static bool Leads(SyntaxNode first, SyntaxNode second) =>
        first.SyntaxTree == second.SyntaxTree && first.Span.End <= second.SpanStart && FunctionOf(first) is { } function && function == FunctionOf(second)
        && first.FirstAncestorOrSelf<StatementSyntax>() is { } statement && BlockOf(statement) is { } block && block.Span.Contains(second.Span);

    /// <summary>Whether the second may be said to run behind the first, in the same function.</summary>
    /// <param name="except">What begins anew in each round of the loops round it.</param>
    public static bool IsFollowedBy(SyntaxNode first, SyntaxNode second, SyntaxNode except)
    {
        if (first.SyntaxTree != second.SyntaxTree || FunctionOf(first) is not { } function || !function.Span.Contains(second.Span))
            return false;
        if (SharedLoops(first, second).Any(loop => !loop.Span.Contains(except.Span) && LeadsOn(first, (StatementSyntax)loop)))
            return true;
        var shared = second.Ancestors().First(ancestor => ancestor.Span.Contains(first.Span));
        return first.Span.End <= second.SpanStart && IsSequence(shared)
            && first.AncestorsAndSelf().First(ancestor => ancestor.Parent == shared) is var way && !LoopJumps.In(way, null).Any() && !way.DescendantNodes().Any(node => node is ThrowStatementSyntax or BreakStatementSyntax or ContinueStatementSyntax);
    }

    /// <summary>Whether the loop goes on behind a node in it: nothing leaves the loop on the way.</summary>
    public static bool LeadsOn(SyntaxNode node, StatementSyntax loop)
    {
        var way = node.AncestorsAndSelf().First(ancestor => ancestor.Parent == loop || ancestor.Parent?.Parent == loop);
        return LoopJumps.In(way, loop).All(jump => jump is ContinueStatementSyntax) && !way.DescendantNodes().Any(part => part is ThrowStatementSyntax);
    }

    /// <summary>The loops of their function that hold both.</summary>
    public static IEnumerable<SyntaxNode> SharedLoops(SyntaxNode first, SyntaxNode second)
    {
        var function = FunctionOf(first);
        return first.Ancestors().TakeWhile(ancestor => ancestor != function).Where(ancestor => LoopJumps.IsLoop(ancestor) && ancestor.Span.Contains(second.Span));
    }

    /// <summary>The statements among which one stands: a block, the program, the section of a switch; null where it stands alone.</summary>
    public static SyntaxNode? BlockOf(StatementSyntax statement) => statement.Parent switch
    {
        GlobalStatementSyntax global => global.Parent,
        BlockSyntax or SwitchSectionSyntax => statement.Parent,
        _ => null,
    };

    // Whose parts run one after the other.
    private static bool IsSequence(SyntaxNode node) => node is BlockSyntax or CompilationUnitSyntax or SwitchSectionSyntax or UsingStatementSyntax;
}
