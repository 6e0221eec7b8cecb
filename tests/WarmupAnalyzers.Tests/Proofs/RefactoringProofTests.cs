using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading.Tasks;
using WarmupAnalyzers.CodeFixes.Refactorings;
using WarmupAnalyzers.Tests.Refactorings;
using Xunit;
using Xunit.Abstractions;

namespace WarmupAnalyzers.Tests.Proofs;

/// <summary>
/// The proof of "Use WarmupSchedulers": in generated programs each curve of the library is recognised, and the program trains with
/// the same learning rates before and after. A curve that is one slip away is offered only where its rates are the same, too.
/// Settings: <c>WARMUP_REFACTORING_PROOFS</c> (programs), <c>WARMUP_RANDOM_SEED</c>.
/// </summary>
public sealed class RefactoringProofTests(ITestOutputHelper output)
{
    private const int DefaultPrograms = 40;
    private const int DefaultSeed = 20240607;

    private static readonly (string Right, string Slip)[] s_slips =
        [(" + 1", " + 2"), (" < ", " <= "), (">= ", "> "), ("Math.Min(1.0", "Math.Min(0.9"), ("0.5 *", "0.49 *"), ("1 + Math.Cos", "1 - Math.Cos"), ("Sqrt", "Cbrt"), (" - ", " - 1 - "), ("0.9 *", "0.8 *"), (" / ", " * "), ("Math.Max", "Math.Min")];

    [Fact]
    public async Task The_library_trains_with_the_same_rates()
    {
        var (programs, seed) = (Setting("WARMUP_REFACTORING_PROOFS", DefaultPrograms), Setting("WARMUP_RANDOM_SEED", DefaultSeed));
        var (slips, offered) = (0, 0);
        for (var i = 0; i < programs; i++)
        {
            var number = unchecked((seed * 31) + (i * 7919));
            var factory = string.Empty;
            var source = new ProgramWriter(number).Write(write =>
            {
                (var program, factory) = LibraryCurves.Write(write);
                return program;
            }).Source;
            var refactored = await Refactored.By(new UseWarmupSchedulers(), [source]);
            Assert.True(refactored.Title?.StartsWith("Use " + factory + ":", StringComparison.Ordinal) == true, $"offered is '{refactored.Title}' and not {factory} for\n{source}");
            AssertSameRates(source, refactored.Text);

            var slip = Slipped(source, new Random(number));
            if (slip == source)
                continue;
            slips++;
            if ((await Refactored.By(new UseWarmupSchedulers(), [slip], mustCompile: false)) is { Title: not null } other)
            {
                offered++;
                AssertSameRates(slip, other.Text);
            }
        }

        var text = $"{programs} schedulers replaced, compiled and run with the same rates; {slips} with a slip, {offered} of them still curves of the library";
        output.WriteLine(text);
        Console.WriteLine(text);
    }

    private static string Slipped(string source, Random random)
    {
        var at = source.IndexOf("Math.", StringComparison.Ordinal);
        var (right, slip) = s_slips[random.Next(s_slips.Length)];
        var line = source.LastIndexOf('\n', Math.Max(at, 0)) + 1;
        var place = source.IndexOf(right, line, StringComparison.Ordinal);
        return place < 0 ? source : source[..place] + slip + source[(place + right.Length)..];
    }

    private static void AssertSameRates(string before, string after)
    {
        var (old, now) = (TrainingRun.LearningRates(before), TrainingRun.LearningRates(after));
        Assert.True(old.Count == now.Count && old.Zip(now).All(pair => AreSame(pair.First, pair.Second)), $"{Text(old)}\nbecomes\n{Text(now)}\nin\n{after}\nwhich was\n{before}");
    }

    private static bool AreSame(double left, double right) => Math.Abs(left - right) <= 1e-12 * Math.Abs(left) + 1e-15;

    private static string Text(IEnumerable<double> rates) => string.Join(" ", rates.Take(24).Select(rate => rate.ToString("R", CultureInfo.InvariantCulture)));

    private static int Setting(string variable, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.Integer, CultureInfo.InvariantCulture, out var value) ? value : otherwise;
}
