using System;
using System.Collections.Immutable;
using System.Linq;
using WarmupAnalyzers.Factors;
using WarmupAnalyzers.Schedules;
using WarmupAnalyzers.Schedules.Simulated;
using WarmupSchedulers;

namespace WarmupAnalyzers.Reading.Schedules;

/// <summary>A schedule of the same kind with arguments as people give them, to see what all of that kind do with an optimizer's rate.</summary>
internal static class TypicalSchedule
{
    private const int NestingLimit = 8;
    private const int Milestone = 4;

    /// <summary>The schedule; null for one that is not followed.</summary>
    public static SimulatedScheduler? Of(SchedulerArguments arguments) => Of(arguments.Creation, arguments, NestingLimit);

    private static SimulatedScheduler? Of(SchedulerCreation creation, SchedulerArguments arguments, int nesting) => creation.Kind switch
    {
        SchedulerKind.LambdaLR => new LambdaLR(Factors),
        SchedulerKind.MultiplicativeLR => new MultiplicativeLR(Factors),
        SchedulerKind.StepLR => new StepLR(3, 0.5),
        SchedulerKind.MultiStepLR => new MultiStepLR(ImmutableArray.Create(2, 5), 0.5),
        SchedulerKind.ExponentialLR => new ExponentialLR(0.9),
        SchedulerKind.PolynomialLR => new PolynomialLR(30, 1),
        SchedulerKind.ConstantLR => new ConstantLR(0.5, Milestone),
        SchedulerKind.LinearLR => new LinearLR(0.1, 1, Milestone),
        SchedulerKind.CosineAnnealingLR => new CosineAnnealingLR(30, 0),
        SchedulerKind.OneCycleLR => new OneCycleLR(1.0, 100),
        SchedulerKind.CyclicLR => new CyclicLR(0.1, 1.0) { StepSizeUp = Milestone },
        SchedulerKind.ScheduleLR => new ScheduleLR(Schedule.Noam(Milestone)),
        SchedulerKind.SequentialLR => nesting == 0 ? null : Sequence(creation, arguments, nesting - 1),
        _ => null,
    };

    private static ImmutableArray<Func<int, Value>> Factors { get; } = ImmutableArray.Create<Func<int, Value>>(index => Value.Of(1.0 / (index + 1)));

    private static SequentialLR? Sequence(SchedulerCreation creation, SchedulerArguments arguments, int nesting)
    {
        if (creation.Argument("schedulers") is not { } list || SchedulerList.Elements(list) is not { Count: > 0 } elements)
            return null;
        var children = Enumerable.Range(0, elements.Count)
            .Select(index => arguments.Child(creation, index) is { } child ? Of(child, arguments, nesting) : null)
            .ToImmutableArray();
        return children.Any(child => child is null)
            ? null
            : new SequentialLR(children!, Enumerable.Range(1, children.Length - 1).Select(number => number * Milestone).ToImmutableArray());
    }
}
