using System.Collections.Immutable;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using WarmupAnalyzers.Reading.Source;
using WarmupAnalyzers.Reading.Steps;
using WarmupAnalyzers.Rules;

namespace WarmupAnalyzers.CodeFixes.Fixes;

/// <summary>WARM3008: the step goes to the loop that its schedule counts. Perhaps the length is meant to change instead.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(BatchesAndEpochsReviewFix))]
public sealed class BatchesAndEpochsReviewFix : CodeFixProvider
{
    /// <inheritdoc />
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(BatchesAndEpochsMixedUp.Id);

    /// <inheritdoc />
    public override FixAllProvider? GetFixAllProvider() => null;

    /// <inheritdoc />
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        foreach (var diagnostic in context.Diagnostics)
        {
            if (root is null || !diagnostic.Properties.ContainsKey(StepMove.Fix)
                || StepMove.StatementOf(root.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true)) is not { Parent: BlockSyntax } step
                || StatementEdits.At(root, diagnostic.AdditionalLocations[1]) is not { } loop || !LoopJumps.IsLoop(loop))
                continue;
            var title = loop.Contains(step) ? "Move the step to the end of the epoch (needs review)" : "Move the step to the end of the batch (needs review)";
            context.RegisterCodeFix(CodeAction.Create(title, _ => Task.FromResult(context.Document.WithSyntaxRoot(Moved(root, step, loop))), nameof(BatchesAndEpochsReviewFix)), diagnostic);
        }
    }

    private static SyntaxNode Moved(SyntaxNode root, StatementSyntax step, StatementSyntax loop)
    {
        var tracked = root.TrackNodes(step, loop);
        var current = tracked.GetCurrentNode(step)!;
        var block = (BlockSyntax)current.Parent!;
        tracked = tracked.ReplaceNode(block, StatementEdits.Without(block, current));
        var target = tracked.GetCurrentNode(loop)!;
        return tracked.ReplaceNode(target, StatementEdits.WithLast(target, step.WithoutTrivia(), EndOfLine(root)));
    }

    // As the file ends its lines.
    private static SyntaxTrivia EndOfLine(SyntaxNode root) =>
        root.DescendantTrivia().FirstOrDefault(trivia => trivia.IsKind(SyntaxKind.EndOfLineTrivia)) is var first && first.IsKind(SyntaxKind.EndOfLineTrivia)
            ? first
            : SyntaxFactory.ElasticLineFeed;
}
