using System.Threading;
using WarmupAnalyzers.Reading;
using WarmupAnalyzers.Reading.Schedules;
using WarmupAnalyzers.Reading.Steps;
using WarmupAnalyzers.Schedules;

namespace WarmupAnalyzers.Training;

/// <summary>The schedule index in force at the first <c>optimizer.step()</c>.</summary>
internal static class FirstTrainedIndex
{
    private const int NestingLimit = 8;

    /// <summary>1 where a step of the scheduler lies on every path between its creation and the optimizer's first step; else 0, also where unknown.</summary>
    public static int Of(SchedulerCreation creation, TrainingCode code, CancellationToken cancellation) => Of(creation, code, NestingLimit, cancellation);

    private static int Of(SchedulerCreation creation, TrainingCode code, int nesting, CancellationToken cancellation)
    {
        var life = SchedulerLife.Of(creation, code, cancellation);
        if (life.Parent is not { } parent)
            return life.First.Index;
        // A sequence steps its first scheduler and starts the others at 0 when their time comes; a chain steps all of its own.
        return nesting > 0 && (parent.Kind == SchedulerKind.ChainedLR || life.IndexInParent == 0) ? Of(parent, code, nesting - 1, cancellation) : 0;
    }
}
