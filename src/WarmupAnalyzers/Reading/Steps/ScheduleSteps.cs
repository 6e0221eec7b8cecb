using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using WarmupAnalyzers.Factors;
using WarmupAnalyzers.Reading.Factors;
using WarmupAnalyzers.Reading.Schedules;
using WarmupAnalyzers.Reading.Source;
using WarmupAnalyzers.Schedules;
using WarmupAnalyzers.Training;

namespace WarmupAnalyzers.Reading.Steps;

/// <summary>How often one scheduler is provably stepped, as far as the code tells.</summary>
internal sealed class ScheduleSteps
{
    private const int NestingLimit = 8;

    private readonly StepCounter? _counter;
    private readonly ImmutableDictionary<Loop, LoopRounds> _loops;
    private readonly ImmutableDictionary<Loop, LoopRounds> _counted;
    private readonly Func<StepRange, Assignment, CancellationToken, StepRange> _own;

    private ScheduleSteps(
        StepCounter? counter, ImmutableDictionary<Loop, LoopRounds> loops, ImmutableDictionary<Loop, LoopRounds> counted, Func<StepRange, Assignment, CancellationToken, StepRange>? own = null)
    {
        _counter = counter;
        _loops = loops;
        _counted = counted;
        _own = own ?? ((steps, _, _) => steps);
        FreeVariables = loops.Values.Concat(counted.Values).SelectMany(rounds => rounds.FreeVariables).Distinct().ToImmutableArray();
    }

    /// <summary>It goes where it is not seen, and may well be put into a sequence there.</summary>
    public bool AreOutOfSight { get; private init; }

    /// <summary>Counts the same steps where it is not certain which of them are too many.</summary>
    private StepCounter? OtherCounter { get; init; }

    /// <summary>Where the rounds of one loop are the steps.</summary>
    private Func<Assignment, CancellationToken, StepRange>? InOneLoop { get; init; }

    /// <summary>Nothing is known.</summary>
    public static ScheduleSteps Unknown { get; } = new(null, ImmutableDictionary<Loop, LoopRounds>.Empty, ImmutableDictionary<Loop, LoopRounds>.Empty);

    /// <summary>Nothing is known, and it may well end where it should.</summary>
    public static ScheduleSteps OutOfSight { get; } = new(null, ImmutableDictionary<Loop, LoopRounds>.Empty, ImmutableDictionary<Loop, LoopRounds>.Empty) { AreOutOfSight = true };

    /// <summary>What the loops' bounds leave open; a variable of the factor function is the same one here.</summary>
    public ImmutableArray<FreeVariable> FreeVariables { get; private init; }

    /// <summary>Whether it is stepped once for a loop of the optimizer's steps.</summary>
    public bool ArePerEpoch { get; private init; }

    /// <summary>What the only loop that steps it counts to, as it is written; null where there are several, or it is not written.</summary>
    public IOperation? Bound { get; private init; }

    /// <summary>The steps of the scheduler that a call makes.</summary>
    public static ScheduleSteps Of(SchedulerCreation creation, TrainingCode code, CancellationToken cancellation)
    {
        var key = creation.Operation.Syntax;
        return code.Steps.TryGetValue(key, out var known) ? known : code.Steps.GetOrAdd(key, Of(creation, code, NestingLimit, cancellation));
    }

    /// <summary>The rounds of one loop, each of which is a step; with jumps out of it there may be fewer.</summary>
    public static ScheduleSteps OfRounds(LoopRounds rounds, bool mayEndEarly) =>
        new(null, ImmutableDictionary<Loop, LoopRounds>.Empty, ImmutableDictionary<Loop, LoopRounds>.Empty)
        {
            FreeVariables = rounds.FreeVariables,
            InOneLoop = (assignment, cancellation) => rounds.Under(assignment, cancellation) is >= 0 and var made
                ? new StepRange(mayEndEarly || !rounds.IsExact ? 0 : made, made, made)
                : StepRange.Unknown,
        };

    /// <summary>The rounds of a loop in the life of a scheduler, with what the methods on the way are given; null where they are not counted.</summary>
    public static LoopRounds? RoundsOf(IOperation loop, SchedulerLife life, TrainingCode code, CancellationToken cancellation) =>
        IsUsable(Given(CountedLoop.Read(loop, code, cancellation), life, code, cancellation));

    /// <summary>The number of steps under one assignment of the open variables.</summary>
    public StepRange Under(Assignment assignment, CancellationToken cancellation) => _counter is null
        ? InOneLoop?.Invoke(assignment, cancellation) ?? StepRange.Unknown
        : _own(Counted(_counter, OtherCounter, assignment, cancellation), assignment, cancellation);

    private StepRange Counted(StepCounter counter, StepCounter? other, Assignment assignment, CancellationToken cancellation)
    {
        var steps = counter.Count(loop => RoundsOf(loop, assignment, cancellation), cancellation);
        if (other is null)
            return steps;
        var otherWay = other.Count(loop => RoundsOf(loop, assignment, cancellation), cancellation);
        return StepRange.Either(steps, otherWay) with { Usual = Math.Min(steps.Usual, otherWay.Usual) };
    }

    private static ScheduleSteps Of(SchedulerCreation creation, TrainingCode code, int nesting, CancellationToken cancellation)
    {
        var life = SchedulerLife.Of(creation, code, cancellation);
        if (life.Parent is { } parent)
            return nesting > 0 ? OfPart(parent, life, code, nesting - 1, cancellation) : Unknown;
        if (!life.IsInSight || life.Scheduler is not { } scheduler)
            return OutOfSight;
        var (extra, otherExtra) = ExtraSteps(life, cancellation);
        var counter = new StepCounter(life.World, scheduler, extra);
        var loops = ImmutableDictionary.CreateBuilder<Loop, LoopRounds>();
        var counted = ImmutableDictionary.CreateBuilder<Loop, LoopRounds>();
        foreach (var loop in counter.Loops)
        {
            if (loop.Site?.Location is not SyntaxNode syntax || code.OperationOf(syntax, cancellation) is not { } operation)
                continue;
            if (RoundsOf(operation, life, code, cancellation) is { } rounds)
                loops[loop] = rounds;
            else if (IsUsable(Given(CountedLoop.ReadInner(operation, code, cancellation), life, code, cancellation)) is { } steps)
                counted[loop] = steps;
        }

        // Of two schedulers on one optimizer one may well take over from the other.
        Func<StepRange, Assignment, CancellationToken, StepRange>? own = life.HasRival ? (steps, _, _) => steps with { Usual = Math.Min(steps.Usual, steps.Least) } : null;
        return new ScheduleSteps(counter, loops.ToImmutable(), counted.ToImmutable(), own)
        {
            ArePerEpoch = counter.IsOncePerLoopOf(EventKind.OptimizerStep),
            Bound = counter.Loops is [{ Site.Location: SyntaxNode only }] && code.OperationOf(only, cancellation) is { } stepping ? CountedLoop.BoundOf(stepping) : null,
            OtherCounter = otherExtra.IsEmpty ? null : new StepCounter(life.World, scheduler, otherExtra),
        };
    }

    // What is split into branches would split the reports of the function too.
    private static LoopRounds? IsUsable(LoopRounds? rounds) => rounds is null || rounds.FreeVariables.Any(variable => variable.IsDiscrete) ? null : rounds;

    /// <summary>
    /// The steps that are reported as too many: what they do to the schedule is not reported again. Of one for each batch and one for
    /// each epoch nobody can say which is too many, so there are two ways to count.
    /// </summary>
    private static (ImmutableHashSet<object> Extra, ImmutableHashSet<object> OtherWay) ExtraSteps(SchedulerLife life, CancellationToken cancellation)
    {
        var idle = life.IdleSteps(cancellation).Select(step => step.Place.Step.Location).ToImmutableHashSet();
        var repeated = life.RepeatedSteps(cancellation).Where(step => step.First.Step.Location != step.Second.Step.Location).ToArray();
        var extra = idle.Union(repeated.Select(step => step.Second.Step.Location));
        return (extra, repeated.Any(step => step.IsMixed)
            ? idle.Union(repeated.Select(step => (step.IsMixed ? step.First : step.Second).Step.Location))
            : ImmutableHashSet<object>.Empty);
    }

    // The parameters of the methods on the way are what their callers give; one that is given several things is no one variable.
    private static LoopRounds? Given(LoopRounds? rounds, SchedulerLife life, TrainingCode code, CancellationToken cancellation)
    {
        for (var hops = 0; rounds is not null && hops < NestingLimit; hops++)
        {
            var given = rounds.FreeVariables
                .Select(variable => (Variable: variable, Arguments: ArgumentsOf(variable, life, code, cancellation)))
                .FirstOrDefault(pair => pair.Arguments.Count > 0);
            if (given.Variable is null)
                break;
            rounds = given.Arguments.Count == 1 ? rounds.Where(given.Variable, FactorReader.ReadRate(given.Arguments[0], code, cancellation).Value) : null;
        }

        return rounds;
    }

    private static IReadOnlyList<IOperation> ArgumentsOf(FreeVariable variable, SchedulerLife life, TrainingCode code, CancellationToken cancellation) =>
        variable.Key is SymbolPath { Receiver: null, Symbol: IParameterSymbol parameter } && VariableWrites.Of(parameter, code, cancellation).Count == 0
            ? life.ArgumentsOf(parameter)
            : [];

    // A chain steps all of its own with itself; a sequence hands over at its milestones.
    private static ScheduleSteps OfPart(SchedulerCreation parent, SchedulerLife life, TrainingCode code, int nesting, CancellationToken cancellation)
    {
        var whole = Of(parent, code, nesting, cancellation);
        if (parent.Kind == SchedulerKind.ChainedLR)
            return whole;
        var milestones = parent.Argument("milestones") is { } list ? FactorReader.ReadRate(list, code, cancellation).Value : FactorReader.Number(0);
        return new ScheduleSteps(
            whole._counter,
            whole._loops,
            whole._counted,
            (steps, assignment, asked) => Share(whole._own(steps, assignment, asked), milestones.Under(assignment, asked).At(0), life.IndexInParent))
        {
            OtherCounter = whole.OtherCounter,
            FreeVariables = whole.FreeVariables.Concat(milestones.FreeVariables.Where(variable => !variable.IsDiscrete)).Distinct().ToImmutableArray(),
            ArePerEpoch = whole.ArePerEpoch,
            AreOutOfSight = whole.AreOutOfSight,
        };
    }

    // Where it hands over at a place that is not known, it may be anywhere.
    private static StepRange Share(StepRange whole, Value milestones, int part)
    {
        double? Milestone(int index) => milestones.Kind == ValueKind.Array && index < milestones.Elements.Length && milestones.Elements[index].Kind.IsInteger()
            ? milestones.Elements[index].ToDouble()
            : null;
        if (part < 0 || milestones.Kind != ValueKind.Array)
            return StepRange.Unknown with { Usual = 0 };
        var isLast = part == milestones.Elements.Length;
        if ((part == 0 ? 0 : Milestone(part - 1)) is not { } from || (isLast ? double.PositiveInfinity : Milestone(part)) is not { } to)
            return StepRange.Unknown with { Usual = 0 };
        var share = new StepRange(0, Math.Max(0, whole.Usual - from), Math.Max(0, whole.Greatest - from)).AtMost(Math.Max(0, to - from));
        return part == 0 ? share with { Least = Math.Min(whole.Least, to) } : share;
    }

    private LoopBound RoundsOf(Loop loop, Assignment assignment, CancellationToken cancellation)
    {
        var most = _counted.TryGetValue(loop, out var counter) && counter.Under(assignment, cancellation) is >= 0 and var steps ? steps : double.PositiveInfinity;
        if (!_loops.TryGetValue(loop, out var rounds) || rounds.Under(assignment, cancellation) is not (>= 0 and var count))
            return new LoopBound(StepRange.Unknown with { Least = loop.RunsAtLeastOnce ? 1 : 0 }, most);
        return new LoopBound(new StepRange(rounds.IsExact ? count : Math.Min(count, rounds.AtLeast), count, count), most);
    }
}
