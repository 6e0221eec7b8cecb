using System;
using System.Collections.Immutable;
using WarmupAnalyzers.Factors;

namespace WarmupAnalyzers.Schedules.Simulated;

/// <summary>The base rate times a function of the index, one function a group.</summary>
internal sealed class LambdaLR : SimulatedScheduler
{
    private readonly GroupFunctions _factors;

    public LambdaLR(GroupFunctions factors, int lastEpoch = -1)
        : base(lastEpoch) => _factors = factors;

    public LambdaLR(ImmutableArray<Func<int, Value>> factors, int lastEpoch = -1)
        : this(GroupFunctions.Each(factors), lastEpoch)
    {
    }

    protected override double Next(ScheduleRun run, int group)
    {
        var rate = BaseRate(run, group);
        return rate * _factors.At(run, group);
    }
}

/// <summary>The rate in force times a function of the index, which is never asked about index 0.</summary>
internal sealed class MultiplicativeLR : SimulatedScheduler
{
    private readonly GroupFunctions _factors;

    public MultiplicativeLR(GroupFunctions factors, int lastEpoch = -1)
        : base(lastEpoch) => _factors = factors;

    public MultiplicativeLR(ImmutableArray<Func<int, Value>> factors, int lastEpoch = -1)
        : this(GroupFunctions.Each(factors), lastEpoch)
    {
    }

    protected override double Next(ScheduleRun run, int group) =>
        run.Index > 0 ? run.Groups[group].LearningRate * _factors.At(run, group) : run.Groups[group].LearningRate;
}

/// <summary>The user's functions of the index: one for all groups there are at creation, or one for each.</summary>
internal readonly struct GroupFunctions
{
    private readonly Func<int, Value>? _shared;
    private readonly ImmutableArray<Func<int, Value>> _each;

    private GroupFunctions(Func<int, Value>? shared, ImmutableArray<Func<int, Value>> each)
    {
        _shared = shared;
        _each = each;
    }

    /// <summary>A function of its own for each group; too few throw, too many are ignored.</summary>
    public static GroupFunctions Each(ImmutableArray<Func<int, Value>> functions) => new(null, functions);

    /// <summary>The same function for every group; null throws when it is called.</summary>
    public static GroupFunctions Same(Func<int, Value>? function) => new(function, default);

    /// <summary>A user's function may throw, be missing for a group, or not be known.</summary>
    public double At(ScheduleRun run, int group)
    {
        var count = _each.IsDefault ? run.BaseRates.Count : _each.Length;
        if (group < count)
            return UserFunction.Call(_each.IsDefault ? _shared : _each[group], run.Index, run);
        run.Fail(typeof(ArgumentOutOfRangeException));
        return double.NaN;
    }
}
