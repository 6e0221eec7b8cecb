using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using WarmupAnalyzers.Reading.Steps;
using WarmupAnalyzers.Rules;

namespace WarmupAnalyzers.CodeFixes.Fixes;

/// <summary>WARM4011: the warmup goes away, its declaration and its step. A person must look at it; not part of Fix All and <c>dotnet format</c>.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(WarmupOnTopReviewFix))]
public sealed class WarmupOnTopReviewFix : CodeFixProvider
{
    /// <inheritdoc />
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(WarmupOnTop.Id);

    /// <inheritdoc />
    public override FixAllProvider? GetFixAllProvider() => null;

    /// <inheritdoc />
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        foreach (var diagnostic in context.Diagnostics)
        {
            if (ArgumentLocation.Find(root!, diagnostic) is not { } warmup || Statements(warmup) is not { } statements)
                continue;
            context.RegisterCodeFix(
                CodeAction.Create("Remove the warmup (needs review)", _ => Task.FromResult(context.Document.WithSyntaxRoot(Without(root!, statements))), nameof(WarmupOnTopReviewFix)),
                diagnostic);
        }
    }

    /// <summary>The declaration of the warmup's variable and all statements that use it; null where it is used for more than its steps.</summary>
    private static ImmutableArray<StatementSyntax>? Statements(SyntaxNode warmup)
    {
        if (warmup.Parent is not EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax { Parent: VariableDeclarationSyntax { Variables.Count: 1, Parent: LocalDeclarationStatementSyntax { Parent: BlockSyntax block } declaration } } variable })
            return null;
        var uses = block.DescendantNodes().OfType<IdentifierNameSyntax>().Where(name => name.Identifier.ValueText == variable.Identifier.ValueText).ToArray();
        var steps = uses.Select(use => use.Parent is MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax call } access && access.Expression == use ? StepMove.StatementOf(call) : null).ToArray();
        if (steps.Any(step => step?.Parent is not BlockSyntax))
            return null;
        var all = steps.OfType<StatementSyntax>().Append(declaration).ToImmutableArray();
        return all.Any(statement => statement.GetLeadingTrivia().Concat(statement.GetTrailingTrivia()).Any(trivia => trivia.IsDirective)) ? null : all;
    }

    private static SyntaxNode Without(SyntaxNode root, IReadOnlyList<StatementSyntax> statements)
    {
        var current = root.TrackNodes(statements);
        foreach (var original in statements)
        {
            var statement = current.GetCurrentNode(original)!;
            var block = (BlockSyntax)statement.Parent!;
            current = current.ReplaceNode(block, StatementEdits.Without(block, statement));
        }

        return current;
    }
}
