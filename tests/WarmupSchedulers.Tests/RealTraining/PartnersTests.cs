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

/// <summary>Momentum and weight decay follow schedules beside the learning rate, in each parameter group its own.</summary>
public class PartnersTests
{
    private static readonly Schedule[] s_rates = [Schedule.LinearWarmup(5), Schedule.CosineDecay(9)];
    private static readonly Schedule[] s_momenta = [Schedule.Transition(0.5, 0.9, 6), Schedule.OneCycleMomentum(10)];
    private static readonly Schedule[] s_decays = [Schedule.Constant(0.0), Schedule.Transition(0.0, 0.1, 8)];

    [Theory]
    [InlineData("SGD")]
    [InlineData("Adam")]
    [InlineData("AdamW")]
    [InlineData("RMSProp")]
    public void Every_group_follows_its_own(string name)
    {
        using var first = nn.Linear(2, 2);
        using var second = nn.Linear(2, 2);
        using var optimizer = Make(name, first, second);
        var scheduler = LRSchedulers.PerGroupLR(optimizer, s_rates, momenta: s_momenta, weight_decays: s_decays);

        for (var k = 0; k < 15; k++, scheduler.step())
        {
            var groups = optimizer.ParamGroups.ToList();
            for (var i = 0; i < 2; i++)
            {
                Assert.Equal(0.05 * s_rates[i].Factor(k), groups[i].LearningRate);
                Assert.Equal(s_momenta[i].Factor(k), groups[i] is IMomentum one ? one.Momentum : ((IBetas)groups[i]).Betas.Item1);
                Assert.Equal(s_decays[i].Factor(k), Decay(groups[i]));
            }
        }
    }

    [Fact]
    public void A_resumed_run_has_them_too()
    {
        using var first = nn.Linear(2, 2);
        using var second = nn.Linear(2, 2);
        using var optimizer = Make("AdamW", first, second);
        var scheduler = LRSchedulers.PerGroupLR(optimizer, s_rates, momenta: s_momenta, weight_decays: s_decays);
        for (var k = 0; k < 4; k++)
            scheduler.step();
        using var file = new MemoryStream();
        scheduler.save_state_dict(new BinaryWriter(file));
        file.Position = 0;

        using var other = Make("AdamW", first, second);
        var resumed = LRSchedulers.PerGroupLR(other, s_rates, momenta: s_momenta, weight_decays: s_decays);
        resumed.load_state_dict(new BinaryReader(file));

        for (var k = 4; k < 15; k++, scheduler.step(), resumed.step())
            Assert.Equal(Numbers(optimizer), Numbers(other));
    }

    [Fact]
    public void With_other_partners_a_state_is_refused()
    {
        using var first = nn.Linear(2, 2);
        using var second = nn.Linear(2, 2);
        using var optimizer = Make("AdamW", first, second);
        var state = LRSchedulers.PerGroupLR(optimizer, s_rates, momenta: s_momenta).state_dict();

        var refused = Assert.Throws<ArgumentException>(() => LRSchedulers.PerGroupLR(optimizer, s_rates).load_state_dict(state));

        Assert.Contains("momentum: [", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_list_has_one_for_each_group_and_every_group_can_have_it()
    {
        using var first = nn.Linear(2, 2);
        using var second = nn.Linear(2, 2);
        using var optimizer = Make("AdamW", first, second);
        using var plain = torch.optim.Adagrad(first.parameters(), 0.05);
        var one = Schedule.Constant(0.9);

        Assert.Contains("2 parameter groups", Assert.Throws<ArgumentException>("momenta", () => LRSchedulers.PerGroupLR(optimizer, s_rates, momenta: [one])).Message);
        Assert.Contains("2 parameter groups", Assert.Throws<ArgumentException>("weight_decays", () => LRSchedulers.PerGroupLR(optimizer, s_rates, weight_decays: [one, one, one])).Message);
        Assert.Contains("null at 1", Assert.Throws<ArgumentNullException>("momenta", () => LRSchedulers.PerGroupLR(optimizer, s_rates, momenta: [one, null!])).Message);
        Assert.Throws<ArgumentException>("momenta", () => LRSchedulers.PerGroupLR(plain, [one], momenta: [one]));
        Assert.Throws<ArgumentException>("momentum", () => LRSchedulers.ScheduleLR(plain, one, momentum: one));
        Assert.Throws<ArgumentException>("weight_decay", () => LRSchedulers.ScheduleLR(new FakeOptimizer(0.1), one, weight_decay: one));
        Assert.Throws<ArgumentException>("weight_decays", () => LRSchedulers.PerGroupLR(new FakeOptimizer(0.1), [one], weight_decays: [one]));
    }

    private static IEnumerable<double> Numbers(Optimizer optimizer) =>
        [.. optimizer.ParamGroups.SelectMany(group => new[] { group.LearningRate, ((IBetas)group).Betas.Item1, Decay(group) })];

    private static double Decay(ILearningRateController group) => ((ParamGroup)group).Options switch
    {
        SGD.Options sgd => sgd.weight_decay!.Value,
        RMSProp.Options rmsProp => rmsProp.weight_decay!.Value,
        Adam.Options adam => adam.weight_decay!.Value,
        AdamW.Options adamW => adamW.weight_decay!.Value,
        var other => throw new ArgumentOutOfRangeException(nameof(group), other, null),
    };

    private static Optimizer Make(string name, nn.Module first, nn.Module second) => name switch
    {
        "SGD" => torch.optim.SGD([new SGD.ParamGroup(first.parameters(), lr: 0.05), new SGD.ParamGroup(second.parameters(), lr: 0.05)], 0.05, momentum: 0.9),
        "RMSProp" => torch.optim.RMSProp([new RMSProp.ParamGroup(first.parameters(), lr: 0.05), new RMSProp.ParamGroup(second.parameters(), lr: 0.05)], 0.05),
        "Adam" => torch.optim.Adam([new Adam.ParamGroup(first.parameters(), lr: 0.05), new Adam.ParamGroup(second.parameters(), lr: 0.05)], 0.05),
        _ => torch.optim.AdamW([new AdamW.ParamGroup(first.parameters(), lr: 0.05), new AdamW.ParamGroup(second.parameters(), lr: 0.05)], 0.05),
    };
}
