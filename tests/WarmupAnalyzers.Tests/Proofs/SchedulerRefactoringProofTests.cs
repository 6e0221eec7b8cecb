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
    public Task A_warmup_that_is_added_trains_as_promised() => Prove(new AddLinearWarmup(), "Add a linear warmup: 0.1, 0.28, 0.46, 0.64, 0.82, 1 of the learning rate over 5 ", ["= torch.optim.SGD(", "= torch.optim.Adam"], write =>
    {
        var rate = write.Pick(0.1, 0.05, 0.001, 1.0);
        return new Mistake(string.Empty, k => rate * (k < 5 ? 0.1 + 0.9 * k / 5 : 1)) { Rate = ProgramWriter.Text(rate), Stepping = Stepping.None };
    });

    [Fact]
    public Task Schedulers_that_are_chained_train_as_promised() => Prove(new ChainWithSequentialLR(), "Chain with SequentialLR: ", ["tail ="], write =>
    {
        var (warmup, before, rise, length) = Warmup(write);
        var (decay, fall) = Decay(write, length);
        var warmsUpFirst = write.OneIn(2);
        return new Mistake(warmsUpFirst ? warmup : decay, k => 0.1 * (k < length ? rise(k) : fall(k - length)))
        {
            Before = before,
            Second = warmsUpFirst ? decay : warmup,
            IsDecay = !warmsUpFirst,
            Stepping = Stepping.BesideSecond,
        };
    });

    private static (string Scheduler, string Before, Func<int, double> Rise, int Length) Warmup(ProgramWriter write)
    {
        var (length, start) = (write.Whole(2, 7), write.Pick(0.1, 0.25, 0.01, 0.5));
        var (text, before) = write.Pick((length.ToString(CultureInfo.InvariantCulture), string.Empty), ("length", $"const int length = {length};\n"), ("length / 2", $"const int length = {2 * length};\n"));
        return write.Pick<(string, string, Func<int, double>, int)>(
            ($"torch.optim.lr_scheduler.LinearLR(OPTIMIZER, start_factor: {ProgramWriter.Text(start)}, total_iters: {text})", before, k => start + (1 - start) * k / length, length),
            ($"lr_scheduler.LinearLR(OPTIMIZER, {ProgramWriter.Text(start)}, 1, {text})", before, k => start + (1 - start) * k / length, length),
            ($"new lr_scheduler.impl.LinearLR(total_iters: {text}, optimizer: OPTIMIZER, start_factor: {ProgramWriter.Text(start)})", before, k => start + (1 - start) * k / length, length),
            ($"torch.optim.lr_scheduler.ConstantLR(OPTIMIZER, factor: {ProgramWriter.Text(start)}, total_iters: {text})", before, _ => start, length),
            ($"lr_scheduler.LambdaLR(OPTIMIZER, k => Math.Min((k + 1) / {length + 1}.0, 1.0))", string.Empty, k => (k + 1) / (length + 1.0), length));
    }

    // A horizon of STEPS is that of the whole training.
    private static (string Scheduler, Func<int, double> Fall) Decay(ProgramWriter write, int warmup)
    {
        var (gamma, size, horizon) = (write.Pick(0.9, 0.5, 0.97), write.Whole(2, 6), write.Whole(60, 90));
        int Left() => write.Length - warmup;
        return write.Pick<(string, Func<int, double>)>(
            ($"torch.optim.lr_scheduler.ExponentialLR(OPTIMIZER, {ProgramWriter.Text(gamma)})", k => Math.Pow(gamma, k)),
            ($"lr_scheduler.StepLR(OPTIMIZER, step_size: {size}, gamma: {ProgramWriter.Text(gamma)})", k => Math.Pow(gamma, k / size)),
            ("torch.optim.lr_scheduler.CosineAnnealingLR(OPTIMIZER, T_max: STEPS)", k => (1 + Math.Cos(Math.PI * k / Left())) / 2),
            ("lr_scheduler.CosineAnnealingLR(OPTIMIZER, STEPS)", k => (1 + Math.Cos(Math.PI * k / Left())) / 2),
            ($"lr_scheduler.CosineAnnealingLR(OPTIMIZER, {horizon})", k => (1 + Math.Cos(Math.PI * k / horizon)) / 2),
            ("lr_scheduler.LinearLR(OPTIMIZER, start_factor: 1.0, end_factor: 0.1, total_iters: STEPS)", k => 1 - 0.9 * k / Left()),
            ("new lr_scheduler.impl.PolynomialLR(OPTIMIZER, STEPS, 2)", k => Math.Pow(1 - k / (double)Left(), 2)),
            ($"torch.optim.lr_scheduler.LambdaLR(OPTIMIZER, k => Math.Pow({ProgramWriter.Text(gamma)}, k))", k => Math.Pow(gamma, k)));
    }

    private async Task Prove(CodeRefactoringProvider provider, string title, string[] carets, Func<ProgramWriter, Mistake> write)
    {
        var (programs, seed) = (Setting("WARMUP_REFACTORING_PROOFS", DefaultPrograms), Setting("WARMUP_RANDOM_SEED", DefaultSeed));
        var steps = 0;
        for (var i = 0; i < programs; i++)
        {
            var program = new ProgramWriter(unchecked((seed * 31) + (i * 7919))).Write(write);
            var at = carets.First(caret => program.Source.Contains(caret, StringComparison.Ordinal));
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
