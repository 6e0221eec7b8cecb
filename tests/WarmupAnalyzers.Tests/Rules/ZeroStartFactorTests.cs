using System;
using System.Linq;
using System.Threading.Tasks;
using Xunit;
using Review = WarmupAnalyzers.Tests.Verify<WarmupAnalyzers.Rules.ArgumentAnalyzer, WarmupAnalyzers.CodeFixes.Fixes.ArgumentReviewFix>;
using Verify = WarmupAnalyzers.Tests.Verify<WarmupAnalyzers.Rules.ArgumentAnalyzer, WarmupAnalyzers.CodeFixes.Fixes.ArgumentFix>;

namespace WarmupAnalyzers.Tests.Rules;

public class ZeroStartFactorTests
{
    private const string Before = "const int warmup = 5; var steps = 4; const double zero = 0;";

    [Theory]
    [InlineData("torch.optim.lr_scheduler.LinearLR(optimizer, {|WARM2001:start_factor: 0|}, total_iters: 5)", "torch.optim.lr_scheduler.LinearLR(optimizer, start_factor: 1.0 / 5, total_iters: 5)")]
    [InlineData("torch.optim.lr_scheduler.LinearLR(optimizer, {|WARM2001:0.0|})", "torch.optim.lr_scheduler.LinearLR(optimizer, 1.0 / 5)")]
    [InlineData("torch.optim.lr_scheduler.LinearLR(optimizer, {|WARM2001:zero|}, 1, warmup)", "torch.optim.lr_scheduler.LinearLR(optimizer, 1.0 / warmup, 1, warmup)")]
    [InlineData("torch.optim.lr_scheduler.LinearLR(optimizer, {|WARM2001:0|}, total_iters: steps)", "torch.optim.lr_scheduler.LinearLR(optimizer, 1.0 / steps, total_iters: steps)")]
    [InlineData("torch.optim.lr_scheduler.LinearLR(optimizer, {|WARM2001:0|}, total_iters: args.Length)", "torch.optim.lr_scheduler.LinearLR(optimizer, 1.0 / args.Length, total_iters: args.Length)")]
    [InlineData("torch.optim.lr_scheduler.LinearLR(total_iters: 2 * steps, {|WARM2001:start_factor: /* from zero */ 0|}, optimizer: optimizer)", "torch.optim.lr_scheduler.LinearLR(total_iters: 2 * steps, start_factor: /* from zero */ 1.0 / (2 * steps), optimizer: optimizer)")]
    [InlineData("new torch.optim.lr_scheduler.impl.LinearLR(optimizer, {|WARM2001:0|}, 0.5, 10)", "new torch.optim.lr_scheduler.impl.LinearLR(optimizer, 1.0 / 10, 0.5, 10)")]
    [InlineData("torch.optim.lr_scheduler.LinearLR(optimizer, {|WARM2001:-1|}, 1, 4)", "torch.optim.lr_scheduler.LinearLR(optimizer, 1.0 / 4, 1, 4)")]
    [InlineData("torch.optim.lr_scheduler.LinearLR(optimizer, {|WARM2001:double.NaN|}, 1, 4)", "torch.optim.lr_scheduler.LinearLR(optimizer, 1.0 / 4, 1, 4)")]
    [InlineData("TorchSharp.torch.optim.lr_scheduler.LinearLR(optimizer, {|WARM2001:0f|}, 1, 4)", "TorchSharp.torch.optim.lr_scheduler.LinearLR(optimizer, 1.0 / 4, 1, 4)")]
    public Task IsReportedAndMended(string scheduler, string mended) =>
        Verify.Fix(ArgumentSource.Script(scheduler, before: Before), ArgumentSource.Script(mended, before: Before));

    [Fact]
    public Task TheFactoryMayBeUsedStatically()
    {
        string Program(string start) => ArgumentSource.Script($"LinearLR(optimizer, {start})").Replace("using TorchSharp;", "using TorchSharp;\nusing static TorchSharp.torch.optim.lr_scheduler;", StringComparison.Ordinal);
        return Verify.Fix(Program("{|WARM2001:0|}"), Program("1.0 / 5"));
    }

    [Fact]
    public Task SeveralOnOneLineAndNestedOnesAreMendedTogether()
    {
        string Program(string start, string other) => ArgumentSource.Script(
            $"torch.optim.lr_scheduler.SequentialLR(optimizer, new[] {{ torch.optim.lr_scheduler.LinearLR(optimizer, {start}, total_iters: 4), torch.optim.lr_scheduler.LinearLR(optimizer, {other}, total_iters: 8) }}, new[] {{ 4 }})");
        return Verify.Fix(Program("{|WARM2001:0|}", "{|WARM2001:0.0|}"), Program("1.0 / 4", "1.0 / 8"));
    }

    [Theory]
    [InlineData("{|WARM2001:0|}", "1.0 / 3")]
    [InlineData("{|WARM2001:factor: 0.0|}", "factor: 1.0 / 3")]
    public Task AConstantFactorNeedsReview(string factor, string mended)
    {
        string Program(string argument) => ArgumentSource.Script($"torch.optim.lr_scheduler.ConstantLR(optimizer, {argument}, total_iters: 3)");
        return Task.WhenAll(Review.Fix(Program(factor), Program(mended)), Verify.NoFix(Program(factor)));
    }

    [Fact]
    public Task AComputedLengthIsNotComputedTwice() => Verify.NoFix(ArgumentSource.Script(
        "torch.optim.lr_scheduler.LinearLR(optimizer, {|WARM2001:0|}, total_iters: Length())", members: "private static int Length() => Console.Read();"));

    [Fact]
    public Task AnOwnSchedulersBaseCallIsReported() => Verify.Fix(Own("{|WARM2001:0|}"), Own("1.0 / 5"));

    [Theory]
    [InlineData("LinearLR(optimizer, 0.1, total_iters: 5)")]
    [InlineData("LinearLR(optimizer)")]
    [InlineData("LinearLR(optimizer, start_factor: start, total_iters: 5)")]
    [InlineData("LinearLR(optimizer, 0, last_epoch: int.Parse(args[0]))")]
    [InlineData("ConstantLR(optimizer)")]
    [InlineData("ConstantLR(optimizer, start)")]
    [InlineData("StepLR(optimizer, 5)")]
    public Task RightOrOpenStartsAreSilent(string scheduler) =>
        Verify.Silent(ArgumentSource.Script(ArgumentSource.Factory + scheduler, before: "var start = double.Parse(args[0]);"));

    [Theory]
    [InlineData("LinearLR(optimizer, {|CS0103:undefined|}, 1, 0)")]
    [InlineData("LinearLR(optimizer, 0, {|CS0103:end|})")]
    [InlineData("LinearLR(optimizer, 0, ({|CS1525:)|})")]
    [InlineData("LinearLR({|CS0103:optimiser|}, 0)")]
    public Task HalfTypedCodeIsSilent(string scheduler) => Verify.Silent(ArgumentSource.Script(ArgumentSource.Factory + scheduler));

    [Fact]
    public Task ADoppelgangerIsNotTorchSharps() => Verify.Silent("""
        var scheduler = Mine.lr_scheduler.LinearLR(new object(), 0, 1, 0, last_epoch: 3);

        public static class Mine
        {
            public static class lr_scheduler
            {
                public static object LinearLR(object optimizer, double start_factor, double end_factor, int total_iters, int last_epoch) => optimizer;
            }
        }
        """);

    [Fact]
    public Task WithoutTorchSharpNothingIsReported() => Verify.Silent("System.Console.WriteLine();", withTorchSharp: false);

    [Theory]
    [InlineData("LinearLR(optimizer, start_factor: 0, total_iters: 5)", "0, NaN, NaN, NaN, NaN, NaN, …")]
    [InlineData("LinearLR(optimizer, -1, 1, 4)", "-0.1, -0.05, 0, NaN, NaN, NaN, …")]
    [InlineData("ConstantLR(optimizer, 0, total_iters: 3)", "0, 0, 0, NaN, NaN, NaN, …")]
    public async Task TheNumbersAreThoseOfARun(string scheduler, string numbers)
    {
        var source = ArgumentSource.Script(ArgumentSource.Factory + scheduler);
        Assert.Equal(numbers, ArgumentSource.Run(source));
        await ArgumentSource.MessageIsOfRun(source, "WARM2001");
    }

    [Fact]
    public void TheFixGivesTheRampThatItsTitlePromises() =>
        Assert.Equal("0.02, 0.036, 0.052, 0.068, 0.084, 0.1, …", ArgumentSource.Run(ArgumentSource.Script("torch.optim.lr_scheduler.LinearLR(optimizer, 1.0 / 5)")));

    [Fact]
    public async Task AVeryLongConstantIsFollowedToItsEnd() => Assert.EndsWith(
        ", NaN from step 50000 on",
        (await ArgumentSource.Finding(ArgumentSource.Script("torch.optim.lr_scheduler.ConstantLR(optimizer, 0, 50_000)"))).GetMessage());

    [Fact]
    public async Task ALongConstantSaysWhenItEnds()
    {
        var source = ArgumentSource.Script("torch.optim.lr_scheduler.ConstantLR(optimizer, 0, 12)");
        var rates = TrainingRun.LearningRates(source);
        Assert.Equal(12, rates.ToList().FindIndex(double.IsNaN));
        Assert.EndsWith(", NaN from step 12 on", (await ArgumentSource.Finding(source)).GetMessage());
    }

    private static string Own(string start) => $$"""
        using TorchSharp;
        using static TorchSharp.torch.optim;

        public sealed class Warmup : lr_scheduler.impl.LinearLR
        {
            public Warmup(Optimizer optimizer) : base(optimizer, {{start}}) { }
        }

        public static class Program
        {
            public static void Main() { }
        }
        """;
}
