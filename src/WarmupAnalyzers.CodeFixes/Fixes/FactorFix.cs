using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using WarmupAnalyzers.CodeFixes.Rewriting;
using WarmupAnalyzers.Reading;
using WarmupAnalyzers.Reading.Schedules;
using WarmupAnalyzers.Rules;

namespace WarmupAnalyzers.CodeFixes.Fixes;

/// <summary>Mends a factor function in one click, and an integer division in an argument: WARM1001 to WARM1006.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(FactorFix))]
public sealed class FactorFix : CodeFixProvider
{
    /// <summary>One key for all actions: <c>dotnet format</c> applies the fixes of one key in one run.</summary>
    private const string EquivalenceKey = "WarmupAnalyzers.Factor";

    /// <inheritdoc />
    public override ImmutableArray<string> FixableDiagnosticIds { get; } =
        ImmutableArray.Create(ZeroAtFirstStep.Id, IntegerDivisionInFactor.Id, BaseLearningRateInFactor.Id, WarmupWithoutCap.Id, FactorNotFinite.Id, NegativeFactor.Id);

    /// <inheritdoc />
    public override FixAllProvider GetFixAllProvider() => FixAllProvider.Create(
        async (context, document, diagnostics) => await FixAllAsync(document, diagnostics, context.CancellationToken).ConfigureAwait(false));

    /// <inheritdoc />
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        foreach (var diagnostic in context.Diagnostics)
        {
            if (await DivisionAsync(context.Document, diagnostic, context.CancellationToken).ConfigureAwait(false) is { } division)
                context.RegisterCodeFix(CodeAction.Create(division.Title, _ => Task.FromResult(division.Document), EquivalenceKey), diagnostic);
            if (await FactorLocation.StateAsync(context.Document, diagnostic, context.CancellationToken).ConfigureAwait(false) is not { } state
                || await FactorRepair.OfAsync(state, context.CancellationToken).ConfigureAwait(false) is not { } repair)
                continue;
            context.RegisterCodeFix(
                CodeAction.Create(repair.Title, _ => Task.FromResult(repair.Document), EquivalenceKey),
                diagnostic);
        }
    }

    // One after the other on the growing document: functions may be nested in each other.
    private static async Task<Document?> FixAllAsync(Document document, ImmutableArray<Diagnostic> diagnostics, CancellationToken cancellation)
    {
        var root = await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false);
        var targets = new List<(SyntaxAnnotation Mark, int Group)>();
        var creations = new Dictionary<SyntaxNode, SyntaxAnnotation>();
        var arguments = new Dictionary<SyntaxNode, SyntaxAnnotation>();
        foreach (var diagnostic in diagnostics)
        {
            if (ArgumentDivisionRepair.Find(root!, diagnostic) is { } argument && !arguments.ContainsKey(argument))
                arguments.Add(argument, new SyntaxAnnotation());
            if (await FactorLocation.FindAsync(document, diagnostic, cancellation).ConfigureAwait(false) is not { } found)
                continue;
            if (!creations.TryGetValue(found.Creation, out var mark))
                creations.Add(found.Creation, mark = new SyntaxAnnotation());
            targets.Add((mark, found.Group));
        }

        var current = document.WithSyntaxRoot(root!.ReplaceNodes(
            creations.Keys.Concat(arguments.Keys),
            (original, edited) => edited.WithAdditionalAnnotations(creations.TryGetValue(original, out var mark) ? mark : arguments[original])));
        foreach (var mark in arguments.Values)
            current = (await ArgumentDivisionRepair.OfAsync(current, mark, cancellation).ConfigureAwait(false))?.Document ?? current;
        foreach (var (mark, group) in targets)
            current = await FixOneAsync(current, mark, group, cancellation).ConfigureAwait(false);
        return current;
    }

    private static async Task<ArgumentDivisionRepair?> DivisionAsync(Document document, Diagnostic diagnostic, CancellationToken cancellation)
    {
        var root = await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false);
        if (ArgumentDivisionRepair.Find(root!, diagnostic) is not { } argument)
            return null;
        var mark = new SyntaxAnnotation();
        var marked = document.WithSyntaxRoot(root!.ReplaceNode(argument, argument.WithAdditionalAnnotations(mark)));
        return await ArgumentDivisionRepair.OfAsync(marked, mark, cancellation).ConfigureAwait(false);
    }

    private static async Task<Document> FixOneAsync(Document document, SyntaxAnnotation mark, int group, CancellationToken cancellation)
    {
        var root = await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false);
        var creation = root!.GetAnnotatedNodes(mark).Single();
        return await FactorState.StartAsync(document, creation, group, cancellation).ConfigureAwait(false) is { } state
            && await FactorRepair.OfAsync(state, cancellation).ConfigureAwait(false) is { } repair
            ? repair.Document
            : document;
    }
}

/// <summary>From a diagnostic of a factor rule back to the scheduler's creation and the parameter group.</summary>
internal static class FactorLocation
{
    public static async Task<FactorState?> StateAsync(Document document, Diagnostic diagnostic, CancellationToken cancellation) =>
        await FindAsync(document, diagnostic, cancellation).ConfigureAwait(false) is { } found
            ? await FactorState.StartAsync(document, found.Creation, found.Group, cancellation).ConfigureAwait(false)
            : null;

    public static async Task<(SyntaxNode Creation, int Group)?> FindAsync(Document document, Diagnostic diagnostic, CancellationToken cancellation)
    {
        if (diagnostic.AdditionalLocations.Count < 2)
            return null;
        var root = await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false);
        var creation = root!.FindNode(diagnostic.AdditionalLocations[0].SourceSpan, getInnermostNodeForTie: true);
        var model = await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false);
        if (KnownSymbols.Find(model!.Compilation) is not { } symbols || model.GetOperation(creation, cancellation) is not { } operation
            || FactorSchedule.Read(operation, new TrainingCode(model.Compilation, symbols), cancellation) is not { } schedule)
            return null;
        var groups = schedule.Groups.Select(group => group.Delegate.Syntax.Span).ToList();
        var index = groups.IndexOf(diagnostic.AdditionalLocations[1].SourceSpan);
        return index < 0 ? null : (creation, index);
    }
}
