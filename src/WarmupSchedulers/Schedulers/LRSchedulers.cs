using System;
using System.Collections.Generic;
using static TorchSharp.torch.optim;

namespace WarmupSchedulers;

/// <summary>
/// Factories of schedulers with a correct warmup. With C# 14 they can also be called on <c>torch.optim.lr_scheduler</c>, beside
/// those of TorchSharp.
/// </summary>
public static partial class LRSchedulers
{
    /// <summary>A scheduler that follows one schedule in all parameter groups.</summary>
    /// <param name="optimizer">The optimizer whose learning rates are set.</param>
    /// <param name="schedule">The schedule; its factor multiplies the initial learning rate of each group.</param>
    /// <param name="last_epoch">The last step that was made, to go on from a loaded optimizer; −1 to start anew. Default: −1.</param>
    /// <param name="momentum">What the momentum (β₁ where there are betas) follows in all groups: its values are the momentum itself. Default: none.</param>
    /// <param name="weight_decay">What the weight decay follows in all groups: its values are the weight decay itself. Default: none.</param>
    /// <returns>A scheduler at step <paramref name="last_epoch"/> + 1.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="optimizer"/> or <paramref name="schedule"/> is null.</exception>
    /// <exception cref="ArgumentException">
    /// <paramref name="optimizer"/> is LBFGS (which ignores schedulers), has no parameter group, or two groups that share one Options object;
    /// or <paramref name="last_epoch"/> is given and the optimizer's learning rates are not those of that step; or a parameter group has no such momentum or weight
    /// decay.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="last_epoch"/> is below −1 or <see cref="int.MaxValue"/>.</exception>
    public static ScheduleLR ScheduleLR(
        Optimizer optimizer,
        Schedule schedule,
        int last_epoch = -1,
        Schedule? momentum = null,
        Schedule? weight_decay = null)
    {
        OptimizerCheck.Schedulable(optimizer, nameof(optimizer));
        return new(optimizer, GroupSchedules.Shared(schedule, nameof(schedule)), last_epoch, Partners.Shared(optimizer, momentum, weight_decay));
    }

    /// <summary>A scheduler that follows a schedule of its own in each parameter group.</summary>
    /// <param name="optimizer">The optimizer whose learning rates are set.</param>
    /// <param name="schedules">One schedule for each parameter group, in the order of the groups.</param>
    /// <param name="last_epoch">The last step that was made, to go on from a loaded optimizer; −1 to start anew. Default: −1.</param>
    /// <param name="momenta">What the momentum (β₁ where there are betas) follows in each group: their values are the momentum itself. Default: none.</param>
    /// <param name="weight_decays">What the weight decay follows in each group: their values are the weight decay itself. Default: none.</param>
    /// <returns>A scheduler at step <paramref name="last_epoch"/> + 1. It throws at the next step after a group was added.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="optimizer"/> or <paramref name="schedules"/> is null, or a list holds null.</exception>
    /// <exception cref="ArgumentException">
    /// A list does not have as many schedules as there are parameter groups; <paramref name="optimizer"/> is LBFGS (which ignores schedulers), has no
    /// parameter group, or two groups that share one Options object; or <paramref name="last_epoch"/> is given and the optimizer's learning rates
    /// are not those of that step; or a parameter group has no such momentum or weight decay.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="last_epoch"/> is below −1 or <see cref="int.MaxValue"/>.</exception>
    public static ScheduleLR PerGroupLR(
        Optimizer optimizer,
        IEnumerable<Schedule> schedules,
        int last_epoch = -1,
        IEnumerable<Schedule>? momenta = null,
        IEnumerable<Schedule>? weight_decays = null)
    {
        OptimizerCheck.Schedulable(optimizer, nameof(optimizer));
        return new(optimizer, GroupSchedules.PerGroup(schedules, nameof(schedules), optimizer), last_epoch, Partners.PerGroup(optimizer, momenta, weight_decays));
    }

    /// <summary>
    /// A linear warmup to the optimizer's own learning rate, which then holds: by default <c>lr · min(1, (k + 1) / W)</c> at step k.
    /// Source: Goyal et al., "Accurate, Large Minibatch SGD", section 2.2.
    /// </summary>
    /// <param name="optimizer">The optimizer whose learning rates are set.</param>
    /// <param name="warmup_steps">W, the length of the warmup in steps, at least 0; 0 is no warmup.</param>
    /// <param name="convention">How steps are counted, named after the libraries that count so.</param>
    /// <param name="start_factor">Where the warmup starts, from 0 to 1; see <see cref="Schedule.LinearWarmup"/>.</param>
    /// <param name="last_epoch">The last step that was made, to go on from a loaded optimizer; −1 to start anew. Default: −1.</param>
    /// <returns>A scheduler at step <paramref name="last_epoch"/> + 1.</returns>
    /// <inheritdoc cref="ScheduleLR" path="/exception"/>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <paramref name="warmup_steps"/> is negative, <paramref name="start_factor"/> is out of its range, or
    /// <paramref name="convention"/> is not defined.
    /// </exception>
    public static ScheduleLR LinearWarmupLR(
        Optimizer optimizer,
        long warmup_steps,
        WarmupConvention convention = WarmupConvention.Default,
        double? start_factor = null,
        int last_epoch = -1) =>
        ScheduleLR(optimizer, Schedule.LinearWarmup(warmup_steps, convention, start_factor), last_epoch);

    /// <summary>
    /// A linear warmup over W steps, then a straight line down to <paramref name="min_lr_factor"/> times the initial learning rate at
    /// step <paramref name="total_steps"/>, which then holds. With <see cref="WarmupConvention.HuggingFace"/> this is
    /// <c>get_linear_schedule_with_warmup</c> of Hugging Face Transformers.
    /// </summary>
    /// <param name="optimizer">The optimizer whose learning rates are set.</param>
    /// <param name="warmup_steps">W, the length of the warmup in steps, from 0 to <paramref name="total_steps"/>; 0 is no warmup.</param>
    /// <param name="total_steps">The length of warmup and decay together in steps, at least 1.</param>
    /// <param name="min_lr_factor">The factor at the end, from 0 to 1. Default: 0.</param>
    /// <param name="convention">How the steps of the warmup are counted, named after the libraries that count so.</param>
    /// <param name="start_factor">Where the warmup starts, from 0 to 1; see <see cref="Schedule.LinearWarmup"/>.</param>
    /// <param name="last_epoch">The last step that was made, to go on from a loaded optimizer; −1 to start anew. Default: −1.</param>
    /// <returns>A scheduler at step <paramref name="last_epoch"/> + 1.</returns>
    /// <inheritdoc cref="ScheduleLR" path="/exception"/>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <paramref name="warmup_steps"/> is negative or above <paramref name="total_steps"/>, <paramref name="total_steps"/> is below 1,
    /// <paramref name="min_lr_factor"/> or <paramref name="start_factor"/> is out of its range, or <paramref name="convention"/> is not defined.
    /// </exception>
    public static ScheduleLR WarmupThenLinearLR(
        Optimizer optimizer,
        long warmup_steps,
        long total_steps,
        double min_lr_factor = 0.0,
        WarmupConvention convention = WarmupConvention.Default,
        double? start_factor = null,
        int last_epoch = -1) =>
        ScheduleLR(optimizer, Schedule.WarmupThenLinear(warmup_steps, total_steps, min_lr_factor, convention, start_factor), last_epoch);

    /// <summary>
    /// A linear warmup over W steps, then half a cosine down to <paramref name="min_lr_factor"/> times the initial learning rate at
    /// step <paramref name="total_steps"/>, which then holds and does not rise again. With <see cref="WarmupConvention.HuggingFace"/>
    /// this is <c>get_cosine_schedule_with_warmup</c> of Hugging Face Transformers before its end.
    /// </summary>
    /// <inheritdoc cref="WarmupThenLinearLR(Optimizer, long, long, double, WarmupConvention, double?, int)" path="/param|/returns|/exception"/>
    public static ScheduleLR WarmupThenCosineLR(
        Optimizer optimizer,
        long warmup_steps,
        long total_steps,
        double min_lr_factor = 0.0,
        WarmupConvention convention = WarmupConvention.Default,
        double? start_factor = null,
        int last_epoch = -1) =>
        ScheduleLR(optimizer, Schedule.WarmupThenCosine(warmup_steps, total_steps, min_lr_factor, convention, start_factor), last_epoch);

    /// <summary>
    /// A linear warmup over W steps, then a decay with the inverse square root of the step, which has no end: by default <c>lr · √(W / k)</c>
    /// from step W on. With <see cref="WarmupConvention.HuggingFace"/> this is <c>get_inverse_sqrt_schedule</c> of Hugging Face
    /// Transformers and <c>inverse_sqrt</c> of fairseq.
    /// </summary>
    /// <param name="optimizer">The optimizer whose learning rates are set.</param>
    /// <param name="warmup_steps">W, the length of the warmup in steps, at least 0; 0 is no warmup.</param>
    /// <param name="timescale">The time scale of the decay in steps, at least 1; see <see cref="Schedule.WarmupThenInverseSquareRoot"/>.</param>
    /// <param name="convention">How the steps of the warmup are counted, named after the libraries that count so.</param>
    /// <param name="start_factor">Where the warmup starts, from 0 to 1; see <see cref="Schedule.LinearWarmup"/>.</param>
    /// <param name="last_epoch">The last step that was made, to go on from a loaded optimizer; −1 to start anew. Default: −1.</param>
    /// <returns>A scheduler at step <paramref name="last_epoch"/> + 1.</returns>
    /// <inheritdoc cref="ScheduleLR" path="/exception"/>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <paramref name="warmup_steps"/> is negative, <paramref name="timescale"/> is below 1, <paramref name="start_factor"/> is out of its
    /// range, or <paramref name="convention"/> is not defined.
    /// </exception>
    public static ScheduleLR WarmupThenInverseSquareRootLR(
        Optimizer optimizer,
        long warmup_steps,
        long? timescale = null,
        WarmupConvention convention = WarmupConvention.Default,
        double? start_factor = null,
        int last_epoch = -1) =>
        ScheduleLR(optimizer, Schedule.WarmupThenInverseSquareRoot(warmup_steps, timescale, convention, start_factor), last_epoch);

    /// <summary>
    /// The schedule of the Transformer: a line up to step number W, then down with the inverse square root of the step's number. With
    /// <paramref name="d_model"/> it is the paper's formula, meant for a learning rate of 1; without it the optimizer's own learning
    /// rate is the peak. Source: Vaswani et al., "Attention Is All You Need", section 5.3.
    /// </summary>
    /// <param name="optimizer">The optimizer whose learning rates are set.</param>
    /// <param name="warmup_steps">W, the length of the warmup in steps, at least 0; 0 is no warmup.</param>
    /// <param name="d_model">The width of the model, at least 1; see <see cref="Schedule.Noam"/>.</param>
    /// <param name="last_epoch">The last step that was made, to go on from a loaded optimizer; −1 to start anew. Default: −1.</param>
    /// <returns>A scheduler at step <paramref name="last_epoch"/> + 1.</returns>
    /// <inheritdoc cref="ScheduleLR" path="/exception"/>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <paramref name="warmup_steps"/> is negative, or <paramref name="d_model"/> is below 1.
    /// </exception>
    public static ScheduleLR NoamLR(Optimizer optimizer, long warmup_steps, long? d_model = null, int last_epoch = -1) =>
        ScheduleLR(optimizer, Schedule.Noam(warmup_steps, d_model), last_epoch);

    /// <summary>
    /// A linear warmup, and behind it a learning rate that is multiplied by <paramref name="factor"/> whenever a metric has not got better for more than
    /// <paramref name="patience"/> steps. Source: <c>ReduceLROnPlateau</c> of PyTorch.
    /// </summary>
    /// <param name="optimizer">The optimizer whose learning rates are set.</param>
    /// <param name="warmup_steps">W, the length of the warmup in steps, at least 0; 0 is no warmup.</param>
    /// <param name="mode">"min" for a metric that is to fall, "max" for one that is to rise. Default: "min".</param>
    /// <param name="factor">What the learning rate is multiplied by, from 0 to below 1. Default: 0.1.</param>
    /// <param name="patience">How many steps in a row the metric may be no better, at least 0. Default: 10.</param>
    /// <param name="threshold">How much better is better, finite and not negative. Default: 0.0001.</param>
    /// <param name="threshold_mode">
    /// "rel" for a share of the best metric's size (so that below zero, too, only a better metric is better, where PyTorch takes a worse one), "abs" for an amount.
    /// Default: "rel".
    /// </param>
    /// <param name="cooldown">How many steps after a reduction are not counted, at least 0. Default: 0.</param>
    /// <param name="min_lr">The least learning rate, finite and not negative. Default: 0.</param>
    /// <param name="eps">A change that is not larger than this is not made, finite and not negative. Default: 1e-8.</param>
    /// <param name="convention">How the steps of the warmup are counted, named after the libraries that count so.</param>
    /// <param name="start_factor">Where the warmup starts, from 0 to 1; see <see cref="Schedule.LinearWarmup"/>.</param>
    /// <returns>A scheduler at its first step, to be stepped with the metric.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="optimizer"/>, <paramref name="mode"/> or <paramref name="threshold_mode"/> is null.</exception>
    /// <exception cref="ArgumentException">
    /// <paramref name="mode"/> or <paramref name="threshold_mode"/> is none of its two words; or <paramref name="optimizer"/> is LBFGS (which ignores
    /// schedulers), has no parameter group, or two groups that share one Options object.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">Another argument is out of its range.</exception>
    public static WarmupThenPlateauLR WarmupThenPlateauLR(
        Optimizer optimizer,
        long warmup_steps,
        string mode = "min",
        double factor = 0.1,
        int patience = 10,
        double threshold = 1e-4,
        string threshold_mode = "rel",
        int cooldown = 0,
        double min_lr = 0.0,
        double eps = 1e-8,
        WarmupConvention convention = WarmupConvention.Default,
        double? start_factor = null)
    {
        OptimizerCheck.Schedulable(optimizer, nameof(optimizer));
        var isMax = Argument.OneOf(mode, nameof(mode), "min", "max") == "max";
        var isRelative = Argument.OneOf(threshold_mode, nameof(threshold_mode), "rel", "abs") == "rel";
        var plateau = new Plateau(
            isMax,
            (int)Argument.NotNegative(patience, nameof(patience)),
            Argument.Factor(threshold, nameof(threshold)),
            isRelative,
            (int)Argument.NotNegative(cooldown, nameof(cooldown)));
        var reduction = new Reduction(Argument.Beta(factor, nameof(factor)), Argument.Factor(min_lr, nameof(min_lr)), Argument.Factor(eps, nameof(eps)));
        return new(optimizer, Schedule.LinearWarmup(warmup_steps, convention, start_factor), plateau, reduction);
    }
}
