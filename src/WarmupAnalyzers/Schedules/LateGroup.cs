using System.Collections.Generic;
using System.Linq;
using WarmupAnalyzers.Schedules.Simulated;

namespace WarmupAnalyzers.Schedules;

/// <summary>What a scheduler does once its optimizer has got another parameter group.</summary>
/// <param name="ThrowsAt">The number of the step that throws because of it; 0 where none does.</param>
/// <param name="Exception">What is thrown; empty where nothing is.</param>
/// <param name="Rates">The rates of the first group, from the scheduler's creation on.</param>
internal sealed record LateGroup(int ThrowsAt, string Exception, IReadOnlyList<double> Rates)
{
    private const int Shown = 8;
    private const int LongestRun = 1_000;

    /// <summary>Null where the group loses nothing: it is scheduled too, or the schedule never changes.</summary>
    /// <param name="rate">The rate of both groups.</param>
    /// <param name="steps">So many steps are certain.</param>
    public static LateGroup? Of(SimulatedScheduler scheduler, double rate, double steps)
    {
        ParameterGroup first = Group(rate), late = Group(rate), lone = Group(rate);
        var groups = new List<ParameterGroup> { first };
        var (run, alone) = (scheduler.Start(groups), scheduler.Start([lone]));
        groups.Add(late);
        var rates = new List<double>();
        for (var made = 0; made < LongestRun && run.IsKnown && alone.IsKnown; made++)
        {
            rates.Add(first.LearningRate);
            Step(run);
            Step(alone);
            if (!run.IsKnown && alone.IsKnown && (made == 0 || made < steps || scheduler is ReduceLROnPlateau))
                return new LateGroup(made + 1, run.Exception is { } thrown ? thrown.Substring(thrown.LastIndexOf('.') + 1) : string.Empty, rates);
            if (late.LearningRate != rate)
                return null;
        }

        return rates.All(other => other == rates[0]) ? null : new LateGroup(0, string.Empty, rates.Take(Shown).ToArray());
    }

    private static ParameterGroup Group(double rate) => new(rate, MomentumKind.Momentum, 0.9);

    private static void Step(ScheduleRun run)
    {
        if (run.Scheduler is ReduceLROnPlateau)
            run.StepWith(1);
        else
            run.Step();
    }
}
