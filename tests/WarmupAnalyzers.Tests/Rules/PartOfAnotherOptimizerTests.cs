using System.Threading.Tasks;
using Xunit;
using Verify = WarmupAnalyzers.Tests.Verify<WarmupAnalyzers.Rules.CompositionAnalyzer, Microsoft.CodeAnalysis.Testing.EmptyCodeFixProvider>;

namespace WarmupAnalyzers.Tests.Rules;

public class PartOfAnotherOptimizerTests
{
    [Theory]
    [InlineData("var scheduler = SequentialLR(optimizer, [WARMUP, {|WARM4004:StepLR(other, 3)|}], [5]);")]
    [InlineData("var scheduler = SequentialLR(other, [{|WARM4004:WARMUP|}, StepLR(other, 3)], [5]);")]
    [InlineData("var scheduler = SequentialLR(other, [{|WARM4004:WARMUP|}, {|WARM4004:COSINE|}], [5]);")]
    [InlineData("var scheduler = SequentialLR(milestones: new[] { 5 }, schedulers: new[] { WARMUP, {|WARM4004:StepLR(other, 3)|} }, optimizer: optimizer);")]
    [InlineData("var decay = StepLR(other, 3); var scheduler = new impl.SequentialLR(optimizer, new List<LRScheduler> { WARMUP, {|WARM4004:decay|} }, [5]);")]
    [InlineData("LRScheduler[] parts = { WARMUP, StepLR(other, 3) }; var scheduler = SequentialLR(optimizer, {|WARM4004:parts|}, [5]);")]
    [InlineData("var third = new TorchSharp.Modules.SGD(model.parameters(), 0.1); var scheduler = SequentialLR(optimizer, [WARMUP, {|WARM4004:StepLR(third, 3)|}], [5]);")]
    [InlineData("var scheduler = SequentialLR(optimizer, [WARMUP, {|WARM4004:SequentialLR(other, [StepLR(other, 3), StepLR(other, 4)], [9])|}], [5]);")]
    [InlineData("var scheduler = torch.optim.lr_scheduler.SequentialLR(optimizer, [WARMUP, {|WARM4004:torch.optim.lr_scheduler.StepLR(SGD(model.parameters(), 0.1), 3)|}], [5]);")]
    public Task IsReported(string statements) => Verify.NoFix(CompositionSource.Script(statements));

    [Theory]
    [InlineData("var scheduler = SequentialLR(optimizer, [WARMUP, COSINE], [5]);")]
    [InlineData("var same = optimizer; var scheduler = SequentialLR(optimizer, [WARMUP, StepLR(same, 3)], [5]);")]
    [InlineData("var one = Known(model); var two = Known(model); var scheduler = SequentialLR(one, [LinearLR(one, 0.1), StepLR(two, 3)], [5]);", "private static Optimizer? s_known; private static Optimizer Known(torch.nn.Module model) => s_known ??= SGD(model.parameters(), 0.1);")]
    [InlineData("if (open > 3) other = optimizer; var scheduler = SequentialLR(optimizer, [WARMUP, StepLR(other, 3)], [5]);")]
    [InlineData("var either = open > 3 ? optimizer : other; var scheduler = SequentialLR(optimizer, [WARMUP, StepLR(either, 3)], [5]);")]
    [InlineData("var scheduler = ChainedLR([WARMUP, StepLR(other, 3)]);")] // steps both
    [InlineData("var scheduler = SequentialLR(optimizer, [WARMUP, COSINE], [5]); var second = SequentialLR(other, [LinearLR(other, 0.1), StepLR(other, 3)], [5]);")]
    public Task WhatIsRightOrNotKnownIsSilent(string statements, string members = "") => Verify.Silent(CompositionSource.Script(statements, members: members));

    [Fact]
    public Task FieldsAreFollowed() => Verify.NoFix("""
        using TorchSharp;
        using static TorchSharp.torch;

        public sealed class Gan
        {
            private readonly nn.Module<Tensor, Tensor> _generator = nn.Linear(4, 4), _critic = nn.Linear(4, 1);
            private readonly optim.Optimizer _generatorOptimizer, _criticOptimizer;
            private readonly optim.lr_scheduler.LRScheduler _generatorScheduler, _criticScheduler;

            public Gan()
            {
                _generatorOptimizer = optim.Adam(_generator.parameters(), 1e-4);
                _criticOptimizer = optim.Adam(_critic.parameters(), 4e-4);
                _generatorScheduler = optim.lr_scheduler.SequentialLR(_generatorOptimizer, new[] { Warmup(_generatorOptimizer), optim.lr_scheduler.StepLR(_generatorOptimizer, 30) }, new[] { 5 });
                _criticScheduler = optim.lr_scheduler.SequentialLR(_criticOptimizer, new[] { Warmup(_criticOptimizer), {|WARM4004:optim.lr_scheduler.StepLR(_generatorOptimizer, 30)|} }, new[] { 5 });
            }

            private static optim.lr_scheduler.LRScheduler Warmup(optim.Optimizer optimizer) => optim.lr_scheduler.LinearLR(optimizer, 0.1);

            public void Step()
            {
                _criticOptimizer.step();
                _generatorOptimizer.step();
                _criticScheduler.step();
                _generatorScheduler.step();
            }

            public static void Main() { }
        }
        """);

    [Theory]
    [InlineData("SequentialLR(optimizer, [WARMUP, StepLR(other, 3)], [5])", "it is made for other and SequentialLR gets optimizer")]
    [InlineData("SequentialLR(optimizer, [WARMUP, StepLR(SGD(model.parameters(), 0.1), 3)], [5])", "it is made for a new one and SequentialLR gets optimizer")]
    public async Task TheMessageNamesBoth(string scheduler, string says) => Assert.Equal(
        $"This scheduler is of another optimizer: {says}, so the constructor throws ArgumentException",
        (await ArgumentSource.Finding(CompositionSource.Script($"var scheduler = {scheduler};"))).GetMessage());

    [Fact]
    public void ItIsSo()
    {
        Assert.Equal("ArgumentException", ArgumentSource.Run(CompositionSource.Script("var scheduler = SequentialLR(optimizer, [WARMUP, StepLR(other, 3)], [5]);")));
        Assert.StartsWith("0.001", ArgumentSource.Run(CompositionSource.Script("var scheduler = ChainedLR([LinearLR(optimizer, 0.01, total_iters: 5), StepLR(other, 3)]);")), System.StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("var scheduler = SequentialLR(optimizer, [WARMUP, StepLR(other, )], [5]);")]
    [InlineData("var scheduler = SequentialLR(optimizer, [WARMUP, StepLR(othe, 3)], [5]);")]
    [InlineData("var scheduler = SequentialLR(, [WARMUP, StepLR(other, 3)], [5]);")]
    public async Task HalfTypedCodeIsSilent(string statements) => Assert.Empty(await Findings.In(CompositionSource.Script(statements), mustCompile: false));
}
