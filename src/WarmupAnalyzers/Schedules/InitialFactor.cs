using System.Threading;
using WarmupAnalyzers.Reading;

namespace WarmupAnalyzers.Schedules;

/// <summary>What a new scheduler multiplies the base learning rate by before its first <c>step()</c>.</summary>
internal static class InitialFactor
{
    /// <summary>Whether f(0) is certainly not zero. Unknown is false.</summary>
    public static bool IsNonzero(SchedulerCreation creation, TrainingCode code, CancellationToken cancellation) =>
        creation.Kind is not (SchedulerKind.LambdaLR or SchedulerKind.SequentialLR or SchedulerKind.ChainedLR or SchedulerKind.ReduceLROnPlateau);
}
