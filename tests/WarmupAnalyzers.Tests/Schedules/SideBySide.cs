using System;
using System.Collections.Generic;
using System.Linq;
using WarmupAnalyzers.Schedules.Simulated;
using Xunit;
using static TorchSharp.torch.optim;

namespace WarmupAnalyzers.Tests.Schedules;

/// <summary>A scheduler as TorchSharp makes it and as the simulator does.</summary>
internal sealed record SchedulerPair(Func<Optimizer, lr_scheduler.LRScheduler> Real, SimulatedScheduler Simulated);

/// <summary>The same optimizer and scheduler in TorchSharp and in the simulator; after everything that is done to them all numbers must be the same.</summary>
internal sealed class SideBySide
{
    private readonly FakeOptimizer _optimizer;
    private readonly List<ParameterGroup> _groups;
    private readonly string _name;
    private readonly List<string> _done = [];
    private lr_scheduler.LRScheduler? _real;
    private ScheduleRun? _simulated;

    public SideBySide(string name, MomentumKind kind, params double[] rates)
    {
        _name = name;
        _optimizer = FakeOptimizer.Of(kind, rates);
        _groups = [.. rates.Select(rate => new ParameterGroup(rate, kind))];
    }

    private string Name => $"{_name}, {string.Join("; ", _done)}";

    /// <summary>The exception that ended it, in both.</summary>
    public string? Exception { get; private set; }

    public IReadOnlyList<double> Rates => _optimizer.Rates;

    public IReadOnlyList<double> Momenta => _optimizer.Momenta;

    public IEnumerable<double>? LastRates => _real!.get_last_lr();

    public ScheduleRun Simulated => _simulated!;

    public int Groups => _groups.Count;

    public SideBySide Create(SchedulerPair pair) => Do("create", () => _real = pair.Real(_optimizer), () => _simulated = pair.Simulated.Start(_groups));

    public SideBySide Step() => Do("step()", () => _real!.step(), () => _simulated!.Step());

    public SideBySide StepTo(int? epoch) => Do($"step({epoch})", () => _real!.step(epoch), () => _simulated!.StepTo(epoch));

    public SideBySide StepWith(double metric, int? epoch = null) =>
        Do($"step({metric}, {epoch})", () => _real!.step(metric, epoch), () => _simulated!.StepWith(metric, epoch));

    public SideBySide Write(int group, double rate) =>
        Do($"[{group}] = {rate}", () => _optimizer[group].LearningRate = rate, () => _groups[group].LearningRate = rate);

    public SideBySide WriteInitial(int group, double rate) =>
        Do($"[{group}].Initial = {rate}", () => _optimizer[group].InitialLearningRate = rate, () => _groups[group].InitialLearningRate = rate);

    public SideBySide WriteMomentum(int group, double momentum) =>
        Do($"[{group}].Momentum = {momentum}", () => _optimizer[group].CurrentMomentum = momentum, () => _groups[group].Momentum = momentum);

    public SideBySide AddGroup(double rate) =>
        Do($"add {rate}", () => _optimizer.Add(rate), () => _groups.Add(new ParameterGroup(rate, _groups[0].MomentumKind)));

    private SideBySide Do(string what, Action real, Action simulate)
    {
        if (Exception is not null)
            return this;
        _done.Add(what);
        try
        {
            real();
        }
        catch (Exception thrown)
        {
            Exception = thrown.GetType().FullName;
        }

        simulate();
        AssertSame();
        return this;
    }

    private void AssertSame()
    {
        if (Exception != _simulated?.Exception)
            Assert.Fail($"{Name}: {Exception} in TorchSharp, {_simulated?.Exception} simulated");
        AssertSame("rates", _optimizer.Rates, _groups.Select(group => group.LearningRate));
        AssertSame("initial rates", _optimizer.InitialRates, _groups.Select(group => group.InitialLearningRate));
        AssertSame("momenta", _optimizer.Momenta, _groups.Select(group => group.Momentum));
        if (_real is not null)
            AssertSame("last rates", _real.get_last_lr(), _simulated!.LastRates);
    }

    private void AssertSame(string what, IEnumerable<double>? expected, IEnumerable<double>? actual)
    {
        if (expected is null || actual is null)
            Assert.True(expected is null && actual is null, $"{Name}: {what} {Text(expected)} in TorchSharp, {Text(actual)} simulated");
        else if (!expected.Select(Bits).SequenceEqual(actual.Select(Bits)))
            Assert.Fail($"{Name}: {what} {Text(expected)} in TorchSharp, {Text(actual)} simulated");
    }

    // One NaN is as good as another.
    private static long Bits(double number) => BitConverter.DoubleToInt64Bits(double.IsNaN(number) ? double.NaN : number);

    private static string Text(IEnumerable<double>? numbers) => numbers is null ? "null" : string.Join(" ", numbers.Select(number => number.ToString("R")));
}
