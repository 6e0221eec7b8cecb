using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using TorchSharp;
using TorchSharp.Modules;
using Xunit;
using static TorchSharp.torch;
using static TorchSharp.torch.optim;

namespace WarmupSchedulers.Tests.RealTraining;

/// <summary>A training that is saved and goes on elsewhere has the learning rates and the weights of one that was never interrupted, bit for bit.</summary>
public class ResumedTrainingTests
{
    private const int Warmup = 40;
    private const int Total = 160;
    private const int Steps = 240;

    // Networks this small gain nothing from threads, which wait for one another.
    static ResumedTrainingTests() => set_num_threads(1);

    public static TheoryData<string, int> Cases()
    {
        var cases = new TheoryData<string, int>();
        foreach (var optimizer in new[] { "SGD", "Adam", "AdamW", "RMSProp" })
        {
            foreach (var interrupted in new[] { 1, 20, Warmup, Total, 200 })
                cases.Add(optimizer, interrupted);
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Rates_and_weights_are_those_of_a_run_that_was_not_interrupted(string name, int interrupted)
    {
        var (rates, weights) = Run(name, null);
        var (again, resumed) = Run(name, interrupted);

        Assert.Equal(rates, again);
        Assert.Equal(weights, resumed);
    }

    [Theory]
    [InlineData("SGD")]
    [InlineData("Adam")]
    [InlineData("AdamW")]
    [InlineData("RMSProp")]
    public void One_cycle_trains_with_the_momentum_of_its_schedule(string name)
    {
        using var model = nn.Linear(2, 2);
        using var optimizer = Make(name, [model.parameters()]);
        var scheduler = LRSchedulers.OneCyclePolicyLR(optimizer, 20);
        var momentum = Schedule.OneCycleMomentum(20);

        for (var k = 0; k < 20; k++, scheduler.step())
        {
            var group = optimizer.ParamGroups.Single();
            Assert.Equal(0.05 * Schedule.OneCycle(20).Factor(k), group.LearningRate);
            Assert.Equal(momentum.Factor(k), group is IMomentum one ? one.Momentum : ((IBetas)group).Betas.Item1);
        }
    }

    [Theory]
    [InlineData("SGD")]
    [InlineData("AdamW")]
    public void Weight_decay_follows_its_schedule(string name)
    {
        using var model = nn.Linear(2, 2);
        using var optimizer = Make(name, [model.parameters()]);
        var decay = Schedule.Transition(0.0, 0.1, 10);
        var scheduler = LRSchedulers.ScheduleLR(optimizer, Schedule.LinearWarmup(5), weight_decay: decay);

        for (var k = 0; k < 15; k++, scheduler.step())
        {
            var options = ((ParamGroup)optimizer.ParamGroups.Single()).Options;
            Assert.Equal(decay.Factor(k), options is SGD.Options sgd ? sgd.weight_decay : ((AdamW.Options)options).weight_decay);
        }
    }

    [Fact]
    public void Untuned_warmups_read_the_betas_of_every_group()
    {
        using var model = nn.Linear(2, 2);
        using var optimizer = torch.optim.Adam(model.parameters(), 0.05, beta2: 0.9);
        LRSchedulers.UntunedLinearWarmupLR(optimizer);

        Assert.Equal(0.05 * Schedule.UntunedLinearWarmup(0.9).Factor(0), optimizer.ParamGroups.Single().LearningRate);
        Assert.Equal(0.05 / 20.0, optimizer.ParamGroups.Single().LearningRate, 1e-15);
    }

    [Fact]
    public void Untuned_warmups_are_for_optimizers_with_betas()
    {
        using var model = nn.Linear(2, 2);
        using var optimizer = torch.optim.SGD(model.parameters(), 0.05);

        Assert.Throws<ArgumentException>("optimizer", () => LRSchedulers.RAdamWarmupLR(optimizer));
    }

    private static (double[] Rates, float[] Weights) Run(string name, int? interrupted)
    {
        random.manual_seed(11);
        var data = randn(64, 6);
        var target = randn(64, 2);
        var training = new Training(name);
        var rates = new List<double>();
        for (var k = 0; k < Steps; k++)
        {
            if (k == interrupted)
                training = training.SavedAndLoaded(name);
            rates.AddRange(training.Step(data, target));
        }

        return ([.. rates], training.Weights());
    }

    private static Optimizer Make(string name, IEnumerable<Parameter>[] groups)
    {
        Optimizer optimizer = name switch
        {
            "SGD" => torch.optim.SGD(groups[0], 0.05, momentum: 0.9),
            "RMSProp" => torch.optim.RMSProp(groups[0], 0.05, momentum: 0.9),
            "Adam" => torch.optim.Adam(groups[0], 0.05),
            _ => torch.optim.AdamW(groups[0], 0.05),
        };
        foreach (var group in groups.Skip(1))
        {
            optimizer.add_param_group(name switch
            {
                "SGD" => new SGD.ParamGroup(group, lr: 0.01, momentum: 0.9),
                "RMSProp" => new RMSProp.ParamGroup(group, lr: 0.01, momentum: 0.9),
                "Adam" => new Adam.ParamGroup(group, lr: 0.01),
                _ => new AdamW.ParamGroup(group, lr: 0.01),
            });
        }

        return optimizer;
    }

    private sealed class Training
    {
        private readonly Linear _first;
        private readonly Linear _second;
        private readonly OptimizerHelper _optimizer;
        private readonly ScheduleLR _scheduler;

        internal Training(string name)
        {
            random.manual_seed(3);
            _first = nn.Linear(6, 8);
            _second = nn.Linear(8, 2);
            _optimizer = (OptimizerHelper)Make(name, [_first.parameters(), _second.parameters()]);
            _scheduler = LRSchedulers.WarmupThenCosineLR(_optimizer, Warmup, Total, 0.1);
        }

        internal IEnumerable<double> Step(Tensor data, Tensor target)
        {
            _optimizer.zero_grad();
            using var loss = nn.functional.mse_loss(_second.forward(nn.functional.relu(_first.forward(data))), target);
            loss.backward();
            var rates = _optimizer.ParamGroups.Select(group => group.LearningRate).ToArray();
            _optimizer.step();
            _scheduler.step();
            return rates;
        }

        internal Training SavedAndLoaded(string name)
        {
            using var stream = new MemoryStream();
            using var writer = new BinaryWriter(stream);
            _first.save(writer);
            _second.save(writer);
            _optimizer.save_state_dict(writer);
            _scheduler.save_state_dict(writer);
            stream.Position = 0;

            // As another process would: a network and an optimizer that know nothing yet.
            var other = new Training(name);
            using var reader = new BinaryReader(stream);
            other._first.load(reader);
            other._second.load(reader);
            other._optimizer.load_state_dict(reader);
            other._scheduler.load_state_dict(reader);
            return other;
        }

        internal float[] Weights() =>
            [.. _first.parameters().Concat(_second.parameters()).SelectMany(parameter => parameter.data<float>().ToArray())];
    }
}
