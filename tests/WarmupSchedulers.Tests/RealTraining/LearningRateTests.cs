using System;
using System.Collections.Generic;
using System.Linq;
using TorchSharp;
using TorchSharp.Modules;
using Xunit;
using static TorchSharp.torch;
using static TorchSharp.torch.optim;

namespace WarmupSchedulers.Tests.RealTraining;

/// <summary>Real tensors, real optimizers: every step trains with exactly the rate that the schedule promises.</summary>
public class LearningRateTests
{
    private const double Rate = 0.03;

    // Networks this small gain nothing from threads, which wait for one another.
    static LearningRateTests() => set_num_threads(1);

    [Theory]
    [InlineData("SGD")]
    [InlineData("Adam")]
    [InlineData("AdamW")]
    [InlineData("RMSProp")]
    public void Every_step_trains_with_base_times_factor(string name)
    {
        using var model = Network();
        using var optimizer = Optimizer(name, model);
        var schedule = Schedule.WarmupThenCosine(5, 20, 0.1);
        var scheduler = LRSchedulers.ScheduleLR(optimizer, schedule);

        var rates = Train(model, optimizer, scheduler, 25);

        Assert.Equal(Enumerable.Range(0, 25).Select(k => Rate * schedule.Factor(k)), rates);
    }

    [Theory]
    [InlineData("SGD")]
    [InlineData("Adam")]
    [InlineData("AdamW")]
    [InlineData("RMSProp")]
    public void The_rate_is_what_the_optimizer_multiplies_by(string name)
    {
        using var slow = Network();
        using var full = Network();
        using var slowOptimizer = Optimizer(name, slow);
        using var fullOptimizer = Optimizer(name, full);
        LRSchedulers.LinearWarmupLR(slowOptimizer, warmup_steps: 4);

        var slowStep = FirstStep(slow, slowOptimizer);
        var fullStep = FirstStep(full, fullOptimizer);

        Assert.True(fullStep > 0);
        Assert.Equal(0.25, slowStep / fullStep, 3);
    }

    [Fact]
    public void SequentialLR_of_real_optimizers_takes_it_at_both_places()
    {
        using var model = Network();
        using var optimizer = Optimizer("AdamW", model);
        var warmup = LRSchedulers.LinearWarmupLR(optimizer, warmup_steps: 4);
        var decay = LRSchedulers.ScheduleLR(optimizer, Schedule.CosineDecay(8));
        var scheduler = lr_scheduler.SequentialLR(optimizer, [warmup, decay], [4]);
        var joined = Schedule.WarmupThenCosine(4, 12);

        Assert.Equal(Enumerable.Range(0, 15).Select(k => Rate * joined.Factor(k)), Train(model, optimizer, scheduler, 15));
    }

    [Fact]
    public void A_group_that_is_added_to_a_real_optimizer_follows()
    {
        using var model = Network();
        using var head = nn.Linear(3, 3);
        using var optimizer = SGD(model.parameters(), Rate);
        var scheduler = LRSchedulers.LinearWarmupLR(optimizer, warmup_steps: 4);

        optimizer.add_param_group(new SGD.ParamGroup(head.parameters(), lr: 0.5));
        scheduler.step();

        Assert.Equal([Rate * 0.5, 0.5 * 0.5], optimizer.ParamGroups.Select(g => g.LearningRate));
    }

    [Fact]
    public void A_resumed_run_goes_on_with_the_rates_of_an_uninterrupted_one()
    {
        using var model = Network();
        using var first = Optimizer("Adam", model);
        var scheduler = LRSchedulers.WarmupThenCosineLR(first, 5, 20);
        Train(model, first, scheduler, 8);

        using var second = Optimizer("Adam", model);
        ((Adam)second).load_state_dict(((Adam)first).state_dict());
        var resumed = LRSchedulers.WarmupThenCosineLR(second, 5, 20, last_epoch: 7);

        Assert.Equal(Train(model, first, scheduler, 10), Train(model, second, resumed, 10));
    }

    private static nn.Module<Tensor, Tensor> Network()
    {
        manual_seed(7);
        return nn.Sequential(nn.Linear(4, 8), nn.Tanh(), nn.Linear(8, 3));
    }

    private static Optimizer Optimizer(string name, nn.Module model) => name switch
    {
        "SGD" => SGD(model.parameters(), Rate, momentum: 0.9),
        "Adam" => Adam(model.parameters(), Rate),
        "AdamW" => AdamW(model.parameters(), Rate, weight_decay: 0.0),
        "RMSProp" => RMSProp(model.parameters(), Rate),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, null),
    };

    private static List<double> Train(nn.Module<Tensor, Tensor> model, Optimizer optimizer, lr_scheduler.LRScheduler scheduler, int steps)
    {
        var rates = new List<double>();
        for (var step = 0; step < steps; step++)
        {
            optimizer.zero_grad();
            using var loss = Loss(model);
            loss.backward();
            rates.Add(optimizer.ParamGroups.Single().LearningRate);
            optimizer.step();
            scheduler.step();
        }

        return rates;
    }

    private static double FirstStep(nn.Module<Tensor, Tensor> model, Optimizer optimizer)
    {
        var before = model.parameters().Select(p => p.detach().clone()).ToList();
        using var loss = Loss(model);
        loss.backward();
        optimizer.step();
        return model.parameters().Zip(before).Sum(pair => (pair.First.detach() - pair.Second).abs().sum().item<float>());
    }

    private static Tensor Loss(nn.Module<Tensor, Tensor> model)
    {
        using var inputs = linspace(-1, 1, 40).reshape(10, 4);
        using var labels = arange(10) % 3;
        return nn.functional.cross_entropy(model.forward(inputs), labels);
    }
}
