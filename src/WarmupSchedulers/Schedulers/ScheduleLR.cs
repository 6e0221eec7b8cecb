using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using static TorchSharp.torch.optim;
using LambdaLR = TorchSharp.torch.optim.lr_scheduler.impl.LambdaLR;

namespace WarmupSchedulers;

/// <summary>
/// A TorchSharp scheduler that follows a <see cref="Schedule"/>: at step k every parameter group has its initial learning rate times
/// the factor of its schedule at k. Step 0 is in force as soon as the scheduler is made, and each <c>step()</c> moves one on.
/// All factories of <see cref="LRSchedulers"/> but that of the plateau return this type.
/// </summary>
/// <remarks>
/// It works alone, at any place in TorchSharp's <c>SequentialLR</c>, and with <c>step(int)</c>. A group that is added later follows the schedule of
/// the others from the next step on, with its own initial learning rate. The base rate of a group is read once, when the scheduler
/// first sees the group. A schedule of the momentum or of the weight decay is meant for a scheduler that stands alone. A step allocates nothing
/// where the optimizer keeps its groups in a list, as all of TorchSharp's do.
/// </remarks>
public class ScheduleLR : LambdaLR
{
    // Null while the constructor of the base makes the first step; the lambdas hold the same object and are not.
    private readonly GroupRates? _rates;
    private readonly Partners? _partners;
    private readonly IEnumerable<double> _baseRates;
    private readonly IList<double> _shownRates;
    private int _baseCount;

    internal ScheduleLR(Optimizer optimizer, GroupSchedules schedules, int last_epoch, Partners? partners = null)
        : this(new GroupRates(optimizer, schedules), last_epoch, partners)
    {
    }

    private ScheduleLR(GroupRates rates, int last_epoch, Partners? partners)
        : base(rates.Optimizer, rates.Lambdas(), Resumption.Checked(last_epoch, rates))
    {
        rates.Compute(last_epoch + 1);
        _rates = rates;
        _partners = partners;
        _baseRates = get_lr();
        _shownRates = (IList<double>)base.get_last_lr();
        _baseCount = CountOfBase();
        partners?.Apply(rates.Groups, rates.Step);
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

        if (_rates is null)
        {
            base.step(epoch);
            return;
        }

        Advance(epoch);
        _rates.Apply();
        _rates.CopyTo(_shownRates);
        _partners?.Apply(_rates.Groups, _rates.Step);
    }

    /// <summary>The learning rates of the first steps, without a step being made: the optimizer stays as it is.</summary>
    /// <param name="steps">How many steps, at least 1.</param>
    /// <returns>For each parameter group its learning rates, from step 0 on.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="steps"/> is below 1.</exception>
    public IReadOnlyList<IReadOnlyList<double>> simulate(int steps) => [.. Preview(steps).Curves.Select(curve => curve.Values)];

    /// <summary>The learning rates of the first steps as numbers, text or picture, without a step being made.</summary>
    /// <param name="steps">How many steps, at least 1.</param>
    /// <returns>A preview with a line for each parameter group.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="steps"/> is below 1.</exception>
    public Preview Preview(int steps)
    {
        var rates = _rates!;
        return WarmupSchedulers.Preview.Of(steps, "learning rate", Enumerable.Range(0, rates.Base.Count)
            .Select(group => new KeyValuePair<string, Func<long, double>>($"group {group}", step => rates.RateAt(group, step))));
    }

    /// <summary>What is to be saved, so that another run can go on from this step.</summary>
    /// <returns>The scheduler with its arguments, its step, and the base rate of every parameter group.</returns>
    public SchedulerState state_dict() => new(Text, _rates!.Step, SchedulerState.Named("base_lr", _rates.Base));

    /// <summary>
    /// Goes on from a step that was saved. The learning rates are computed anew and set, so that the next steps have the very numbers of a run that was
    /// never interrupted.
    /// </summary>
    /// <param name="state">The state of a scheduler with the same arguments.</param>
    /// <exception cref="ArgumentNullException"><paramref name="state"/> is null.</exception>
    /// <exception cref="ArgumentException">
    /// <paramref name="state"/> is that of another scheduler, of one with other arguments, or of an optimizer with another number of parameter groups.
    /// </exception>
    public void load_state_dict(SchedulerState state)
    {
        var groups = _rates!.Optimizer.ParamGroups.Count();
        _rates.Restore(Argument.NotNull(state, nameof(state)).For(Text, nameof(state)).OfGroups("base_lr", groups, nameof(state)));
        step(state.Step);
    }

    /// <summary>Saves the state to a file.</summary>
    /// <param name="location">The file, which is written anew.</param>
    /// <exception cref="ArgumentNullException"><paramref name="location"/> is null.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void save_state_dict(string location) => state_dict().Save(location);

    /// <summary>Writes the state where TorchSharp's modules and optimizers can be written too.</summary>
    /// <param name="writer">A writer, which stays open.</param>
    /// <exception cref="ArgumentNullException"><paramref name="writer"/> is null.</exception>
    public void save_state_dict(BinaryWriter writer) => state_dict().Write(writer);

    /// <summary>Goes on from a step that was saved to a file.</summary>
    /// <param name="location">The file.</param>
    /// <exception cref="ArgumentNullException"><paramref name="location"/> is null.</exception>
    /// <exception cref="ArgumentException">The state is that of another scheduler; see <see cref="load_state_dict(SchedulerState)"/>.</exception>
    /// <exception cref="InvalidDataException">The file holds no state of a scheduler, or a damaged one.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public void load_state_dict(string location) => load_state_dict(SchedulerState.Load(location));

    /// <summary>Goes on from a step that was written by <see cref="save_state_dict(BinaryWriter)"/>.</summary>
    /// <param name="reader">A reader at the place where the state was written; it stays open.</param>
    /// <exception cref="ArgumentNullException"><paramref name="reader"/> is null.</exception>
    /// <exception cref="ArgumentException">The state is that of another scheduler; see <see cref="load_state_dict(SchedulerState)"/>.</exception>
    /// <exception cref="InvalidDataException">There is no state of a scheduler, or a damaged one.</exception>
    public void load_state_dict(BinaryReader reader) => load_state_dict(SchedulerState.Read(reader));

    // The step of the base is not called, since it copies the rates and the groups into new lists. So the base's own count of the steps stays where the
    // constructor left it, but for SequentialLR, which takes one off the counts of the schedulers that it is made of: what became of the count is followed.
    private void Advance(int? epoch)
    {
        var count = CountOfBase();
        var next = epoch ?? unchecked(_rates!.Step + 1 + count - _baseCount);
        _baseCount = count;
        _step_count++;
        _rates!.Compute(next);
    }

    // The rates of the base are computed when they are read, so that one and the same list tells the count every time; should a version compute them at
    // once, a new list does.
    private int CountOfBase()
    {
        _rates!.Told = null;
        _baseRates.First();
        if (_rates.Told is null)
            get_lr().First();
        return _rates.Told ?? _baseCount;
    }

    private string Text => $"ScheduleLR({_rates!.Schedules}{_partners})";
}
