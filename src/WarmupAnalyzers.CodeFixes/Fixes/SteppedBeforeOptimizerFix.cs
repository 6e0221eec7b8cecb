using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using WarmupAnalyzers.Reading;
using WarmupAnalyzers.Reading.Steps;
using WarmupAnalyzers.Rules;

namespace WarmupAnalyzers.CodeFixes.Fixes;

/// <summary>WARM3002: the step goes behind the optimizer's, or away where the loop steps as well.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(SteppedBeforeOptimizerFix))]
public sealed class SteppedBeforeOptimizerFix : CodeFixProvider
{
    /// <inheritdoc />
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(SteppedBeforeOptimizer.Id);

    /// <inheritdoc />
    public override FixAllProvider GetFixAllProvider() =>
        DocumentFixAll.By((root, _, diagnostics) => StepMover.Apply(root, diagnostics.Where(diagnostic => !StepMover.IsDoubtful(diagnostic))));

    /// <inheritdoc />
    public override Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        foreach (var diagnostic in context.Diagnostics)
        {
            if (StepMover.CanApply(diagnostic) && !StepMover.IsDoubtful(diagnostic))
                StepMover.Register(context, diagnostic, StepMover.Title(diagnostic), nameof(SteppedBeforeOptimizerFix));
        }

        return Task.CompletedTask;
    }
}

/// <summary>WARM3002 where moving the step may change what the code between sees or whether it runs.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(SteppedBeforeOptimizerReviewFix))]
public sealed class SteppedBeforeOptimizerReviewFix : CodeFixProvider
{
    /// <inheritdoc />
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(SteppedBeforeOptimizer.Id);

    /// <inheritdoc />
    public override FixAllProvider? GetFixAllProvider() => null;

    /// <inheritdoc />
    public override Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        foreach (var diagnostic in context.Diagnostics)
        {
            if (StepMover.CanApply(diagnostic) && StepMover.IsDoubtful(diagnostic))
                StepMover.Register(context, diagnostic, StepMover.Title(diagnostic) + " (needs review)", nameof(SteppedBeforeOptimizerReviewFix));
        }

        return Task.CompletedTask;
    }
}

/// <summary>The edit of both providers.</summary>
internal static class StepMover
{
    public static bool CanApply(Diagnostic diagnostic) => diagnostic.Properties.ContainsKey(StepMove.Fix);

    public static bool IsDoubtful(Diagnostic diagnostic) => diagnostic.Properties.ContainsKey(StepMove.NeedsReview);

    public static string Title(Diagnostic diagnostic) =>
        IsRemoval(diagnostic) ? "Remove the step before the loop" : "Move the step behind optimizer.step()";

    public static void Register(CodeFixContext context, Diagnostic diagnostic, string title, string key) =>
        context.RegisterCodeFix(
            CodeAction.Create(
                title,
                cancellation => DocumentFixAll.Apply(context.Document, ImmutableArray.Create(diagnostic), (root, _, diagnostics) => Apply(root, diagnostics), cancellation),
                key),
            diagnostic);

    public static SyntaxNode Apply(SyntaxNode root, IEnumerable<Diagnostic> diagnostics)
    {
        var moves = new List<(StatementSyntax Step, StatementSyntax? Anchor)>();
        foreach (var diagnostic in diagnostics)
        {
            if (!CanApply(diagnostic) || StepMove.StatementOf(root.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true)) is not { } step
                || moves.Any(move => move.Step == step))
                continue;
            if (IsRemoval(diagnostic))
            {
                moves.Add((step, null));
                continue;
            }

            var at = int.Parse(diagnostic.Properties[StepMove.AnchorAt]!, CultureInfo.InvariantCulture);
            var span = diagnostic.AdditionalLocations[at].SourceSpan;
            if (StepMove.Siblings(step).FirstOrDefault(sibling => sibling.Span == span) is { } anchor)
                moves.Add((step, anchor));
        }

        var tracked = root.TrackNodes(moves.SelectMany(move => new SyntaxNode?[] { move.Step, move.Anchor }).OfType<SyntaxNode>().Distinct());
        foreach (var (original, target) in moves)
            tracked = Apply(tracked, tracked.GetCurrentNode(original)!, target is null ? null : tracked.GetCurrentNode(target)!);
        return tracked;
    }

    /// <summary>A statement behind another one of its block, or away.</summary>
    public static SyntaxNode Apply(SyntaxNode root, StatementSyntax step, StatementSyntax? anchor)
    {
        switch (step.Parent)
        {
            case BlockSyntax block:
                return root.ReplaceNode(block, anchor is null
                    ? StatementEdits.Without(block, step)
                    : block.WithStatements(StatementEdits.Move(block.Statements, block.Statements.IndexOf(step), block.Statements.IndexOf(anchor))));
            case GlobalStatementSyntax { Parent: CompilationUnitSyntax unit }:
                var globals = unit.Members.OfType<GlobalStatementSyntax>().ToArray();
                var list = SyntaxFactory.List(globals.Select(global => global.Statement));
                var from = System.Array.FindIndex(globals, global => global.Statement == step);
                var changed = anchor is null
                    ? StatementEdits.Remove(list, from)
                    : StatementEdits.Move(list, from, System.Array.FindIndex(globals, global => global.Statement == anchor));
                var members = changed.Select(statement => (MemberDeclarationSyntax)SyntaxFactory.GlobalStatement(statement));
                return root.ReplaceNode(unit, unit.WithMembers(SyntaxFactory.List(members.Concat(unit.Members.Where(member => member is not GlobalStatementSyntax)))));
            default:
                return root;
        }
    }

    private static bool IsRemoval(Diagnostic diagnostic) =>
        diagnostic.Properties.TryGetValue(StepMove.Fix, out var fix) && fix == StepMove.Remove;
}
