using System;
using System.Collections.Concurrent;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Xunit;
using Xunit.Abstractions;

namespace WarmupAnalyzers.Tests.Robustness;

/// <summary>
/// Mutants of all our programs through all analyzers, fixes and refactorings. Settings: <c>WARMUP_FUZZ</c> (how many), <c>WARMUP_FUZZ_SEED</c>,
/// <c>WARMUP_FUZZ_OFFERS=all</c> (fixes of every mutant, where a run of the gate has those of one in three, and refactorings of every one, in place of one in four),
/// <c>WARMUP_FUZZ_ONLY</c> (the number of one mutant, from a failure's text), <c>WARMUP_FUZZ_LOG</c> (a file that names each failure at once).
/// </summary>
public sealed class FuzzTests(ITestOutputHelper output)
{
    private const int DefaultMutants = 10_000;
    private const int DefaultSeed = 20261123;
    private const int MutantsOfAProgram = 16;
    private const int ShrinkingAttempts = 400;
    private const int LongestReport = 12;

    // Far more than any program takes: whatever is still at work then, will be for ever.
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(10);

    private readonly FuzzFigures _figures = new();
    private readonly ConcurrentDictionary<string, string> _failures = new(StringComparer.Ordinal);

    [Fact]
    public void Nothing_throws_and_every_offer_is_good()
    {
        var (seed, mutants, only) = (Setting("WARMUP_FUZZ_SEED", DefaultSeed), Setting("WARMUP_FUZZ", DefaultMutants), Setting("WARMUP_FUZZ_ONLY", -1));
        if (only >= 0)
            Try(seed, only);
        else
            Parallel.For(0, (mutants + MutantsOfAProgram - 1) / MutantsOfAProgram, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, group => Group(seed, group, mutants));

        output.WriteLine(_figures.ToString());
        Console.WriteLine($"fuzzing, seed {seed}: {_figures}, {_failures.Count} kinds of failures");
        Assert.True(_failures.IsEmpty, string.Join("\n\n", _failures.OrderBy(failure => failure.Key, StringComparer.Ordinal).Take(LongestReport).Select(failure => failure.Value)));
    }

    private void Group(int seed, int group, int mutants)
    {
        for (var number = group * MutantsOfAProgram; number < Math.Min(mutants, (group + 1) * MutantsOfAProgram); number++)
            Try(seed, number);
    }

    private void Try(int seed, int number)
    {
        var program = FuzzPrograms.Pick(new Random(unchecked((seed * 31) + (number / MutantsOfAProgram * 7919))));
        var random = new Random(unchecked((seed * 37) + (number * 104_729)));
        var mutated = Mutated.Of(program.Text, () => FuzzPrograms.PickText(random), random);
        _figures.AddMutant();
        var failure = Watched(program, mutated.Text, number, $"seed {seed}, mutant {number}");
        if (failure is not null && _failures.TryAdd(failure.Kind, string.Empty))
            Report(program, mutated, failure, seed, number);
    }

    private FuzzFailure? Watched(FuzzProgram program, string text, int number, string name)
    {
        using var watch = new CancellationTokenSource(s_patience);
        // An evaluation that does not ask for the token is ended with the process, by name.
        using var end = new Timer(_ => Environment.FailFast($"{name} of {program} hangs:\n{text}"), null, s_patience * 2, Timeout.InfiniteTimeSpan);
        try
        {
            return FuzzCheck.Of(program, text, number, _figures, watch.Token);
        }
        catch (OperationCanceledException) when (watch.IsCancellationRequested)
        {
            return new FuzzFailure("hangs", name);
        }
    }

    private void Report(FuzzProgram program, Mutated mutated, FuzzFailure failure, int seed, int number)
    {
        var shrinker = new Shrinker(text => Watched(program, text, number, "shrinking")?.Kind == failure.Kind, ShrinkingAttempts);
        var small = shrinker.Shrink(mutated.Text);
        var report = $"== {failure.Kind}\nWARMUP_FUZZ_SEED={seed} WARMUP_FUZZ_ONLY={number}, {program}: {mutated}\n{failure.Details}\n-- shrunk:\n{small}\n-- which gives\n{Watched(program, small, number, "shrunk")?.Details}\n";
        _failures[failure.Kind] = report;
        if (Environment.GetEnvironmentVariable("WARMUP_FUZZ_LOG") is { Length: > 0 } log)
        {
            lock (_failures)
                File.AppendAllText(log, report);
        }
    }

    private static int Setting(string variable, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.Integer, CultureInfo.InvariantCulture, out var value) ? value : otherwise;
}
