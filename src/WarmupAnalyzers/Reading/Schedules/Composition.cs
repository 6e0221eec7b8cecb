using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using WarmupAnalyzers.Factors;
using WarmupAnalyzers.Reading.Factors;
using WarmupAnalyzers.Reading.Optimizers;
using WarmupAnalyzers.Reading.Source;
using WarmupAnalyzers.Reading.Steps;
using WarmupAnalyzers.Schedules.Simulated;

namespace WarmupAnalyzers.Reading.Schedules;

/// <summary>A <c>SequentialLR</c> or <c>ChainedLR</c> with what the composition rules ask of it: its parts, its milestones and its run.</summary>
internal sealed class Composition
{
    private ImmutableArray<IOperation>? _milestones;
    private ImmutableArray<FactorProgram>? _counts;

    public Composition(SchedulerCreation creation, TrainingCode code, CancellationToken cancellation)
    {
        Creation = creation;
        Code = code;
        Cancellation = cancellation;
        Parts = creation.Argument("schedulers") is { } list ? WrittenList.ElementsOf(list, code, cancellation) : null;
    }

    public SchedulerCreation Creation { get; }

    public TrainingCode Code { get; }

    public CancellationToken Cancellation { get; }

    /// <summary>The schedulers as they are listed; null where the list is not written out.</summary>
    public ImmutableArray<IOperation>? Parts { get; }

    /// <summary>The milestones as they are listed; null where the list is not written out.</summary>
    public ImmutableArray<IOperation>? Milestones => _milestones ??= Creation.Argument("milestones") is { } list ? WrittenList.ElementsOf(list, Code, Cancellation) : null;

    /// <summary>The milestones as the code computes them; empty where the list is not written out.</summary>
    public ImmutableArray<FactorProgram> Counts => _counts ??= Milestones is { } milestones
        ? milestones.Select(milestone => FactorReader.ReadRate(milestone, Code, Cancellation).Value).ToImmutableArray()
        : ImmutableArray<FactorProgram>.Empty;

    /// <summary>The whole for the simulator; null where an argument is open, or something happens to the parts before they are handed over.</summary>
    public SimulatedScheduler? Scheduler => ScheduleReader.Read(Creation, Code, Cancellation);

    /// <summary>How often the whole is provably stepped.</summary>
    public ScheduleSteps Steps => ScheduleSteps.Of(Creation, Code, Cancellation);

    /// <summary>The rate that the optimizer is made with; 1 where it is not known.</summary>
    public double Rate => IsRateKnown ? BaseRate : 1;

    public bool IsRateKnown => !double.IsNaN(BaseRate);

    private double BaseRate => BaseLearningRate.Of(ChildSchedulerReader.OptimizerOf(Creation.Operation, Code, Cancellation), Code, Cancellation).Value;

    /// <summary>The call that makes a part; null where it is not certain which one does.</summary>
    public IOperation? PartAt(int index) =>
        Parts is { } parts && index < parts.Length ? BaseLearningRate.CreationOf(parts[index], Code, Cancellation) : null;

    /// <summary>Where a part is listed; the argument where the list stands elsewhere.</summary>
    public SyntaxNode PlaceOf(int part)
    {
        var list = Creation.Argument("schedulers")!.Syntax;
        return Parts is { } parts && parts[part].Syntax is var place && place.SyntaxTree == list.SyntaxTree && list.Span.Contains(place.Span) ? place : list;
    }

    /// <summary>What makes a part, where that is one of TorchSharp's schedulers.</summary>
    public SchedulerCreation? KnownPartAt(int index) => PartAt(index) is { } made ? SchedulerCreation.Read(made, Code.Symbols) : null;

    /// <summary>The call that makes the optimizer of the whole; null where it is not certain that it makes a new one.</summary>
    public IOperation? Optimizer => NewOptimizer(Creation.Optimizer);

    /// <summary>The optimizer that a part is given, and the call that makes it; null where it is not certain that it makes a new one.</summary>
    public (IOperation Passed, IOperation Made)? OptimizerOf(int part) =>
        PartAt(part) is { } made && ChildSchedulerReader.OptimizerOf(made, Code, Cancellation) is { } passed && NewOptimizer(passed) is { } optimizer ? (passed, optimizer) : null;

    private IOperation? NewOptimizer(IOperation? passed) =>
        passed is not null && BaseLearningRate.CreationOf(passed, Code, Cancellation) is { } made && OptimizerHistory.IsOwn(made, Code.Symbols) ? made : null;

    /// <summary>What a part multiplies the base rate by when it is alone, from its creation on, as long as it is known; empty where it is not.</summary>
    public IReadOnlyList<double> CurveOf(int part, int count)
    {
        var factors = new List<double>();
        if (PartAt(part) is not { } made || ScheduleReader.Read(made, Code, Cancellation) is not { IsProportional: true } scheduler)
            return factors;
        var group = new ParameterGroup(1, MomentumKind.Momentum, 0.9);
        var run = scheduler.Start([group]);
        for (; run.IsKnown && factors.Count < count; run.Step())
        {
            Cancellation.ThrowIfCancellationRequested();
            factors.Add(group.LearningRate);
        }

        return factors;
    }

    /// <summary>The rates after creation and after each of the following steps, and the exception where one ends it.</summary>
    public (IReadOnlyList<double> Rates, string? Exception) Run(int count)
    {
        var rates = new List<double>();
        if (Scheduler is not { } scheduler || (!IsRateKnown && !scheduler.IsProportional))
            return (rates, null);
        var group = new ParameterGroup(Rate, MomentumKind.Momentum, 0.9);
        var run = scheduler.Start([group]);
        for (; run.IsKnown && rates.Count < count; run.Step())
            rates.Add(group.LearningRate);
        return (rates, rates.Count < count ? run.Exception : null);
    }

    /// <summary>The rates where each step of the whole has one of a part before or behind it; empty where they are not known.</summary>
    public IReadOnlyList<double> RunWithStepOf(int part, bool isBefore, int count)
    {
        var rates = new List<double>();
        if (Scheduler is not { } whole || (!IsRateKnown && !whole.IsProportional) || Parts is not { } parts)
            return rates;
        var group = new ParameterGroup(Rate, MomentumKind.Momentum, 0.9);
        ParameterGroup[] groups = [group];
        var list = Enumerable.Range(0, parts.Length).Select(index => PartAt(index)).ToArray();
        var runs = new Dictionary<SyntaxNode, ScheduleRun>();
        foreach (var made in list.OfType<IOperation>().OrderBy(made => made.Syntax.SpanStart).Where(made => !runs.ContainsKey(made.Syntax)))
        {
            if (ScheduleReader.Read(made, Code, Cancellation) is { } scheduler)
                runs[made.Syntax] = scheduler.Start(groups);
        }

        if (list.Any(made => made is null || !runs.ContainsKey(made.Syntax)) || Start(whole, groups, list.Select(made => runs[made!.Syntax]).ToArray()) is not { } run)
            return rates;
        for (var stepped = runs[list[part]!.Syntax]; run.IsKnown && stepped.IsKnown && rates.Count < count;)
        {
            rates.Add(group.LearningRate);
            foreach (var next in isBefore ? new[] { stepped, run } : [run, stepped])
                next.Step();
        }

        return rates;
    }

    private static ScheduleRun? Start(SimulatedScheduler whole, IReadOnlyList<ParameterGroup> groups, ScheduleRun[] parts) => whole switch
    {
        SequentialLR sequence => sequence.Start(groups, parts),
        ChainedLR chain => chain.Start(groups, parts),
        _ => null,
    };
}
