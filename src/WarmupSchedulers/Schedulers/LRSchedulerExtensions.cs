using System.Collections.Generic;
using static TorchSharp.torch.optim;

namespace WarmupSchedulers;

/// <summary>
/// The factories of <see cref="LRSchedulers"/> as members of <c>torch.optim.lr_scheduler</c>, for C# 14 and later.
/// </summary>
public static class LRSchedulerExtensions
{
    extension(lr_scheduler)
    {
        /// <inheritdoc cref="LRSchedulers.ScheduleLR"/>
        public static ScheduleLR ScheduleLR(
            Optimizer optimizer,
            Schedule schedule,
            int last_epoch = -1,
            Schedule? momentum = null,
            Schedule? weight_decay = null) =>
            LRSchedulers.ScheduleLR(optimizer, schedule, last_epoch, momentum, weight_decay);

        /// <inheritdoc cref="LRSchedulers.PerGroupLR"/>
        public static ScheduleLR PerGroupLR(
            Optimizer optimizer,
            IEnumerable<Schedule> schedules,
            int last_epoch = -1,
            IEnumerable<Schedule>? momenta = null,
            IEnumerable<Schedule>? weight_decays = null) =>
            LRSchedulers.PerGroupLR(optimizer, schedules, last_epoch, momenta, weight_decays);

        /// <inheritdoc cref="LRSchedulers.LinearWarmupLR"/>
        public static ScheduleLR LinearWarmupLR(
            Optimizer optimizer,
            long warmup_steps,
            WarmupConvention convention = WarmupConvention.Default,
            double? start_factor = null,
            int last_epoch = -1) =>
            LRSchedulers.LinearWarmupLR(optimizer, warmup_steps, convention, start_factor, last_epoch);

        /// <inheritdoc cref="LRSchedulers.WarmupThenLinearLR(Optimizer, long, long, double, WarmupConvention, double?, int)"/>
        public static ScheduleLR WarmupThenLinearLR(
            Optimizer optimizer,
            long warmup_steps,
            long total_steps,
            double min_lr_factor = 0.0,
            WarmupConvention convention = WarmupConvention.Default,
            double? start_factor = null,
            int last_epoch = -1) =>
            LRSchedulers.WarmupThenLinearLR(optimizer, warmup_steps, total_steps, min_lr_factor, convention, start_factor, last_epoch);

        /// <inheritdoc cref="LRSchedulers.WarmupThenCosineLR(Optimizer, long, long, double, WarmupConvention, double?, int)"/>
        public static ScheduleLR WarmupThenCosineLR(
            Optimizer optimizer,
            long warmup_steps,
            long total_steps,
            double min_lr_factor = 0.0,
            WarmupConvention convention = WarmupConvention.Default,
            double? start_factor = null,
            int last_epoch = -1) =>
            LRSchedulers.WarmupThenCosineLR(optimizer, warmup_steps, total_steps, min_lr_factor, convention, start_factor, last_epoch);

        /// <inheritdoc cref="LRSchedulers.WarmupThenInverseSquareRootLR"/>
        public static ScheduleLR WarmupThenInverseSquareRootLR(
            Optimizer optimizer,
            long warmup_steps,
            long? timescale = null,
            WarmupConvention convention = WarmupConvention.Default,
            double? start_factor = null,
            int last_epoch = -1) =>
            LRSchedulers.WarmupThenInverseSquareRootLR(optimizer, warmup_steps, timescale, convention, start_factor, last_epoch);

        /// <inheritdoc cref="LRSchedulers.NoamLR"/>
        public static ScheduleLR NoamLR(Optimizer optimizer, long warmup_steps, long? d_model = null, int last_epoch = -1) =>
            LRSchedulers.NoamLR(optimizer, warmup_steps, d_model, last_epoch);

        /// <inheritdoc cref="LRSchedulers.WarmupThenPlateauLR"/>
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
            double? start_factor = null) =>
            LRSchedulers.WarmupThenPlateauLR(optimizer, warmup_steps, mode, factor, patience, threshold, threshold_mode, cooldown, min_lr, eps, convention, start_factor);

        /// <inheritdoc cref="LRSchedulers.CosineWarmupLR"/>
        public static ScheduleLR CosineWarmupLR(
            Optimizer optimizer,
            long warmup_steps,
            WarmupConvention convention = WarmupConvention.Default,
            double? start_factor = null,
            int last_epoch = -1) =>
            LRSchedulers.CosineWarmupLR(optimizer, warmup_steps, convention, start_factor, last_epoch);

        /// <inheritdoc cref="LRSchedulers.PolynomialWarmupLR"/>
        public static ScheduleLR PolynomialWarmupLR(
            Optimizer optimizer,
            long warmup_steps,
            double power = 0.5,
            WarmupConvention convention = WarmupConvention.Default,
            double? start_factor = null,
            int last_epoch = -1) =>
            LRSchedulers.PolynomialWarmupLR(optimizer, warmup_steps, power, convention, start_factor, last_epoch);

        /// <inheritdoc cref="LRSchedulers.ExponentialWarmupLR"/>
        public static ScheduleLR ExponentialWarmupLR(
            Optimizer optimizer,
            long warmup_period,
            int last_epoch = -1) =>
            LRSchedulers.ExponentialWarmupLR(optimizer, warmup_period, last_epoch);

        /// <inheritdoc cref="LRSchedulers.GradualWarmupLR"/>
        public static ScheduleLR GradualWarmupLR(
            Optimizer optimizer,
            long warmup_steps,
            double multiplier,
            WarmupConvention convention = WarmupConvention.Default,
            int last_epoch = -1) =>
            LRSchedulers.GradualWarmupLR(optimizer, warmup_steps, multiplier, convention, last_epoch);

        /// <inheritdoc cref="LRSchedulers.WarmupThenPolynomialLR(Optimizer, long, long, double, double, WarmupConvention, double?, int)"/>
        public static ScheduleLR WarmupThenPolynomialLR(
            Optimizer optimizer,
            long warmup_steps,
            long total_steps,
            double power = 1.0,
            double min_lr_factor = 0.0,
            WarmupConvention convention = WarmupConvention.Default,
            double? start_factor = null,
            int last_epoch = -1) =>
            LRSchedulers.WarmupThenPolynomialLR(optimizer, warmup_steps, total_steps, power, min_lr_factor, convention, start_factor, last_epoch);

        /// <inheritdoc cref="LRSchedulers.WarmupThenHardRestartsLR(Optimizer, long, long, double, double, WarmupConvention, double?, int)"/>
        public static ScheduleLR WarmupThenHardRestartsLR(
            Optimizer optimizer,
            long warmup_steps,
            long total_steps,
            double cycles = 1.0,
            double min_lr_factor = 0.0,
            WarmupConvention convention = WarmupConvention.Default,
            double? start_factor = null,
            int last_epoch = -1) =>
            LRSchedulers.WarmupThenHardRestartsLR(optimizer, warmup_steps, total_steps, cycles, min_lr_factor, convention, start_factor, last_epoch);

        /// <inheritdoc cref="LRSchedulers.WarmupStableDecayLR(Optimizer, long, long, long, double, TransitionShape, WarmupConvention, double?, int)"/>
        public static ScheduleLR WarmupStableDecayLR(
            Optimizer optimizer,
            long warmup_steps,
            long total_steps,
            long decay_steps,
            double min_lr_factor = 0.0,
            TransitionShape cooldown = TransitionShape.Linear,
            WarmupConvention convention = WarmupConvention.Default,
            double? start_factor = null,
            int last_epoch = -1) =>
            LRSchedulers.WarmupStableDecayLR(optimizer, warmup_steps, total_steps, decay_steps, min_lr_factor, cooldown, convention, start_factor, last_epoch);

        /// <inheritdoc cref="LRSchedulers.UntunedLinearWarmupLR"/>
        public static ScheduleLR UntunedLinearWarmupLR(Optimizer optimizer, int last_epoch = -1) =>
            LRSchedulers.UntunedLinearWarmupLR(optimizer, last_epoch);

        /// <inheritdoc cref="LRSchedulers.UntunedExponentialWarmupLR"/>
        public static ScheduleLR UntunedExponentialWarmupLR(Optimizer optimizer, int last_epoch = -1) =>
            LRSchedulers.UntunedExponentialWarmupLR(optimizer, last_epoch);

        /// <inheritdoc cref="LRSchedulers.RAdamWarmupLR"/>
        public static ScheduleLR RAdamWarmupLR(Optimizer optimizer, int last_epoch = -1) =>
            LRSchedulers.RAdamWarmupLR(optimizer, last_epoch);

        /// <inheritdoc cref="LRSchedulers.OneCyclePolicyLR"/>
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
            int last_epoch = -1) => LRSchedulers.OneCyclePolicyLR(
                optimizer, total_steps, pct_start, div_factor, final_div_factor, three_phase, shape, cycle_momentum, base_momentum, max_momentum, last_epoch);

        /// <inheritdoc cref="LRSchedulers.CyclicPolicyLR"/>
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
            int last_epoch = -1) => LRSchedulers.CyclicPolicyLR(
                optimizer, step_size_up, step_size_down, base_factor, mode, gamma, cycle_momentum, base_momentum, max_momentum, last_epoch);

        /// <inheritdoc cref="LRSchedulers.ProductLR"/>
        public static ScheduleLR ProductLR(Optimizer optimizer, IEnumerable<Schedule> schedules, int last_epoch = -1) =>
            LRSchedulers.ProductLR(optimizer, schedules, last_epoch);

        /// <inheritdoc cref="LRSchedulers.WarmupThenLinearLR(Optimizer, double, long)"/>
        public static ScheduleLR WarmupThenLinearLR(Optimizer optimizer, double warmup_ratio, long total_steps) =>
            LRSchedulers.WarmupThenLinearLR(optimizer, warmup_ratio, total_steps);

        /// <inheritdoc cref="LRSchedulers.WarmupThenCosineLR(Optimizer, double, long)"/>
        public static ScheduleLR WarmupThenCosineLR(Optimizer optimizer, double warmup_ratio, long total_steps) =>
            LRSchedulers.WarmupThenCosineLR(optimizer, warmup_ratio, total_steps);

        /// <inheritdoc cref="LRSchedulers.WarmupThenPolynomialLR(Optimizer, double, long)"/>
        public static ScheduleLR WarmupThenPolynomialLR(Optimizer optimizer, double warmup_ratio, long total_steps) =>
            LRSchedulers.WarmupThenPolynomialLR(optimizer, warmup_ratio, total_steps);

        /// <inheritdoc cref="LRSchedulers.WarmupThenHardRestartsLR(Optimizer, double, long)"/>
        public static ScheduleLR WarmupThenHardRestartsLR(Optimizer optimizer, double warmup_ratio, long total_steps) =>
            LRSchedulers.WarmupThenHardRestartsLR(optimizer, warmup_ratio, total_steps);

        /// <inheritdoc cref="LRSchedulers.WarmupStableDecayLR(Optimizer, double, long, long)"/>
        public static ScheduleLR WarmupStableDecayLR(Optimizer optimizer, double warmup_ratio, long total_steps, long decay_steps) =>
            LRSchedulers.WarmupStableDecayLR(optimizer, warmup_ratio, total_steps, decay_steps);
    }
}
