using System;
using System.Globalization;
using System.Linq;
using System.Threading.Tasks;
using WarmupAnalyzers.Tests.Consistency;
using Xunit;
using Xunit.Abstractions;

namespace WarmupAnalyzers.Tests.Proofs;

/// <summary>
/// The proof of every safe fix: generated programs with the rule's mistake are mended, compile, are silent, and train with the
/// promised learning rates when they are run on TorchSharp. Settings: <c>WARMUP_FIX_PROOFS</c> (programs a row of the table), <c>WARMUP_RANDOM_SEED</c>.
/// </summary>
public sealed class FixProofTests(ITestOutputHelper output)
{
    private const int DefaultPrograms = 20;
    private const int DefaultSeed = 20240607;

    public static TheoryData<string> Kinds => [.. Mistakes.ByRule.Keys];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_safe_fix_keeps_its_promise(string kind)
    {
        var programs = Setting("WARMUP_FIX_PROOFS", DefaultPrograms);
        var seed = Setting("WARMUP_RANDOM_SEED", DefaultSeed);
        var steps = 0;
        for (var i = 0; i < programs; i++)
        {
            var program = new ProgramWriter(unchecked((seed * 31) + (i * 7919))).Write(Mistakes.ByRule[kind]);
            await Prove(program, RuleOf(kind));
            steps += program.PromisedRates.Length;
        }

        var text = $"{kind}: {programs} programs mended, compiled, silent and run, {steps} learning rates as promised";
        output.WriteLine(text);
        Console.WriteLine(text);
    }

    [Fact]
    public void Every_rule_with_a_safe_fix_is_proved() =>
        Assert.Empty(Package.Rules.Select(rule => rule.Id).Except(Package.WithoutSafeFix).Except(Mistakes.ByRule.Keys.Select(RuleOf)));

    private static string RuleOf(string kind) => kind.Split(' ')[0];

    private static async Task Prove(MistakenProgram program, string rule)
    {
        var found = await Findings.In(program.Source);
        Assert.True(found.Any(report => report.Id == rule) && found.All(report => report.Id == rule), $"{rule} is not what is reported ({string.Join(", ", found.Select(report => report.Id))}) in\n{program.Source}");
        var mended = await SafeFix.Of(program.Source, rule);
        Assert.True(mended is not null, $"no fix of {rule} for\n{program.Source}");
        var left = await Findings.In(mended!);
        Assert.True(left.IsEmpty, $"{string.Join("\n", left)}\nafter the fix of {rule}:\n{mended}");
        var rates = TrainingRun.LearningRates(mended!);
        Assert.True(AreClose(program.PromisedRates, rates), $"trains with {Text(rates)} in place of {Text(program.PromisedRates)} after the fix of {rule}:\n{mended}");
    }

    private static bool AreClose(System.Collections.Generic.IReadOnlyList<double> promised, System.Collections.Generic.IReadOnlyList<double> real) =>
        promised.Count == real.Count
        && promised.Zip(real).All(pair => Math.Abs(pair.First - pair.Second) <= 1e-6 * Math.Abs(pair.First) + 1e-15);

    private static string Text(System.Collections.Generic.IEnumerable<double> rates) =>
        string.Join(" ", rates.Take(12).Select(rate => rate.ToString("G6", CultureInfo.InvariantCulture)));

    private static int Setting(string variable, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.Integer, CultureInfo.InvariantCulture, out var value) ? value : otherwise;
}
