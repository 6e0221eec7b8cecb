using System;
using System.Collections.Generic;
using static TorchSharp.torch.optim;
using LambdaLR = TorchSharp.torch.optim.lr_scheduler.impl.LambdaLR;

namespace WarmupSchedulers;

/// <summary>
/// A TorchSharp scheduler that follows a <see cref="Schedule"/>: at step k every parameter group has its initial learning rate times
/// the factor of its schedule at k. Step 0 is in force as soon as the scheduler is made, and each <c>step()</c> moves one on.
/// All factories of <see cref="LRSchedulers"/> return this type.
/// </summary>
/// <remarks>
/// It works alone, at any place in TorchSharp's <c>SequentialLR</c>, and with <c>step(int)</c>. A group that is added later follows the schedule of
/// the others from the next step on, with its own initial learning rate. The base rate of a group is read once, when the scheduler
/// first sees the group.
/// </remarks>
public class ScheduleLR : LambdaLR
{
    // Null while the constructor of the base makes the first step; the lambdas hold the same object and are not.
    private readonly GroupRates? _rates;

    internal ScheduleLR(Optimizer optimizer, GroupSchedules schedules, int last_epoch)
        : this(new GroupRates(optimizer, schedules), last_epoch)
    {
    }

    private ScheduleLR(GroupRates rates, int last_epoch)
        : base(rates.Optimizer, rates.Lambdas(), Resumption.Checked(last_epoch, rates))
    {
        rates.Compute();
        _rates = rates;
    }

    /// <summary>The learning rates of the last step, one for each parameter group.</summary>
    /// <returns>A copy, which keeps its numbers when the scheduler moves on.</returns>
    public new IReadOnlyList<double> get_last_lr() => [.. _rates!.Last];

    /// <summary>Moves the schedule to a step. It is there so that a <see cref="long"/> is taken for a step and not for a metric.</summary>
    /// <param name="epoch">The number of steps already made, from 0 to <see cref="int.MaxValue"/>, which is as far as TorchSharp counts.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="epoch"/> is negative or above <see cref="int.MaxValue"/>.</exception>
    /// <exception cref="InvalidOperationException">A group was added to an optimizer whose groups were given a schedule each.</exception>
    public void step(long epoch)
    {
        Argument.NotNegative(epoch, nameof(epoch));
        step((int?)Argument.NotAbove(epoch, nameof(epoch), int.MaxValue, "int.MaxValue"));
    }

    /// <summary>Moves the schedule one step on, or to a step.</summary>
    /// <param name="epoch">The number of steps already made, at least 0; <see langword="null"/> for one more than now.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="epoch"/> is negative.</exception>
    /// <exception cref="InvalidOperationException">A group was added to an optimizer whose groups were given a schedule each.</exception>
    public override void step(int? epoch)
    {
        if (epoch is { } index)
            Argument.NotNegative(index, nameof(epoch));

        base.step(epoch);
        _rates?.Apply();
    }

    /// <summary>The learning rates at the current step, which TorchSharp tells to the delegates of <c>LambdaLR</c> alone.</summary>
    /// <returns>One learning rate for each parameter group.</returns>
    protected override IEnumerable<double> get_lr()
    {
        if (_rates is null)
            return base.get_lr();

        using var rates = base.get_lr().GetEnumerator();
        rates.MoveNext();
        return _rates.Compute();
    }
}
