using System.Collections.Immutable;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using WarmupAnalyzers.CodeFixes.Rewriting;
using WarmupAnalyzers.Rules;

namespace WarmupAnalyzers.CodeFixes.Fixes;

/// <summary>WARM5002: the momentum is left alone. What <c>ExpRange</c> scales by has no fix.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(BrokenCyclicLRFix))]
public sealed class BrokenCyclicLRFix : CodeFixProvider
{
    private const string CycleMomentum = "cycle_momentum";

    /// <inheritdoc />
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(BrokenCyclicLR.Id);

    /// <inheritdoc />
    public override FixAllProvider GetFixAllProvider() => DocumentFixAll.By(Apply);

    /// <inheritdoc />
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        foreach (var diagnostic in context.Diagnostics.Where(diagnostic => ArgumentsAt(root!, diagnostic) is not null))
        {
            context.RegisterCodeFix(
                CodeAction.Create(
                    "Leave the momentum alone: cycle_momentum: false",
                    cancellation => DocumentFixAll.Apply(context.Document, ImmutableArray.Create(diagnostic), Apply, cancellation),
                    "WarmupAnalyzers.BrokenCyclicLR"),
                diagnostic);
        }
    }

    private static SyntaxNode Apply(SyntaxNode root, SemanticModel model, ImmutableArray<Diagnostic> diagnostics)
    {
        var lists = diagnostics.Select(diagnostic => ArgumentsAt(root, diagnostic)).OfType<ArgumentListSyntax>().Distinct().ToArray();
        var given = lists.ToDictionary(list => list, list => IndexOfMomentum(list, model));
        return root.ReplaceNodes(lists, (original, edited) => WithoutMomentum(edited, given[original]));
    }

    private static ArgumentListSyntax? ArgumentsAt(SyntaxNode root, Diagnostic diagnostic)
    {
        if (!diagnostic.Properties.ContainsKey(BrokenCyclicLR.IsOfMomentum))
            return null;
        return root.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true) switch
        {
            InvocationExpressionSyntax call => call.ArgumentList,
            BaseObjectCreationExpressionSyntax made => made.ArgumentList,
            _ => null,
        };
    }

    /// <summary>Where the argument stands, under its name or in its place; -1 where its default is taken.</summary>
    private static int IndexOfMomentum(ArgumentListSyntax list, SemanticModel model)
    {
        var parameters = (model.GetSymbolInfo(list.Parent!).Symbol as IMethodSymbol)?.Parameters ?? ImmutableArray<IParameterSymbol>.Empty;
        return list.Arguments.IndexOf(argument => argument.NameColon is { } name
            ? name.Name.Identifier.ValueText == CycleMomentum
            : parameters.ElementAtOrDefault(list.Arguments.IndexOf(argument))?.Name == CycleMomentum);
    }

    private static ArgumentListSyntax WithoutMomentum(ArgumentListSyntax list, int given)
    {
        var no = SyntaxFactory.LiteralExpression(SyntaxKind.FalseLiteralExpression);
        if (given < 0)
            return NamedArguments.Append(list, CycleMomentum, no);
        var value = list.Arguments[given].Expression;
        return list.ReplaceNode(value, no.WithTriviaFrom(value));
    }
}
