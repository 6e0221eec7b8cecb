using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using WarmupAnalyzers.Reading;
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
    [InlineData("LambdaLR(optimizer, e => e / length)", null)]
    [InlineData("LambdaLR(optimizer, e => 1 / (e - 3))", null)]
    [InlineData("LinearLR(optimizer, total_iters: length)", null)]
    [InlineData("StepLR(optimizer, 0)", null)]
    [InlineData("ReduceLROnPlateau(optimizer)", null)]
    public void The_curve_of_a_creation(string creation, string? expected)
    {
        var (read, code) = Read(creation);
        var curve = ScheduleCurve.Of(read, 8, code, CancellationToken.None);
        // A cosine's zero is zero but for the last digits.
        Assert.Equal(expected, curve is { } known ? CurveText.Numbers([.. known.Select(factor => System.Math.Abs(factor) < 1e-15 ? 0 : factor)]) : null);
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

    private static (SchedulerCreation Creation, TrainingCode Code) Read(string creation)
    {
        var source = new FactorCode($$"""
            using System;
            using System.Collections.Generic;
            using TorchSharp;
            using TorchSharp.Modules;
            using static TorchSharp.torch.optim.lr_scheduler;

            class Training
            {
                const int Warmup = 2;

                static void Run(IEnumerable<Parameter> parameters, int length, double rate, bool flag)
                {
                    var optimizer = torch.optim.SGD(parameters, 0.1);
                    var scheduler = {{creation}};
                }
            }
            """);
        Assert.Empty(source.Errors());
        var expression = source.Compilation.SyntaxTrees[0].GetRoot().DescendantNodes()
            .OfType<VariableDeclaratorSyntax>().Single(variable => variable.Identifier.ValueText == "scheduler").Initializer!.Value;
        var operation = source.Code.OperationOf(expression, CancellationToken.None)!;
        return (SchedulerCreation.Read(operation, source.Code.Symbols)!, source.Code);
    }
}
