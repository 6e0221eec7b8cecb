using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Xunit;

namespace WarmupAnalyzers.Tests.Robustness;

/// <summary>
/// Files in any order, looked at by any number of threads in any order, are reported byte for byte alike; and an analysis that is
/// called off leaves nothing behind. WARMUP_CONCURRENCY=all takes all files, and calls off as often as there is something to call off at.
/// </summary>
public class ConcurrencyTests
{
    private const int Seed = 20261126;
    private const int Runs = 100;

    private static readonly bool s_isWhole = Environment.GetEnvironmentVariable("WARMUP_CONCURRENCY") == "all";

    private static readonly ImmutableArray<(string Name, string Text)> s_files = s_isWhole ? ManyFiles.All : ManyFiles.Some;

    [Fact]
    public void The_files_hold_mistakes_and_compile()
    {
        Assert.Empty(ManyFiles.Compile(s_files).GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));
        Assert.True(Expected().Select(report => report.Split(" | ")[1]).Distinct().Count() > 3);
    }

    [Fact]
    public async Task Any_order_of_files_and_any_number_of_threads()
    {
        var expected = Expected();
        var random = new Random(Seed);
        for (var run = 0; run < Runs; run++)
        {
            var files = s_files.ToArray();
            random.Shuffle(files);
            var threads = random.Next(1, 9);
            var found = run % 10 == 9
                ? await SteadyResultsTests.Report(ManyFiles.Compile(files), Findings.AllAnalyzers, concurrent: run % 20 == 9)
                : await Report(ManyFiles.Compile(files), threads, random.Next());
            AssertSame(expected, found, $"run {run} of seed {Seed}, {threads} threads");
        }
    }

    [Fact]
    public void Called_off_at_any_event()
    {
        var analyzers = Findings.AllAnalyzers;
        var expected = Expected();
        var compilation = ManyFiles.Compile(s_files);
        var events = Countdown.Events(compilation, analyzers);
        Assert.True(events > 50);
        var random = new Random(Seed);
        foreach (var at in s_isWhole ? Enumerable.Range(1, events) : Enumerable.Range(0, 12).Select(_ => random.Next(1, events + 1)))
        {
            compilation = ManyFiles.Compile(s_files);
            Assert.True(Countdown.CallOff(compilation, analyzers, at), $"called off at {at} of {events}");
            AssertSame(expected, Sorted(OneThread.Run(compilation, analyzers).Found), $"called off at {at} of {events}");
        }
    }

    [Fact]
    public async Task Called_off_at_any_time()
    {
        var analyzers = Findings.AllAnalyzers;
        var expected = Expected();
        var random = new Random(Seed);
        for (var run = 0; run < (s_isWhole ? Runs : 8); run++)
        {
            var compilation = ManyFiles.Compile(s_files);
            using var source = new CancellationTokenSource();
            var running = Task.Run(() => Driven(compilation, analyzers, source.Token));
            await Task.Delay(TimeSpan.FromMilliseconds(random.Next(1, 400)));
            source.Cancel();
            await running;
            AssertSame(expected, await SteadyResultsTests.Report(compilation, analyzers, concurrent: run % 2 == 0), $"run {run} of seed {Seed}");
        }
    }

    private static ImmutableArray<string> Expected() => Sorted(OneThread.Run(ManyFiles.Compile(s_files), Findings.AllAnalyzers).Found);

    private static void AssertSame(ImmutableArray<string> expected, ImmutableArray<string> found, string when) => Assert.True(
        expected.SequenceEqual(found),
        when + ":\n" + string.Join('\n', expected.Except(found).Select(report => "- " + report).Concat(found.Except(expected).Select(report => "+ " + report))));

    private static ImmutableArray<string> Sorted(IEnumerable<Diagnostic> found) => [.. found.Select(SteadyResultsTests.Text).Order(StringComparer.Ordinal)];

    /// <summary>All analyzers on all files, in an order of their own, by so many threads.</summary>
    private static async Task<ImmutableArray<string>> Report(CSharpCompilation compilation, int threads, int seed)
    {
        var found = new ConcurrentBag<Diagnostic>();
        var work = OneThread.Actions(compilation, Findings.AllAnalyzers, found.Add).ToArray();
        new Random(seed).Shuffle(work);
        var open = new ConcurrentQueue<Action>(work);
        await Task.WhenAll(Enumerable.Range(0, threads).Select(_ => Task.Run(() =>
        {
            while (open.TryDequeue(out var action))
                action();
        })));
        return Sorted(found);
    }

    private static async Task Driven(CSharpCompilation compilation, ImmutableArray<DiagnosticAnalyzer> analyzers, CancellationToken cancellation)
    {
        try
        {
            await compilation.WithAnalyzers(analyzers).GetAnalyzerDiagnosticsAsync(cancellation);
        }
        catch (OperationCanceledException)
        {
        }
    }

    /// <summary>Calls off after so many events: an analyzer that begins with a file, a report, a question for an option.</summary>
    private sealed class Countdown(int at) : AnalyzerConfigOptionsProvider, IDisposable
    {
        private readonly CancellationTokenSource _source = new();
        private int _events;

        public override AnalyzerConfigOptions GlobalOptions { get; } = new NoOptions();

        public static int Events(CSharpCompilation compilation, ImmutableArray<DiagnosticAnalyzer> analyzers)
        {
            using var countdown = new Countdown(int.MaxValue);
            countdown.Run(compilation, analyzers);
            return countdown._events;
        }

        /// <summary>Whether it was called off.</summary>
        public static bool CallOff(CSharpCompilation compilation, ImmutableArray<DiagnosticAnalyzer> analyzers, int at)
        {
            using var countdown = new Countdown(at);
            try
            {
                countdown.Run(compilation, analyzers);
            }
            catch (OperationCanceledException)
            {
            }

            return countdown._source.IsCancellationRequested;
        }

        public override AnalyzerConfigOptions GetOptions(SyntaxTree tree)
        {
            Count();
            return GlobalOptions;
        }

        public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) => GlobalOptions;

        public void Dispose() => _source.Dispose();

        private void Run(CSharpCompilation compilation, ImmutableArray<DiagnosticAnalyzer> analyzers)
        {
            foreach (var action in OneThread.Actions(compilation, analyzers, _ => Count(), new AnalyzerOptions([], this), _source.Token))
            {
                Count();
                action();
            }
        }

        private void Count()
        {
            if (++_events == at)
                _source.Cancel();
        }

        private sealed class NoOptions : AnalyzerConfigOptions
        {
            public override bool TryGetValue(string key, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out string? value)
            {
                value = null;
                return false;
            }
        }
    }
}
