using System.Collections.Immutable;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using WarmupAnalyzers.Rules;

namespace WarmupAnalyzers.CodeFixes.Fixes;

/// <summary>WARM4012: the other mode. What the metric is only its name tells, so a person must look at it.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(ContradictedModeReviewFix))]
public sealed class ContradictedModeReviewFix : CodeFixProvider
{
    /// <inheritdoc />
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(ContradictedMode.Id);

    /// <inheritdoc />
    public override FixAllProvider? GetFixAllProvider() => null;

    /// <inheritdoc />
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        foreach (var diagnostic in context.Diagnostics)
        {
            if (root is null || !diagnostic.Properties.TryGetValue(ContradictedMode.Mode, out var mode) || WithMode(root, diagnostic, mode!) is not { } mended)
                continue;
            context.RegisterCodeFix(
                CodeAction.Create($"Use mode \"{mode}\" (needs review)", _ => Task.FromResult(context.Document.WithSyntaxRoot(mended)), nameof(ContradictedModeReviewFix)),
                diagnostic);
        }
    }

    private static SyntaxNode? WithMode(SyntaxNode root, Diagnostic diagnostic, string mode)
    {
        var places = diagnostic.AdditionalLocations.Select(location => root.FindNode(location.SourceSpan, getInnermostNodeForTie: true)).ToArray();
        var literal = SyntaxFactory.LiteralExpression(SyntaxKind.StringLiteralExpression, SyntaxFactory.Literal(mode));
        if (places.Length == 2)
            return places[1].FirstAncestorOrSelf<ArgumentSyntax>() is { Expression: var written } ? root.ReplaceNode(written, literal.WithTriviaFrom(written)) : null;
        return ArgumentsOf(places.FirstOrDefault()) is { } list ? root.ReplaceNode(list, list.AddArguments(Named(literal, list))) : null;
    }

    private static ArgumentListSyntax? ArgumentsOf(SyntaxNode? creation) => creation switch
    {
        InvocationExpressionSyntax call => call.ArgumentList,
        BaseObjectCreationExpressionSyntax made => made.ArgumentList,
        _ => null,
    };

    private static ArgumentSyntax Named(ExpressionSyntax value, ArgumentListSyntax list)
    {
        var name = SyntaxFactory.NameColon(SyntaxFactory.IdentifierName("mode"), SyntaxFactory.Token(SyntaxKind.ColonToken).WithTrailingTrivia(SyntaxFactory.Space));
        var argument = SyntaxFactory.Argument(name, default, value);
        return list.Arguments.Count > 0 ? argument.WithLeadingTrivia(SyntaxFactory.Space) : argument;
    }
}
