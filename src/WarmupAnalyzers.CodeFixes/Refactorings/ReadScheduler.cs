using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using WarmupAnalyzers.Reading;
using WarmupAnalyzers.Reading.Schedules;
using WarmupAnalyzers.Reading.Steps;

namespace WarmupAnalyzers.CodeFixes.Refactorings;

/// <summary>A scheduler that was put into a document, as the rules read it there.</summary>
internal sealed record ReadScheduler(SyntaxNode Root, SchedulerLife Life, TrainingCode Code)
{
    /// <summary>The one whose creation is marked; null where that is none in the edited document.</summary>
    public static async Task<ReadScheduler?> InAsync(Document document, SyntaxAnnotation mark, CancellationToken cancellation)
    {
        var model = (await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false))!;
        var root = await model.SyntaxTree.GetRootAsync(cancellation).ConfigureAwait(false);
        return TrainingCode.Of(model.Compilation)?.In(model) is { } code
            && root.GetAnnotatedNodes(mark).SingleOrDefault() is { } made
            && code.OperationOf(made, cancellation) is { } operation && SchedulerCreation.Read(operation, code.Symbols) is { HoldsError: false } creation
                ? new ReadScheduler(root, SchedulerLife.Of(creation, code, cancellation), code)
                : null;
    }
}
