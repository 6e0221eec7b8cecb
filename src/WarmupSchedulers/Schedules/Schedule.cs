using System;
using System.Collections.Generic;

namespace WarmupSchedulers;

/// <summary>
/// What a learning rate is multiplied by, as a function of the optimizer steps already made. A schedule is an immutable value: it
/// holds no optimizer, does not count and can be shared freely. <see cref="Factor"/> is a closed form, so any step can be asked
/// for at any time.
/// </summary>
/// <remarks>
/// Steps are whatever one <c>scheduler.step()</c> stands for in the training loop, usually one optimizer step.
/// A scheduler made with <see cref="LRSchedulers.ScheduleLR"/> applies a schedule to an optimizer.
/// </remarks>
#if WARMUP_ANALYZERS
internal
#else
public
#endif
abstract partial class Schedule
{
    private protected Schedule()
    {
    }

    /// <summary>
    /// The number of steps after which the factor no longer changes, and where <see cref="Then(Schedule)"/> carries on;
    /// <see langword="null"/> for a schedule that has no end of its own.
    /// </summary>
    public abstract long? Length { get; }

    /// <summary>
    /// The factor at a step. Takes constant time (for milestones and compositions: in their number), allocates nothing, and is clamped past the end.
    /// </summary>
    /// <param name="step">The number of optimizer steps already made, from 0 to <see cref="long.MaxValue"/>.</param>
    /// <returns>A finite number that is not negative.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="step"/> is negative.</exception>
    public double Factor(long step) => FactorAt(Argument.NotNegative(step, nameof(step)));

    /// <summary>This schedule to its end, then <paramref name="next"/>, which starts there with its own step 0.</summary>
    /// <param name="next">The schedule that follows.</param>
    /// <returns>A new schedule; both parts stay as they are.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="next"/> is null.</exception>
    /// <exception cref="InvalidOperationException">This schedule has no end; say where it ends with <see cref="Then(Schedule, long)"/>.</exception>
    public Schedule Then(Schedule next)
    {
        Argument.NotNull(next, nameof(next));
        return Then(next, Length ?? throw new InvalidOperationException("This schedule has no end: give the boundary at which the next one starts."));
    }

    /// <summary>
    /// This schedule before step <paramref name="boundary"/>, then <paramref name="next"/>, which starts there with its own step 0.
    /// The same as <c>join_schedules</c> of optax and <c>SequentialLR</c> of PyTorch.
    /// </summary>
    /// <param name="next">The schedule that follows.</param>
    /// <param name="boundary">The first step of <paramref name="next"/>, in steps of this schedule; 0 leaves nothing of this schedule.</param>
    /// <returns>A new schedule; both parts stay as they are.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="next"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="boundary"/> is negative.</exception>
    public Schedule Then(Schedule next, long boundary) =>
        new JoinedSchedule(this, Argument.NotNull(next, nameof(next)), Argument.NotNegative(boundary, nameof(boundary)));

    /// <summary>
    /// Several schedules, one after the other: the first runs before <c>boundaries[0]</c>, the second from there with its own step 0,
    /// and so on. The same as <c>join_schedules</c> of optax.
    /// </summary>
    /// <param name="schedules">The schedules in their order, at least one.</param>
    /// <param name="boundaries">The first step of each schedule but the first, increasing, in steps of the whole.</param>
    /// <returns>A new schedule.</returns>
    /// <exception cref="ArgumentNullException">A list or a schedule is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A boundary is negative.</exception>
    /// <exception cref="ArgumentException">
    /// There is no schedule, the number of boundaries is not one less than that of the schedules, or the boundaries do not increase.
    /// </exception>
    public static Schedule Join(IEnumerable<Schedule> schedules, IEnumerable<long> boundaries)
    {
        var parts = new List<Schedule>(Argument.NotNull(schedules, nameof(schedules)));
        var starts = new List<long>(Argument.NotNull(boundaries, nameof(boundaries)));
        CheckJoin(parts, starts);

        var joined = parts[0];
        for (var i = 0; i < starts.Count; i++)
            joined = joined.Then(parts[i + 1], starts[i]);

        return joined;
    }

    /// <summary>The schedule as it would be written, with all its arguments. Two schedules with the same text have the same factors.</summary>
    /// <returns>A text for people and for checkpoints.</returns>
    public sealed override string ToString() => Call;

    private protected abstract string Call { get; }

    private protected abstract double FactorAt(long step);

    private static void CheckJoin(List<Schedule> schedules, List<long> boundaries)
    {
        if (schedules.Count == 0)
            throw new ArgumentException("'schedules' must hold at least one schedule, but holds 0.", nameof(schedules));
        if (schedules.Contains(null!))
            throw new ArgumentNullException(nameof(schedules), $"'schedules' holds null at {schedules.IndexOf(null!)}.");
        if (boundaries.Count != schedules.Count - 1)
            throw new ArgumentException($"'boundaries' must hold {schedules.Count - 1} steps, one less than there are schedules, but holds {boundaries.Count}.", nameof(boundaries));

        for (var i = 0; i < boundaries.Count; i++)
        {
            Argument.NotNegative(boundaries[i], nameof(boundaries));
            if (i > 0 && boundaries[i] <= boundaries[i - 1])
                throw new ArgumentException($"'boundaries' must increase, but {boundaries[i]} follows {boundaries[i - 1]}.", nameof(boundaries));
        }
    }
}
