using System;
using System.Collections.Generic;
using System.Linq;
using Xunit;
using static TorchSharp.torch.optim.lr_scheduler;

namespace WarmupSchedulers.Tests.Schedulers;

/// <summary>Wherever TorchSharp puts a scheduler and however it is stepped, ours has the rates of a <c>LambdaLR</c> with the same factors.</summary>
public class LambdaEquivalenceTests
{
    private const int Compositions = 2_000;
    private const int Moves = 25;

    private static readonly Schedule[] s_schedules =
        [Schedule.LinearWarmup(5), Schedule.CosineDecay(9, 0.1), Schedule.WarmupThenLinear(3, 12), Schedule.WarmRestarts(4), Schedule.Noam(6)];

    private delegate LRScheduler Make(FakeOptimizer optimizer, Schedule schedule, int last_epoch);

    [Fact]
    public void In_random_compositions_and_moves_it_steps_like_LambdaLR()
    {
        for (var seed = 0; seed < Compositions; seed++)
            Assert.Equal(Run(seed, Lambda), Run(seed, Ours));
    }

    private static LRScheduler Lambda(FakeOptimizer optimizer, Schedule schedule, int last_epoch) =>
        LambdaLR(optimizer, k => schedule.Factor(k), last_epoch);

    private static LRScheduler Ours(FakeOptimizer optimizer, Schedule schedule, int last_epoch) =>
        LRSchedulers.ScheduleLR(optimizer, schedule, last_epoch);

    // The rates of the optimizer and those that are told, after every move; the exception that ended it, where one did.
    private static List<string> Run(int seed, Make make)
    {
        var random = new Random(seed);
        var optimizer = new FakeOptimizer([.. Enumerable.Range(0, random.Next(1, 5)).Select(_ => random.NextDouble())]);
        List<string> seen = [];
        try
        {
            var members = Members(random, optimizer, make);
            var scheduler = Compose(random, optimizer, members);
            for (var move = 0; move < Moves; move++)
            {
                Step(random, random.Next(8) == 0 ? members[random.Next(members.Count)] : scheduler);
                seen.Add(string.Join(" ", optimizer.Rates.Concat(members.SelectMany(member => member.get_last_lr())).Concat(scheduler.get_last_lr() ?? [])));
            }
        }
        catch (Exception exception)
        {
            seen.Add(exception.GetType().Name);
        }

        return seen;
    }

    private static List<LRScheduler> Members(Random random, FakeOptimizer optimizer, Make make)
    {
        List<LRScheduler> members = [];
        for (var i = random.Next(1, 5); i > 0; i--)
        {
            var schedule = s_schedules[random.Next(s_schedules.Length)];
            // A scheduler of ours goes on from a step only with the rates of that step.
            var last_epoch = random.Next(3) == 0 ? random.Next(6) : -1;
            for (var group = 0; last_epoch >= 0 && group < optimizer.Rates.Length; group++)
                optimizer[group].LearningRate = optimizer[group].InitialLearningRate * schedule.Factor(last_epoch);
            members.Add(make(optimizer, schedule, last_epoch));
            for (var steps = random.Next(3); steps > 0; steps--)
                members[^1].step();
        }

        return members;
    }

    // Some of the members one after the other, then perhaps that in turn as a part of something larger.
    private static LRScheduler Compose(Random random, FakeOptimizer optimizer, List<LRScheduler> members)
    {
        var whole = members[0];
        foreach (var member in members.Skip(1))
        {
            LRScheduler[] pair = random.Next(2) == 0 ? [whole, member] : [member, whole];
            whole = random.Next(4) == 0 ? ChainedLR(pair) : whole.get_last_lr() is null ? whole : SequentialLR(optimizer, pair, [random.Next(1, 8)]);
        }

        return whole;
    }

    private static void Step(Random random, LRScheduler scheduler)
    {
        // ChainedLR takes no arguments: it throws.
        var way = scheduler.get_last_lr() is null ? -1 : random.Next(6);
        if (way == 0)
            scheduler.step(random.Next(15));
        else if (way == 1)
            scheduler.step(0.5);
        else
            scheduler.step();
    }
}
