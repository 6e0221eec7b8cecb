using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis.CodeRefactorings;
using WarmupAnalyzers.CodeFixes.Refactorings;
using WarmupAnalyzers.Tests.Refactorings;
using Xunit;
using Xunit.Abstractions;

namespace WarmupAnalyzers.Tests.Proofs;

/// <summary>
/// The proof of the refactorings that put a scheduler in: in generated programs they are offered, and what they write compiles, is
/// silent, and trains with the promised rates when it is run on TorchSharp.
/// Settings: <c>WARMUP_REFACTORING_PROOFS</c> (programs), <c>WARMUP_RANDOM_SEED</c>.
/// </summary>
public sealed class SchedulerRefactoringProofTests(ITestOutputHelper output)
{
    private const int DefaultPrograms = 20;
    private const int DefaultSeed = 20240607;

    [Fact]
    public Task A_warmup_that_is_added_trains_as_promised() => Prove(new AddLinearWarmup(), "Add a linear warmup: 0.1, 0.28, 0.46, 0.64, 0.82, 1 of the learning rate over 5 epochs", "torch.optim.", write =>
    {
        var rate = write.Pick(0.1, 0.05, 0.001, 1.0);
        return new Mistake(string.Empty, k => rate * (k < 5 ? 0.1 + 0.9 * k / 5 : 1)) { Rate = ProgramWriter.Text(rate), Stepping = Stepping.None };
    });

    private async Task Prove(CodeRefactoringProvider provider, string title, string caret, Func<ProgramWriter, Mistake> write)
    {
        var (programs, seed) = (Setting("WARMUP_REFACTORING_PROOFS", DefaultPrograms), Setting("WARMUP_RANDOM_SEED", DefaultSeed));
        var steps = 0;
        for (var i = 0; i < programs; i++)
        {
            var program = new ProgramWriter(unchecked((seed * 31) + (i * 7919))).Write(write);
            var at = program.Source[program.Source.IndexOf(caret + "SGD(", StringComparison.Ordinal) is >= 0 and var sgd ? sgd.. : program.Source.IndexOf(caret + "Adam", StringComparison.Ordinal)..][..20];
            var refactored = await Refactored.By(provider, [program.Source], at);
            Assert.True(refactored.Title?.StartsWith(title, StringComparison.Ordinal) == true, $"offered is '{refactored.Title}' in\n{program.Source}");
            var found = await Findings.In(refactored.Text);
            Assert.True(found.IsEmpty, $"{string.Join("\n", found)}\nin\n{refactored.Text}");
            var rates = TrainingRun.LearningRates(refactored.Text);
            Assert.True(AreClose(program.PromisedRates, rates), $"trains with {Text(rates)} in place of {Text(program.PromisedRates)} in\n{refactored.Text}");
            steps += rates.Count;
        }

        var text = $"{provider.GetType().Name}: {programs} programs changed, compiled, silent and run, {steps} learning rates as promised";
        output.WriteLine(text);
        Console.WriteLine(text);
    }

    private static bool AreClose(IReadOnlyList<double> promised, IReadOnlyList<double> real) =>
        promised.Count == real.Count && promised.Zip(real).All(pair => Math.Abs(pair.First - pair.Second) <= 1e-9 * Math.Abs(pair.First) + 1e-15);

    private static string Text(IEnumerable<double> rates) => string.Join(" ", rates.Take(24).Select(rate => rate.ToString("G6", CultureInfo.InvariantCulture)));

    private static int Setting(string variable, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.Integer, CultureInfo.InvariantCulture, out var value) ? value : otherwise;
}
