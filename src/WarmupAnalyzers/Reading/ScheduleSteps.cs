using System;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using WarmupAnalyzers.Factors;
using WarmupAnalyzers.Schedules;
using WarmupAnalyzers.Training;

namespace WarmupAnalyzers.Reading;

/// <summary>How often one scheduler is provably stepped, as far as the code tells.</summary>
internal sealed class ScheduleSteps
{
    private const int NestingLimit = 8;

    private readonly StepCounter? _counter;
    private readonly ImmutableDictionary<Loop, LoopRounds> _loops;
    private readonly Func<StepRange, StepRange> _own;
    private readonly LoopRounds? _rounds;
    private readonly bool _mayEndEarly;

    private ScheduleSteps(StepCounter? counter, ImmutableDictionary<Loop, LoopRounds> loops, Func<StepRange, StepRange>? own = null)
    {
        _counter = counter;
        _loops = loops;
        _own = own ?? (steps => steps);
        FreeVariables = loops.Values.SelectMany(rounds => rounds.FreeVariables).Distinct().ToImmutableArray();
    }

    private ScheduleSteps(LoopRounds rounds, bool mayEndEarly)
        : this(null, ImmutableDictionary<Loop, LoopRounds>.Empty)
    {
        _rounds = rounds;
        _mayEndEarly = mayEndEarly;
        FreeVariables = rounds.FreeVariables;
    }

    /// <summary>Nothing is known.</summary>
    public static ScheduleSteps Unknown { get; } = new(null, ImmutableDictionary<Loop, LoopRounds>.Empty);

    /// <summary>What the loops' bounds leave open; a variable of the factor function is the same one here.</summary>
    public ImmutableArray<FreeVariable> FreeVariables { get; }

    /// <summary>Whether it is stepped once for a loop of the optimizer's steps.</summary>
    public bool ArePerEpoch { get; private init; }

    /// <summary>The steps of the scheduler that a call makes.</summary>
    public static ScheduleSteps Of(SchedulerCreation creation, TrainingCode code, CancellationToken cancellation) => Of(creation, code, NestingLimit, cancellation);

    /// <summary>The rounds of one loop, each of which is a step; with jumps out of it there may be fewer.</summary>
    public static ScheduleSteps OfRounds(LoopRounds rounds, bool mayEndEarly) => new(rounds, mayEndEarly || !rounds.IsExact);

    /// <summary>The number of steps under one assignment of the open variables.</summary>
    public StepRange Under(Assignment assignment, CancellationToken cancellation) => _counter is null
        ? _rounds?.Under(assignment, cancellation) is >= 0 and var made ? new StepRange(_mayEndEarly ? 0 : made, made) : StepRange.Unknown
        : _own(_counter.Count(loop => Rounds(loop, assignment, cancellation), cancellation));

    private static ScheduleSteps Of(SchedulerCreation creation, TrainingCode code, int nesting, CancellationToken cancellation)
    {
        var life = SchedulerLife.Of(creation, code, cancellation);
        if (life.Parent is { } parent)
            return nesting > 0 ? OfPart(parent, life, code, nesting - 1, cancellation) : Unknown;
        if (!life.IsInSight || life.Scheduler is not { } scheduler)
            return Unknown;
        var counter = new StepCounter(life.World, scheduler);
        var loops = ImmutableDictionary.CreateBuilder<Loop, LoopRounds>();
        foreach (var loop in counter.Loops)
        {
            // What is split into branches would split the reports of the function too.
            if (loop.Site?.Location is SyntaxNode syntax
                && CountedLoop.Read(code.OperationOf(syntax, cancellation), code, cancellation) is { } rounds
                && !rounds.FreeVariables.Any(variable => variable.IsDiscrete))
                loops[loop] = rounds;
        }

        return new ScheduleSteps(counter, loops.ToImmutable()) { ArePerEpoch = counter.IsOncePerLoopOf(EventKind.OptimizerStep) };
    }

    // A chain steps all of its own with itself; a sequence hands over at its milestones.
    private static ScheduleSteps OfPart(SchedulerCreation parent, SchedulerLife life, TrainingCode code, int nesting, CancellationToken cancellation)
    {
        var whole = Of(parent, code, nesting, cancellation);
        return parent.Kind == SchedulerKind.ChainedLR
            ? whole
            : new ScheduleSteps(whole._counter, whole._loops, steps => new StepRange(0, whole._own(steps).Greatest)) { ArePerEpoch = whole.ArePerEpoch };
    }

    private StepRange Rounds(Loop loop, Assignment assignment, CancellationToken cancellation)
    {
        if (!_loops.TryGetValue(loop, out var rounds) || rounds.Under(assignment, cancellation) is not (>= 0 and var count))
            return new StepRange(loop.RunsAtLeastOnce ? 1 : 0, double.PositiveInfinity);
        return new StepRange(rounds.IsExact ? count : 0, count);
    }
}
