using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FindSymbols;
using WarmupAnalyzers.CodeFixes.Fixes;

namespace WarmupAnalyzers.CodeFixes.Refactorings;

/// <summary>The functions that nobody calls any more once a part of the code is gone.</summary>
internal static class UnusedFunctions
{
    /// <summary>The local functions, delegates in locals and private methods of the document that only this code leads to.</summary>
    public static async Task<ImmutableArray<SyntaxNode>> AfterAsync(Document document, ImmutableArray<SyntaxNode> removed, CancellationToken cancellation)
    {
        var model = (await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false))!;
        var gone = removed.ToList();
        var unused = ImmutableArray.CreateBuilder<SyntaxNode>();
        for (var i = 0; i < gone.Count; i++)
        {
            foreach (var name in gone[i].DescendantNodesAndSelf().OfType<SimpleNameSyntax>())
            {
                if (model.GetSymbolInfo(name, cancellation).Symbol is not { } symbol || DeclarationOf(symbol, model, cancellation) is not { } declaration
                    || gone.Contains(declaration) || removed.Any(declaration.Contains) || !await IsUnusedAsync(symbol, declaration, gone, document, cancellation).ConfigureAwait(false))
                    continue;
                gone.Add(declaration);
                unused.Add(declaration);
                i = -1; // what was used there may be unused now
                break;
            }
        }

        return unused.ToImmutable();
    }

    /// <summary>The root without the declarations. Comments before them go to what follows.</summary>
    public static SyntaxNode Remove(SyntaxNode root, IEnumerable<SyntaxNode> declarations)
    {
        foreach (var declaration in declarations)
            root = Remove(root, root.GetCurrentNode(declaration)!);
        return root;
    }

    private static SyntaxNode Remove(SyntaxNode root, SyntaxNode declaration)
    {
        if (declaration is StatementSyntax statement && statement.Parent is BlockSyntax block)
        {
            var bare = block.WithStatements(WithOnlyComments(block.Statements, statement));
            return root.ReplaceNode(block, StatementEdits.Without(bare, bare.Statements[block.Statements.IndexOf(statement)]));
        }

        var member = declaration.Parent is GlobalStatementSyntax global ? global : declaration;
        return root.RemoveNode(member, StatementEdits.HasRemarks(member) ? SyntaxRemoveOptions.KeepExteriorTrivia | SyntaxRemoveOptions.KeepDirectives : SyntaxRemoveOptions.KeepNoTrivia)!;
    }

    // The line of the statement goes, the lines of its comments stay.
    private static SyntaxList<StatementSyntax> WithOnlyComments(SyntaxList<StatementSyntax> statements, StatementSyntax statement)
    {
        var leading = statement.GetLeadingTrivia();
        if (!leading.Any(IsKept) || statement.GetTrailingTrivia().Any(IsKept))
            return statements;
        return statements.Replace(statement, statement.WithLeadingTrivia(leading.Take(leading.ToList().FindLastIndex(trivia => trivia.IsKind(SyntaxKind.EndOfLineTrivia)) + 1)).WithTrailingTrivia());
    }

    private static SyntaxNode? DeclarationOf(ISymbol symbol, SemanticModel model, CancellationToken cancellation)
    {
        if (symbol.DeclaringSyntaxReferences is not [var reference] || reference.SyntaxTree != model.SyntaxTree)
            return null;
        SyntaxNode? declaration = (symbol, reference.GetSyntax(cancellation)) switch
        {
            (IMethodSymbol { MethodKind: MethodKind.LocalFunction }, LocalFunctionStatementSyntax local) => local,
            (ILocalSymbol { Type.TypeKind: TypeKind.Delegate }, VariableDeclaratorSyntax
            {
                Initializer.Value: LambdaExpressionSyntax,
                Parent: VariableDeclarationSyntax { Variables.Count: 1, Parent: LocalDeclarationStatementSyntax statement },
            }) => statement,
            (IMethodSymbol { MethodKind: MethodKind.Ordinary, DeclaredAccessibility: Accessibility.Private }, MethodDeclarationSyntax { AttributeLists.Count: 0, ExplicitInterfaceSpecifier: null } method) => method,
            _ => null,
        };
        return declaration is not null && CanGo(declaration) ? declaration : null;
    }

    private static async Task<bool> IsUnusedAsync(ISymbol symbol, SyntaxNode declaration, List<SyntaxNode> gone, Document document, CancellationToken cancellation)
    {
        var found = await SymbolFinder.FindReferencesAsync(symbol, document.Project.Solution, cancellation).ConfigureAwait(false);
        return found.SelectMany(reference => reference.Locations).All(use =>
            use.Document.Id == document.Id && gone.Append(declaration).Any(node => node.Span.Contains(use.Location.SourceSpan)));
    }

    // Nothing that was written for a reader is lost: comments inside, or before something that nothing follows.
    private static bool CanGo(SyntaxNode declaration)
    {
        var inside = declaration.DescendantTrivia().Where(trivia => declaration.Span.Contains(trivia.Span));
        if (inside.Any(IsKept))
            return false;
        if (declaration.Parent is BlockSyntax block && block.Statements.Last() != declaration)
            return !declaration.GetLeadingTrivia().Any(trivia => trivia.IsDirective);
        return !declaration.GetLeadingTrivia().Concat(declaration.GetTrailingTrivia()).Any(IsKept);
    }

    private static bool IsKept(SyntaxTrivia trivia) => trivia.IsDirective
        || trivia.Kind() is SyntaxKind.SingleLineCommentTrivia or SyntaxKind.MultiLineCommentTrivia
            or SyntaxKind.SingleLineDocumentationCommentTrivia or SyntaxKind.MultiLineDocumentationCommentTrivia or SyntaxKind.DisabledTextTrivia;
}
