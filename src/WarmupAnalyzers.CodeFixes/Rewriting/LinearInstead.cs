using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using WarmupAnalyzers.Reading;
using WarmupAnalyzers.Reading.Schedules;
using WarmupAnalyzers.Schedules;

namespace WarmupAnalyzers.CodeFixes.Rewriting;

/// <summary><c>LinearLR(optimizer, start_factor: 0.1, total_iters: 5)</c> in the place of a scheduler that does not warm up.</summary>
internal static class LinearInstead
{
    private const string Settings = ", start_factor: 0.1, total_iters: 5)";
    private const int Steps = 6;

    // What LinearLR computes step by step.
    private static readonly double[] s_promised = [0.1, 0.28, 0.46, 0.64, 0.82, 1];

    /// <summary>The document with the scheduler exchanged, and the title of the action; null where the result is not that warmup.</summary>
    public static async Task<(Document Document, string Title)?> OfAsync(Document document, SyntaxNode creation, CancellationToken cancellation)
    {
        var root = await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false);
        if (await ReadAsync(document, creation, cancellation).ConfigureAwait(false) is not { Creation: { Optimizer: { } optimizer } old }
            || ArgumentsOf(creation) is not { } arguments || HoldsComments(arguments)
            || old.Kind == SchedulerKind.ReduceLROnPlateau) // stepped with a metric, which LinearLR ignores
            return null;
        var (mark, wanted) = (new SyntaxAnnotation(), SyntaxFactory.ParseArgumentList("(" + optimizer.Syntax.WithoutTrivia() + Settings));
        if (SchedulerNames.Renamed(root!, creation, mark, old.Kind.ToString(), nameof(SchedulerKind.LinearLR)) is not { } renamed)
            return null;
        var changed = renamed.ReplaceNode(ArgumentsOf(renamed.GetAnnotatedNodes(mark).Single())!, wanted.WithTriviaFrom(arguments));
        var after = document.WithSyntaxRoot(changed);
        return await IsKeptAsync(after, mark, cancellation).ConfigureAwait(false)
            && !await SchedulerNames.HasNewErrorsAsync(document, after, cancellation).ConfigureAwait(false)
            ? (after, "Warm up linearly: " + CurveText.Numbers(s_promised) + " (needs review)")
            : null;
    }

    private static async Task<bool> IsKeptAsync(Document document, SyntaxAnnotation mark, CancellationToken cancellation)
    {
        var root = await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false);
        return await ReadAsync(document, root!.GetAnnotatedNodes(mark).Single(), cancellation).ConfigureAwait(false) is { } read
            && ScheduleCurve.Of(read.Creation, Steps, read.Code, cancellation) is { } curve
            && curve.Zip(s_promised, (computed, promised) => System.Math.Abs(computed - promised) < 1e-12).All(isClose => isClose);
    }

    private static async Task<(SchedulerCreation Creation, TrainingCode Code)?> ReadAsync(Document document, SyntaxNode creation, CancellationToken cancellation)
    {
        var model = await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false);
        return KnownSymbols.Find(model!.Compilation) is { } symbols && model.GetOperation(creation, cancellation) is { } operation
            && SchedulerCreation.Read(operation, symbols) is { } read
            ? (read, new TrainingCode(model.Compilation, symbols))
            : null;
    }

    private static ArgumentListSyntax? ArgumentsOf(SyntaxNode creation) => creation switch
    {
        InvocationExpressionSyntax call => call.ArgumentList,
        BaseObjectCreationExpressionSyntax { Initializer: null } made => made.ArgumentList,
        _ => null,
    };

    private static bool HoldsComments(SyntaxNode node) => node.DescendantTrivia().Any(trivia =>
        node.Span.Contains(trivia.Span) && (trivia.IsKind(SyntaxKind.SingleLineCommentTrivia) || trivia.IsKind(SyntaxKind.MultiLineCommentTrivia) || trivia.IsDirective));
}
