using System.Threading;
using WarmupAnalyzers.Reading.Schedules;

namespace WarmupAnalyzers.Reading.Steps;

/// <summary>The steps that a scheduler makes beside those of the training.</summary>
internal static class TrainingSteps
{
    /// <summary>Whether one is made too early, twice or behind the training: that is the mistake then, and has a report of its own.</summary>
    public static bool AreTooMany(SchedulerLife life, CancellationToken cancellation) =>
        life.First.SkipTheFirstIndex || life.RepeatedSteps(cancellation).Count > 0 || life.IdleSteps(cancellation).Count > 0;

    /// <summary>Whether the scheduler is stepped, in sight, and not too often.</summary>
    public static bool AreInOrder(SchedulerCreation creation, TrainingCode code, CancellationToken cancellation) =>
        SchedulerLife.Of(creation, code, cancellation) is { IsInSight: true, HasRival: false, IsNeverStepped: false } life && !AreTooMany(life, cancellation);
}
