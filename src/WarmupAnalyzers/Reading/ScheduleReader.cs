using System;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using WarmupAnalyzers.Factors;
using WarmupAnalyzers.Reading.Factors;
using WarmupAnalyzers.Schedules;
using WarmupAnalyzers.Schedules.Simulated;

namespace WarmupAnalyzers.Reading;

/// <summary>Turns a scheduler's creation into the simulator's scheduler, where its arguments are constants.</summary>
internal static class ScheduleReader
{
    /// <summary>The scheduler; null for one that is not simulated, or an argument that the code leaves open.</summary>
    /// <param name="lastEpoch">In place of the argument <c>last_epoch</c>.</param>
    public static SimulatedScheduler? Read(SchedulerCreation creation, TrainingCode code, CancellationToken cancellation, int? lastEpoch = null)
    {
        double Argument(string name) => Number(creation, name, code, cancellation) ?? double.NaN;
        int Count(string name) => (int)Argument(name);
        if (!HasConstants(creation, code, cancellation))
            return null;
        var last = lastEpoch ?? Count("last_epoch");
        return creation.Kind switch
        {
            SchedulerKind.LambdaLR => Factors(creation, code, cancellation) is { IsDefault: false } factors ? new LambdaLR(factors, last) : null,
            SchedulerKind.MultiplicativeLR => Factors(creation, code, cancellation) is { IsDefault: false } factors ? new MultiplicativeLR(factors, last) : null,
            SchedulerKind.LinearLR => new LinearLR(Argument("start_factor"), Argument("end_factor"), Count("total_iters"), last),
            SchedulerKind.ConstantLR => new ConstantLR(Argument("factor"), Count("total_iters"), last),
            SchedulerKind.StepLR => new StepLR(Count("step_size"), Argument("gamma"), last),
            SchedulerKind.MultiStepLR => Milestones(creation, code, cancellation) is { IsDefault: false } milestones ? new MultiStepLR(milestones, Argument("gamma"), last) : null,
            SchedulerKind.ExponentialLR => new ExponentialLR(Argument("gamma"), last),
            SchedulerKind.PolynomialLR => new PolynomialLR(Count("total_iters"), Argument("power"), last),
            SchedulerKind.CosineAnnealingLR => new CosineAnnealingLR(Argument("T_max"), Argument("eta_min"), last),
            _ => null,
        };
    }

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
        var value = ValueOf(creation, parameter, code, cancellation);
        return value.Kind.IsNumber() ? value.ToDouble() : null;
    }

    private static bool HasConstants(SchedulerCreation creation, TrainingCode code, CancellationToken cancellation) =>
        Numbers(creation.Kind).All(name => Number(creation, name, code, cancellation) is not null);

    private static string[] Numbers(SchedulerKind kind) => kind switch
    {
        SchedulerKind.LambdaLR => ["last_epoch"],
        SchedulerKind.LinearLR => ["start_factor", "end_factor", "total_iters", "last_epoch"],
        SchedulerKind.ConstantLR => ["factor", "total_iters", "last_epoch"],
        SchedulerKind.StepLR => ["step_size", "gamma", "last_epoch"],
        SchedulerKind.MultiStepLR or SchedulerKind.ExponentialLR => ["gamma", "last_epoch"],
        SchedulerKind.PolynomialLR => ["total_iters", "power", "last_epoch"],
        SchedulerKind.CosineAnnealingLR => ["T_max", "eta_min", "last_epoch"],
        _ => ["last_epoch"],
    };

    /// <summary>An argument's value; Unknown where the code leaves it open.</summary>
    public static Value ValueOf(SchedulerCreation creation, string parameter, TrainingCode code, CancellationToken cancellation)
    {
        if (creation.Argument(parameter) is not { } argument)
            return Value.Unknown;
        var program = FactorReader.ReadRate(argument, code, cancellation).Value;
        return program.FreeVariables.IsEmpty ? program.Under(Assignment.Empty, cancellation).At(0) : Value.Unknown;
    }

    /// <summary>The milestones of a <c>MultiStepLR</c>; default where the code leaves them open.</summary>
    public static ImmutableArray<int> Milestones(SchedulerCreation creation, TrainingCode code, CancellationToken cancellation)
    {
        var list = ValueOf(creation, "milestones", code, cancellation);
        return list.Kind == ValueKind.Array && list.Elements.All(element => element.Kind == ValueKind.Int32)
            ? list.Elements.Select(element => (int)element.Int64).ToImmutableArray()
            : default;
    }

    private static ImmutableArray<Func<int, Value>> Factors(SchedulerCreation creation, TrainingCode code, CancellationToken cancellation)
    {
        var schedule = FactorSchedule.Read(creation, code, cancellation);
        if (schedule is null || schedule.Groups.Any(group => !group.Program.FreeVariables.IsEmpty))
            return default;
        return schedule.Groups
            .Select(group => group.Program.Function.Under(Assignment.Empty, cancellation))
            .Select(run => (Func<int, Value>)run.At)
            .ToImmutableArray();
    }
}
