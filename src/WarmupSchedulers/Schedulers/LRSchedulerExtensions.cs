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
        public static ScheduleLR ScheduleLR(Optimizer optimizer, Schedule schedule, int last_epoch = -1) =>
            LRSchedulers.ScheduleLR(optimizer, schedule, last_epoch);

        /// <inheritdoc cref="LRSchedulers.PerGroupLR"/>
        public static ScheduleLR PerGroupLR(Optimizer optimizer, IEnumerable<Schedule> schedules, int last_epoch = -1) =>
            LRSchedulers.PerGroupLR(optimizer, schedules, last_epoch);

        /// <inheritdoc cref="LRSchedulers.LinearWarmupLR"/>
        public static ScheduleLR LinearWarmupLR(
            Optimizer optimizer,
            long warmup_steps,
            WarmupConvention convention = WarmupConvention.Default,
            double? start_factor = null,
            int last_epoch = -1) =>
            LRSchedulers.LinearWarmupLR(optimizer, warmup_steps, convention, start_factor, last_epoch);

        /// <inheritdoc cref="LRSchedulers.WarmupThenLinearLR"/>
        public static ScheduleLR WarmupThenLinearLR(
            Optimizer optimizer,
            long warmup_steps,
            long total_steps,
            double min_lr_factor = 0.0,
            WarmupConvention convention = WarmupConvention.Default,
            double? start_factor = null,
            int last_epoch = -1) =>
            LRSchedulers.WarmupThenLinearLR(optimizer, warmup_steps, total_steps, min_lr_factor, convention, start_factor, last_epoch);

        /// <inheritdoc cref="LRSchedulers.WarmupThenCosineLR"/>
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
    }
}
