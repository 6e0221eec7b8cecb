using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using WarmupAnalyzers.Reading.Steps;
using WarmupAnalyzers.Rules;

namespace WarmupAnalyzers.CodeFixes.Fixes;

/// <summary>WARM3007: the scheduler's step goes where the optimizer's is.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(SteppedOnMicroBatchFix))]
public sealed class SteppedOnMicroBatchFix : CodeFixProvider
{
    /// <inheritdoc />
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(SteppedOnMicroBatch.Id);

    /// <inheritdoc />
    public override FixAllProvider GetFixAllProvider() => DocumentFixAll.By((root, _, diagnostics) => Moved(root, diagnostics));

    /// <inheritdoc />
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        foreach (var diagnostic in context.Diagnostics)
        {
            if (root is null || Places(root, diagnostic) is null)
                continue;
            context.RegisterCodeFix(
                CodeAction.Create(
                    "Move the step to optimizer.step()",
                    _ => Task.FromResult(context.Document.WithSyntaxRoot(Moved(root, [diagnostic]))),
                    nameof(SteppedOnMicroBatchFix)),
                diagnostic);
        }
    }

    /// <summary>The step and the condition that it goes under; null where it stays, or a directive stands between.</summary>
    private static (StatementSyntax Step, IfStatementSyntax Condition)? Places(SyntaxNode root, Diagnostic diagnostic)
    {
        if (!diagnostic.Properties.ContainsKey(SteppedOnMicroBatch.Movable)
            || StepMove.StatementOf(root.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true)) is not { Parent: BlockSyntax block } step
            || block.Statements.FirstOrDefault(other => other.Span == diagnostic.AdditionalLocations[0].SourceSpan) is not IfStatementSyntax condition)
            return null;
        var between = block.Statements.SkipWhile(other => other != condition).TakeWhile(other => other.SpanStart <= step.SpanStart);
        return between.Any(statement => statement.ContainsDirectives) ? null : (step, condition);
    }

    private static SyntaxNode Moved(SyntaxNode root, IEnumerable<Diagnostic> diagnostics)
    {
        var moves = diagnostics.Select(diagnostic => Places(root, diagnostic)).OfType<(StatementSyntax Step, IfStatementSyntax Condition)>().ToArray();
        var current = root.TrackNodes(moves.SelectMany(move => new SyntaxNode[] { move.Step, move.Condition }).Distinct());
        foreach (var (original, condition) in moves)
        {
            var step = current.GetCurrentNode(original)!;
            var block = (BlockSyntax)step.Parent!;
            var rest = StatementEdits.Without(block, step);
            current = current.ReplaceNode(block, rest);
            var target = current.GetCurrentNode(condition)!;
            current = current.ReplaceNode(target, StatementEdits.WithLast(target, step.WithoutTrivia(), EndOfLine(root)));
        }

        return current;
    }

    // As the file ends its lines.
    private static SyntaxTrivia EndOfLine(SyntaxNode root) =>
        root.DescendantTrivia().FirstOrDefault(trivia => trivia.IsKind(SyntaxKind.EndOfLineTrivia)) is var first && first.IsKind(SyntaxKind.EndOfLineTrivia)
            ? first
            : SyntaxFactory.ElasticLineFeed;
}
