using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using WarmupAnalyzers.Rules;

namespace WarmupAnalyzers.CodeFixes.Fixes;

/// <summary>WARM4010: the schedulers are made behind what is done to their optimizer.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(ChangedBehindSchedulerFix))]
public sealed class ChangedBehindSchedulerFix : CodeFixProvider
{
    /// <inheritdoc />
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(ChangedBehindScheduler.Id);

    /// <inheritdoc />
    public override FixAllProvider GetFixAllProvider() => DocumentFixAll.By((root, _, diagnostics) => Apply(root, diagnostics));

    /// <inheritdoc />
    public override Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        foreach (var diagnostic in context.Diagnostics.Where(CanApply))
        {
            context.RegisterCodeFix(
                CodeAction.Create(
                    "Create the scheduler behind the change",
                    cancellation => DocumentFixAll.Apply(context.Document, ImmutableArray.Create(diagnostic), (root, _, diagnostics) => Apply(root, diagnostics), cancellation),
                    nameof(ChangedBehindSchedulerFix)),
                diagnostic);
        }

        return Task.CompletedTask;
    }

    private static bool CanApply(Diagnostic diagnostic) => diagnostic.Properties.ContainsKey(ChangedBehindScheduler.Move);

    // The last first, so that they stay in their order.
    private static SyntaxNode Apply(SyntaxNode root, IEnumerable<Diagnostic> diagnostics)
    {
        var moves = diagnostics.Where(CanApply)
            .SelectMany(diagnostic => diagnostic.AdditionalLocations.Skip(2).Reverse().Select(statement => (Statement: StatementEdits.At(root, statement), Anchor: StatementEdits.At(root, diagnostic.AdditionalLocations[1]))))
            .Where(move => move.Statement is not null && move.Anchor is not null)
            .Distinct()
            .ToArray();
        var tracked = root.TrackNodes(moves.SelectMany(move => new SyntaxNode[] { move.Statement!, move.Anchor! }).Distinct());
        foreach (var (statement, anchor) in moves)
            tracked = StepMover.Apply(tracked, tracked.GetCurrentNode(statement!)!, tracked.GetCurrentNode(anchor!)!);
        return tracked;
    }
}
