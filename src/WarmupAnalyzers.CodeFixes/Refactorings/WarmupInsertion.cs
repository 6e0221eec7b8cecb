using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Simplification;
using WarmupAnalyzers.CodeFixes.Fixes;
using WarmupAnalyzers.CodeFixes.Rewriting;
using WarmupAnalyzers.Reading;
using WarmupAnalyzers.Reading.Optimizers;
using WarmupAnalyzers.Reading.Schedules;
using WarmupAnalyzers.Reading.Steps;
using WarmupAnalyzers.Schedules;

namespace WarmupAnalyzers.CodeFixes.Refactorings;

/// <summary>A program with a linear warmup put in, read again as the rules read it.</summary>
/// <param name="Optimizer">The variable that holds the optimizer.</param>
internal sealed record WarmupInsertion(Document Document, string Title, string Optimizer)
{
    private const int Length = 5;

    /// <summary>The warmup of an optimizer; null where it may have a scheduler or a rate by hand, or the place of the step is not certain.</summary>
    /// <param name="holder">Where the optimizer is kept.</param>
    /// <param name="asked">The loop that is to have the step; null for whichever it is.</param>
    public static async Task<WarmupInsertion?> OfAsync(
        Document document, IOperation optimizer, VariableBeside holder, StatementSyntax? asked, TrainingCode code, CancellationToken cancellation)
    {
        if (holder.Scope.ContainsDiagnostics || holder.Variable is IFieldSymbol { DeclaredAccessibility: not Accessibility.Private }
            || code.RateWrites.CanBeOf(holder.Variable as ILocalSymbol, optimizer.Syntax, cancellation)
            || OtherGroups.MayCome(code, cancellation))
            return null;
        var mark = new SyntaxAnnotation();
        var trial = document.WithSyntaxRoot(WithScheduler(optimizer, holder, asked, mark, code));
        if (await ReadScheduler.InAsync(trial, mark, cancellation).ConfigureAwait(false) is not { } made || !IsAlone(made.Life)
            || StepInsertion.Find(made.Life, made.Code, cancellation) is not { MayBeSkipped: false, ReceiverText: not null } step
            || asked is not null && step.Loop != made.Root.GetCurrentNode(asked)
            || EpochLoop.Of(step.Loop, made.Life, made.Code, cancellation) is not { Rounds: not <= Length } loop)
            return null;
        var edited = await Simplifier.ReduceAsync(trial.WithSyntaxRoot(WithStep(made.Root, step)), Simplifier.Annotation, null, cancellation).ConfigureAwait(false);
        if (await ReadScheduler.InAsync(edited, mark, cancellation).ConfigureAwait(false) is not { } result || !IsStepped(result.Life)
            || ScheduleCurve.Of(result.Life.Creation, Length + 1, result.Code, cancellation) is not { } curve
            || !await RefactoringProof.HoldsAsync(document, edited, cancellation).ConfigureAwait(false))
            return null;
        return new WarmupInsertion(edited, Describe(curve, loop), holder.Variable.Name);
    }

    private static SyntaxNode WithScheduler(IOperation optimizer, VariableBeside holder, StatementSyntax? asked, SyntaxAnnotation mark, TrainingCode code)
    {
        var (model, position) = (optimizer.SemanticModel!, optimizer.Syntax.SpanStart);
        var factory = SchedulerMember.Factory("LinearLR", optimizer.Syntax as ExpressionSyntax, model, position, code.Symbols);
        var call = (InvocationExpressionSyntax)SyntaxFactory.ParseExpression($"LinearLR({holder.Name}, start_factor: 0.1, total_iters: {Length})");
        var type = holder.FieldType is { } written ? SchedulerMember.Type(written, model, written.SpanStart, code.Symbols) : null;
        var root = optimizer.Syntax.SyntaxTree.GetRoot().TrackNodes(holder.Nodes.Concat(asked is null ? [] : [asked]));
        return holder.Insert(root, SchedulerName.For(holder, "scheduler", model, position), call.WithExpression(factory).WithAdditionalAnnotations(mark), type);
    }

    private static SyntaxNode WithStep(SyntaxNode root, StepInsertion step) => root.ReplaceNode(
        step.Loop, StatementEdits.WithLast(step.Loop, SyntaxFactory.ParseStatement(step.ReceiverText + ".step();"), StatementEdits.EndOfLine(step.Loop, root)));

    // In sight with its optimizer, which nobody else schedules.
    private static bool IsAlone(SchedulerLife life) =>
        life is { IsInSight: true, IsOptimizerFollowed: true, IsNeverStepped: true, IsTrained: true, HasRival: false, Elders.Count: 0 };

    private static bool IsStepped(SchedulerLife life) => life is { IsInSight: true, IsNeverStepped: false, First.SkipTheFirstIndex: false };

    private static string Describe(IReadOnlyList<double> curve, EpochLoop loop) =>
        $"Add a linear warmup: {CurveText.Numbers(curve)} of the learning rate over {Length} {loop.Unit} {CurveText.Sparkline(curve)}";
}
