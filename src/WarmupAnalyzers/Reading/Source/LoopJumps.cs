using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace WarmupAnalyzers.Reading.Source;

/// <summary>The statements that leave or cut short an iteration of a loop.</summary>
internal static class LoopJumps
{
    /// <summary>Jumps written inside <paramref name="part"/> that leave it: <c>return</c>, <c>yield</c>, <c>goto</c>, and <c>break</c> and <c>continue</c> of the loop itself.</summary>
    public static IEnumerable<StatementSyntax> In(SyntaxNode part, StatementSyntax? loop)
    {
        foreach (var node in part.DescendantNodesAndSelf(node => node is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax)))
        {
            switch (node)
            {
                case ReturnStatementSyntax or YieldStatementSyntax or GotoStatementSyntax:
                    yield return (StatementSyntax)node;
                    break;
                case BreakStatementSyntax or ContinueStatementSyntax when Target(node) == loop:
                    yield return (StatementSyntax)node;
                    break;
            }
        }
    }

    private static SyntaxNode? Target(SyntaxNode jump) => jump.Ancestors().FirstOrDefault(ancestor => IsLoop(ancestor) || (jump is BreakStatementSyntax && ancestor is SwitchStatementSyntax));

    public static bool IsLoop(SyntaxNode? node) => node is ForStatementSyntax or CommonForEachStatementSyntax or WhileStatementSyntax or DoStatementSyntax;
}
