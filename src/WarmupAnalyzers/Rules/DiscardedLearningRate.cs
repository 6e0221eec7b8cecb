using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using WarmupAnalyzers.Factors;
using WarmupAnalyzers.Reading;
using WarmupAnalyzers.Reading.Optimizers;
using WarmupAnalyzers.Reading.Schedules;
using WarmupAnalyzers.Schedules;
using WarmupAnalyzers.Schedules.Simulated;

namespace WarmupAnalyzers.Rules;

/// <summary>WARM2004: a learning rate that is written and lost when the scheduler is made.</summary>
internal static class DiscardedLearningRate
{
    public const string Id = "WARM2004";

    private const int Compared = 20;

    public static readonly DiagnosticDescriptor Descriptor = new(
        "WARM2004",
        "The learning rate set before the scheduler is ignored",
        "The learning rate that is set here is ignored: {0}",
        RuleCategory.Argument,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description: "LambdaLR and SequentialLR start from the InitialLearningRate of a parameter group, OneCycleLR and CyclicLR from their own arguments. What is written to LearningRate before they are made is lost.",
        helpLinkUri: HelpLink.For(Id));

    public static ArgumentMistake? Judge(SchedulerArguments arguments)
    {
        // Before anything is bound: most files write no rate.
        if (!arguments.Code.RateWrites.In(arguments.Creation.Operation.Syntax.SyntaxTree.GetRoot(arguments.Cancellation)).Any())
            return null;
        var writes = arguments.History.LostWrites;
        if (writes.IsEmpty || writes.All(write => arguments.IsBaseRate(write)) || arguments.ReadsRate || !Discards(TypicalSchedule.Of(arguments)))
            return null;
        var startsFromInitial = arguments.Kind is SchedulerKind.LambdaLR or SchedulerKind.SequentialLR or SchedulerKind.ScheduleLR;
        return new ArgumentMistake(Descriptor, writes[0].Syntax, Effect(arguments, startsFromInitial ? "InitialLearningRate" : "its own arguments", writes))
        {
            Others = writes.Skip(1).Select(write => write.Syntax).ToImmutableArray(),
            Properties = startsFromInitial ? ImmutableDictionary<string, string?>.Empty.Add(ArgumentMistake.Replacement, "InitialLearningRate") : ImmutableDictionary<string, string?>.Empty,
        };
    }

    /// <summary>Whether the schedule is the same with another rate in force when the scheduler is made.</summary>
    private static bool Discards(SimulatedScheduler? scheduler) =>
        scheduler is not null && Run(scheduler, 1, 1) is { } asMade && Run(scheduler, 1, 0.25) is { } written && asMade.SequenceEqual(written);

    private static IReadOnlyList<double>? Run(SimulatedScheduler scheduler, double initial, double current)
    {
        var group = new ParameterGroup(initial, MomentumKind.Momentum, 0.9) { LearningRate = current };
        var run = scheduler.Start([group]);
        var numbers = new List<double>();
        for (; run.IsKnown && numbers.Count < Compared; run.Step())
            numbers.Add(group.LearningRate);
        return numbers.Count == Compared ? numbers : null;
    }

    private static string Effect(SchedulerArguments arguments, string source, ImmutableArray<OptimizerWrite> writes)
    {
        var begins = $"{arguments.Creation.Title} starts from {source}";
        if (arguments.Scheduler is not { } scheduler || Run(scheduler, arguments.BaseRate, arguments.BaseRate) is not { } numbers)
            return begins + (double.IsNaN(arguments.BaseRate) || source != "InitialLearningRate" ? string.Empty : ", which is " + CurveText.Number(arguments.BaseRate));
        var meant = writes.Length == 1 && source == "InitialLearningRate" && arguments.NumberOf(writes[0]) is { } rate ? Run(scheduler, rate, rate) : null;
        return $"{begins}, so the learning rate runs {RunText.Picture(numbers)}" + (meant is null ? string.Empty : " instead of " + RunText.Picture(meant));
    }
}
