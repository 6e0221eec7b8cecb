using System;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using WarmupAnalyzers.Factors;
using WarmupAnalyzers.Schedules;
using WarmupAnalyzers.Schedules.Simulated;

namespace WarmupAnalyzers.Reading.Schedules;

/// <summary>Turns a scheduler's creation into the simulator's scheduler, where its arguments are constants.</summary>
internal static class ScheduleReader
{
    /// <summary>How deep schedulers are followed into one another.</summary>
    internal const int NestingLimit = 4;

    /// <summary>The scheduler; null where an argument is left open by the code.</summary>
    public static SimulatedScheduler? Read(SchedulerCreation creation, TrainingCode code, CancellationToken cancellation) =>
        Read(creation, code, NestingLimit, cancellation);

    /// <summary>The same with the default <c>last_epoch</c>, whatever is given.</summary>
    public static SimulatedScheduler? ReadFresh(SchedulerCreation creation, TrainingCode code, CancellationToken cancellation) =>
        Read(creation, code, NestingLimit, cancellation, lastEpoch: -1);

    /// <summary>The scheduler that an operation makes, one of TorchSharp's or one of ours; null for anything else.</summary>
    public static SimulatedScheduler? Read(IOperation creation, TrainingCode code, CancellationToken cancellation) =>
        Read(creation, code, NestingLimit, cancellation);

    /// <summary>As part of a composition.</summary>
    internal static SimulatedScheduler? Read(IOperation creation, TrainingCode code, int nesting, CancellationToken cancellation) =>
        SchedulerCreation.Read(creation, code.Symbols) is { } known ? Read(known, code, nesting, cancellation) : null;

    /// <summary>The closed form of a decay by a constant ratio; null for another scheduler, or where an argument is open.</summary>
    public static Func<int, double>? Decay(SchedulerCreation creation, TrainingCode code, CancellationToken cancellation)
    {
        if (Number(creation, "gamma", code, cancellation) is not { } gamma)
            return null;
        switch (creation.Kind)
        {
            case SchedulerKind.ExponentialLR:
                return index => Math.Pow(gamma, index);
            case SchedulerKind.StepLR when Number(creation, "step_size", code, cancellation) is >= 1 and var size:
                return index => Math.Pow(gamma, Math.Floor(index / size));
            case SchedulerKind.MultiStepLR when Milestones(creation, code, cancellation) is { IsDefault: false } milestones:
                var distinct = milestones.Distinct().ToArray();
                return index => Math.Pow(gamma, distinct.Count(milestone => milestone >= 0 && milestone <= index));
            default:
                return null;
        }
    }

    /// <summary>An argument's number, or null where the code leaves it open.</summary>
    public static double? Number(SchedulerCreation creation, string parameter, TrainingCode code, CancellationToken cancellation)
    {
        var value = new ArgumentReader(creation.Argument, code, cancellation).ValueOf(parameter);
        return value.Kind.IsNumber() ? value.ToDouble() : null;
    }

    private static SimulatedScheduler? Read(SchedulerCreation creation, TrainingCode code, int nesting, CancellationToken cancellation, int? lastEpoch = null)
    {
        if (creation.Kind == SchedulerKind.ScheduleLR)
            return OwnScheduleReader.Read(creation, lastEpoch, code, cancellation);
        var arguments = new ArgumentReader(creation.Argument, code, cancellation) { LastEpoch = lastEpoch };
        var scheduler = creation.Kind switch
        {
            SchedulerKind.LambdaLR => Factors(creation, code, cancellation) is { } factors ? new LambdaLR(factors, Last(arguments)) : null,
            SchedulerKind.MultiplicativeLR => Factors(creation, code, cancellation) is { } factors ? new MultiplicativeLR(factors, Last(arguments)) : null,
            SchedulerKind.SequentialLR => nesting > 0 && ChildSchedulerReader.Read(creation, code, nesting - 1, cancellation) is { } children
                ? new SequentialLR(children, arguments.Counts("milestones"), Last(arguments))
                : null,
            SchedulerKind.ChainedLR => nesting > 0 && ChildSchedulerReader.Read(creation, code, nesting - 1, cancellation) is { } children ? new ChainedLR(children) : null,
            _ => Plain(creation.Kind, arguments),
        };
        return arguments.AreFixed ? scheduler : null;
    }

    private static SimulatedScheduler? Plain(SchedulerKind kind, ArgumentReader arguments) => kind switch
    {
        SchedulerKind.LinearLR => new LinearLR(arguments.Number("start_factor"), arguments.Number("end_factor"), arguments.Count("total_iters"), Last(arguments)),
        SchedulerKind.ConstantLR => new ConstantLR(arguments.Number("factor"), arguments.Count("total_iters"), Last(arguments)),
        SchedulerKind.StepLR => new StepLR(arguments.Count("step_size"), arguments.Number("gamma"), Last(arguments)),
        SchedulerKind.MultiStepLR => MultiStep(arguments),
        SchedulerKind.ExponentialLR => new ExponentialLR(arguments.Number("gamma"), Last(arguments)),
        SchedulerKind.PolynomialLR => new PolynomialLR(arguments.Count("total_iters"), arguments.Number("power"), Last(arguments)),
        SchedulerKind.CosineAnnealingLR => new CosineAnnealingLR(arguments.Number("T_max"), arguments.Number("eta_min"), Last(arguments)),
        SchedulerKind.OneCycleLR => OneCycle(arguments),
        SchedulerKind.CyclicLR => Cyclic(arguments),
        SchedulerKind.ReduceLROnPlateau => Plateau(arguments),
        _ => null,
    };

    /// <summary>An argument's value; Unknown where the code leaves it open.</summary>
    public static Value ValueOf(SchedulerCreation creation, string parameter, TrainingCode code, CancellationToken cancellation) =>
        new ArgumentReader(creation.Argument, code, cancellation).ValueOf(parameter);

    /// <summary>The milestones of a <c>MultiStepLR</c>; default where the code leaves them open.</summary>
    public static ImmutableArray<int> Milestones(SchedulerCreation creation, TrainingCode code, CancellationToken cancellation) =>
        new ArgumentReader(creation.Argument, code, cancellation).Counts("milestones");

    private static int Last(ArgumentReader arguments) => arguments.LastEpoch ?? arguments.Count("last_epoch");

    private static MultiStepLR? MultiStep(ArgumentReader arguments) =>
        arguments.Counts("milestones") is { IsDefault: false } milestones ? new MultiStepLR(milestones, arguments.Number("gamma"), Last(arguments)) : null;

    private static OneCycleLR OneCycle(ArgumentReader arguments) => new(arguments.Values("max_lr"), arguments.Count("total_steps"), Last(arguments))
    {
        Epochs = arguments.Count("epochs"),
        StepsPerEpoch = arguments.Count("steps_per_epoch"),
        PctStart = arguments.Number("pct_start"),
        IsLinear = arguments.Count("anneal_strategy") != 0,
        CyclesMomentum = arguments.Flag("cycle_momentum"),
        BaseMomentum = arguments.Values("base_momentum", whenNull: 0.85),
        MaxMomentum = arguments.Values("max_momentum", whenNull: 0.95),
        DivFactor = arguments.Number("div_factor"),
        FinalDivFactor = arguments.Number("final_div_factor"),
        HasThreePhases = arguments.Flag("three_phase"),
    };

    private static CyclicLR Cyclic(ArgumentReader arguments) => new(arguments.Values("base_lr"), arguments.Values("max_lr"), Last(arguments))
    {
        StepSizeUp = arguments.Count("step_size_up"),
        StepSizeDown = arguments.Count("step_size_down"),
        Mode = (CyclicMode)arguments.Count("mode"),
        Gamma = arguments.Number("gamma"),
        ScaleFunction = arguments.Function("scale_fn"),
        ScalesByIterations = arguments.Count("scale_mode") != 0,
        CyclesMomentum = arguments.Flag("cycle_momentum"),
        BaseMomentum = arguments.Values("base_momentum", whenNull: 0.8),
        MaxMomentum = arguments.Values("max_momentum", whenNull: 0.9),
    };

    private static ReduceLROnPlateau Plateau(ArgumentReader arguments) => new(arguments.Text("mode", "min", "max"), arguments.Number("factor"))
    {
        Patience = arguments.Count("patience"),
        Threshold = arguments.Number("threshold"),
        ThresholdMode = arguments.Text("threshold_mode", "rel", "abs"),
        Cooldown = arguments.Count("cooldown"),
        Least = arguments.Numbers("min_lr"),
        Eps = arguments.Number("eps"),
    };

    private static GroupFunctions? Factors(SchedulerCreation creation, TrainingCode code, CancellationToken cancellation)
    {
        var groups = FactorSchedule.FactorsOf(creation, code, cancellation);
        if (groups.IsEmpty || groups.Any(group => !group.Program.FreeVariables.IsEmpty))
            return null;
        var functions = groups
            .Select(group => group.Program.Under(Assignment.Empty, cancellation))
            .Select(run => (Func<int, Value>)run.At)
            .ToImmutableArray();
        return creation.Argument("lr_lambda") is null ? GroupFunctions.Each(functions) : GroupFunctions.Same(functions[0]);
    }
}
