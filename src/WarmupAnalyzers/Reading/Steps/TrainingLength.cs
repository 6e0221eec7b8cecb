using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using WarmupAnalyzers.Factors;
using WarmupAnalyzers.Reading.Factors;
using WarmupAnalyzers.Reading.Schedules;
using WarmupAnalyzers.Schedules;
using WarmupAnalyzers.Training;

namespace WarmupAnalyzers.Reading.Steps;

/// <summary>How many steps the training makes that a scheduler begins with.</summary>
/// <param name="Whole">What is stepped: the scheduler itself, or what it is the first part of.</param>
/// <param name="Steps">How often.</param>
/// <param name="Handovers">Where the sequences round it go on to another part, from the inside out.</param>
internal sealed record TrainingLength(SchedulerCreation Whole, ScheduleSteps Steps, ImmutableArray<FactorProgram> Handovers)
{
    /// <summary>Null for a part that is not the first, or that is resumed. Whether the number is that of all the training is asked last: it takes long.</summary>
    public static TrainingLength? Of(SchedulerCreation creation, TrainingCode code, CancellationToken cancellation)
    {
        var handovers = ImmutableArray.CreateBuilder<FactorProgram>();
        var life = SchedulerLife.Of(creation, code, cancellation);
        for (var nesting = 0; life.Parent is { } parent; nesting++)
        {
            if (nesting == ScheduleReader.NestingLimit || !StartsFresh(creation, code, cancellation))
                return null;
            if (parent.Kind != SchedulerKind.ChainedLR)
            {
                if (life.IndexInParent != 0 || new Composition(parent, code, cancellation).Counts is not [var first, ..])
                    return null;
                handovers.Add(first);
            }

            creation = parent;
            life = SchedulerLife.Of(creation, code, cancellation);
        }

        return StartsFresh(creation, code, cancellation)
            ? new TrainingLength(creation, ScheduleSteps.Of(creation, code, cancellation), handovers.ToImmutable())
            : null;
    }

    /// <summary>At most so many, under one assignment; also where the warmup hands over sooner. Null where that is not known.</summary>
    public int? Under(Assignment assignment, CancellationToken cancellation)
    {
        var most = Steps.Under(assignment, cancellation).Greatest;
        return most <= int.MaxValue && Handovers.All(handover => handover.Under(assignment, cancellation).FactorAt(0) >= most) ? (int)most : null;
    }

    // Resumed, it begins anywhere.
    private static bool StartsFresh(SchedulerCreation creation, TrainingCode code, CancellationToken cancellation) =>
        creation.Argument("last_epoch") is null || ScheduleReader.Number(creation, "last_epoch", code, cancellation) == -1;

    /// <summary>Whether all of the training is in sight, steps the scheduler, and does so no more often than it should.</summary>
    public bool IsCertain(TrainingCode code, CancellationToken cancellation) => IsCertain(SchedulerLife.Of(Whole, code, cancellation), code, cancellation);

    private static bool IsCertain(SchedulerLife life, TrainingCode code, CancellationToken cancellation) =>
        life.IsInSight && life.IsOptimizerInSight && !life.HasRival
        && !TrainingSteps.AreTooMany(life, cancellation) && !code.RateWrites.CanFollow(life.Creation, cancellation)
        && WholeTraining.StepsScheduler(life) && SingleRun.IsCertain(life, code, cancellation);
}

/// <summary>Whether each loop in which the optimizer is stepped steps the scheduler too.</summary>
internal static class WholeTraining
{
    public static bool StepsScheduler(SchedulerLife life)
    {
        var bodies = life.World.Constructors.Concat(life.World.Roots).Concat(life.World.Entries).ToArray();
        var loops = bodies.SelectMany(body => body.Root.OutermostLoops(Trains)).Distinct().ToArray();
        var stepping = loops.Where(loop => loop.Holds(EventKind.SchedulerStep, life.Scheduler)).ToArray();
        // A method that trains one epoch is in the loop that calls it, and may be called by others too.
        var inner = new HashSet<object>(stepping.SelectMany(SitesOf));
        var steps = new HashSet<object>(stepping.SelectMany(loop => loop.AllEvents()).Where(IsTraining).Select(step => step.Site.Location));
        return loops.All(loop => inner.Contains(loop.Site!.Location))
            && bodies.SelectMany(body => body.Root.AllEvents()).Where(IsTraining).All(step => steps.Contains(step.Site.Location));
    }

    private static IEnumerable<object> SitesOf(Loop loop) => loop.Children
        .SelectMany(child => child.OutermostLoops(Trains))
        .SelectMany(SitesOf)
        .Append(loop.Site!.Location);

    private static bool Trains(Loop loop) => loop.EventKinds().Overlaps(EventKinds.Training);

    private static bool IsTraining(Event happening) => happening.Kind is EventKind.OptimizerStep or EventKind.PossibleOptimizerStep;
}
