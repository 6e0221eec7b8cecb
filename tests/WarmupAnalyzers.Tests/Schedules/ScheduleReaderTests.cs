using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using WarmupAnalyzers.Reading;
using WarmupAnalyzers.Reading.Schedules;
using WarmupAnalyzers.Schedules;
using WarmupAnalyzers.Tests.Factors;
using Xunit;

namespace WarmupAnalyzers.Tests.Schedules;

/// <summary>From a scheduler's creation in the source to its first numbers.</summary>
public sealed class ScheduleReaderTests
{
    [Theory]
    [InlineData("LambdaLR(optimizer, e => e / 4.0)", "0, 0.25, 0.5, 0.75, 1, 1.25, …")]
    [InlineData("LambdaLR(optimizer, e => e + 1, last_epoch: 1)", "3, 4, 5, 6, 7, 8, …")]
    [InlineData("new impl.LambdaLR(optimizer, new Func<int, double>[] { e => e / 2.0, e => 1 })", "0, 0.5, 1, 1.5, 2, 2.5, …")]
    [InlineData("LinearLR(optimizer, start_factor: 0.1, total_iters: 5)", "0.1, 0.28, 0.46, 0.64, 0.82, 1, …")]
    [InlineData("LinearLR(optimizer)", "0.333, 0.467, 0.6, 0.733, 0.867, 1, …")]
    [InlineData("LinearLR(optimizer, 1 / 10)", "0, NaN, NaN, NaN, NaN, NaN, …")]
    [InlineData("ConstantLR(optimizer, total_iters: Warmup)", "0.333, 0.333, 1, 1, 1, 1, …")]
    [InlineData("StepLR(optimizer, 2, 0.5)", "1, 1, 0.5, 0.5, 0.25, 0.25, …")]
    [InlineData("MultiStepLR(optimizer, new[] { 1, 3 }, 0.1)", "1, 0.1, 0.1, 0.01, 0.01, 0.01, …")]
    [InlineData("MultiStepLR(optimizer, [1, 3], 0.1)", "1, 0.1, 0.1, 0.01, 0.01, 0.01, …")]
    [InlineData("MultiStepLR(optimizer, new List<int> { 1, 3 })", "1, 0.1, 0.1, 0.01, 0.01, 0.01, …")]
    [InlineData("ExponentialLR(optimizer, gamma: 0.5)", "1, 0.5, 0.25, 0.125, 0.0625, 0.0312, …")]
    [InlineData("PolynomialLR(optimizer, 4)", "1, 0.75, 0.5, 0.25, 0, 0, …")]
    [InlineData("CosineAnnealingLR(optimizer, 2)", "1, 0.5, 0, 0.5, 1, 0.5, …")]
    [InlineData("CosineAnnealingLR(optimizer, 2, eta_min: 0.05)", "1, 0.75, 0.5, 0.75, 1, 0.75, …")]
    [InlineData("new impl.StepLR(optimizer, 1)", "1, 0.1, 0.01, 0.001, 0.0001, 1e-5, …")]
    [InlineData("MultiplicativeLR(optimizer, e => 0.5)", "1, 0.5, 0.25, 0.125, 0.0625, 0.0312, …")]
    [InlineData("new impl.MultiplicativeLR(optimizer, new Func<int, double>[] { e => e })", "1, 1, 2, 6, 24, 120, …")]
    [InlineData("MultiStepLR(optimizer, steps)", "1, 0.1, 0.1, 0.01, 0.01, 0.01, …")]
    [InlineData("MultiStepLR(optimizer, changed)", null)]
    [InlineData("OneCycleLR(optimizer, 0.2, total_steps: 10)", "0.08, 1.04, 2, 1.9, 1.62, 1.22, …")]
    [InlineData("OneCycleLR(optimizer, max_lr: 0.2, epochs: 2, steps_per_epoch: 5, anneal_strategy: impl.OneCycleLR.AnnealStrategy.Linear)", "0.08, 1.04, 2, 1.71, 1.43, 1.14, …")]
    [InlineData("OneCycleLR(optimizer, new[] { 0.2 }, 10, cycle_momentum: false)", "0.08, 1.04, 2, 1.9, 1.62, 1.22, …")]
    [InlineData("new impl.OneCycleLR(optimizer, new List<double> { 0.2 }, 10, base_momentum: new[] { 0.5 }, div_factor: 2, three_phase: true)", "1, 1.5, 2, 1.5, 1, 0.905, …")]
    [InlineData("OneCycleLR(optimizer, 0.2)", null)]
    [InlineData("OneCycleLR(optimizer, 0.2, length)", null)]
    [InlineData("OneCycleLR(optimizer, rate, 10)", null)]
    [InlineData("OneCycleLR(optimizer, 0.2, 10, cycle_momentum: flag)", null)]
    [InlineData("OneCycleLR(unknown, 0.2, 10)", null)]
    [InlineData("OneCycleLR(adam, 0.2, 10)", "0.8, 10.4, 20, 19, 16.2, 12.2, …")]
    [InlineData("OneCycleLR(adagrad, 0.2, 10)", null)]
    [InlineData("CyclicLR(optimizer, 0.1, 0.5, step_size_up: 4)", "1, 2, 3, 4, 5, 4, …")]
    [InlineData("CyclicLR(adam, 0.01, 0.05, 4)", null)]
    [InlineData("CyclicLR(adam, 0.01, 0.05, 4, cycle_momentum: false)", "1, 2, 3, 4, 5, 4, …")]
    [InlineData("CyclicLR(optimizer, new[] { 0.1 }, new[] { 0.5 }, 4, 2, impl.CyclicLR.Mode.Triangular2)", "1, 2, 3, 4, 5, 3, …")]
    [InlineData("CyclicLR(optimizer, 0.1, 0.5, 2, mode: impl.CyclicLR.Mode.ExpRange, gamma: 0.5)", "1, 2, 3, 2, 1, 1.5, …")]
    [InlineData("CyclicLR(optimizer, 0.1, 0.5, 2, scale_fn: x => 1 / x)", "1, 3, 5, 3, 1, 2, …")]
    [InlineData("CyclicLR(optimizer, 0.1, 0.5, 2, scale_fn: Halved, scale_mode: impl.CyclicLR.ScaleMode.Iterations)", "1, 2, 5, 4, 1, 6, …")]
    [InlineData("CyclicLR(optimizer, 0.1, 0.5, 2, scale_fn: x => length)", null)]
    [InlineData("SequentialLR(optimizer, new[] { LinearLR(optimizer, 0.2, 1, 4), CosineAnnealingLR(optimizer, 4) }, new[] { 4 })", "0.2, 0.4, 0.6, 0.8, 1, 0.854, …")]
    [InlineData("SequentialLR(optimizer, [LinearLR(optimizer, 0.2, 1, 4), ExponentialLR(optimizer, 0.5)], [Warmup])", "0.2, 0.4, 1, 0.5, 0.25, 0.125, …")]
    [InlineData("SequentialLR(optimizer, new List<LRScheduler> { new impl.LinearLR(optimizer, 0.5) }, new int[] { })", "0.5, 0.6, 0.7, 0.8, 0.9, 1, …")]
    [InlineData("SequentialLR(optimizer, new[] { LinearLR(optimizer), StepLR(adam, 1) }, new[] { 3 })", null)]
    [InlineData("SequentialLR(optimizer, new[] { LinearLR(optimizer), LinearLR(optimizer) }, new[] { 3, 5 })", null)]
    [InlineData("SequentialLR(optimizer, new[] { LinearLR(optimizer), StepLR(optimizer, length) }, new[] { 3 })", null)]
    [InlineData("SequentialLR(optimizer, many.Select(g => ExponentialLR(optimizer, g)), new[] { 3 })", null)]
    [InlineData("ChainedLR(new[] { ExponentialLR(optimizer, 0.5), LinearLR(optimizer, 0.5, 1, 2) })", "0.5, 0.375, 0.25, 0.125, 0.0625, 0.0312, …")]
    [InlineData("ChainedLR([SequentialLR(optimizer, [LinearLR(optimizer, 0.5, 1, 2)], []), ExponentialLR(optimizer, 0.5)])", "0.5, 0.375, 0.25, 0.125, 0.0625, 0.0312, …")]
    [InlineData("SequentialLR(optimizer, [ChainedLR([LinearLR(optimizer)])], [])", null)]
    [InlineData("ChainedLR([ChainedLR([ChainedLR([ExponentialLR(optimizer, 0.5)])])])", "1, 0.5, 0.25, 0.125, 0.0625, 0.0312, …")]
    [InlineData("ChainedLR([ChainedLR([ChainedLR([ChainedLR([ChainedLR([ExponentialLR(optimizer, 0.5)])])])])])", null)]
    [InlineData("LambdaLR(optimizer, e => e / length)", null)]
    [InlineData("LambdaLR(optimizer, e => 1 / (e - 3))", null)]
    [InlineData("LinearLR(optimizer, total_iters: length)", null)]
    [InlineData("StepLR(optimizer, 0)", null)]
    [InlineData("ReduceLROnPlateau(optimizer)", null)]
    public void The_curve_of_a_creation(string creation, string? expected) => AssertCurve(expected, creation);

    /// <summary>Schedulers that are made in declarations before they are handed over, and nothing else happens to them.</summary>
    [Theory]
    [InlineData("SequentialLR(optimizer, new[] { linear, exponential }, new[] { 3 })", "", "0.5, 0.625, 0.75, 1, 0.5, 0.25, …")]
    [InlineData("SequentialLR(optimizer, new[] { exponential, linear }, new[] { 3 })", "", "1, 0.5, 0.25, 0.5, 0.625, 0.75, …")]
    [InlineData("SequentialLR(optimizer, new[] { linear, StepLR(optimizer, 1, 0.5) }, new[] { 3 })", "", null)]
    [InlineData("SequentialLR(optimizer, [SequentialLR(optimizer, [linear], []), exponential], [3])", "", null)]
    [InlineData("ChainedLR([linear, exponential])", "", "0.5, 0.312, 0.188, 0.109, 0.0625, 0.0312, …")]
    [InlineData("SequentialLR(optimizer, children, new[] { 3 })", "var children = new[] { linear, exponential };", "0.5, 0.625, 0.75, 1, 0.5, 0.25, …")]
    [InlineData("SequentialLR(optimizer, children, new[] { 3 })", "var children = new List<LRScheduler> { linear, exponential }; children.Reverse();", null)]
    [InlineData("SequentialLR(optimizer, new[] { linear, exponential }, new[] { 3 })", "int m = 3;", "0.5, 0.625, 0.75, 1, 0.5, 0.25, …")]
    [InlineData("SequentialLR(optimizer, new[] { linear, exponential }, new[] { 3 })", "linear = null!;", null)]
    [InlineData("SequentialLR(optimizer, new[] { linear, exponential }, new[] { 3 })", "linear.step();", null)]
    [InlineData("ChainedLR(new[] { linear, exponential })", "foreach (var group in optimizer.ParamGroups) group.LearningRate = 1;", null)]
    [InlineData("SequentialLR(optimizer, new[] { linear, exponential }, new[] { 3 })", "StepLR(optimizer, 1);", null)]
    [InlineData("SequentialLR(optimizer, new[] { linear, exponential }, new[] { length })", "", null)]
    public void The_curve_of_schedulers_made_before(string creation, string before, string? expected) => AssertCurve(
        expected, creation, $"var linear = LinearLR(optimizer, 0.5, 1, 4); var exponential = ExponentialLR(optimizer, 0.5); {before}");

    [Theory]
    [InlineData("SequentialLR(optimizer, new[] { linear, StepLR(optimizer, 1, 0.5) }, new[] { 3 })", "0.5, 0.625, 0.75, 1, 0.5, 0.25, …")]
    [InlineData("SequentialLR(optimizer, new[] { linear, linear }, new[] { 3 })", "1.5, 0.75, 0.938, 0.5, 0.625, 0.75, …")] // rewound twice
    [InlineData("SequentialLR(optimizer, [SequentialLR(optimizer, [linear], new int[] { }), ExponentialLR(optimizer, 0.5)], [3])", "1.25, 1.5, 1.75, 1, 0.5, 0.25, …")]
    public void The_curve_of_one_made_before(string creation, string expected) =>
        AssertCurve(expected, creation, "var linear = LinearLR(optimizer, 0.5, 1, 4);");

    [Theory]
    [InlineData("var scheduler = SequentialLR(optimizer, new[] { linear }, new int[0]); var linear = LinearLR(optimizer);")]
    [InlineData("var scheduler = SequentialLR(optimizer, new[] { scheduler }, new int[0]);")]
    [InlineData("var scheduler = ChainedLR(new[] { other }); var other = ChainedLR(new[] { scheduler });")]
    [InlineData("var scheduler = ChainedLR(new[] { other }); var other = ChainedLR(new[] { other, third }); var third = ChainedLR(new[] { other });")]
    [InlineData("var scheduler = SequentialLR(optimizer, new[] { ")]
    [InlineData("var scheduler = SequentialLR(optimizer, linear, new int[0]); var linear = new[] { LinearLR() };")]
    public void Half_typed_code_has_no_curve(string statements)
    {
        var source = new FactorCode(Program(statements));
        Assert.NotEmpty(source.Errors());
        var operation = source.Code.OperationOf(Created(source), CancellationToken.None);
        if (operation is not null && SchedulerCreation.Read(operation, source.Code.Symbols) is { } creation)
            Assert.Null(ScheduleCurve.Of(creation, 8, source.Code, CancellationToken.None));
    }

    [Theory]
    [InlineData("LambdaLR(optimizer, e => (e + 1) / 4.0)", true)]
    [InlineData("LambdaLR(optimizer, e => (e + 1) / (double)length)", true)]
    [InlineData("LambdaLR(optimizer, e => e / 4.0)", false)]
    [InlineData("LambdaLR(optimizer, e => e / 4.0, last_epoch: 0)", true)]
    [InlineData("LambdaLR(optimizer, e => (e + 1) / length)", false)]
    [InlineData("LambdaLR(optimizer, e => flag ? 1 : e)", false)]
    [InlineData("LambdaLR(optimizer, e => 0.0 / 0)", false)]
    [InlineData("LambdaLR(optimizer, e => throw null)", false)]
    [InlineData("LambdaLR(optimizer, e => new Random().NextDouble())", false)]
    [InlineData("new impl.LambdaLR(optimizer, new Func<int, double>[] { e => 1, e => 2 })", true)]
    [InlineData("new impl.LambdaLR(optimizer, new Func<int, double>[] { e => 1, e => e })", false)]
    [InlineData("LinearLR(optimizer)", true)]
    [InlineData("LinearLR(optimizer, start_factor: 0)", false)]
    [InlineData("LinearLR(optimizer, start_factor: 1 / 10)", false)]
    [InlineData("LinearLR(optimizer, start_factor: rate)", true)]
    [InlineData("ConstantLR(optimizer)", true)]
    [InlineData("ConstantLR(optimizer, factor: 0.0)", false)]
    [InlineData("StepLR(optimizer, 1)", true)]
    [InlineData("CosineAnnealingLR(optimizer, 10)", true)]
    [InlineData("ReduceLROnPlateau(optimizer)", false)]
    public void Whether_the_first_factor_is_certainly_not_zero(string creation, bool expected)
    {
        var (read, code) = Read(creation);
        Assert.Equal(expected, InitialFactor.IsNonzero(read, code, CancellationToken.None));
    }

    private static void AssertCurve(string? expected, string creation, string before = "")
    {
        var (read, code) = Read(creation, before);
        var curve = ScheduleCurve.Of(read, 8, code, CancellationToken.None);
        // A cosine's zero is zero but for the last digits.
        Assert.Equal(expected, curve is { } known ? CurveText.Numbers([.. known.Select(factor => System.Math.Abs(factor) < 1e-15 ? 0 : factor)]) : null);
    }

    private static (SchedulerCreation Creation, TrainingCode Code) Read(string creation, string before = "")
    {
        var source = new FactorCode(Program($"{before} var scheduler = {creation};"));
        Assert.Empty(source.Errors());
        var operation = source.Code.OperationOf(Created(source), CancellationToken.None)!;
        return (SchedulerCreation.Read(operation, source.Code.Symbols)!, source.Code);
    }

    private static ExpressionSyntax Created(FactorCode source) => source.Compilation.SyntaxTrees[0].GetRoot().DescendantNodes()
        .OfType<VariableDeclaratorSyntax>().Single(variable => variable.Identifier.ValueText == "scheduler").Initializer!.Value;

    private static string Program(string statements) => $$"""
        using System;
        using System.Collections.Generic;
        using System.Linq;
        using TorchSharp;
        using TorchSharp.Modules;
        using static TorchSharp.torch.optim.lr_scheduler;

        class Training
        {
            const int Warmup = 2;

            static double Halved(double x) => x / 2;

            static void Run(IEnumerable<Parameter> parameters, torch.optim.Optimizer unknown, int length, double rate, bool flag, double[] many)
            {
                var optimizer = torch.optim.SGD(parameters, 0.1);
                var adam = torch.optim.Adam(parameters, 0.01);
                var adagrad = torch.optim.Adagrad(parameters, 0.01);
                int[] steps = { 1, 3 };
                int[] changed = { 1, 3 };
                changed[0] = length;
                {{statements}}
            }
        }
        """;
}
