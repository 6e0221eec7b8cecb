using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using WarmupAnalyzers.Reading;
using WarmupAnalyzers.Reading.Schedules;
using WarmupAnalyzers.Schedules;
using WarmupAnalyzers.Schedules.Simulated;
using WarmupAnalyzers.Tests.Factors;
using Xunit;

namespace WarmupAnalyzers.Tests.Schedules;

/// <summary>From a creation of one of our own schedulers in the source to its first numbers.</summary>
public sealed class OwnScheduleReaderTests
{
    [Theory]
    [InlineData("LRSchedulers.LinearWarmupLR(optimizer, 4)", "0.25, 0.5, 0.75, 1, 1, 1, …")]
    [InlineData("LRSchedulers.LinearWarmupLR(optimizer, 4, WarmupConvention.HuggingFace)", "0, 0.25, 0.5, 0.75, 1, 1, …")]
    [InlineData("LRSchedulers.LinearWarmupLR(start_factor: 0.5, warmup_steps: Warmup, optimizer: optimizer)", "0.75, 1, 1, 1, 1, 1, …")]
    [InlineData("LRSchedulers.WarmupThenLinearLR(optimizer, 2, 6)", "0.5, 1, 1, 0.75, 0.5, 0.25, …")]
    [InlineData("LRSchedulers.WarmupThenCosineLR(optimizer, 2, 6, 0.5)", "0.5, 1, 1, 0.927, 0.75, 0.573, …")]
    [InlineData("LRSchedulers.ScheduleLR(optimizer, Schedule.LinearWarmup(2).Then(Schedule.LinearDecay(4)))", "0.5, 1, 1, 0.75, 0.5, 0.25, …")]
    [InlineData("LRSchedulers.ScheduleLR(optimizer, Schedule.Constant(0.5).Then(Schedule.CosineDecay(4), 2))", "0.5, 0.5, 1, 0.854, 0.5, 0.146, …")]
    [InlineData("LRSchedulers.ScheduleLR(optimizer, Schedule.WarmupThenLinear(2, 6))", "0.5, 1, 1, 0.75, 0.5, 0.25, …")]
    [InlineData("LRSchedulers.ScheduleLR(optimizer, Schedule.WarmupThenCosine(2, (long)6.9))", "0.5, 1, 1, 0.854, 0.5, 0.146, …")]
    [InlineData("LRSchedulers.ScheduleLR(optimizer, Schedule.Join([Schedule.Constant(0.1), Schedule.Constant(), Schedule.Constant(0.3)], [2, 4]))", "0.1, 0.1, 1, 1, 0.3, 0.3, …")]
    [InlineData("LRSchedulers.ScheduleLR(optimizer, ramp.Then(decay))", "0.5, 1, 1, 0.75, 0.5, 0.25, …")]
    [InlineData("LRSchedulers.ScheduleLR(optimizer, Kept)", "0.5, 1, 1, 1, 1, 1, …")]
    [InlineData("LRSchedulers.PerGroupLR(optimizer, new[] { ramp })", "0.5, 1, 1, 1, 1, 1, …")]
    [InlineData("torch.optim.lr_scheduler.SequentialLR(optimizer, [LRSchedulers.LinearWarmupLR(optimizer, 2), LRSchedulers.ScheduleLR(optimizer, decay)], [3])", "0.5, 1, 1, 1, 0.75, 0.5, …")]
    [InlineData("LRSchedulers.CosineWarmupLR(optimizer, 4)", "0.146, 0.5, 0.854, 1, 1, 1, …")]
    [InlineData("LRSchedulers.PolynomialWarmupLR(optimizer, 4)", "0.5, 0.707, 0.866, 1, 1, 1, …")]
    [InlineData("LRSchedulers.ExponentialWarmupLR(optimizer, 2)", "0.393, 0.632, 0.777, 0.865, 0.918, 0.95, …")]
    [InlineData("LRSchedulers.GradualWarmupLR(optimizer, 4, 5, WarmupConvention.HuggingFace)", "1, 2, 3, 4, 5, 5, …")]
    [InlineData("LRSchedulers.NoamLR(optimizer, 4)", "0.25, 0.5, 0.75, 1, 0.894, 0.816, …")]
    [InlineData("LRSchedulers.WarmupThenPolynomialLR(optimizer, 2, 6, 2)", "0.5, 1, 1, 0.562, 0.25, 0.0625, …")]
    [InlineData("LRSchedulers.WarmupThenHardRestartsLR(optimizer, 2, 6, cycles: 2)", "0.5, 1, 1, 0.5, 1, 0.5, …")]
    [InlineData("LRSchedulers.WarmupStableDecayLR(optimizer, 2, 6, 2)", "0.5, 1, 1, 1, 1, 0.5, …")]
    [InlineData("LRSchedulers.WarmupThenInverseSquareRootLR(optimizer, 2)", "0.5, 1, 1, 0.816, 0.707, 0.632, …")]
    [InlineData("LRSchedulers.WarmupThenLinearLR(optimizer, 0.25, 8)", "0.5, 1, 1, 0.833, 0.667, 0.5, …")]
    [InlineData("LRSchedulers.OneCyclePolicyLR(optimizer, 6, 0.5, 4, 1, shape: TransitionShape.Linear)", "0.25, 0.625, 1, 0.75, 0.5, 0.25, …")]
    [InlineData("LRSchedulers.CyclicPolicyLR(optimizer, 2, base_factor: 0.5)", "0.5, 0.75, 1, 0.75, 0.5, 0.75, …")]
    [InlineData("LRSchedulers.ProductLR(optimizer, [ramp, Schedule.StepDecay(2, 0.5)])", "0.5, 1, 0.5, 0.5, 0.25, 0.25, …")]
    [InlineData("LRSchedulers.ScheduleLR(optimizer, ramp * Schedule.MultiStepDecay([2, 4], 0.5))", "0.5, 1, 0.5, 0.5, 0.25, 0.25, …")]
    [InlineData("LRSchedulers.ScheduleLR(optimizer, 0.5 * Schedule.WarmRestarts(2) + Schedule.Constant(0.5))", "1, 0.75, 1, 0.75, 1, 0.75, …")]
    [InlineData("LRSchedulers.ScheduleLR(optimizer, Schedule.ExponentialDecay(0.5).AtLeast(0.2).Skip(1))", "0.5, 0.25, 0.2, 0.2, 0.2, 0.2, …")]
    [InlineData("LRSchedulers.ScheduleLR(optimizer, Schedule.Transition(1, 0, 4, TransitionShape.OneMinusSquareRoot).Times(Schedule.CosineHardRestarts(8)))", "1, 0.481, 0.25, 0.0926, 0, 0, …")]
    [InlineData("LRSchedulers.ScheduleLR(optimizer, Schedule.PolynomialDecay(length))", null)]
    [InlineData("LRSchedulers.WarmupThenPlateauLR(optimizer, 4)", null)]
    [InlineData("LRSchedulers.LinearWarmupLR(optimizer, length)", null)]
    [InlineData("LRSchedulers.LinearWarmupLR(optimizer, 4, last_epoch: (int)length)", null)]
    [InlineData("LRSchedulers.ScheduleLR(optimizer, unsure)", null)]
    [InlineData("LRSchedulers.ScheduleLR(optimizer, flag ? ramp : decay)", null)]
    [InlineData("Copies.LRSchedulers.LinearWarmupLR(optimizer, 4)", null)]
    public void The_curve_of_a_creation(string creation, string? expected)
    {
        var (operation, code) = Read(creation);
        var curve = ScheduleCurve.Of(operation, 8, code, CancellationToken.None);
        Assert.Equal(expected, curve is { } known ? CurveText.Numbers(known) : null);
    }

    [Theory]
    [InlineData("LRSchedulers.LinearWarmupLR(optimizer, -1)", "System.ArgumentOutOfRangeException")]
    [InlineData("LRSchedulers.ScheduleLR(optimizer, Schedule.Constant().Then(Schedule.Constant()))", "System.InvalidOperationException")]
    [InlineData("LRSchedulers.ProductLR(optimizer, [ramp, Schedule.StepDecay(0)])", "System.ArgumentOutOfRangeException")]
    [InlineData("LRSchedulers.WarmupThenCosineLR(optimizer, 1.5, 10)", "System.ArgumentOutOfRangeException")]
    [InlineData("LRSchedulers.PerGroupLR(optimizer, [ramp, decay])", "System.ArgumentException")]
    [InlineData("LRSchedulers.LinearWarmupLR(optimizer, 4, last_epoch: 1)", "System.ArgumentException")]
    [InlineData("LRSchedulers.LinearWarmupLR(optimizer, 4, last_epoch: 2)", null)]
    public void What_the_library_refuses(string creation, string? exception)
    {
        var (operation, code) = Read(creation);
        Assert.Equal(exception, ScheduleReader.Read(operation, code, CancellationToken.None)!.Start([new ParameterGroup(1)]).Exception);
    }

    [Fact]
    public void The_extension_of_TorchSharps_factories_is_read_by_compilers_that_know_it()
    {
        var source = Source("torch.optim.lr_scheduler.WarmupThenCosineLR(optimizer, 2, 6)");
        var knowsExtensions = LanguageVersion.Latest.MapSpecifiedToEffectiveVersion() >= (LanguageVersion)1400;
        Assert.Equal(knowsExtensions, source.Errors().IsEmpty);
        var curve = ScheduleCurve.Of(Created(source), 8, source.Code, CancellationToken.None);
        Assert.Equal(knowsExtensions ? "0.5, 1, 1, 0.854, 0.5, 0.146, …" : null, curve is { } known ? CurveText.Numbers(known) : null);
    }

    [Fact]
    public void The_librarys_names_in_the_users_own_code_are_not_the_library()
    {
        var source = new FactorCode("""
            using TorchSharp;
            using WarmupSchedulers;

            class Training
            {
                static void Run(torch.optim.Optimizer optimizer)
                {
                    var scheduler = LRSchedulers.LinearWarmupLR(optimizer, 4);
                }
            }

            namespace WarmupSchedulers
            {
                class Schedule { }
                class ScheduleLR { }
                static class LRSchedulers { public static ScheduleLR LinearWarmupLR(torch.optim.Optimizer optimizer, long warmup_steps) => new(); }
            }
            """);
        Assert.Empty(source.Errors());
        Assert.Null(source.Code.Symbols.Own);
        Assert.Null(ScheduleReader.Read(Created(source), source.Code, CancellationToken.None));
    }

    private static (IOperation Creation, TrainingCode Code) Read(string creation)
    {
        var source = Source(creation);
        Assert.Empty(source.Errors());
        return (Created(source), source.Code);
    }

    private static FactorCode Source(string creation) => new(TestReferences.All.Add(TestReferences.WarmupSchedulers), $$"""
        using TorchSharp;
        using WarmupSchedulers;

        class Training
        {
            private const int Warmup = 2;
            private static readonly Schedule Kept = Schedule.LinearWarmup(2);

            static void Run(System.Collections.Generic.IEnumerable<TorchSharp.Modules.Parameter> parameters, Schedule unsure, long length, bool flag)
            {
                var optimizer = torch.optim.SGD(parameters, 0.1);
                var ramp = Schedule.LinearWarmup(Warmup);
                var decay = Schedule.LinearDecay(4);
                var scheduler = {{creation}};
            }
        }

        namespace Copies
        {
            class ScheduleLR { }
            static class LRSchedulers { public static ScheduleLR LinearWarmupLR(torch.optim.Optimizer optimizer, long warmup_steps, int last_epoch = -1) => new(); }
        }
        """);

    private static IOperation Created(FactorCode source)
    {
        var value = source.Compilation.SyntaxTrees[0].GetRoot().DescendantNodes()
            .OfType<VariableDeclaratorSyntax>().Single(variable => variable.Identifier.ValueText == "scheduler").Initializer!.Value;
        return source.Code.OperationOf(value, CancellationToken.None)!;
    }
}
