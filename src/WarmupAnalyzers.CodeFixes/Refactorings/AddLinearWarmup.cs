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
using WarmupAnalyzers.Reading.Optimizers;
using WarmupAnalyzers.Reading.Source;
using WarmupAnalyzers.Reading.Steps;

namespace WarmupAnalyzers.CodeFixes.Refactorings;

/// <summary>
/// An optimizer that nothing schedules gets a <c>LinearLR</c>, stepped at the end of the loop that trains. Offered at the optimizer's
/// creation and at the loop, where both are in sight.
/// </summary>
[ExportCodeRefactoringProvider(LanguageNames.CSharp, Name = nameof(AddLinearWarmup))]
public sealed class AddLinearWarmup : CodeRefactoringProvider
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
        var loop = LoopAt(node, context.Span.Start);
        var optimizers = KeptOptimizers(model, code, cancellation).Where(optimizer => loop is not null || optimizer.Holder.IsAt(node)).ToList();
        var found = new List<WarmupInsertion>();
        foreach (var (creation, holder) in optimizers)
        {
            if (await WarmupInsertion.OfAsync(document, creation, holder, loop, code, cancellation).ConfigureAwait(false) is { } insertion)
                found.Add(insertion);
        }

        foreach (var insertion in found)
        {
            context.RegisterRefactoring(CodeAction.Create(
                insertion.Title + (found.Count > 1 ? " for " + insertion.Optimizer : string.Empty),
                _ => Task.FromResult(insertion.Document),
                nameof(AddLinearWarmup) + insertion.Optimizer));
        }
    }

    private static IEnumerable<(IOperation Creation, VariableBeside Holder)> KeptOptimizers(SemanticModel model, TrainingCode code, CancellationToken cancellation)
    {
        foreach (var (creation, _) in OptimizerCreations.OptimizersIn(model, code, cancellation))
        {
            if (OptimizerHistory.IsOwn(creation, code.Symbols) && creation.Syntax is ExpressionSyntax value && VariableBeside.Of(value, model, cancellation) is { } holder)
                yield return (creation, holder);
        }
    }

    // In the header, not in the body.
    private static StatementSyntax? LoopAt(SyntaxNode node, int position) =>
        node.AncestorsAndSelf().FirstOrDefault(outer => outer is StatementSyntax) is StatementSyntax loop && LoopJumps.IsLoop(loop) && position < StepInsertion.BodyOf(loop)!.SpanStart ? loop : null;
}
