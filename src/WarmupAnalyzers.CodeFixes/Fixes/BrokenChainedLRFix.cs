using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Simplification;
using WarmupAnalyzers.Rules;

namespace WarmupAnalyzers.CodeFixes.Fixes;

/// <summary>WARM5003: the schedulers of a lazy list are made once.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(BrokenChainedLRFix))]
public sealed class BrokenChainedLRFix : CodeFixProvider
{
    /// <inheritdoc />
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(BrokenChainedLR.Id);

    /// <inheritdoc />
    public override FixAllProvider GetFixAllProvider() => DocumentFixAll.By(Apply);

    /// <inheritdoc />
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        foreach (var diagnostic in context.Diagnostics.Where(diagnostic => ListOf(root!, diagnostic) is not null))
        {
            context.RegisterCodeFix(
                CodeAction.Create(
                    "Make the schedulers once, with ToArray()",
                    cancellation => DocumentFixAll.Apply(context.Document, ImmutableArray.Create(diagnostic), Apply, cancellation),
                    "WarmupAnalyzers.BrokenChainedLR"),
                diagnostic);
        }
    }

    // A list may stand in another's query: what is edited inside goes along.
    private static SyntaxNode Apply(SyntaxNode root, SemanticModel model, ImmutableArray<Diagnostic> diagnostics)
    {
        var lists = new HashSet<ExpressionSyntax>(diagnostics.Select(diagnostic => ListOf(root, diagnostic)).OfType<ExpressionSyntax>());
        return root.ReplaceNodes(lists, (original, edited) => MadeOnce(edited, HasToArray(original, model)));
    }

    /// <summary>The list of a creation; the other reports of the rule have none.</summary>
    private static ExpressionSyntax? ListOf(SyntaxNode root, Diagnostic diagnostic) =>
        diagnostic.AdditionalLocations.FirstOrDefault() is { SourceSpan: var span } && root.FullSpan.Contains(span)
            ? root.FindNode(span, getInnermostNodeForTie: true) as ExpressionSyntax
            : null;

    private static bool HasToArray(ExpressionSyntax list, SemanticModel model) =>
        model.GetTypeInfo(list).Type is { } type
        && model.LookupSymbols(list.SpanStart, type, nameof(Enumerable.ToArray), includeReducedExtensionMethods: true).Any();

    private static ExpressionSyntax MadeOnce(ExpressionSyntax list, bool hasToArray)
    {
        var bare = list.WithoutTrivia();
        var call = hasToArray
            ? SyntaxFactory.InvocationExpression(SyntaxFactory.MemberAccessExpression(SyntaxKind.SimpleMemberAccessExpression, Primary(bare), SyntaxFactory.IdentifierName("ToArray")))
            : SyntaxFactory.InvocationExpression(
                SyntaxFactory.ParseExpression("global::System.Linq.Enumerable.ToArray").WithAdditionalAnnotations(Simplifier.Annotation),
                SyntaxFactory.ArgumentList(SyntaxFactory.SingletonSeparatedList(SyntaxFactory.Argument(bare))));
        return call.WithTriviaFrom(list);
    }

    private static ExpressionSyntax Primary(ExpressionSyntax value) => value
        is InvocationExpressionSyntax or SimpleNameSyntax or MemberAccessExpressionSyntax or ElementAccessExpressionSyntax or ParenthesizedExpressionSyntax or ThisExpressionSyntax
        ? value
        : SyntaxFactory.ParenthesizedExpression(value);
}
