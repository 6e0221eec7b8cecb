using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using WarmupAnalyzers.Reading;
using WarmupAnalyzers.Reading.Source;
using WarmupAnalyzers.Reading.Steps;
using WarmupAnalyzers.Rules;

namespace WarmupAnalyzers.CodeFixes.Fixes;

/// <summary>WARM3001: a step at the end of the loop that trains.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(NeverSteppedFix))]
public sealed class NeverSteppedFix : CodeFixProvider
{
    /// <inheritdoc />
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(NeverStepped.Id);

    /// <inheritdoc />
    public override FixAllProvider GetFixAllProvider() =>
        DocumentFixAll.By((root, model, diagnostics) => StepInserter.Apply(root, model, diagnostics.Where(diagnostic => !StepInserter.IsDoubtful(diagnostic))));

    /// <inheritdoc />
    public override Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        foreach (var diagnostic in context.Diagnostics)
        {
            if (StepInserter.CanApply(diagnostic) && !StepInserter.IsDoubtful(diagnostic))
                StepInserter.Register(context, diagnostic, StepInserter.Title, nameof(NeverSteppedFix));
        }

        return Task.CompletedTask;
    }
}

/// <summary>WARM3001 where an iteration may not get to the end of the loop.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(NeverSteppedReviewFix))]
public sealed class NeverSteppedReviewFix : CodeFixProvider
{
    /// <inheritdoc />
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(NeverStepped.Id);

    /// <inheritdoc />
    public override FixAllProvider? GetFixAllProvider() => null;

    /// <inheritdoc />
    public override Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        foreach (var diagnostic in context.Diagnostics)
        {
            if (StepInserter.CanApply(diagnostic) && StepInserter.IsDoubtful(diagnostic))
                StepInserter.Register(context, diagnostic, StepInserter.Title + " (needs review)", nameof(NeverSteppedReviewFix));
        }

        return Task.CompletedTask;
    }
}

/// <summary>The edit of both providers.</summary>
internal static class StepInserter
{
    public const string Title = "Step the scheduler at the end of the loop";

    public static bool CanApply(Diagnostic diagnostic) => diagnostic.Properties.ContainsKey("fix");

    public static bool IsDoubtful(Diagnostic diagnostic) => diagnostic.Properties.ContainsKey(StepInsertion.NeedsReview);

    public static void Register(CodeFixContext context, Diagnostic diagnostic, string title, string key) =>
        context.RegisterCodeFix(
            CodeAction.Create(title, cancellation => DocumentFixAll.Apply(context.Document, ImmutableArray.Create(diagnostic), Apply, cancellation), key),
            diagnostic);

    public static SyntaxNode Apply(SyntaxNode root, SemanticModel model, IEnumerable<Diagnostic> diagnostics) => Apply(root, model, diagnostics.ToImmutableArray());

    private static SyntaxNode Apply(SyntaxNode root, SemanticModel model, ImmutableArray<Diagnostic> diagnostics)
    {
        var insertions = new List<(StatementSyntax Loop, string Receiver)>();
        var declarations = new List<(StatementSyntax Statement, string Name)>();
        var taken = new HashSet<(SyntaxNode Member, string Name)>();
        foreach (var diagnostic in diagnostics)
        {
            if (!CanApply(diagnostic) || LoopAt(root, diagnostic.AdditionalLocations[0]) is not { } loop)
                continue;
            if (!diagnostic.Properties.TryGetValue(StepInsertion.Receiver, out var receiver) || receiver is null)
            {
                var creation = root.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true);
                if (creation.FirstAncestorOrSelf<StatementSyntax>() is not ExpressionStatementSyntax statement)
                    continue;
                receiver = FreeName(statement, loop, model, taken);
                declarations.Add((statement, receiver));
            }

            insertions.Add((loop, receiver));
        }

        var tracked = root.TrackNodes(insertions.Select(insertion => (SyntaxNode)insertion.Loop).Concat(declarations.Select(declaration => declaration.Statement)).Distinct());
        foreach (var (statement, name) in declarations)
        {
            var current = (ExpressionStatementSyntax)tracked.GetCurrentNode(statement)!;
            tracked = tracked.ReplaceNode(current, Declaration(current, name));
        }

        foreach (var (loop, receiver) in insertions)
        {
            var current = tracked.GetCurrentNode(loop)!;
            tracked = tracked.ReplaceNode(current, StatementEdits.WithLast(current, SyntaxFactory.ParseStatement(receiver + ".step();"), StatementEdits.EndOfLine(loop, root)));
        }

        return tracked;
    }

    private static StatementSyntax? LoopAt(SyntaxNode root, Location location) =>
        root.FindNode(location.SourceSpan, getInnermostNodeForTie: true).AncestorsAndSelf().OfType<StatementSyntax>().FirstOrDefault(statement => statement.Span == location.SourceSpan && LoopJumps.IsLoop(statement));

    private static LocalDeclarationStatementSyntax Declaration(ExpressionStatementSyntax statement, string name)
    {
        var value = statement.Expression is AssignmentExpressionSyntax discard ? discard.Right : statement.Expression;
        var declarator = SyntaxFactory.VariableDeclarator(SyntaxFactory.Identifier(name).WithTrailingTrivia(SyntaxFactory.Space))
            .WithInitializer(SyntaxFactory.EqualsValueClause(SyntaxFactory.Token(SyntaxKind.EqualsToken).WithTrailingTrivia(SyntaxFactory.Space), value.WithoutLeadingTrivia()));
        var type = SyntaxFactory.IdentifierName(SyntaxFactory.Identifier(SyntaxFactory.TriviaList(), SyntaxKind.VarKeyword, "var", "var", SyntaxFactory.TriviaList(SyntaxFactory.Space)));
        return SyntaxFactory.LocalDeclarationStatement(SyntaxFactory.VariableDeclaration(type, SyntaxFactory.SingletonSeparatedList(declarator)))
            .WithSemicolonToken(statement.SemicolonToken)
            .WithLeadingTrivia(statement.GetLeadingTrivia());
    }

    /// <summary>A name that nothing visible has and nothing in the member declares.</summary>
    private static string FreeName(StatementSyntax statement, StatementSyntax loop, SemanticModel model, HashSet<(SyntaxNode Member, string Name)> taken)
    {
        var member = statement.FirstAncestorOrSelf<MemberDeclarationSyntax>(node => node is not GlobalStatementSyntax) ?? (SyntaxNode)statement.SyntaxTree.GetRoot();
        var used = new HashSet<string>(member.DescendantTokens().Where(token => token.IsKind(SyntaxKind.IdentifierToken)).Select(token => token.ValueText));
        used.UnionWith(model.LookupSymbols(statement.SpanStart).Concat(model.LookupSymbols(loop.Span.End - 1)).Select(symbol => symbol.Name));
        var name = "scheduler";
        for (var number = 2; used.Contains(name) || !taken.Add((member, name)); number++)
            name = "scheduler" + number.ToString(System.Globalization.CultureInfo.InvariantCulture);
        return name;
    }
}
