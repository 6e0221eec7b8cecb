using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace WarmupAnalyzers.Reading.Source;

/// <summary>
/// The elements of a collection expression. The oldest host has no public operation for it and newer ones do; both have the
/// elements as children. The newest put the arguments of the collection's builder before them, which are no elements.
/// </summary>
internal static class CollectionElements
{
    /// <summary>The elements, or null where the operation is no collection expression or one with a spread.</summary>
    public static ImmutableArray<IOperation>? Of(IOperation operation)
    {
        if (operation.Syntax is not CollectionExpressionSyntax syntax || syntax.Elements.Any(element => element is not ExpressionElementSyntax))
            return null;
        // Not by parent: an element's operation may stand for what is inside its parentheses.
        var elements = operation.ChildOperations.Where(child => IsInside(child.Syntax, syntax)).ToImmutableArray();
        return elements.Length == syntax.Elements.Count ? elements : null;
    }

    private static bool IsInside(SyntaxNode node, CollectionExpressionSyntax collection) =>
        node.SpanStart > collection.SpanStart && node.Span.End < collection.Span.End;
}
