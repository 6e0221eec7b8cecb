using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using WarmupAnalyzers.Factors;
using WarmupAnalyzers.Reading.Factors;
using WarmupAnalyzers.Reading.Optimizers;
using WarmupAnalyzers.Reading.Steps;
using WarmupAnalyzers.Schedules;
using WarmupAnalyzers.Schedules.Simulated;

namespace WarmupAnalyzers.Reading.Schedules;

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

    /// <summary>The same with the default <c>last_epoch</c>.</summary>
    public SimulatedScheduler? FreshScheduler => ScheduleReader.ReadFresh(Creation, Code, _cancellation);

    /// <summary>The rate that the optimizer is made with; NaN where it is not known.</summary>
    public double BaseRate => BaseLearningRate.Of(Creation.Optimizer, Code, _cancellation).Value;

    /// <summary>Whether a factor function reads the rate of the scheduler's own optimizer.</summary>
    public bool ReadsRate => FactorSchedule.Read(Creation, Code, _cancellation) is { } schedule
        && schedule.Groups.Any(group => group.Program.Symbols.Any(site => site.Key == FactorReader.OwnRate)
            || group.Delegate.DescendantsAndSelf().Any(part => part is IPropertyReferenceOperation { Property.Name: "ParamGroups" or "LearningRate" }));

    /// <summary>The scheduler that takes this one as its own; it may start it anew.</summary>
    public SchedulerCreation? Parent => SchedulerLife.Of(Creation, Code, _cancellation).Parent;

    /// <summary>A scheduler in the list of another, where it can be followed.</summary>
    public SchedulerCreation? Child(SchedulerCreation parent, int index) => SchedulerLife.Child(parent, index, Code, _cancellation);

    /// <summary>
    /// An argument's number (or its default's). Null where the code leaves it open, where there is no such parameter, and where an
    /// integer division truncates it: that is a mistake of its own.
    /// </summary>
    public double? Number(string parameter)
    {
        if (!_numbers.TryGetValue(parameter, out var number))
            _numbers[parameter] = number = IsTruncated(parameter) ? null : ScheduleReader.Number(Creation, parameter, Code, _cancellation);
        return number;
    }

    /// <summary>The largest of the counts that are given, milestones included; at least 0.</summary>
    public double LargestCount => Creation.Parameters(SpecialType.System_Int32).Select(parameter => Number(parameter) ?? 0)
        .Concat(Kind == SchedulerKind.MultiStepLR && Milestones is { IsDefault: false } milestones ? milestones.Select(milestone => (double)milestone) : [])
        .Append(0)
        .Max();

    /// <summary>The milestones of a <c>MultiStepLR</c>; default where the code leaves them open.</summary>
    public ImmutableArray<int> Milestones => ScheduleReader.Milestones(Creation, Code, _cancellation);

    /// <summary>Whether an argument is certainly none of these texts.</summary>
    public bool IsNoneOf(string parameter, params string[] texts)
    {
        var value = ScheduleReader.ValueOf(Creation, parameter, Code, _cancellation);
        return value.Kind == ValueKind.Text && texts.All(text => Value.AreSameText(value, Value.Of(text)) == false);
    }

    /// <summary>What the compiler knows an argument to be: a bool, a text, an enum's number; null where it does not.</summary>
    public object? Constant(string parameter) => Creation.Argument(parameter)?.ConstantValue is { HasValue: true, Value: var value } ? value : null;

    /// <summary>Whether null is passed, or is the default.</summary>
    public bool IsNull(string parameter) => Creation.Argument(parameter) is { } argument
        && (argument is IDefaultValueOperation || argument.ConstantValue is { HasValue: true, Value: null });

    /// <summary>The argument as it is written, or the creation where its default is taken.</summary>
    public SyntaxNode PlaceOf(string parameter) => Creation.ArgumentSyntax(parameter) ?? Creation.Operation.Syntax;

    /// <summary>The rate that the scheduler finds; NaN where it is not certain.</summary>
    public double StartRate => History.IsUntouched ? BaseLearningRate.Of(Creation.Optimizer, Code, _cancellation).Value : double.NaN;

    /// <summary>The number that is written, where the code fixes it.</summary>
    public double? NumberOf(OptimizerWrite write)
    {
        if (!write.IsPlain)
            return null;
        var program = FactorReader.ReadRate(write.Value, Code, _cancellation).Value;
        var number = program.FreeVariables.IsEmpty ? program.Under(Assignment.Empty, _cancellation).FactorAt(0) : double.NaN;
        return double.IsNaN(number) ? null : number;
    }

    /// <summary>Whether what is written is the rate that the optimizer is made with anyway.</summary>
    public bool IsBaseRate(OptimizerWrite write) => write.IsPlain && (NumberOf(write) == BaseRate
        || FactorReader.ReadRate(write.Value, Code, _cancellation).Keys.Overlaps(BaseLearningRate.Of(Creation.Optimizer, Code, _cancellation).Keys));

    private bool IsTruncated(string parameter) =>
        Creation.Parameters(SpecialType.System_Double).Contains(parameter) && TruncatedArgument.OfScheduler(Creation, parameter, Code, _cancellation) is not null;
}
