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
using WarmupAnalyzers.Reading.Steps;
using WarmupAnalyzers.Rules;

namespace WarmupAnalyzers.CodeFixes.Fixes;

/// <summary>WARM3011, WARM3012: the call on the optimizer that a training loop lacks.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(MissingCallFix))]
public sealed class MissingCallFix : CodeFixProvider
{
    /// <inheritdoc />
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(OptimizerNeverStepped.Id, NeverZeroed.Id);

    /// <inheritdoc />
    public override FixAllProvider GetFixAllProvider() => DocumentFixAll.By((root, _, diagnostics) => Apply(root, diagnostics));

    /// <inheritdoc />
    public override Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        foreach (var diagnostic in context.Diagnostics)
        {
            if (diagnostic.Properties.TryGetValue(StatementPlace.Missing, out var statement))
            {
                context.RegisterCodeFix(
                    CodeAction.Create(
                        "Insert " + statement,
                        cancellation => DocumentFixAll.Apply(context.Document, ImmutableArray.Create(diagnostic), (root, _, diagnostics) => Apply(root, diagnostics), cancellation),
                        nameof(MissingCallFix)),
                    diagnostic);
            }
        }

        return Task.CompletedTask;
    }

    private static SyntaxNode Apply(SyntaxNode root, IEnumerable<Diagnostic> diagnostics)
    {
        var insertions = diagnostics.Select(diagnostic => (At: StatementAt(root, diagnostic), Text: Text(diagnostic), IsBehind: diagnostic.Properties.ContainsKey(StatementPlace.Behind)))
            .Where(insertion => insertion.At is not null && insertion.Text is not null)
            .Distinct() // several loops may lack the same call
            .ToArray();
        var tracked = root.TrackNodes(insertions.Select(insertion => (SyntaxNode)insertion.At!).Distinct());
        foreach (var (at, text, isBehind) in insertions)
            tracked = Insert(tracked, (StatementSyntax)tracked.GetCurrentNode((SyntaxNode)at!)!, SyntaxFactory.ParseStatement(text!), isBehind);
        return tracked;
    }

    private static StatementSyntax? StatementAt(SyntaxNode root, Diagnostic diagnostic)
    {
        if (!diagnostic.Properties.TryGetValue(StatementPlace.Before, out var at))
            return null;
        var span = diagnostic.AdditionalLocations[int.Parse(at!, CultureInfo.InvariantCulture)].SourceSpan;
        return StepMove.StatementOf(root.FindNode(span, getInnermostNodeForTie: true));
    }

    private static string? Text(Diagnostic diagnostic) => diagnostic.Properties.TryGetValue(StatementPlace.Missing, out var text) ? text : null;

    private static SyntaxNode Insert(SyntaxNode root, StatementSyntax anchor, StatementSyntax statement, bool isBehind)
    {
        var (first, second) = isBehind ? StatementEdits.PairBehind(anchor, statement) : StatementEdits.Pair(statement, anchor);
        switch (anchor.Parent)
        {
            case BlockSyntax block:
                return root.ReplaceNode(block, block.WithStatements(block.Statements.ReplaceRange(anchor, [first, second])));
            case GlobalStatementSyntax { Parent: CompilationUnitSyntax unit } global:
                var members = unit.Members.ReplaceRange(global, [SyntaxFactory.GlobalStatement(first), SyntaxFactory.GlobalStatement(second)]);
                return root.ReplaceNode(unit, unit.WithMembers(members));
            default:
                return root;
        }
    }
}
