using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Xunit;
using Xunit.Abstractions;

namespace WarmupSchedulers.Tests.Parity;

/// <summary>
/// The learning rates of other libraries, driven through a scheduler on TorchSharp. Tables that are not in the repository are run with
/// WARMUP_REFERENCE_TABLES set to their folder.
/// </summary>
public class ParityTests(ITestOutputHelper output)
{
    // Where a jump saves more than it costs; below it every step is made.
    private const long LongWay = 5_000;

    public static TheoryData<string> Ids() => new(ReferenceTable.All().Select(table => table.Id));

    [Theory]
    [MemberData(nameof(Ids))]
    public void The_numbers_are_those_of_the_table(string id)
    {
        var table = ReferenceTable.All().Single(table => table.Id == id);
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

    [Fact]
    public void Nine_tables_of_ten_are_covered()
    {
        var found = ReferenceTable.All().Select(table => (Table: table, Reproduction: Reproductions.Of(table))).ToList();
        var counted = found.Where(row => row.Reproduction is not Reproduction.UpstreamDefect).ToList();
        var covered = counted.Where(row => row.Reproduction is not Reproduction.NotCovered).ToList();

        string[] lines =
        [
            $"covered {covered.Count} of {counted.Count} tables",
            .. found.Select(row => Remark(row.Table, row.Reproduction)).OfType<string>(),
        ];
        foreach (var line in lines)
            output.WriteLine(line);

        // `dotnet test` shows nothing of a test that passes: the build prints this file behind it.
        File.WriteAllLines(Path.Combine(AppContext.BaseDirectory, "parity.txt"), lines);
        Assert.True(covered.Count >= 0.9 * counted.Count, $"covered {covered.Count} of {counted.Count} tables");
    }

    private static string? Remark(ReferenceTable table, Reproduction reproduction) => reproduction switch
    {
        Reproduction.NotCovered { Reason: var missing } => $"not covered: {table.Id}: {missing}",
        Reproduction.UpstreamDefect { Reason: var defect } => $"upstream defect, not counted: {table.Id}: {defect}",
        _ => null,
    };

    private static List<string> Differences(ReferenceTable table, Reproduction.Curve curve)
    {
        var optimizer = new FakeOptimizer(curve.LearningRate);
        var scheduler = LRSchedulers.ScheduleLR(optimizer, curve.Schedule);
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
            Compare(differences, table, $"learning rate at step {step}", table.Lr[i], optimizer[0].LearningRate);
            if (table.Momentum is { } momentum && curve.Momentum is { } momenta)
                Compare(differences, table, $"momentum at step {step}", momentum[i], momenta.Factor(step));
            if (table.WeightDecay is { } decay && curve.WeightDecay is { } decays)
                Compare(differences, table, $"weight decay at step {step}", decay[i], decays.Factor(step));
        }

        return differences;
    }

    private static List<string> Differences(ReferenceTable table, Reproduction.Plateau plateau)
    {
        var optimizer = new FakeOptimizer(plateau.LearningRate);
        var step = plateau.Start(optimizer);
        var differences = new List<string>();
        for (var i = 0; i < table.Lr.Length; i++)
        {
            step(table.Metrics![i]);
            Compare(differences, table, $"learning rate after metric {i}", table.Lr[i], optimizer[0].LearningRate);
        }

        return differences;
    }

    private static long StepOf(ReferenceTable table, Reproduction.Curve curve, int row)
    {
        if (table.Times is { } times)
            return curve.StepsOf!(times[row]);

        return (table.Steps is { } steps ? (long)steps[row] : row) - curve.FirstStep + (table.IsAfter ? 1 : 0);
    }

    private static void Compare(List<string> differences, ReferenceTable table, string what, double expected, double actual)
    {
        var allowed = table.Absolute + table.Relative * Math.Abs(expected);
        if (!(Math.Abs(actual - expected) <= allowed))
            differences.Add(FormattableString.Invariant($"{what}: expected {expected:R}, but was {actual:R}"));
    }
}
