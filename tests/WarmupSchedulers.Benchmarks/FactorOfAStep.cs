using System;
using System.Collections.Generic;
using System.Linq;
using BenchmarkDotNet.Attributes;

namespace WarmupSchedulers.Benchmarks;

/// <summary>The factor of a step alone, without a scheduler and an optimizer.</summary>
[MemoryDiagnoser]
[MinColumn]
public class FactorOfAStep
{
    private static readonly Dictionary<string, Schedule> s_schedules = new()
    {
        ["LinearWarmup"] = Schedule.LinearWarmup(Training.Total),
        ["CosineDecay"] = Schedule.CosineDecay(Training.Total),
        ["WarmupThenCosine"] = Schedule.WarmupThenCosine(Training.Warmup, Training.Total),
        ["InverseSquareRoot"] = Schedule.WarmupThenInverseSquareRoot(Training.Warmup),
        ["WarmupStableDecay"] = Schedule.WarmupStableDecay(Training.Warmup, Training.Total, Training.Total / 2),
        ["MultiStepDecay"] = Schedule.MultiStepDecay([1_000, 10_000, 100_000, 1_000_000]),
    };

    private Schedule _schedule = null!;
    private long _step;

    public static IEnumerable<string> Names => s_schedules.Keys.Order(StringComparer.Ordinal);

    [ParamsSource(nameof(Names))]
    public string Of { get; set; } = "";

    [GlobalSetup]
    public void Find() => (_schedule, _step) = (s_schedules[Of], Training.Warmup);

    [Benchmark]
    public double Factor() => _schedule.Factor(_step++);
}
