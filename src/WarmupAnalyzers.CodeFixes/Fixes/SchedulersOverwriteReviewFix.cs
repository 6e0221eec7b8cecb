using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Simplification;
using WarmupAnalyzers.Rules;

namespace WarmupAnalyzers.CodeFixes.Fixes;

/// <summary>WARM4001: a SequentialLR steps the warmup and then the other. A person must look at it; not part of Fix All and <c>dotnet format</c>.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(SchedulersOverwriteReviewFix))]
public sealed class SchedulersOverwriteReviewFix : CodeFixProvider
{
    private const string Factory = "global::TorchSharp.torch.optim.lr_scheduler.";

    /// <inheritdoc />
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(SchedulersOverwrite.Id);

    /// <inheritdoc />
    public override FixAllProvider? GetFixAllProvider() => null;

    /// <inheritdoc />
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        foreach (var diagnostic in context.Diagnostics)
        {
            if (Chained(root!, diagnostic) is not { } chained)
                continue;
            context.RegisterCodeFix(
                CodeAction.Create("Run one after the other with SequentialLR (needs review)", _ => Task.FromResult(context.Document.WithSyntaxRoot(chained)), nameof(SchedulersOverwriteReviewFix)),
                diagnostic);
        }
    }

    /// <summary>The root with the sequence; null where the two are not locals of a block that are stepped as they are.</summary>
    private static SyntaxNode? Chained(SyntaxNode root, Diagnostic diagnostic)
    {
        if (!diagnostic.Properties.TryGetValue(SchedulersOverwrite.Milestone, out var milestone) || milestone is null
            || DeclarationAt(root, diagnostic.AdditionalLocations[0]) is not { } first || DeclarationAt(root, diagnostic.Location) is not { } second
            || StatementAt(root, diagnostic.AdditionalLocations[1]) is not { } step || StatementAt(root, diagnostic.AdditionalLocations[2]) is not { } other
            || OptimizerOf(second) is not { } optimizer
            || new StatementSyntax[] { second, step, other }.Any(statement => statement.Parent is not BlockSyntax || statement.ContainsDirectives)
            || !IsPlain(step, first) || !IsPlain(other, second))
            return null;
        var names = new[] { NameOf(first), NameOf(second) };
        if (diagnostic.Properties.ContainsKey(SchedulersOverwrite.WarmupIsSecond))
            names = [names[1], names[0]];
        var sequence = FreeName(second);
        var declared = Declaration($"var {sequence} = {Factory}SequentialLR({optimizer}, new {Factory}LRScheduler[] {{ {names[0]}, {names[1]} }}, new[] {{ {milestone} }});");
        var (kept, removed) = step.SpanStart < other.SpanStart ? (step, other) : (other, step);
        return Apply(root, second, declared, kept, removed, sequence);
    }

    private static SyntaxNode Apply(SyntaxNode root, StatementSyntax second, StatementSyntax declared, StatementSyntax kept, StatementSyntax removed, string sequence)
    {
        var current = root.TrackNodes(second, kept, removed);
        var gone = current.GetCurrentNode(removed)!;
        var block = (BlockSyntax)gone.Parent!;
        current = current.ReplaceNode(block, block.WithStatements(StatementEdits.Remove(block.Statements, block.Statements.IndexOf(gone))));
        var stepped = current.GetCurrentNode(kept)!;
        current = current.ReplaceNode(stepped, SyntaxFactory.ParseStatement(sequence + ".step();").WithTriviaFrom(stepped));
        var before = current.GetCurrentNode(second)!;
        block = (BlockSyntax)before.Parent!;
        var (elder, added) = StatementEdits.PairBehind(before, declared);
        return current.ReplaceNode(block, block.WithStatements(block.Statements.ReplaceRange(before, [elder, added])));
    }

    private static StatementSyntax Declaration(string text)
    {
        var statement = SyntaxFactory.ParseStatement(text);
        var names = statement.DescendantNodes().Where(node => node is MemberAccessExpressionSyntax or QualifiedNameSyntax && node.ToString().StartsWith(Factory, System.StringComparison.Ordinal));
        return statement.ReplaceNodes(names, (_, name) => name.WithAdditionalAnnotations(Simplifier.Annotation));
    }

    private static ExpressionSyntax? OptimizerOf(LocalDeclarationStatementSyntax declaration) => declaration.Declaration.Variables[0].Initializer?.Value switch
    {
        InvocationExpressionSyntax call => OptimizerIn(call.ArgumentList),
        BaseObjectCreationExpressionSyntax { ArgumentList: { } arguments } => OptimizerIn(arguments),
        _ => null,
    };

    private static ExpressionSyntax? OptimizerIn(ArgumentListSyntax list) =>
        (list.Arguments.FirstOrDefault(argument => argument.NameColon?.Name.Identifier.ValueText == "optimizer") ?? list.Arguments.FirstOrDefault(argument => argument.NameColon is null))?.Expression;

    private static bool IsPlain(StatementSyntax step, LocalDeclarationStatementSyntax scheduler) =>
        step is ExpressionStatementSyntax { Expression: InvocationExpressionSyntax { ArgumentList.Arguments.Count: 0, Expression: MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax name } } }
        && name.Identifier.ValueText == scheduler.Declaration.Variables[0].Identifier.ValueText;

    private static string NameOf(LocalDeclarationStatementSyntax declaration) => declaration.Declaration.Variables[0].Identifier.Text;

    private static string FreeName(SyntaxNode place)
    {
        var used = new HashSet<string>(place.SyntaxTree.GetRoot().DescendantTokens().Where(token => token.IsKind(SyntaxKind.IdentifierToken)).Select(token => token.ValueText));
        var name = "sequence";
        for (var number = 2; used.Contains(name); number++)
            name = "sequence" + number.ToString(CultureInfo.InvariantCulture);
        return name;
    }

    private static LocalDeclarationStatementSyntax? DeclarationAt(SyntaxNode root, Location creation) =>
        root.FindNode(creation.SourceSpan, getInnermostNodeForTie: true).Parent is EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax { Parent: VariableDeclarationSyntax { Variables.Count: 1, Parent: LocalDeclarationStatementSyntax declaration } } }
            ? declaration
            : null;

    private static StatementSyntax? StatementAt(SyntaxNode root, Location location) =>
        root.FindNode(location.SourceSpan, getInnermostNodeForTie: true).FirstAncestorOrSelf<StatementSyntax>();
}
