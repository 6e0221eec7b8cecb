using System.Collections.Generic;
using System.Linq;
using WarmupAnalyzers.Reading;
using WarmupAnalyzers.Schedules;
using WarmupAnalyzers.Schedules.Simulated;

namespace WarmupAnalyzers.Rules;

/// <summary>The learning rates of a run in a message.</summary>
internal static class RunText
{
    private const int Drawn = 8;

    /// <summary>
    /// <c>the learning rate runs 0, NaN, NaN, … ▁???</c>, or what it is multiplied by where the rate is not known; null where a
    /// step of it is not.
    /// </summary>
    public static string? Of(SimulatedScheduler? scheduler, SchedulerArguments arguments) =>
        Numbers(scheduler, arguments) is { } numbers ? Subject(arguments) + " " + Picture(numbers) : null;

    /// <summary>The rates after creation and after each step; null where one is not known.</summary>
    public static IReadOnlyList<double>? Numbers(SimulatedScheduler? scheduler, SchedulerArguments arguments, int count = Drawn)
    {
        if (scheduler is null)
            return null;
        var group = new ParameterGroup(double.IsNaN(arguments.StartRate) ? 1 : arguments.StartRate);
        var run = scheduler.Start([group]);
        var numbers = new List<double>();
        for (; run.IsKnown && numbers.Count < count; run.Step())
            numbers.Add(group.LearningRate);
        return numbers.Count == count ? numbers : null;
    }

    public static string Subject(SchedulerArguments arguments) =>
        double.IsNaN(arguments.StartRate) ? "the learning rate is multiplied by" : "the learning rate runs";

    public static string Picture(IReadOnlyList<double> numbers) => CurveText.Numbers(numbers) + " " + CurveText.Sparkline(numbers);
}
