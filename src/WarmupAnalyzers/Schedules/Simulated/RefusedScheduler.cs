using System;
using System.Collections.Generic;

namespace WarmupAnalyzers.Schedules.Simulated;

/// <summary>A scheduler that never comes to be: one of its arguments throws when it is made.</summary>
internal sealed class RefusedScheduler(Type exception) : SimulatedScheduler(-1)
{
    public override ScheduleRun Start(IReadOnlyList<ParameterGroup>? groups)
    {
        var run = new ScheduleRun(this, groups ?? [], LastEpoch);
        run.Fail(exception);
        return run;
    }

    protected override double Next(ScheduleRun run, int group) => run.Groups[group].LearningRate;
}
