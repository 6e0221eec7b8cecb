using System;
using System.Collections.Generic;
using System.Linq;
using static TorchSharp.torch.optim;

namespace WarmupSchedulers;

public static partial class LRSchedulers
{
    /// <summary>
    /// The one-cycle policy, with any number of parameter groups: the learning rate rises to the optimizer's own and falls far below where it began, while the
    /// momentum (or β₁) goes the other way. Stands for TorchSharp's <c>OneCycleLR</c>; the peak is the optimizer's learning rate and not an argument, so that
    /// every group has its own. Source: Smith and Topin, "Super-Convergence".
    /// </summary>
    /// <param name="optimizer">The optimizer whose learning rates are set.</param>
    /// <param name="total_steps">The number of steps of the whole cycle, at least 1.</param>
    /// <param name="pct_start">The share of the steps that rise, from 0 to 1 (to 0.5 in three phases). Default: 0.3.</param>
    /// <param name="div_factor">What the peak is divided by at the first step, finite and at least 1. Default: 25.</param>
    /// <param name="final_div_factor">
    /// What the first step's rate is divided by at the last one, finite and at least 1/<paramref name="div_factor"/>, which ends at the peak. Default: 10,000.
    /// </param>
    /// <param name="three_phase">Whether it falls to where it began as fast as it rose, and to the end after that. Default: false.</param>
    /// <param name="shape">A cosine or a straight line. Default: a cosine.</param>
    /// <param name="cycle_momentum">Whether the momentum goes the other way. Default: true, as in PyTorch.</param>
    /// <param name="base_momentum">The momentum at the peak, from 0 to below 1. Default: 0.85.</param>
    /// <param name="max_momentum">The momentum at both ends, from 0 to below 1. Default: 0.95.</param>
    /// <param name="last_epoch">The last step that was made, to go on from a loaded optimizer; −1 to start anew. Default: −1.</param>
    /// <returns>A scheduler at step <paramref name="last_epoch"/> + 1.</returns>
    /// <inheritdoc cref="ScheduleLR" path="/exception"/>
    /// <exception cref="ArgumentException">The momentum is to be cycled, and a parameter group has neither a momentum nor betas.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
    public static ScheduleLR OneCyclePolicyLR(
        Optimizer optimizer,
        long total_steps,
        double pct_start = 0.3,
        double div_factor = 25.0,
        double final_div_factor = 10_000.0,
        bool three_phase = false,
        TransitionShape shape = TransitionShape.Cosine,
        bool cycle_momentum = true,
        double base_momentum = 0.85,
        double max_momentum = 0.95,
        int last_epoch = -1) => ScheduleLR(
            Cycling(optimizer, cycle_momentum),
            Schedule.OneCycle(total_steps, pct_start, div_factor, final_div_factor, three_phase, shape),
            last_epoch,
            cycle_momentum ? Schedule.OneCycleMomentum(total_steps, pct_start, base_momentum, max_momentum, three_phase, shape) : null);

    /// <summary>
    /// A learning rate that goes up and down for ever, while the momentum (or β₁) goes the other way. Stands for TorchSharp's <c>CyclicLR</c>; the top is the
    /// optimizer's learning rate and not an argument, so that every group has its own. Source: Smith, "Cyclical Learning Rates for Training Neural Networks".
    /// </summary>
    /// <param name="optimizer">The optimizer whose learning rates are set.</param>
    /// <param name="step_size_up">The steps of the rise, at least 1.</param>
    /// <param name="step_size_down">The steps of the fall, at least 1; left out, as many as of the rise.</param>
    /// <param name="base_factor">The factor at the foot of the triangle, from 0 to 1. Default: 0.1.</param>
    /// <param name="mode">What becomes of the height from cycle to cycle.</param>
    /// <param name="gamma">With <see cref="CyclicMode.ExpRange"/>: what the height is multiplied by at each step, from 0 to 1. Default: 1.</param>
    /// <param name="cycle_momentum">Whether the momentum goes the other way. Default: true, as in PyTorch.</param>
    /// <param name="base_momentum">The momentum at the top, from 0 to below 1. Default: 0.8.</param>
    /// <param name="max_momentum">The momentum at the foot, from 0 to below 1. Default: 0.9.</param>
    /// <param name="last_epoch">The last step that was made, to go on from a loaded optimizer; −1 to start anew. Default: −1.</param>
    /// <returns>A scheduler at step <paramref name="last_epoch"/> + 1.</returns>
    /// <inheritdoc cref="ScheduleLR" path="/exception"/>
    /// <exception cref="ArgumentException">The momentum is to be cycled, and a parameter group has neither a momentum nor betas.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
    public static ScheduleLR CyclicPolicyLR(
        Optimizer optimizer,
        long step_size_up,
        long? step_size_down = null,
        double base_factor = 0.1,
        CyclicMode mode = CyclicMode.Triangular,
        double gamma = 1.0,
        bool cycle_momentum = true,
        double base_momentum = 0.8,
        double max_momentum = 0.9,
        int last_epoch = -1) => ScheduleLR(
            Cycling(optimizer, cycle_momentum),
            Schedule.Cyclic(step_size_up, step_size_down, base_factor, mode, gamma),
            last_epoch,
            cycle_momentum ? Schedule.CyclicMomentum(step_size_up, step_size_down, base_momentum, max_momentum, mode, gamma) : null);

    private static Optimizer Cycling(Optimizer optimizer, bool cycle_momentum) =>
        !cycle_momentum || OptimizerCheck.Schedulable(optimizer, nameof(optimizer)).ParamGroups.All(group => group is IMomentum or IBetas)
            ? optimizer
            : throw new ArgumentException("'cycle_momentum' is true, but the optimizer has a parameter group with neither a momentum nor betas: set it to false.", nameof(cycle_momentum));

    /// <summary>
    /// Several schedules at once: the learning rate is the optimizer's own times all of them. Stands for TorchSharp's <c>ChainedScheduler</c>, with the checks
    /// that it lacks.
    /// </summary>
    /// <param name="optimizer">The optimizer whose learning rates are set.</param>
    /// <param name="schedules">The schedules, at least one.</param>
    /// <param name="last_epoch">The last step that was made, to go on from a loaded optimizer; −1 to start anew. Default: −1.</param>
    /// <returns>A scheduler at step <paramref name="last_epoch"/> + 1.</returns>
    /// <inheritdoc cref="ScheduleLR" path="/exception"/>
    /// <exception cref="ArgumentNullException"><paramref name="schedules"/> or one of them is null.</exception>
    /// <exception cref="ArgumentException">There is no schedule.</exception>
    public static ScheduleLR ProductLR(Optimizer optimizer, IEnumerable<Schedule> schedules, int last_epoch = -1)
    {
        var factors = Argument.NotNull(schedules, nameof(schedules)).ToList();
        if (factors.Count == 0)
            throw new ArgumentException("'schedules' must hold at least one schedule, but holds 0.", nameof(schedules));
        if (factors.Contains(null!))
            throw new ArgumentNullException(nameof(schedules), $"'schedules' holds null at {factors.IndexOf(null!)}.");

        return ScheduleLR(optimizer, factors.Aggregate((product, next) => product * next), last_epoch);
    }
}
