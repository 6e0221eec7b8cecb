using System.Collections.Immutable;
using System.Threading;
using WarmupAnalyzers.Schedules;
using WarmupAnalyzers.Schedules.Simulated;

namespace WarmupAnalyzers.Reading;

/// <summary>The first numbers of a schedule, for messages.</summary>
internal static class ScheduleCurve
{
    /// <summary>
    /// What the scheduler multiplies the base learning rate of the first group by, after its creation and after each of the
    /// following <c>step()</c>s; null where an argument is not constant or a step throws.
    /// </summary>
    public static ImmutableArray<double>? Of(SchedulerCreation creation, int count, TrainingCode code, CancellationToken cancellation)
    {
        if (ScheduleReader.Read(creation, code, cancellation) is not { } scheduler)
            return null;
        // A least rate is absolute: as a factor it depends on the base rate.
        var isRelative = creation.Kind != SchedulerKind.CosineAnnealingLR || ScheduleReader.Number(creation, "eta_min", code, cancellation) == 0;
        var rate = isRelative ? 1.0 : BaseLearningRate.Of(creation.Optimizer, code, cancellation).Value;
        return double.IsNaN(rate) ? null : Of(scheduler, rate, count);
    }

    private static ImmutableArray<double>? Of(SimulatedScheduler scheduler, double rate, int count)
    {
        var group = new ParameterGroup(rate);
        var run = scheduler.Start([group]);
        var factors = ImmutableArray.CreateBuilder<double>(count);
        while (run.IsKnown && factors.Count < count)
        {
            factors.Add(group.LearningRate / rate);
            run.Step();
        }

        return factors.Count == count ? factors.MoveToImmutable() : null;
    }
}
