using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using WarmupAnalyzers.Factors;
using WarmupAnalyzers.Schedules;
using WarmupAnalyzers.Schedules.Simulated;
using static TorchSharp.torch.optim;
using Real = TorchSharp.torch.optim.lr_scheduler;

namespace WarmupAnalyzers.Tests.Schedules;

/// <summary>Schedulers with random arguments, good and bad ones, and random compositions of them.</summary>
internal sealed class RandomSchedulers(Random random)
{
    private static readonly double[] s_factors = [0, 1, 0.1, 0.25, 1.0 / 3, 0.5, -0.5, -1, 2, 1e-9, 0.999, double.NaN];
    private static readonly double[] s_maxima = [1, 0.1, 0.5, 3, 0, -1, double.PositiveInfinity];
    private static readonly double[] s_momenta = [0.8, 0.85, 0.9, 0.95, 0, 1];
    /// <summary>TorchSharp's; ours have a study of their own.</summary>
    public static readonly SchedulerKind[] Kinds = [.. Enum.GetValues<SchedulerKind>().Where(kind => kind is not (SchedulerKind.ScheduleLR or SchedulerKind.WarmupThenPlateauLR))];

    /// <summary>How many groups the optimizer has; lists are mostly as long.</summary>
    public int Groups { get; set; } = 1;

    public SchedulerPair Of(SchedulerKind kind, int depth = 1)
    {
        var last = random.Next(4) == 0 ? random.Next(0, 8) : -1;
        return kind switch
        {
            SchedulerKind.LambdaLR => LambdaLR(last),
            SchedulerKind.MultiplicativeLR => MultiplicativeLR(last),
            SchedulerKind.OneCycleLR => OneCycleLR(last),
            SchedulerKind.CyclicLR => CyclicLR(last),
            SchedulerKind.ReduceLROnPlateau => ReduceLROnPlateau(),
            SchedulerKind.SequentialLR => SequentialLR(depth, random.Next(6) == 0 ? random.Next(0, 4) : -1),
            SchedulerKind.ChainedLR => ChainedLR(depth),
            _ => Plain(kind, last),
        };
    }

    private SchedulerPair Plain(SchedulerKind kind, int last)
    {
        var (a, b) = (Pick(s_factors), Pick(s_factors));
        var n = Count();
        switch (kind)
        {
            case SchedulerKind.LinearLR:
                return new(o => Real.LinearLR(o, a, b, n, last), new LinearLR(a, b, n, last));
            case SchedulerKind.ConstantLR:
                return new(o => Real.ConstantLR(o, a, n, last), new ConstantLR(a, n, last));
            case SchedulerKind.StepLR:
                return new(o => Real.StepLR(o, n, a, last), new StepLR(n, a, last));
            case SchedulerKind.MultiStepLR:
                int[] milestones = [.. Enumerable.Range(0, random.Next(0, 5)).Select(_ => random.Next(0, 40))];
                return new(o => Real.MultiStepLR(o, milestones, a, last), new MultiStepLR([.. milestones], a, last));
            case SchedulerKind.ExponentialLR:
                return new(o => Real.ExponentialLR(o, a, last), new ExponentialLR(a, last));
            case SchedulerKind.PolynomialLR:
                var power = Pick([1, 2, 0.5, 0, -1]);
                return new(o => Real.PolynomialLR(o, n, power, last), new PolynomialLR(n, power, last));
            case SchedulerKind.CosineAnnealingLR:
                var period = random.Next(4) == 0 ? n + 0.5 : n;
                var least = Pick([0, 0.001, -1]);
                return new(o => Real.CosineAnnealingLR(o, period, least, last), new CosineAnnealingLR(period, least, last));
            default:
                throw new ArgumentOutOfRangeException(nameof(kind), kind, null);
        }
    }

    private SchedulerPair LambdaLR(int last)
    {
        if (random.Next(2) == 0)
        {
            var shared = Function();
            return new(o => Real.LambdaLR(o, shared, last), new LambdaLR(GroupFunctions.Same(AsFactor(shared)), last));
        }

        var functions = Functions();
        return new(o => new Real.impl.LambdaLR(o, functions, last), new LambdaLR([.. functions.Select(AsFactor)], last));
    }

    private SchedulerPair MultiplicativeLR(int last)
    {
        if (random.Next(2) == 0)
        {
            var shared = Function();
            return new(o => Real.MultiplicativeLR(o, shared, last), new MultiplicativeLR(GroupFunctions.Same(AsFactor(shared)), last));
        }

        var functions = Functions();
        return new(o => new Real.impl.MultiplicativeLR(o, functions, last), new MultiplicativeLR([.. functions.Select(AsFactor)], last));
    }

    private SchedulerPair OneCycleLR(int last)
    {
        last = random.Next(6) == 0 ? last : -1;
        var total = random.Next(12) == 0 ? random.Next(-1, 2) : random.Next(4) == 0 ? random.Next(2, 30) : random.Next(60, 150);
        var (epochs, perEpoch) = random.Next(3) == 0 ? (random.Next(0, 12), random.Next(0, 12)) : (-1, -1);
        if (epochs > 0 && random.Next(2) == 0)
            total = -1;
        var start = Pick([0.3, 0.3, 0.3, 0.5, 0.1, 0, 1, 1.5, double.NaN]);
        var (div, finalDiv) = (Pick([25, 25, 10, 1, 0]), Pick([1e4, 1e4, 100, 1, 0]));
        var (isLinear, cycles, threePhase) = (random.Next(2) == 0, random.Next(2) == 0, random.Next(3) == 0);
        var strategy = isLinear ? Real.impl.OneCycleLR.AnnealStrategy.Linear : Real.impl.OneCycleLR.AnnealStrategy.Cos;
        if (random.Next(2) == 0)
        {
            var (rate, low, high) = (Pick(s_maxima), Pick(s_momenta), Pick(s_momenta));
            return new(
                o => Real.OneCycleLR(o, rate, total, epochs, perEpoch, start, strategy, cycles, low, high, div, finalDiv, threePhase, last),
                Simulated(rate, low, high));
        }

        var (rates, lows, highs) = (List(s_maxima), OptionalList(s_momenta), OptionalList(s_momenta));
        return new(
            o => Real.OneCycleLR(o, rates, total, epochs, perEpoch, start, strategy, cycles, lows!, highs!, div, finalDiv, threePhase, last),
            Simulated(Each(rates), lows is null ? 0.85 : Each(lows), highs is null ? 0.95 : Each(highs)));

        OneCycleLR Simulated(GroupValues max, GroupValues baseMomentum, GroupValues maxMomentum) => new(max, total, last)
        {
            Epochs = epochs,
            StepsPerEpoch = perEpoch,
            PctStart = start,
            IsLinear = isLinear,
            CyclesMomentum = cycles,
            BaseMomentum = baseMomentum,
            MaxMomentum = maxMomentum,
            DivFactor = div,
            FinalDivFactor = finalDiv,
            HasThreePhases = threePhase,
        };
    }

    private SchedulerPair CyclicLR(int last)
    {
        var (up, down) = (Count(), random.Next(2) == 0 ? -1 : Count());
        var mode = random.Next(20) == 0 ? 7 : random.Next(3);
        var gamma = Pick([1, 0.9, 0.5, 1.1]);
        var cycles = random.Next(2) == 0;
        var scale = random.Next(2) == 0 ? null : Scale();
        var byIterations = random.Next(2) == 0;
        var scaleMode = byIterations ? Real.impl.CyclicLR.ScaleMode.Iterations : Real.impl.CyclicLR.ScaleMode.Cycle;
        if (random.Next(2) == 0)
        {
            var (low, high, slow, fast) = (Pick(s_factors), Pick(s_maxima), Pick(s_momenta), Pick(s_momenta));
            return new(
                o => Real.CyclicLR(o, low, high, up, down, (Real.impl.CyclicLR.Mode)mode, gamma, scale!, scaleMode, cycles, slow, fast, last),
                Simulated(low, high, slow, fast));
        }

        var (lows, highs, slows, fasts) = (List(s_factors), List(s_maxima), OptionalList(s_momenta), OptionalList(s_momenta));
        return new(
            o => Real.CyclicLR(o, lows, highs, up, down, (Real.impl.CyclicLR.Mode)mode, gamma, scale!, scaleMode, cycles, slows!, fasts!, last),
            Simulated(Each(lows), Each(highs), slows is null ? 0.8 : Each(slows), fasts is null ? 0.9 : Each(fasts)));

        CyclicLR Simulated(GroupValues baseRate, GroupValues maxRate, GroupValues baseMomentum, GroupValues maxMomentum) => new(baseRate, maxRate, last)
        {
            StepSizeUp = up,
            StepSizeDown = down,
            Mode = (CyclicMode)mode,
            Gamma = gamma,
            ScaleFunction = scale is null ? null : AsFactor(scale),
            ScalesByIterations = byIterations,
            CyclesMomentum = cycles,
            BaseMomentum = baseMomentum,
            MaxMomentum = maxMomentum,
        };
    }

    private SchedulerPair ReduceLROnPlateau()
    {
        var mode = Pick(["min", "min", "max", "max", "min", "max", "Min"]);
        var thresholdMode = Pick(["rel", "abs", "rel", "abs", "rel", "abs", ""]);
        var (factor, threshold, eps) = (Pick([0.1, 0.5, 0.9, 0, -1, 1, double.NaN]), Pick([1e-4, 0, 0.1]), Pick([1e-8, 0, 0.01]));
        var (patience, cooldown) = (random.Next(0, 5), random.Next(0, 4));
        var least = random.Next(2) == 0 ? null : random.Next(3) == 0 ? [Pick(s_maxima)] : List([0, 0.01, 0.001, 1e-6]);
        return new(
            o => Real.ReduceLROnPlateau(o, mode, factor, patience, threshold, thresholdMode, cooldown, least!, eps),
            new ReduceLROnPlateau(mode, factor)
            {
                Patience = patience,
                Threshold = threshold,
                ThresholdMode = thresholdMode,
                Cooldown = cooldown,
                Least = least ?? [],
                Eps = eps,
            });
    }

    private SchedulerPair SequentialLR(int depth, int last)
    {
        var made = Children(depth);
        var count = random.Next(20) == 0 ? random.Next(0, 4) : made.Length - 1;
        if (random.Next(6) == 0)
        {
            int[] marks = Milestones(count);
            return new(
                o => Real.SequentialLR(o, made.Select(child => child.Real(o)), marks, last),
                new SequentialLR(ChildSchedulers.Lazy([.. made.Select(child => child.Simulated)]), [.. marks], last));
        }

        var list = Order(made.Length);
        int[] milestones = Milestones(count + list.Length - made.Length);
        return new(
            o => Real.SequentialLR(o, Listed(made, list, o), milestones, last),
            new SequentialLR(new ChildSchedulers([.. made.Select(child => child.Simulated)], list), [.. milestones], last));
    }

    private SchedulerPair ChainedLR(int depth)
    {
        var made = Children(depth);
        if (random.Next(6) == 0)
        {
            return new(
                o => Real.ChainedLR(made.Select(child => child.Real(o))),
                new ChainedLR(ChildSchedulers.Lazy([.. made.Select(child => child.Simulated)])));
        }

        var list = Order(made.Length);
        return new(
            o => Real.ChainedLR(Listed(made, list, o)),
            new ChainedLR(new ChildSchedulers([.. made.Select(child => child.Simulated)], list)));
    }

    private static Real.LRScheduler[] Listed(SchedulerPair[] made, ImmutableArray<int> list, Optimizer optimizer)
    {
        var all = made.Select(child => child.Real(optimizer)).ToArray();
        return [.. list.Select(position => all[position])];
    }

    private SchedulerPair[] Children(int depth) => [.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => Of(ChildKind(depth), depth - 1))];

    // Plateau anywhere inside, and Chained inside Sequential, always throw: not too many of them.
    private SchedulerKind ChildKind(int depth)
    {
        var kind = depth > 1 && random.Next(2) == 0 ? Pick([SchedulerKind.SequentialLR, SchedulerKind.SequentialLR, SchedulerKind.ChainedLR]) : Pick(Kinds);
        if (kind == SchedulerKind.ReduceLROnPlateau && random.Next(5) != 0)
            return SchedulerKind.OneCycleLR;
        return kind is SchedulerKind.SequentialLR or SchedulerKind.ChainedLR && depth <= 1 ? SchedulerKind.CyclicLR : kind;
    }

    // Mostly as they are made; else in another order, or one of them twice.
    private ImmutableArray<int> Order(int count)
    {
        var list = Enumerable.Range(0, count).ToArray();
        if (random.Next(3) == 0)
            random.Shuffle(list);
        return random.Next(8) == 0 ? [.. list, random.Next(count)] : [.. list];
    }

    private int[] Milestones(int count)
    {
        int[] milestones = [.. Enumerable.Range(0, Math.Max(0, count)).Select(_ => random.Next(0, 50))];
        if (random.Next(4) != 0)
            Array.Sort(milestones);
        return milestones;
    }

    private int Count() => random.Next(8) == 0 ? random.Next(-1, 2) : random.Next(2, 30);

    private double[] List(double[] choices) =>
        [.. Enumerable.Range(0, random.Next(15) == 0 ? random.Next(0, 5) : Groups).Select(_ => Pick(choices))];

    private double[]? OptionalList(double[] choices) => random.Next(3) == 0 ? null : List(choices);

    private static GroupValues Each(double[] values) => GroupValues.Each([.. values]);

    private Func<int, double>[] Functions() =>
        [.. Enumerable.Range(0, random.Next(10) == 0 ? random.Next(1, 5) : Groups + random.Next(2)).Select(_ => Function())];

    private Func<int, double> Function()
    {
        var (n, bound) = (random.Next(1, 9), random.Next(5, 60));
        return random.Next(9) switch
        {
            0 or 5 => e => e / n,
            1 or 6 => e => Math.Min(1.0, (e + 1) / (double)n),
            2 or 7 => e => Math.Pow(0.9, e),
            3 or 8 => e => 1.0 / (e - n),
            _ => e => e < bound ? Math.Cos(e) : throw new InvalidOperationException(),
        };
    }

    private Func<double, double> Scale()
    {
        var bound = random.Next(1, 60);
        return random.Next(5) switch
        {
            0 => x => 1 / x,
            1 => x => Math.Pow(0.99, x),
            2 => x => 0,
            3 => x => 0.5 * (1 + Math.Sin(x * Math.PI / 2)),
            _ => x => x < bound ? x : throw new NotSupportedException(),
        };
    }

    private static Func<T, Value> AsFactor<T>(Func<T, double> function) => argument =>
    {
        try
        {
            return Value.Of(function(argument));
        }
        catch (Exception exception)
        {
            return Value.Thrown(exception);
        }
    };

    private T Pick<T>(IReadOnlyList<T> choices) => choices[random.Next(choices.Count)];
}
