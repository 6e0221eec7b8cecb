using System;
using System.Collections.Generic;
using System.Linq;
using TorchSharp;
using TorchSharp.Modules;
using Xunit;
using static TorchSharp.torch;
using static TorchSharp.torch.optim;

namespace WarmupSchedulers.Tests.RealTraining;

/// <summary>Defects of TorchSharp that only show with real tensors: the analyzers' table of defects rests on these.</summary>
public class KnownDefectTests
{
    private const double Rate = 0.0625;

    public static TheoryData<string, double> Defaults => new()
    {
        { "SGD", 0.001 }, { "Adam", 0.001 }, { "AdamW", 0.001 }, { "RMSProp", 0.001 },
        { "Adagrad", 0.01 }, { "ASGD", 0.01 }, { "Rprop", 0.01 },
        { "NAdam", 1 }, { "RAdam", 1 }, { "Adamax", 1 }, { "Adadelta", 1 },
    };

    [Theory]
    [MemberData(nameof(Defaults))]
    public void A_group_made_from_parameters_has_a_rate_of_its_own(string name, double own)
    {
        using var layer = nn.Linear(2, 2);
        var parameters = layer.parameters().ToArray();
        using var optimizer = WithGroup(name, parameters);
        Assert.Equal([own], optimizer.ParamGroups.Select(group => group.LearningRate));
        Assert.Equal([own], optimizer.ParamGroups.Select(group => group.InitialLearningRate));
    }

    [Fact]
    public void So_has_one_that_is_added()
    {
        using var layer = nn.Linear(2, 2);
        using var optimizer = SGD(layer.parameters(), Rate);
        using var head = nn.Linear(2, 2);
        optimizer.add_param_group(new SGD.ParamGroup(head.parameters()));
        Assert.Equal([Rate, 0.001], optimizer.ParamGroups.Select(group => group.LearningRate));
    }

    [Fact]
    public void A_group_made_by_its_properties_takes_the_optimizers_rate()
    {
        using var layer = nn.Linear(2, 2);
        using var optimizer = SGD(new[] { new SGD.ParamGroup { Parameters = layer.parameters() } }, Rate);
        Assert.Equal([Rate], optimizer.ParamGroups.Select(group => group.LearningRate));
    }

    /// <summary>The step is as long without a scheduler as with one that divides by ten thousand.</summary>
    [Fact]
    public void LBFGS_ignores_its_scheduler()
    {
        Assert.Equal(LBFGSStep(scheduled: false), LBFGSStep(scheduled: true));
        Assert.True(LBFGSStep(scheduled: false) > 0);
    }

    /// <summary>Once it is rectified, a tenth of the rate makes a hundredth of the step.</summary>
    [Fact]
    public void RAdam_multiplies_by_the_rate_twice()
    {
        var full = RAdamSteps(0.01);
        var tenth = RAdamSteps(0.001);
        var ratios = full.Zip(tenth, (one, other) => Math.Round(one / other, 1)).ToArray();
        Assert.Equal([.. Enumerable.Repeat(10.0, 5), .. Enumerable.Repeat(100.0, 15)], ratios);
    }

    private static Optimizer WithGroup(string name, Parameter[] parameters) => name switch
    {
        "SGD" => SGD(new[] { new SGD.ParamGroup(parameters) }, Rate),
        "Adam" => Adam(new[] { new Adam.ParamGroup(parameters) }, Rate),
        "AdamW" => AdamW(new[] { new AdamW.ParamGroup(parameters) }, Rate),
        "RMSProp" => RMSProp(new[] { new RMSProp.ParamGroup(parameters) }, Rate),
        "Adagrad" => Adagrad(new[] { new Adagrad.ParamGroup(parameters) }, Rate),
        "ASGD" => ASGD(new[] { new ASGD.ParamGroup(parameters) }, Rate),
        "Rprop" => Rprop(new[] { new Rprop.ParamGroup(parameters) }, Rate),
        "NAdam" => NAdam(new[] { new NAdam.ParamGroup(parameters) }, Rate),
        "RAdam" => RAdam(new[] { new RAdam.ParamGroup(parameters) }, Rate),
        "Adamax" => Adamax(new[] { new Adamax.ParamGroup(parameters) }, Rate),
        "Adadelta" => Adadelta(new[] { new Adadelta.ParamGroup(parameters) }, Rate),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, null),
    };

    private static double LBFGSStep(bool scheduled)
    {
        using var weight = new Parameter(ones(3));
        using var optimizer = LBFGS(new[] { weight }, Rate, max_iter: 1);
        if (scheduled)
            lr_scheduler.ConstantLR(optimizer, 1e-4, 100);
        optimizer.step(() =>
        {
            optimizer.zero_grad();
            var loss = weight.pow(2).sum();
            loss.backward();
            return loss;
        });
        return (ones(3) - weight.detach()).abs().sum().item<float>();
    }

    // The gradient is the same at every step.
    private static List<double> RAdamSteps(double rate)
    {
        using var weight = new Parameter(zeros(1, ScalarType.Float64));
        using var optimizer = RAdam(new[] { weight }, rate);
        var steps = new List<double>();
        for (var step = 0; step < 20; step++)
        {
            optimizer.zero_grad();
            weight.sum().backward();
            var before = weight.detach().item<double>();
            optimizer.step();
            steps.Add(Math.Abs(weight.detach().item<double>() - before));
        }

        return steps;
    }
}
