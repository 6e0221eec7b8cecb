using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using WarmupAnalyzers.Reading;
using WarmupAnalyzers.Reading.Schedules;
using WarmupAnalyzers.Rules;

namespace WarmupAnalyzers.CodeFixes.Rewriting;

/// <summary>A scheduler's creation in one state of its document, read and judged by the very code that reports.</summary>
internal sealed record ArgumentState(
    Document Document,
    SyntaxNode Root,
    SemanticModel Model,
    SchedulerArguments Arguments,
    ImmutableArray<ArgumentMistake> Mistakes,
    SyntaxAnnotation Mark)
{
    public SchedulerCreation Creation => Arguments.Creation;

    /// <summary>Marks the creation in a document, so that it is found again however the text moves.</summary>
    public static async Task<ArgumentState?> StartAsync(Document document, SyntaxNode creation, CancellationToken cancellation)
    {
        var root = await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false);
        var mark = new SyntaxAnnotation();
        return await ReadAsync(document.WithSyntaxRoot(root!.ReplaceNode(creation, creation.WithAdditionalAnnotations(mark))), mark, cancellation).ConfigureAwait(false);
    }

    /// <summary>The state of a document in which the creation is marked already.</summary>
    public static async Task<ArgumentState?> ReadAsync(Document document, SyntaxAnnotation mark, CancellationToken cancellation)
    {
        var root = await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false);
        var model = await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false);
        if (root is null || model is null || KnownSymbols.Find(model.Compilation) is not { } symbols
            || root.GetAnnotatedNodes(mark).SingleOrDefault() is not { } node || model.GetOperation(node, cancellation) is not { } operation
            || SchedulerCreation.Read(operation, symbols) is not { } creation)
            return null;
        var arguments = new SchedulerArguments(creation, new TrainingCode(model.Compilation, symbols), cancellation);
        return new ArgumentState(document, root, model, arguments, ArgumentRules.Mistakes(arguments).ToImmutableArray(), mark);
    }

    /// <summary>The state after an edit; null where that does not compile, loses a directive, leaves the mistake or brings another.</summary>
    public async Task<ArgumentState?> AfterAsync(SyntaxNode root, ArgumentMistake mended, CancellationToken cancellation)
    {
        if (!Directives.AreKept(Root, root))
            return null;
        var after = await ReadAsync(Document.WithSyntaxRoot(root), Mark, cancellation).ConfigureAwait(false);
        return after is not null
            && after.Mistakes.All(mistake => !mistake.IsSameAs(mended) && (Mistakes.Any(before => before.IsSameAs(mistake)) || mistake.Rule.Id == DecayUnderflows.Id)) // which did so before
            && !after.Model.GetDiagnostics(cancellationToken: cancellation).Any(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)
            ? after
            : null;
    }
}
