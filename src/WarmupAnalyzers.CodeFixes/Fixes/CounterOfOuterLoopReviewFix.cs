using System.Collections.Immutable;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using WarmupAnalyzers.Rules;

namespace WarmupAnalyzers.CodeFixes.Fixes;

/// <summary>WARM3014: the loop counts with the variable that it declares.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(CounterOfOuterLoopReviewFix))]
public sealed class CounterOfOuterLoopReviewFix : CodeFixProvider
{
    /// <inheritdoc />
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(CounterOfOuterLoop.Id);

    /// <inheritdoc />
    public override FixAllProvider? GetFixAllProvider() => null;

    /// <inheritdoc />
    public override Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        foreach (var diagnostic in context.Diagnostics)
        {
            context.RegisterCodeFix(
                CodeAction.Create(
                    "Count with the loop's own variable (needs review)",
                    cancellation => DocumentFixAll.Apply(context.Document, ImmutableArray.Create(diagnostic), (root, _, diagnostics) => Apply(root, diagnostics[0]), cancellation),
                    nameof(CounterOfOuterLoopReviewFix)),
                diagnostic);
        }

        return Task.CompletedTask;
    }

    private static SyntaxNode Apply(SyntaxNode root, Diagnostic diagnostic)
    {
        if (root.FindToken(diagnostic.Location.SourceSpan.Start).Parent is not ForStatementSyntax { Declaration.Variables: [var own] })
            return root;
        var names = diagnostic.AdditionalLocations
            .Select(location => root.FindNode(location.SourceSpan, getInnermostNodeForTie: true)).OfType<IdentifierNameSyntax>();
        return root.ReplaceNodes(names, (name, _) => SyntaxFactory.IdentifierName(own.Identifier.WithoutTrivia()).WithTriviaFrom(name));
    }
}
