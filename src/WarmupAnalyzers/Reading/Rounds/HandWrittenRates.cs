using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using WarmupAnalyzers.Factors;
using WarmupAnalyzers.Reading.Factors;
using WarmupAnalyzers.Reading.Optimizers;
using WarmupAnalyzers.Reading.Schedules;
using WarmupAnalyzers.Reading.Source;
using WarmupAnalyzers.Reading.Steps;

namespace WarmupAnalyzers.Reading.Rounds;

/// <summary>Learning rates that training code writes itself, as functions of a loop's variable or of a counter.</summary>
internal static class HandWrittenRates
{
    /// <summary>In one round: each of them is read with all the others.</summary>
    private const int MaximumWrites = 32;

    /// <summary>All in one file.</summary>
    public static IEnumerable<FactorSchedule> In(SemanticModel model, TrainingCode code, CancellationToken cancellation)
    {
        // Several writes in one round are one rate.
        var rounds = new HashSet<(SyntaxNode, ISymbol)>();
        foreach (var write in code.RateWrites.In(model.SyntaxTree.GetRoot(cancellation)))
        {
            if (code.OperationOf(write, cancellation) is { } operation && Read(operation, code, cancellation) is { Round: { } round } schedule
                && rounds.Add((round.Body, round.Optimizer)))
                yield return schedule;
        }
    }

    /// <summary>Reads <c>group.LearningRate = …</c> with the training round it; null where the rate is no function of one variable, or that is not certain.</summary>
    public static FactorSchedule? Read(IOperation site, TrainingCode code, CancellationToken cancellation)
    {
        if (site is not ISimpleAssignmentOperation { Target: IPropertyReferenceOperation rate } write || RateTarget.Of(rate, code, cancellation) is not { } target)
            return null;
        foreach (var rounds in TrainingRound.Of(write, target.Optimizer, code, cancellation))
        {
            var read = rounds.Select(round => Read(write, target, round, code, cancellation)).OfType<FactorSchedule>().ToImmutableArray();
            if (!read.IsEmpty)
                return read.Length == 1 && rounds.Length == 1 ? read[0] : null;
        }

        return null;
    }

    private static FactorSchedule? Read(
        ISimpleAssignmentOperation write, RateTarget target, TrainingRound round, TrainingCode code, CancellationToken cancellation)
    {
        if (round.Content.HasErrors || round.Content.Writes.Count > MaximumWrites || round.Body.Syntax.ContainsDiagnostics || RoundVariables.Of(round, code, cancellation) is not { } variables)
            return null;
        var others = OtherWriters(write, round, code, cancellation);
        if (others == Others.Unclear)
            return null;
        var rate = BaseLearningRate.Of(round.Optimizer, code, cancellation);
        if (!target.IsEveryGroup && (rate.Operation is null || HasMoreGroups(round, code, cancellation)))
            return null; // one group of many may be frozen on purpose
        var isCarried = others == Others.None && variables.Index.IsOfRound && variables.GuardsAreLimits;
        var program = FactorReader.ReadRound(round, variables, isCarried ? rate.Operation : null, isCarried, code, cancellation);
        return new FactorSchedule(write, FactorUse.Rate, ImmutableArray.Create(new GroupFactor(write.Value, program)), rate, variables.Index.First, StepsOf(round, variables, code, cancellation))
        {
            Round = new HandWrittenRound(variables.Index.Variable, round.Body.Syntax, round.Path.Symbol, round.Content.Writes.Count == 1 && !variables.HasGuards, round.Content.StepsAnother),
        };
    }

    // One step of the index in each round of the loop.
    private static ScheduleSteps StepsOf(TrainingRound round, RoundVariables variables, TrainingCode code, CancellationToken cancellation)
    {
        if (variables.MayEndAtIndex)
            return ScheduleSteps.OutOfSight;
        if (variables.Index.IsOfRound && round.Loop is { } loop && (variables.Index.Increment is null || IsOwnCounter(variables.Index, loop, cancellation))
            && Usable(CountedLoop.Read(loop, code, cancellation)) is { } rounds)
            return ScheduleSteps.OfRounds(rounds, round.Content.Jumps.Count > 0);
        if (LimitOf(round, variables) is not { } limit)
            return ScheduleSteps.Unknown;
        return Usable(CountedLoop.ReadInner(limit, code, cancellation)) is { } counted ? ScheduleSteps.OfRounds(counted, mayEndEarly: true) : ScheduleSteps.OutOfSight;
    }

    private static LoopRounds? Usable(LoopRounds? rounds) => rounds is null || rounds.FreeVariables.Any(variable => variable.IsDiscrete) ? null : rounds;

    /// <summary>The loop round the training that goes on while the index is small enough.</summary>
    private static ILoopOperation? LimitOf(TrainingRound round, RoundVariables variables)
    {
        for (IOperation? outer = round.Loop; outer is not null; outer = outer.Parent)
        {
            if (outer is IWhileLoopOperation { Condition: { } condition } loop && variables.MentionsIndex(condition))
                return loop;
            if (outer is IForLoopOperation { Condition: { } bound } counting && variables.MentionsIndex(bound) && variables.Index.Increment is not null)
                return counting;
        }

        return null;
    }

    // Counted on through the rounds of an outer loop, it knows no end.
    private static bool IsOwnCounter(RoundIndex index, ILoopOperation loop, CancellationToken cancellation) =>
        index.Variable is ILocalSymbol && !loop.Syntax.Ancestors()
            .TakeWhile(outer => !index.Variable.DeclaringSyntaxReferences.Any(reference => outer.Span.Contains(reference.GetSyntax(cancellation).Span)))
            .Any(LoopJumps.IsLoop);

    private enum Others
    {
        None,
        Some,
        Unclear,
    }

    /// <summary>Whether other code in the file sets a rate: a scheduler's step, or a write that is not of this round.</summary>
    private static Others OtherWriters(IOperation own, TrainingRound round, TrainingCode code, CancellationToken cancellation)
    {
        var roots = new[] { own.Syntax.SyntaxTree, round.Body.Syntax.SyntaxTree }.Distinct().Select(tree => tree.GetRoot(cancellation)).ToArray();
        var foreign = roots.SelectMany(code.RateWrites.In).Where(write => !round.Content.Events.ContainsKey(write) && code.RateWrites.IsRate(write, cancellation)).ToArray();
        if (foreign.Any(write => write.FirstAncestorOrSelf<AnonymousFunctionExpressionSyntax>() is not null))
            return Others.Unclear;
        return foreign.Length > 0 || roots.SelectMany(root => code.Calls.In(root, "step")).Any(step => !round.Content.Events.ContainsKey(step) && IsSchedulerStep(step, code, cancellation))
            ? Others.Some
            : Others.None;
    }

    private static bool HasMoreGroups(TrainingRound round, TrainingCode code, CancellationToken cancellation) =>
        code.Names.IdentifiersIn(round.Body.Syntax.SyntaxTree.GetRoot(cancellation), "add_param_group").Any();

    private static bool IsSchedulerStep(InvocationExpressionSyntax call, TrainingCode code, CancellationToken cancellation) =>
        code.ModelOf(call.SyntaxTree)?.GetSymbolInfo(call, cancellation).Symbol is IMethodSymbol method && code.Symbols.IsSchedulerStep(method);
}
