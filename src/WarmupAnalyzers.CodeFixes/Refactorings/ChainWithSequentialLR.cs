using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeRefactorings;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using WarmupAnalyzers.CodeFixes.Rewriting;
using WarmupAnalyzers.Reading;
using WarmupAnalyzers.Reading.Schedules;
using WarmupAnalyzers.Schedules;

namespace WarmupAnalyzers.CodeFixes.Refactorings;

/// <summary>
/// A warmup and another scheduler of the same optimizer, stepped side by side, become a <c>SequentialLR</c> that runs one after the
/// other. Offered at their creations and at their steps.
/// </summary>
[ExportCodeRefactoringProvider(LanguageNames.CSharp, Name = nameof(ChainWithSequentialLR))]
public sealed class ChainWithSequentialLR : CodeRefactoringProvider
{
    /// <inheritdoc />
    public override async Task ComputeRefactoringsAsync(CodeRefactoringContext context)
    {
        var (document, cancellation) = (context.Document, context.CancellationToken);
        if (await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false) is not { } root
            || await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false) is not { } model
            || TrainingCode.Of(model.Compilation)?.In(model) is not { } code)
            return;
        var node = root.FindNode(context.Span, getInnermostNodeForTie: true);
        foreach (var (pair, edit) in Pairs(model, code, cancellation).Where(found => IsAt(node, found.Edit)))
        {
            if (await ChainedSchedulers.OfAsync(document, pair, edit, code, cancellation).ConfigureAwait(false) is not { } chained)
                continue;
            context.RegisterRefactoring(CodeAction.Create(chained.Title, _ => Task.FromResult(chained.Document), nameof(ChainWithSequentialLR)));
            return;
        }
    }

    private static IEnumerable<(SchedulerPair Pair, SequenceEdit Edit)> Pairs(SemanticModel model, TrainingCode code, CancellationToken cancellation)
    {
        var all = code.Creations.In(model, cancellation);
        var plain = all.Where(creation => IsPlain(creation) && !creation.IsBaseCall && !creation.HoldsError).ToList();
        foreach (var second in plain)
        {
            foreach (var first in plain.TakeWhile(first => first != second))
            {
                if (SchedulerPair.Of(first, second, code, cancellation) is { } pair && SequenceEdit.Of(pair, model, code, cancellation) is { } edit)
                    yield return (pair, edit);
            }
        }
    }

    // A plateau has no length and wants a metric; what has a warmup of its own needs no other.
    private static bool IsPlain(SchedulerCreation creation) => creation.Kind is not (SchedulerKind.ReduceLROnPlateau or SchedulerKind.SequentialLR or SchedulerKind.ChainedLR
        or SchedulerKind.OneCycleLR or SchedulerKind.CyclicLR or SchedulerKind.ScheduleLR or SchedulerKind.WarmupThenPlateauLR);

    private static bool IsAt(SyntaxNode node, SequenceEdit edit) => edit.Holders.First.IsAt(node) || edit.Holders.Second.IsAt(node)
        || node.FirstAncestorOrSelf<StatementSyntax>() is { } statement && (statement == edit.Steps.First || statement == edit.Steps.Second);
}
