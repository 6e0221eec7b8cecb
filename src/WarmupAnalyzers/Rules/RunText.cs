using System.Collections.Generic;
using System.Linq;
using WarmupAnalyzers.Reading;
using WarmupAnalyzers.Reading.Schedules;
using WarmupAnalyzers.Schedules;
using WarmupAnalyzers.Schedules.Simulated;

namespace WarmupAnalyzers.Rules;

/// <summary>A run of a scheduler in a message.</summary>
internal static class RunText
{
    private const int Drawn = 8;
    private const int LongestRun = 10_000;

    /// <summary>
    /// What comes of the scheduler: <c>the learning rate runs 0.2, 0.175, … ▇▆</c>, what it is multiplied by where the rate is not
    /// known, or what is thrown. Null where it cannot be said.
    /// </summary>
    public static string? Of(SimulatedScheduler? scheduler, SchedulerArguments arguments)
    {
        if (scheduler is null || Subject(scheduler, arguments) is not { } subject)
            return null;
        var (numbers, exception) = Run(scheduler, Rate(arguments), Drawn);
        if (exception is not null)
            return numbers.Count switch { 0 => "the constructor", 1 => "the first step()", var steps => $"step() number {steps}" } + " throws " + exception;
        if (numbers.Count < Drawn)
            return null;
        return numbers.Any(rate => !rate.Equals(numbers[0])) ? subject + " " + Picture(numbers) : WhileItStays(subject, Run(scheduler, Rate(arguments), LongestRun).Numbers, arguments);
    }

    /// <summary>The first step that trains with NaN; null where none of so many does.</summary>
    public static int? FirstNaN(SimulatedScheduler scheduler, SchedulerArguments arguments, int steps)
    {
        var group = new ParameterGroup(Rate(arguments));
        var run = scheduler.Start([group]);
        for (var step = 0; run.IsKnown && step < steps; step++, run.Step())
        {
            if (double.IsNaN(group.LearningRate))
                return step;
        }

        return null;
    }

    /// <summary>The rates after creation and after each step; null where one is not known.</summary>
    public static IReadOnlyList<double>? Numbers(SimulatedScheduler scheduler, SchedulerArguments arguments, int count = Drawn)
    {
        var (numbers, _) = Run(scheduler, Rate(arguments), count);
        return numbers.Count == count ? numbers : null;
    }

    /// <summary>What the numbers of a run are; null where they hang on a rate that is not known and are no multiples of it.</summary>
    public static string? Subject(SimulatedScheduler scheduler, SchedulerArguments arguments)
    {
        if (!double.IsNaN(arguments.StartRate) || IsAbsolute(scheduler))
            return "the learning rate runs";
        return scheduler.IsProportional ? "the learning rate is multiplied by" : null;
    }

    /// <summary>Whether the run is the same whatever rate the optimizer was made with.</summary>
    public static bool IsAbsolute(SimulatedScheduler scheduler) => Run(scheduler, 1, Drawn).Numbers.SequenceEqual(Run(scheduler, 2, Drawn).Numbers);

    public static string Picture(IReadOnlyList<double> numbers) => CurveText.Numbers(numbers.Take(Drawn).ToArray()) + " " + CurveText.Sparkline(numbers.Take(Drawn).ToArray());

    private static double Rate(SchedulerArguments arguments) => double.IsNaN(arguments.StartRate) ? 1 : arguments.StartRate;

    // Nothing is said where it might change after the longest run.
    private static string? WhileItStays(string subject, IReadOnlyList<double> numbers, SchedulerArguments arguments)
    {
        var change = numbers.TakeWhile(rate => rate.Equals(numbers[0])).Count();
        var stays = subject.Replace(" runs", " stays at") + " " + CurveText.Number(numbers[0]);
        if (change < numbers.Count)
            return $"{stays} until step {change} and is {CurveText.Number(numbers[change])} then";
        return arguments.LargestCount < LongestRun / 2 ? stays : null;
    }

    private static (IReadOnlyList<double> Numbers, string? Exception) Run(SimulatedScheduler scheduler, double rate, int count)
    {
        // A momentum to be cycled is there; where it is not is another question.
        var group = new ParameterGroup(rate, MomentumKind.Momentum, 0.9);
        var run = scheduler.Start([group]);
        var numbers = new List<double>();
        for (; run.IsKnown && numbers.Count < count; run.Step())
            numbers.Add(group.LearningRate);
        var exception = numbers.Count < count ? run.Exception : null;
        return (numbers, exception?.Substring(exception.LastIndexOf('.') + 1));
    }
}
