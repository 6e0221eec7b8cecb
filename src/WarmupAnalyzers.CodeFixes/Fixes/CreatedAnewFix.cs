using System.Collections.Generic;
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

/// <summary>WARM3003: the declaration goes in front of the loop.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(CreatedAnewFix))]
public sealed class CreatedAnewFix : CodeFixProvider
{
    /// <inheritdoc />
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(CreatedAnew.Id);

    /// <inheritdoc />
    public override FixAllProvider GetFixAllProvider() => DocumentFixAll.By((root, _, diagnostics) => Apply(root, diagnostics));

    /// <inheritdoc />
    public override Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        foreach (var diagnostic in context.Diagnostics.Where(CanApply))
        {
            context.RegisterCodeFix(
                CodeAction.Create(
                    "Create the scheduler before the loop",
                    cancellation => DocumentFixAll.Apply(context.Document, ImmutableArray.Create(diagnostic), (root, _, diagnostics) => Apply(root, diagnostics), cancellation),
                    nameof(CreatedAnewFix)),
                diagnostic);
        }

        return Task.CompletedTask;
    }

    private static bool CanApply(Diagnostic diagnostic) => diagnostic.Properties.ContainsKey(CreatedAnew.Hoist);

    private static SyntaxNode Apply(SyntaxNode root, IEnumerable<Diagnostic> diagnostics)
    {
        var moves = diagnostics.Where(CanApply)
            .Select(diagnostic => (Loop: StatementEdits.At(root, diagnostic.AdditionalLocations[0]), Statement: StatementEdits.At(root, diagnostic.AdditionalLocations[1])))
            .ToArray();
        var tracked = root.TrackNodes(moves.SelectMany(move => new SyntaxNode?[] { move.Loop, move.Statement }).OfType<SyntaxNode>().Distinct());
        foreach (var (loop, statement) in moves)
        {
            if (loop is not null && statement is not null)
                tracked = Apply(tracked, tracked.GetCurrentNode(loop)!, tracked.GetCurrentNode(statement)!);
        }

        return tracked;
    }

    private static SyntaxNode Apply(SyntaxNode root, StatementSyntax loop, StatementSyntax statement)
    {
        var block = (BlockSyntax)statement.Parent!;
        var rest = StatementEdits.Without(block, statement, keepsComments: false);
        var remaining = loop.ReplaceNode(block, rest);
        var moved = Moved(statement, loop);
        remaining = remaining.WithLeadingTrivia(Indentation(loop));
        if (loop.Parent is GlobalStatementSyntax { Parent: CompilationUnitSyntax unit } global)
        {
            var members = unit.Members.ReplaceRange(global, [SyntaxFactory.GlobalStatement(moved), SyntaxFactory.GlobalStatement(remaining)]);
            return root.ReplaceNode(unit, unit.WithMembers(members));
        }

        var outer = (BlockSyntax)loop.Parent!;
        return root.ReplaceNode(outer, outer.WithStatements(outer.Statements.ReplaceRange(loop, [moved, remaining])));
    }

    /// <summary>The declaration as it stands in front of the loop: behind the comments of the loop, with its own, indented as the loop is.</summary>
    private static StatementSyntax Moved(StatementSyntax statement, StatementSyntax loop)
    {
        var indentation = Indentation(loop);
        var own = StatementEdits.WithoutSection(statement).GetLeadingTrivia()
            .SkipWhile(trivia => trivia.IsKind(SyntaxKind.WhitespaceTrivia) || trivia.IsKind(SyntaxKind.EndOfLineTrivia))
            .SelectMany(trivia => trivia.IsKind(SyntaxKind.WhitespaceTrivia) ? indentation : (IEnumerable<SyntaxTrivia>)[trivia]);
        var lead = loop.GetLeadingTrivia().AddRange(own);
        var trailing = statement.GetTrailingTrivia();
        if (!trailing.Any(trivia => trivia.IsKind(SyntaxKind.EndOfLineTrivia)))
            trailing = SyntaxFactory.TriviaList(EndOfLine(loop));
        return statement.WithLeadingTrivia(lead).WithTrailingTrivia(trailing);
    }

    private static SyntaxTriviaList Indentation(SyntaxNode statement) =>
        SyntaxFactory.TriviaList(statement.GetLeadingTrivia().Reverse().TakeWhile(trivia => trivia.IsKind(SyntaxKind.WhitespaceTrivia)).Reverse());

    /// <summary>As the file ends its lines.</summary>
    private static SyntaxTrivia EndOfLine(SyntaxNode node)
    {
        var first = node.SyntaxTree.GetRoot().DescendantTrivia().FirstOrDefault(trivia => trivia.IsKind(SyntaxKind.EndOfLineTrivia));
        return first.IsKind(SyntaxKind.EndOfLineTrivia) ? first : SyntaxFactory.LineFeed;
    }
}
