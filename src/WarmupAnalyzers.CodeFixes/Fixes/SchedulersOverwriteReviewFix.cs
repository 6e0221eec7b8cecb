using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using WarmupAnalyzers.CodeFixes.Rewriting;
using WarmupAnalyzers.Reading;
using WarmupAnalyzers.Reading.Schedules;
using WarmupAnalyzers.Rules;

namespace WarmupAnalyzers.CodeFixes.Fixes;

/// <summary>WARM4001: a SequentialLR steps the warmup and then the other. A person must look at it; not part of Fix All and <c>dotnet format</c>.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(SchedulersOverwriteReviewFix))]
public sealed class SchedulersOverwriteReviewFix : CodeFixProvider
{
    /// <inheritdoc />
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(SchedulersOverwrite.Id);

    /// <inheritdoc />
    public override FixAllProvider? GetFixAllProvider() => null;

    /// <inheritdoc />
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        if (await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false) is not { } root
            || await context.Document.GetSemanticModelAsync(context.CancellationToken).ConfigureAwait(false) is not { } model
            || TrainingCode.Of(model.Compilation)?.In(model) is not { } code)
            return;
        foreach (var diagnostic in context.Diagnostics.Where(diagnostic => diagnostic.Properties.ContainsKey(SchedulersOverwrite.Milestone)))
        {
            if (Sequence(root, model, code, diagnostic, context.CancellationToken) is not { } sequence)
                continue;
            context.RegisterCodeFix(
                CodeAction.Create(
                    "Run one after the other with SequentialLR (needs review)",
                    _ => Task.FromResult(context.Document.WithSyntaxRoot(sequence.Apply(root, new SyntaxAnnotation(), code.Symbols))),
                    nameof(SchedulersOverwriteReviewFix)),
                diagnostic);
        }
    }

    /// <summary>Null where the two are not locals of a block that are stepped as they are.</summary>
    private static SequenceEdit? Sequence(SyntaxNode root, SemanticModel model, TrainingCode code, Diagnostic diagnostic, CancellationToken cancellation)
    {
        var all = code.Creations.In(model, cancellation);
        return CreationAt(diagnostic.AdditionalLocations[0]) is { } first && CreationAt(diagnostic.Location) is { } second
            && SchedulerPair.Of(first, second, code, cancellation) is { } pair
            && SequenceEdit.Of(pair, model, code, cancellation) is { Holders: { First.Variable: ILocalSymbol, Second.Variable: ILocalSymbol } } sequence
                ? sequence
                : null;

        SchedulerCreation? CreationAt(Location location) => root.FindNode(location.SourceSpan, getInnermostNodeForTie: true) is ExpressionSyntax made
            ? all.FirstOrDefault(creation => creation.Operation.Syntax == made)
            : null;
    }
}
