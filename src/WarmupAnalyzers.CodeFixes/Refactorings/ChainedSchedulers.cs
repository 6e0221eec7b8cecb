using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Simplification;
using WarmupAnalyzers.CodeFixes.Rewriting;
using WarmupAnalyzers.Factors;
using WarmupAnalyzers.Reading;
using WarmupAnalyzers.Reading.Optimizers;
using WarmupAnalyzers.Reading.Schedules;
using WarmupAnalyzers.Reading.Source;
using WarmupAnalyzers.Reading.Steps;
using WarmupAnalyzers.Schedules;
using WarmupAnalyzers.Schedules.Simulated;

namespace WarmupAnalyzers.CodeFixes.Refactorings;

/// <summary>A program in which two schedulers have become one, read again as the rules read it.</summary>
internal sealed record ChainedSchedulers(Document Document, string Title)
{
    private const int Bars = 24;
    private const int Numbers = 7;
    private const int LongestRun = 1_000;
    private const double Tolerance = 1e-9;

    /// <summary>The chain of a pair; null where anything else has to do with the two, or their rates would not run one after the other.</summary>
    public static async Task<ChainedSchedulers?> OfAsync(Document document, SchedulerPair pair, SequenceEdit edit, TrainingCode code, CancellationToken cancellation)
    {
        if (!pair.IsAlone || OtherGroups.MayCome(code, cancellation) || edit.Holders.Second.Scope.ContainsDiagnostics
            || !IsOnlyStepped(pair.First, edit.Holders.First, code, cancellation) || !IsOnlyStepped(pair.Second, edit.Holders.Second, code, cancellation))
            return null;
        var mark = new SyntaxAnnotation();
        var root = (await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false))!;
        var edited = await Simplifier.ReduceAsync(document.WithSyntaxRoot(edit.Apply(root, mark, code.Symbols)), Simplifier.Annotation, null, cancellation).ConfigureAwait(false);
        if (await ReadScheduler.InAsync(edited, mark, cancellation).ConfigureAwait(false) is not { Life: { IsInSight: true, IsNeverStepped: false, First.SkipTheFirstIndex: false } } made
            || Describe(made, edit, cancellation) is not { } title
            || !await RefactoringProof.HoldsAsync(document, edited, cancellation).ConfigureAwait(false))
            return null;
        return new ChainedSchedulers(edited, "Chain with SequentialLR: " + title);
    }

    // In sight with its optimizer, from the start of its schedule, and nothing but its step asks for it.
    private static bool IsOnlyStepped(SchedulerCreation creation, VariableBeside holder, TrainingCode code, CancellationToken cancellation) =>
        SchedulerLife.Of(creation, code, cancellation) is { IsInSight: true, IsOptimizerFollowed: true }
        && ScheduleReader.Number(creation, "last_epoch", code, cancellation) == -1
        && (holder.Variable is ILocalSymbol || holder.Variable.DeclaredAccessibility == Accessibility.Private)
        && VariableWrites.NamesOf(holder.Variable, code, cancellation).Count() == VariableWrites.Of(holder.Variable, code, cancellation).Count + 1;

    /// <summary>The rates, where they are known; null where they are not those of one after the other.</summary>
    private static string? Describe(ReadScheduler made, SequenceEdit edit, CancellationToken cancellation)
    {
        var whole = new Composition(made.Life.Creation, made.Code, cancellation);
        if (whole.KnownPartAt(0) is not { } warmup || whole.KnownPartAt(1) is not { } other || whole.Counts is not [var milestone])
            return null;
        var end = milestone.FreeVariables.IsEmpty ? milestone.Under(Assignment.Empty, cancellation).FactorAt(0) : double.NaN;
        var count = Count(made, cancellation);
        if (double.IsNaN(end) || ScheduleReader.Read(warmup, made.Code, cancellation) is not { } first || ScheduleReader.Read(other, made.Code, cancellation) is not { } second
            || ScheduleCurve.Of(made.Life.Creation.Operation, InSequence(first, second, edit.WarmsUpFirst, (int)end), count, made.Code, cancellation) is not { } curve)
            return IsSteady(edit.Other.Kind) ? $"{edit.Warmup.Kind} for {edit.Milestone} steps, then {edit.Other.Kind}" : null;
        return ScheduleCurve.Of(warmup, count, made.Code, cancellation) is { } rise && ScheduleCurve.Of(other, count, made.Code, cancellation) is { } then
            && Enumerable.Range(0, count).All(step => AreClose(curve[step], step < end ? rise[step] : then[step - (int)end]))
                ? CurveText.Numbers(curve.Take(Numbers).ToArray()) + " of the learning rate " + Sparkline(curve)
                : null;
    }

    // So many rates are trained with; where that is not known, enough for a picture.
    private static int Count(ReadScheduler made, CancellationToken cancellation)
    {
        var steps = ScheduleSteps.Of(made.Life.Creation, made.Code, cancellation).Under(Assignment.Empty, cancellation).Greatest;
        return (int)Math.Min(LongestRun, Math.Max(Numbers, double.IsInfinity(steps) ? Bars : steps));
    }

    // Both are made before the sequence, in their own order.
    private static SequentialLR InSequence(SimulatedScheduler warmup, SimulatedScheduler other, bool warmsUpFirst, int end) => new(
        warmsUpFirst ? new ChildSchedulers(ImmutableArray.Create(warmup, other)) : new ChildSchedulers(ImmutableArray.Create(other, warmup), ImmutableArray.Create(1, 0)),
        ImmutableArray.Create(end));

    // Whatever its arguments are, it begins with the base learning rate when its turn comes.
    private static bool IsSteady(SchedulerKind kind) => kind is SchedulerKind.CosineAnnealingLR or SchedulerKind.StepLR or SchedulerKind.MultiStepLR or SchedulerKind.ExponentialLR
        or SchedulerKind.PolynomialLR or SchedulerKind.LinearLR or SchedulerKind.ConstantLR or SchedulerKind.LambdaLR;

    private static string Sparkline(IReadOnlyList<double> curve) => CurveText.Sparkline(curve.Count <= Bars
        ? curve
        : Enumerable.Range(0, Bars).Select(bar => curve[bar * (curve.Count - 1) / (Bars - 1)]).ToArray());

    private static bool AreClose(double left, double right) => Math.Abs(left - right) <= Tolerance * Math.Max(Math.Abs(left), Math.Abs(right)) + 1e-15;
}
