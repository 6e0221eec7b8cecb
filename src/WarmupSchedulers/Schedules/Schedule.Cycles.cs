using System;
using WarmupSchedulers.Arithmetic;

namespace WarmupSchedulers;

#if WARMUP_ANALYZERS
internal
#else
public
#endif
abstract partial class Schedule
{
    /// <summary>
    /// The one-cycle policy: from 1/<paramref name="div_factor"/> up to 1 and down to 1/(<paramref name="div_factor"/> · <paramref name="final_div_factor"/>)
    /// at step <paramref name="total_steps"/> − 1, which then holds. The peak is the optimizer's own learning rate. Source: Smith and Topin, "Super-Convergence:
    /// Very Fast Training of Neural Networks Using Large Learning Rates"; <c>OneCycleLR</c> of PyTorch, whose numbers these are.
    /// </summary>
    /// <param name="total_steps">The number of steps of the whole cycle, at least 1.</param>
    /// <param name="pct_start">The share of the steps that rise, from 0 to 1 (to 0.5 in three phases). Default: 0.3.</param>
    /// <param name="div_factor">What the peak is divided by at the first step, finite and at least 1. Default: 25.</param>
    /// <param name="final_div_factor">
    /// What the first step's rate is divided by at the last one, finite and at least 1/<paramref name="div_factor"/>, which ends at the peak. Default: 10,000.
    /// </param>
    /// <param name="three_phase">Whether it falls to where it began as fast as it rose, and to the end after that. Default: false.</param>
    /// <param name="shape">A cosine or a straight line. Default: a cosine.</param>
    /// <returns>A schedule of length <paramref name="total_steps"/> − 1.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
    public static Schedule OneCycle(
        long total_steps,
        double pct_start = 0.3,
        double div_factor = 25.0,
        double final_div_factor = 10_000.0,
        bool three_phase = false,
        TransitionShape shape = TransitionShape.Cosine)
    {
        var phases = CheckPhases(total_steps, pct_start, three_phase, shape);
        var initial = 1.0 / Argument.AtLeast(div_factor, nameof(div_factor), 1.0);
        return new OneCycleSchedule(phases, initial, 1.0, initial / Argument.AtLeast(final_div_factor, nameof(final_div_factor), initial));
    }

    /// <summary>
    /// A triangle that goes on and on: from <paramref name="base_factor"/> up to 1 and down again. The peak is the optimizer's own learning rate. Source: Smith,
    /// "Cyclical Learning Rates for Training Neural Networks"; <c>CyclicLR</c> of PyTorch, with <paramref name="base_factor"/> for its base_lr / max_lr.
    /// </summary>
    /// <param name="step_size_up">The steps of the rise, at least 1.</param>
    /// <param name="step_size_down">The steps of the fall, at least 1; left out, as many as of the rise.</param>
    /// <param name="base_factor">The factor at the foot of the triangle, from 0 to 1. Default: 0.1.</param>
    /// <param name="mode">What becomes of the height from cycle to cycle.</param>
    /// <param name="gamma">With <see cref="CyclicMode.ExpRange"/>: what the height is multiplied by at each step, from 0 to 1. Default: 1.</param>
    /// <returns>A schedule without an end.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range, or <paramref name="mode"/> is not defined.</exception>
    public static Schedule Cyclic(
        long step_size_up,
        long? step_size_down = null,
        double base_factor = 0.1,
        CyclicMode mode = CyclicMode.Triangular,
        double gamma = 1.0) => new CyclicSchedule(
            Argument.Fraction(base_factor, nameof(base_factor)),
            1.0,
            Argument.Positive(step_size_up, nameof(step_size_up)),
            Argument.Positive(step_size_down ?? step_size_up, nameof(step_size_down)),
            Argument.Known(mode, nameof(mode)),
            Argument.Fraction(gamma, nameof(gamma)));

    /// <summary>
    /// The momentum of the one-cycle policy, which mirrors the learning rate: from <paramref name="max_momentum"/> down to <paramref name="base_momentum"/> at
    /// the peak, and back. Its values are the momentum itself.
    /// </summary>
    /// <param name="total_steps">The number of steps of the whole cycle, at least 1.</param>
    /// <param name="pct_start">The share of the steps in which the learning rate rises, from 0 to 1 (to 0.5 in three phases). Default: 0.3.</param>
    /// <param name="base_momentum">The momentum at the peak, from 0 to below 1. Default: 0.85.</param>
    /// <param name="max_momentum">The momentum at both ends, from 0 to below 1. Default: 0.95.</param>
    /// <param name="three_phase">Whether the learning rate falls to where it began as fast as it rose. Default: false.</param>
    /// <param name="shape">A cosine or a straight line. Default: a cosine.</param>
    /// <returns>A schedule of length <paramref name="total_steps"/> − 1.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
    public static Schedule OneCycleMomentum(
        long total_steps,
        double pct_start = 0.3,
        double base_momentum = 0.85,
        double max_momentum = 0.95,
        bool three_phase = false,
        TransitionShape shape = TransitionShape.Cosine)
    {
        var phases = CheckPhases(total_steps, pct_start, three_phase, shape);
        var high = Argument.Beta(max_momentum, nameof(max_momentum));
        return new OneCycleSchedule(phases, high, Argument.Beta(base_momentum, nameof(base_momentum)), high);
    }

    /// <summary>
    /// The momentum of a cyclic learning rate, which mirrors it: from <paramref name="max_momentum"/> down to <paramref name="base_momentum"/> at the top of the
    /// first triangle, and back. Its values are the momentum itself.
    /// </summary>
    /// <param name="step_size_up">The steps in which the learning rate rises, at least 1.</param>
    /// <param name="step_size_down">The steps in which it falls, at least 1; left out, as many as of the rise.</param>
    /// <param name="base_momentum">The momentum at the top of the triangle, from 0 to below 1. Default: 0.8.</param>
    /// <param name="max_momentum">The momentum at its foot, from 0 to below 1. Default: 0.9.</param>
    /// <param name="mode">What becomes of the height from cycle to cycle.</param>
    /// <param name="gamma">With <see cref="CyclicMode.ExpRange"/>: what the height is multiplied by at each step, from 0 to 1. Default: 1.</param>
    /// <returns>A schedule without an end.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range, or <paramref name="mode"/> is not defined.</exception>
    public static Schedule CyclicMomentum(
        long step_size_up,
        long? step_size_down = null,
        double base_momentum = 0.8,
        double max_momentum = 0.9,
        CyclicMode mode = CyclicMode.Triangular,
        double gamma = 1.0) => new CyclicSchedule(
            Argument.Beta(max_momentum, nameof(max_momentum)),
            Argument.Beta(base_momentum, nameof(base_momentum)),
            Argument.Positive(step_size_up, nameof(step_size_up)),
            Argument.Positive(step_size_down ?? step_size_up, nameof(step_size_down)),
            Argument.Known(mode, nameof(mode)),
            Argument.Fraction(gamma, nameof(gamma)));

    private static OneCyclePhases CheckPhases(long total_steps, double pct_start, bool three_phase, TransitionShape shape)
    {
        Argument.Positive(total_steps, nameof(total_steps));
        Argument.Fraction(pct_start, nameof(pct_start));
        if (three_phase && pct_start > 0.5)
            throw Argument.OutOfRange(pct_start, nameof(pct_start), "must not be above 0.5 in three phases: the fall takes as long as the rise");
        if (shape is not (TransitionShape.Linear or TransitionShape.Cosine))
            throw Argument.OutOfRange(shape, nameof(shape), "must be a straight line or a cosine");

        return new(total_steps, pct_start, three_phase, shape);
    }
}
