using WarmupAnalyzers.Schedules.Simulated;

namespace WarmupAnalyzers.Reading;

/// <summary>The schedulers that cycle, with their learning rates alone: the momentum is nobody's argument here and does not change them.</summary>
internal static class CycleReader
{
    public static CyclicLR? Cyclic(SchedulerArguments arguments, int? lastEpoch = null)
    {
        if (arguments.Number("base_lr") is not { } least || arguments.Number("max_lr") is not { } maximum || arguments.Number("gamma") is not { } gamma
            || arguments.Number("step_size_up") is not { } up || arguments.Number("step_size_down") is not { } down
            || (lastEpoch ?? arguments.Number("last_epoch")) is not { } last || arguments.Constant("mode") is not int mode || !arguments.IsNull("scale_fn"))
            return null;
        return new CyclicLR(least, maximum, (int)last)
        {
            StepSizeUp = (int)up,
            StepSizeDown = (int)down,
            Gamma = gamma,
            Mode = (CyclicMode)mode,
            CyclesMomentum = false,
        };
    }

    /// <summary>The one cycle; where the rates are open, one of any height: what it throws, and whether its first rate is a number, is the same.</summary>
    public static OneCycleLR OneCycle(SchedulerArguments arguments)
    {
        int Count(string parameter) => (int)(arguments.Number(parameter) ?? 10);
        return new OneCycleLR(arguments.Number("max_lr") ?? 1.0, Count("total_steps"))
        {
            Epochs = Count("epochs"),
            StepsPerEpoch = Count("steps_per_epoch"),
            PctStart = arguments.Number("pct_start") ?? 0.3,
            CyclesMomentum = false,
        };
    }
}
