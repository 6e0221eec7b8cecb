using System;
using System.Collections.Generic;
using System.Threading;
using Microsoft.CodeAnalysis;
using WarmupAnalyzers.Schedules;
using WarmupAnalyzers.Schedules.Simulated;

namespace WarmupAnalyzers.Reading;

/// <summary>A scheduler's creation with what the argument rules ask of it: its arguments as numbers, and its optimizer until then.</summary>
internal sealed class SchedulerArguments
{
    private readonly Dictionary<string, double?> _numbers = new();
    private readonly CancellationToken _cancellation;
    private OptimizerHistory? _history;

    public SchedulerArguments(SchedulerCreation creation, TrainingCode code, CancellationToken cancellation)
    {
        Creation = creation;
        Code = code;
        _cancellation = cancellation;
    }

    public SchedulerCreation Creation { get; }

    public SchedulerKind Kind => Creation.Kind;

    public TrainingCode Code { get; }

    /// <summary>What happens to the optimizer between its creation and the scheduler's.</summary>
    public OptimizerHistory History => _history ??= OptimizerHistory.Of(Creation, Code, _cancellation);

    /// <summary>The scheduler for the simulator; null where it cannot be simulated, or an argument is open.</summary>
    public SimulatedScheduler? Scheduler => ScheduleReader.Read(Creation, Code, _cancellation);

    /// <summary>The scheduler's functions; null where it takes none, or they cannot be followed.</summary>
    public FactorSchedule? Functions => FactorSchedule.Read(Creation, Code, _cancellation);

    /// <summary>What an exponential or stepwise decay multiplies the base rate by at an index, without the steps in between; null where an argument is open.</summary>
    public Func<int, double>? Decay => ScheduleReader.Decay(Creation, Code, _cancellation);

    /// <summary>How often the scheduler is provably stepped.</summary>
    public ScheduleSteps Steps => ScheduleSteps.Of(Creation, Code, _cancellation);

    /// <summary>What becomes of the scheduler.</summary>
    public SchedulerLife Life => SchedulerLife.Of(Creation, Code, _cancellation);

    /// <summary>Cancels what takes long.</summary>
    public CancellationToken Cancellation => _cancellation;

    /// <summary>The scheduler that takes this one as its own; it may start it anew.</summary>
    public SchedulerCreation? Parent => SchedulerLife.Of(Creation, Code, _cancellation).Parent;

    /// <summary>An argument's number (or its default's). Null where the code leaves it open, and where it has no such parameter.</summary>
    public double? Number(string parameter)
    {
        if (!_numbers.TryGetValue(parameter, out var number))
            _numbers[parameter] = number = ScheduleReader.Number(Creation, parameter, Code, _cancellation);
        return number;
    }

    /// <summary>The argument as it is written, or the creation where its default is taken.</summary>
    public SyntaxNode PlaceOf(string parameter) => Creation.ArgumentSyntax(parameter) ?? Creation.Operation.Syntax;

    /// <summary>The rate that the scheduler finds; NaN where it is not certain.</summary>
    public double StartRate => History.IsUntouched ? BaseLearningRate.Of(Creation.Optimizer, Code, _cancellation).Value : double.NaN;
}
