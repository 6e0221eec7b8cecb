using System.Threading;
using WarmupAnalyzers.Reading;
using WarmupAnalyzers.Reading.Steps;

namespace WarmupAnalyzers.Rules;

/// <summary>A step that is made too early, twice, behind the training or in the wrong loop: that is the mistake then, and has a report of its own; the schedule's length is not looked at.</summary>
internal static class StepMistake
{
    public static bool IsIn(SchedulerLife life, TrainingCode code, CancellationToken cancellation) =>
        TrainingSteps.AreTooMany(life, cancellation) || BatchesAndEpochsMixedUp.Find(life, code, cancellation) is not null;

    /// <summary>Whether a scheduler, or one that it is a part of, is stepped in the wrong loop.</summary>
    public static bool IsInWrongLoop(SchedulerLife life, TrainingCode code, CancellationToken cancellation)
    {
        var current = life;
        while (BatchesAndEpochsMixedUp.Find(current, code, cancellation) is null)
        {
            if (current.Parent is not { } parent)
                return false;
            current = SchedulerLife.Of(parent, code, cancellation);
        }

        return true;
    }
}
