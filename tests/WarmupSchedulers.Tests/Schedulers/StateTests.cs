using System;
using System.IO;
using System.Linq;
using Xunit;

namespace WarmupSchedulers.Tests.Schedulers;

/// <summary>What is saved goes on as if nothing had happened, and what does not belong together is refused by name.</summary>
public class StateTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(9)]
    [InlineData(10)]
    [InlineData(11)]
    [InlineData(40)]
    [InlineData(100)]
    public void A_resumed_run_has_the_rates_of_one_that_was_not_interrupted(int steps)
    {
        var whole = new FakeOptimizer(0.1, 0.03);
        var scheduler = New(whole);
        Step(scheduler, steps);
        using var file = new MemoryStream();
        scheduler.save_state_dict(new BinaryWriter(file));
        file.Position = 0;

        var resumed = new FakeOptimizer(0.1, 0.03);
        var again = New(resumed);
        again.load_state_dict(new BinaryReader(file));

        for (var k = 0; k < 60; k++, scheduler.step(), again.step())
        {
            Assert.Equal(whole.Rates, resumed.Rates);
            Assert.Equal(scheduler.get_last_lr(), again.get_last_lr());
        }
    }

    [Fact]
    public void The_base_rates_are_those_of_the_run_that_was_saved()
    {
        var scheduler = New(new FakeOptimizer(0.1, 0.03));
        var resumed = new FakeOptimizer(0.5, 0.5);
        var again = New(resumed);

        again.load_state_dict(scheduler.state_dict());
        Step(again, 9);

        Assert.Equal([0.1, 0.03], resumed.Rates);
    }

    [Fact]
    public void A_plateau_goes_on_with_what_it_knew_of_the_metric()
    {
        var (whole, resumed) = (new FakeOptimizer(0.1), new FakeOptimizer(0.1));
        var scheduler = Plateau(whole);
        double[] metrics = [9, 8, 7, 6, 5, 5, 5, 5, 5, 5, 4, 4, 4, 4, 4, 4, 4];
        foreach (var metric in metrics.Take(8))
            scheduler.step(metric);
        var path = Path.GetTempFileName();
        scheduler.save_state_dict(path);

        var again = Plateau(resumed);
        again.load_state_dict(path);
        File.Delete(path);

        foreach (var metric in metrics.Skip(8))
        {
            scheduler.step(metric);
            again.step(metric);
            Assert.Equal(whole.Rates, resumed.Rates);
        }

        Assert.True(whole.Rates[0] < 0.1);
    }

    [Fact]
    public void Other_arguments_are_refused_by_name()
    {
        var state = New(new FakeOptimizer(0.1)).state_dict();
        var other = LRSchedulers.WarmupThenCosineLR(new FakeOptimizer(0.1), 11, 40);

        var refused = Assert.Throws<ArgumentException>(() => other.load_state_dict(state));

        Assert.Contains("warmup_steps: 10", refused.Message, StringComparison.Ordinal);
        Assert.Contains("warmup_steps: 11", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_kind_of_scheduler_is_refused_by_name()
    {
        var state = Plateau(new FakeOptimizer(0.1)).state_dict();

        var refused = Assert.Throws<ArgumentException>(() => New(new FakeOptimizer(0.1)).load_state_dict(state));

        Assert.Contains("WarmupThenPlateauLR", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_number_of_groups_is_refused()
    {
        var state = New(new FakeOptimizer(0.1)).state_dict();

        var refused = Assert.Throws<ArgumentException>(() => New(new FakeOptimizer(0.1, 0.1)).load_state_dict(state));

        Assert.Contains("1 parameter groups, but this one has 2", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Foreign_bytes_are_refused()
    {
        var scheduler = New(new FakeOptimizer(0.1));

        Assert.Throws<InvalidDataException>(() => scheduler.load_state_dict(new BinaryReader(new MemoryStream([1, 2, 3]))));
        Assert.Throws<InvalidDataException>(() => scheduler.load_state_dict(new BinaryReader(new MemoryStream(new byte[1000]))));
        Assert.Throws<ArgumentNullException>(() => scheduler.load_state_dict((SchedulerState)null!));
    }

    [Fact]
    public void A_state_that_was_cut_off_is_refused()
    {
        using var file = new MemoryStream();
        New(new FakeOptimizer(0.1)).save_state_dict(new BinaryWriter(file));
        var whole = file.ToArray();
        var scheduler = New(new FakeOptimizer(0.1));

        for (var length = 0; length < whole.Length; length++)
            Assert.Throws<InvalidDataException>(() => scheduler.load_state_dict(new BinaryReader(new MemoryStream(whole, 0, length))));
    }

    [Fact]
    public void No_byte_that_is_changed_does_anything_but_to_be_refused_or_to_be_another_number()
    {
        using var file = new MemoryStream();
        New(new FakeOptimizer(0.1)).save_state_dict(new BinaryWriter(file));
        using var plateau = new MemoryStream();
        Plateau(new FakeOptimizer(0.1)).save_state_dict(new BinaryWriter(plateau));

        Damage(file.ToArray(), reader => New(new FakeOptimizer(0.1)).load_state_dict(reader));
        Damage(plateau.ToArray(), reader => Plateau(new FakeOptimizer(0.1)).load_state_dict(reader));
    }

    private static void Damage(byte[] whole, Action<BinaryReader> load)
    {
        for (var at = 0; at < whole.Length; at++)
        {
            foreach (var changed in new byte[] { 0, 1, 127, 255 })
            {
                var bytes = (byte[])whole.Clone();
                bytes[at] = changed;
                var error = Record.Exception(() => load(new BinaryReader(new MemoryStream(bytes))));
                Assert.True(error is null or InvalidDataException or ArgumentException, $"byte {at} as {changed}: {error}");
            }
        }
    }

    [Fact]
    public void A_file_without_a_name_is_refused_by_name()
    {
        var scheduler = New(new FakeOptimizer(0.1));
        var plateau = Plateau(new FakeOptimizer(0.1));

        Assert.Throws<ArgumentNullException>("location", () => scheduler.save_state_dict((string)null!));
        Assert.Throws<ArgumentNullException>("location", () => scheduler.load_state_dict((string)null!));
        Assert.Throws<ArgumentNullException>("location", () => plateau.save_state_dict((string)null!));
        Assert.Throws<ArgumentNullException>("location", () => plateau.load_state_dict((string)null!));
        Assert.Throws<ArgumentNullException>("writer", () => plateau.save_state_dict((BinaryWriter)null!));
        Assert.Throws<ArgumentNullException>("reader", () => plateau.load_state_dict((BinaryReader)null!));
    }

    [Fact]
    public void A_state_is_refused_before_anything_is_changed()
    {
        var optimizer = new FakeOptimizer(0.1, 0.2);
        var scheduler = New(optimizer);
        Step(scheduler, 3);
        var rates = optimizer.Rates;

        Assert.Throws<ArgumentException>(() => scheduler.load_state_dict(New(new FakeOptimizer(0.7)).state_dict()));
        scheduler.step(3L);

        Assert.Equal(rates, optimizer.Rates);
    }

    private static ScheduleLR New(FakeOptimizer optimizer) => LRSchedulers.WarmupThenCosineLR(optimizer, 10, 40, 0.05);

    private static WarmupThenPlateauLR Plateau(FakeOptimizer optimizer) => LRSchedulers.WarmupThenPlateauLR(optimizer, 3, patience: 2, cooldown: 1);

    private static void Step(ScheduleLR scheduler, int steps)
    {
        for (var k = 0; k < steps; k++)
            scheduler.step();
    }
}
