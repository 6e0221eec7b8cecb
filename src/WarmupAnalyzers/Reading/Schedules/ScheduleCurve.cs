using System.Collections.Immutable;
using System.Threading;
using Microsoft.CodeAnalysis;
using WarmupAnalyzers.Reading.Optimizers;
using WarmupAnalyzers.Schedules.Simulated;

namespace WarmupAnalyzers.Reading.Schedules;

/// <summary>The first numbers of a schedule, for messages.</summary>
internal static class ScheduleCurve
{
    /// <summary>
    /// What the scheduler multiplies the base learning rate of the first group by, after its creation and after each of the
    /// following <c>step()</c>s; null where an argument is not constant or a step throws.
    /// </summary>
    public static ImmutableArray<double>? Of(SchedulerCreation creation, int count, TrainingCode code, CancellationToken cancellation) =>
        Of(creation.Operation, ScheduleReader.Read(creation, code, cancellation), count, code, cancellation);

    /// <summary>The same for the creation of one of our own schedulers, too.</summary>
    public static ImmutableArray<double>? Of(IOperation creation, int count, TrainingCode code, CancellationToken cancellation) =>
        Of(creation, ScheduleReader.Read(creation, code, cancellation), count, code, cancellation);

    /// <summary>
    /// The same where every round makes a scheduler anew, for the rate that the last one left, steps it so often, trains, and steps
    /// it once if it was not stepped before.
    /// </summary>
    public static ImmutableArray<double>? Renewed(SchedulerCreation creation, int rounds, int stepsBefore, TrainingCode code, CancellationToken cancellation) =>
        ScheduleReader.Read(creation, code, cancellation) is { } scheduler && GroupFor(creation.Operation, scheduler, code, cancellation) is { } group
            ? Renewed(scheduler, group, rounds, stepsBefore)
            : null;

    private static ImmutableArray<double>? Renewed(SimulatedScheduler scheduler, ParameterGroup group, int rounds, int stepsBefore)
    {
        var factors = ImmutableArray.CreateBuilder<double>(rounds);
        while (factors.Count < rounds)
        {
            var run = scheduler.Start([group]);
            if (stepsBefore > 0)
                run.Step();
            if (!run.IsKnown)
                return null;
            factors.Add(group.LearningRate / group.InitialLearningRate);
            if (stepsBefore == 0)
                run.Step();
        }

        return factors.MoveToImmutable();
    }

    /// <summary>The same where it is known what the creation makes.</summary>
    internal static ImmutableArray<double>? Of(IOperation creation, SimulatedScheduler? scheduler, int count, TrainingCode code, CancellationToken cancellation) =>
        scheduler is not null && GroupFor(creation, scheduler, code, cancellation) is { } group ? Of(scheduler, group, count) : null;

    /// <summary>A group as its optimizer makes it, with the rate 1 where only multiples of it count; null where the rate counts and is open.</summary>
    internal static ParameterGroup? GroupFor(IOperation creation, SimulatedScheduler scheduler, TrainingCode code, CancellationToken cancellation)
    {
        var optimizer = ChildSchedulerReader.OptimizerOf(creation, code, cancellation);
        // As a factor, what is absolute depends on the base rate.
        var rate = scheduler.IsProportional ? 1.0 : BaseLearningRate.Of(optimizer, code, cancellation).Value;
        var momentum = OptimizerMomentumReader.Of(optimizer, code, cancellation) ?? MomentumKind.Momentum;
        return double.IsNaN(rate) || rate == 0 ? null : new ParameterGroup(rate, momentum);
    }

    private static ImmutableArray<double>? Of(SimulatedScheduler scheduler, ParameterGroup group, int count)
    {
        var run = scheduler.Start([group]);
        var factors = ImmutableArray.CreateBuilder<double>(count);
        while (run.IsKnown && factors.Count < count)
        {
            factors.Add(group.LearningRate / group.InitialLearningRate);
            run.Step();
        }

        return factors.Count == count ? factors.MoveToImmutable() : null;
    }
}
