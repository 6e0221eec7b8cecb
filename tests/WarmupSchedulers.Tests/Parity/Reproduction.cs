using System;

namespace WarmupSchedulers.Tests.Parity;

/// <summary>What this library makes of a table of another one.</summary>
public abstract record Reproduction
{
    private Reproduction()
    {
    }

    /// <summary>A schedule on an optimizer of that learning rate; compared before step <see cref="Until"/>.</summary>
    public sealed record Curve(Schedule Schedule, double LearningRate) : Reproduction
    {
        public long Until { get; init; } = long.MaxValue;

        /// <summary>What is taken from a step of the table to have the steps that were made.</summary>
        public long FirstStep { get; init; }

        /// <summary>How many steps are one of the table, which may have fractions.</summary>
        public long PerStep { get; init; } = 1;

        /// <summary>How many steps a timestamp of the table is.</summary>
        public Func<string, long>? StepsOf { get; init; }

        /// <summary>What the momentum follows, where the table has it.</summary>
        public Schedule? Momentum { get; init; }

        /// <summary>What the weight decay follows, where the table has it.</summary>
        public Schedule? WeightDecay { get; init; }
    }

    /// <summary>A scheduler that is told a metric at each step; what it leaves as rates.</summary>
    public sealed record Plateau(Func<FakeOptimizer, Action<double>> Start, double LearningRate) : Reproduction;

    /// <summary>The library refuses the arguments.</summary>
    public sealed record Refused(Func<Schedule> Make) : Reproduction;

    /// <summary>No schedule of the library is meant to do this.</summary>
    public sealed record NotCovered(string Reason) : Reproduction;

    /// <summary>The numbers are those of a defect that is not copied; the table is not counted.</summary>
    public sealed record UpstreamDefect(string Reason) : Reproduction;

    public static Reproduction Of(Schedule schedule, double? learningRate) => new Curve(schedule, learningRate ?? 1.0);
}
