using System;
using System.Collections.Generic;
using System.Linq;
using Xunit;

namespace WarmupSchedulers.Tests.Parity;

/// <summary>Drives a scheduler on TorchSharp along a table of another library.</summary>
internal static class Comparison
{
    // Where a jump saves more than it costs; below it every step is made.
    private const long LongWay = 5_000;

    internal static void Check(ReferenceTable table)
    {
        switch (Reproductions.Of(table))
        {
            case Reproduction.Curve curve when table.IsKnownBug:
                Assert.NotEmpty(Differences(table, curve));
                break;
            case Reproduction.Curve curve:
                Assert.Empty(Differences(table, curve));
                break;
            case Reproduction.Plateau plateau:
                Assert.Empty(Differences(table, plateau));
                break;
            case Reproduction.Refused refused:
                Assert.ThrowsAny<ArgumentException>(refused.Make);
                break;
            case Reproduction.NotCovered { Reason: var reason }:
                Assert.NotEmpty(reason);
                break;
            case Reproduction.UpstreamDefect { Reason: var reason }:
                Assert.NotEmpty(reason);
                break;
        }
    }

    private static List<string> Differences(ReferenceTable table, Reproduction.Curve curve)
    {
        List<(ReferenceTable Table, Reproduction.Curve Curve)> groups = [(table, curve)];
        if (table.OfSecondGroup() is { } second)
            groups.Add((second, Assert.IsType<Reproduction.Curve>(Reproductions.Of(second))));

        var optimizer = new ReferenceOptimizer(groups.Select(group => group.Curve.LearningRate));
        var scheduler = LRSchedulers.PerGroupLR(
            optimizer,
            groups.Select(group => group.Curve.Schedule),
            momenta: curve.Momentum is { } momenta ? groups.Select(_ => momenta) : null,
            weight_decays: curve.WeightDecay is { } decays ? groups.Select(_ => decays) : null);
        var made = 0L;
        var differences = new List<string>();
        for (var i = 0; i < table.Lr.Length; i++)
        {
            var step = StepOf(table, curve, i);
            if (step >= curve.Until)
                continue;

            if (step < made || step > made + LongWay)
                scheduler.step(step);
            else
                for (var rest = step - made; rest > 0; rest--)
                    scheduler.step();
            made = step;
            for (var group = 0; group < groups.Count; group++)
                Compare(differences, table, $"learning rate of group {group} at step {step}", groups[group].Table.Lr[i], optimizer.Rate(group));
            if (table.Momentum is { } momentum && curve.Momentum is not null)
                Compare(differences, table, $"momentum at step {step}", momentum[i], optimizer.Momentum);
            if (table.WeightDecay is { } decay && curve.WeightDecay is not null)
                Compare(differences, table, $"weight decay at step {step}", decay[i], optimizer.WeightDecay);
        }

        return differences;
    }

    private static List<string> Differences(ReferenceTable table, Reproduction.Plateau plateau)
    {
        var second = table.OfSecondGroup();
        var optimizer = second is null ? new FakeOptimizer(plateau.LearningRate) : new FakeOptimizer(plateau.LearningRate, second.BaseLr!.Value);
        var step = plateau.Start(optimizer);
        var differences = new List<string>();
        for (var i = 0; i < table.Lr.Length; i++)
        {
            step(table.Metrics![i]);
            Compare(differences, table, $"learning rate after metric {i}", table.Lr[i], optimizer[0].LearningRate);
            if (second is not null)
                Compare(differences, table, $"learning rate of group 1 after metric {i}", second.Lr[i], optimizer[1].LearningRate);
        }

        return differences;
    }

    private static long StepOf(ReferenceTable table, Reproduction.Curve curve, int row)
    {
        if (table.Times is { } times)
            return curve.StepsOf!(times[row]);

        var step = (long)Math.Round((table.Steps is { } steps ? steps[row] : row) * curve.PerStep);
        return step - curve.FirstStep + (table.IsAfter ? 1 : 0);
    }

    private static void Compare(List<string> differences, ReferenceTable table, string what, double expected, double actual)
    {
        var allowed = table.Absolute + table.Relative * Math.Abs(expected);
        if (!(Math.Abs(actual - expected) <= allowed))
            differences.Add(FormattableString.Invariant($"{what}: expected {expected:R}, but was {actual:R}"));
    }
}
