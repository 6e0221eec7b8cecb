using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using WarmupAnalyzers.Reading;
using WarmupAnalyzers.Reading.Schedules;
using WarmupAnalyzers.Schedules;

namespace WarmupAnalyzers.CodeFixes.Rewriting;

/// <summary>
/// <c>LambdaLR</c> in the place of <c>MultiplicativeLR</c>, which takes the same arguments, with everything mended that is wrong
/// with the functions there. Read and evaluated again; where the result is not clean there is none.
/// </summary>
internal static class LambdaInstead
{
    /// <summary>The document with the scheduler exchanged, and the title of the action.</summary>
    public static async Task<(Document Document, string Title)?> OfAsync(Document document, SyntaxNode creation, CancellationToken cancellation)
    {
        var root = await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false);
        var mark = new SyntaxAnnotation();
        return SchedulerNames.Renamed(root!, creation, mark, nameof(SchedulerKind.MultiplicativeLR), nameof(SchedulerKind.LambdaLR)) is { } renamed
            && await MendedAsync(document.WithSyntaxRoot(renamed), mark, cancellation).ConfigureAwait(false) is { } mended
            && !await SchedulerNames.HasNewErrorsAsync(document, mended.Document, cancellation).ConfigureAwait(false)
            ? mended
            : null;
    }

    private static async Task<(Document Document, string Title)?> MendedAsync(Document document, SyntaxAnnotation mark, CancellationToken cancellation)
    {
        string? title = null;
        for (var group = 0; ; group++)
        {
            var root = await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false);
            var creation = root!.GetAnnotatedNodes(mark).Single();
            if (await FactorState.StartAsync(document, creation, group, cancellation).ConfigureAwait(false) is not { } state)
                return title is null ? null : (document, title);
            if (state.Schedule.Use != FactorUse.Factor
                || await FactorRepair.OfMovedAsync(state, cancellation).ConfigureAwait(false) is not { } repair)
                return null;
            document = repair.Document;
            title ??= "Use LambdaLR: " + char.ToLowerInvariant(repair.Title[0]) + repair.Title.Substring(1);
        }
    }
}
