using System.Collections.Generic;
using System.Linq;
using System.Threading;

namespace WarmupAnalyzers.Training;

/// <summary>
/// Runs a model over every path at once, for one scheduler and its optimizer: which schedule index is in force when the optimizer
/// first steps. A program point holds a set of states; loops and outside callers are run until nothing new appears.
/// </summary>
internal sealed class Simulation
{
    /// <summary>Counting stops here: a schedule that is ahead by two is ahead, and the set of states stays finite.</summary>
    private const int FarAhead = 2;

    private const int VisitBudget = 200_000;

    private static readonly State s_start = new(Phase.Absent, 0, false, null);

    private readonly Subject _scheduler;
    private readonly Subject _optimizer;
    private readonly object _home;
    private readonly CancellationToken _cancellation;
    private readonly Dictionary<Body, bool> _matters = new();
    private readonly HashSet<Body> _running = new();
    private readonly List<Site> _calls = new();
    private readonly List<HashSet<State>> _guarded = new();
    private readonly List<FirstStep> _firstSteps = new();
    private IReadOnlyList<Body> _entries = [];
    private Dictionary<Label, HashSet<State>> _jumps = new();
    private HashSet<State> _returns = new();
    private object? _withoutStep;
    private bool _hasOtherNames;
    private bool _isOutside;
    private bool _isUncertain;
    private readonly Dictionary<Loop, (bool Trains, bool Creates, bool Steps)> _loops = new();
    private int _trainingLoops;
    private int _visits;

    private Simulation(Subject scheduler, Subject optimizer, object home, CancellationToken cancellation)
    {
        _scheduler = scheduler;
        _optimizer = optimizer;
        _home = home;
        _cancellation = cancellation;
    }

    private enum Phase
    {
        /// <summary>There is no scheduler yet.</summary>
        Absent,

        /// <summary>There is one and its optimizer has not stepped since.</summary>
        Untrained,

        /// <summary>Its optimizer has stepped: the question is answered.</summary>
        Trained,

        /// <summary>Out of sight.</summary>
        Lost,
    }

    /// <summary>Runs the program that <paramref name="world"/> describes.</summary>
    /// <param name="world">The bodies and who may call them.</param>
    /// <param name="scheduler">The scheduler that is followed.</param>
    /// <param name="optimizer">Its optimizer.</param>
    /// <param name="home">The file whose sites are preferred: a step elsewhere is named by the call here that leads to it.</param>
    /// <param name="cancellation">Ends the run.</param>
    /// <param name="withoutStep">The location of a scheduler step that is left out, to see what removing it does.</param>
    public static FirstSteps Run(World world, Subject scheduler, Subject optimizer, object home, CancellationToken cancellation, object? withoutStep = null)
    {
        var simulation = new Simulation(scheduler, optimizer, home, cancellation) { _withoutStep = withoutStep };
        simulation.RunWorld(world);
        // What is kept is met by bodies in an order that no program has.
        return new FirstSteps(simulation._firstSteps, simulation._isUncertain) { MayTakeOver = !world.OutlivesRoots && simulation._firstSteps.Any(way => way.IsSuccessor) };
    }

    private void RunWorld(World world)
    {
        _entries = world.OpenEntries.ToArray();
        _hasOtherNames = world.OptimizerHasOtherNames;
        var states = new HashSet<State> { s_start };
        foreach (var constructor in world.Constructors)
            states.UnionWith(Enter(constructor, [s_start]));
        foreach (var root in world.Roots)
            states.UnionWith(Enter(root, world.OutlivesRoots ? states : [s_start]));
        if (!world.OutlivesRoots)
            return;
        int before;
        do
        {
            before = states.Count;
            foreach (var root in world.Roots.Concat(world.Entries))
                states.UnionWith(Enter(root, states));
        }
        while (states.Count > before);
    }

    private HashSet<State> Run(Node node, HashSet<State> states)
    {
        if (states.Count == 0)
            return states;
        _cancellation.ThrowIfCancellationRequested();
        _visits += states.Count;
        if (_visits > VisitBudget)
        {
            _isUncertain = true;
            return [];
        }

        switch (node)
        {
            case Sequence sequence:
                foreach (var part in sequence.Parts)
                    states = Run(part, states);
                return states;
            case Choice choice:
                return Union(choice.Branches.Select(branch => Run(branch, states)));
            case NullTest test:
                return RunNullTest(test, states);
            case Loop loop:
                return RunLoop(loop, states);
            case Breakable breakable:
                var end = new HashSet<State>(Run(breakable.Body, states));
                end.UnionWith(Take(breakable.Break));
                return end;
            case Try attempt:
                return RunTry(attempt, states);
            case Jump jump:
                return RunJump(jump, states);
            case Call call:
                _calls.Add(call.Site);
                var returned = Enter(call.Callee, states);
                _calls.RemoveAt(_calls.Count - 1);
                return returned;
            case Deferred deferred:
                return Matters(deferred.Body) ? Lose(states) : states;
            case Outside:
                return RunOutside(states);
            case Event { Kind: var kind } when IsNothing(kind):
                return states;
            case Event happening:
                var after = Union(states.Select(state => Apply(happening, state)));
                foreach (var guarded in _guarded)
                    guarded.UnionWith(after);
                return after;
            default:
                return Lose(states);
        }
    }

    private HashSet<State> Enter(Body body, HashSet<State> states)
    {
        if (!Matters(body))
            return states;
        if (body.IsIrregular || !_running.Add(body))
            return Lose(states);
        var (jumps, returns) = (_jumps, _returns);
        (_jumps, _returns) = (new(), new());
        var end = new HashSet<State>(Run(body.Root, states));
        end.UnionWith(_returns);
        (_jumps, _returns) = (jumps, returns);
        _running.Remove(body);
        return end;
    }

    /// <summary>Code that is not read may run any of the open bodies any number of times, or none.</summary>
    private HashSet<State> RunOutside(HashSet<State> states)
    {
        if (_isOutside)
            return states;
        _isOutside = true;
        var all = new HashSet<State>(states);
        int before;
        do
        {
            before = all.Count;
            foreach (var entry in _entries)
            {
                if (!_running.Contains(entry))
                    all.UnionWith(Enter(entry, all));
            }
        }
        while (all.Count > before);
        _isOutside = false;
        return all;
    }

    private HashSet<State> RunNullTest(NullTest test, HashSet<State> states)
    {
        if (!ReferenceEquals(test.Subject, _scheduler))
            return Union([Run(test.WhenHeld, states), Run(test.WhenNull, states)]);
        // Where no scheduler of ours is in the place, another one may be.
        var doubtful = new HashSet<State>(states.Where(state => state.Phase is Phase.Absent or Phase.Lost));
        return Union([Run(test.WhenHeld, states), Run(test.WhenNull, doubtful)]);
    }

    private HashSet<State> RunLoop(Loop loop, HashSet<State> states)
    {
        var isTraining = LookAt(loop) is { Trains: true, Creates: false };
        if (isTraining)
            _trainingLoops++;
        var exits = new HashSet<State>();
        var seen = new HashSet<State>(states);
        var fresh = states;
        var isFirst = true;
        while (fresh.Count > 0)
        {
            var head = Run(loop.Head, fresh);
            if (!loop.EndsOnlyByJump && !(isFirst && loop.RunsAtLeastOnce))
                exits.UnionWith(head);
            var body = new HashSet<State>(Run(loop.Body, head));
            body.UnionWith(Take(loop.Continue));
            var tail = Run(loop.Tail, body);
            exits.UnionWith(Take(loop.Break));
            // The first round of a loop that provably runs does not leave at its head, so its states come round once more.
            fresh = new HashSet<State>(tail.Where(state => seen.Add(state) || (isFirst && loop.RunsAtLeastOnce)));
            isFirst = false;
        }

        if (isTraining)
            _trainingLoops--;
        return IsReplay(loop) ? new HashSet<State>(exits.Select(Replayed)) : exits;

        static State Replayed(State state) => state is { Phase: Phase.Untrained, Step: not null } ? state with { IsExplicit = true } : state;
    }

    /// <summary>A loop that steps the scheduler and trains nothing brings it to where a training is to go on.</summary>
    private bool IsReplay(Loop loop) => loop.MayReplay && _trainingLoops == 0 && LookAt(loop) is { Steps: true, Trains: false };

    // A loop is run many times, but what it holds stays the same.
    private (bool Trains, bool Creates, bool Steps) LookAt(Loop loop)
    {
        if (!_loops.TryGetValue(loop, out var look))
        {
            var kinds = loop.EventKinds();
            look = (
                kinds.Contains(EventKind.OptimizerStep) || kinds.Contains(EventKind.PossibleOptimizerStep),
                kinds.Contains(EventKind.Create),
                kinds.Contains(EventKind.SchedulerStep));
            _loops.Add(loop, look);
        }

        return look;
    }

    private HashSet<State> RunTry(Try attempt, HashSet<State> states)
    {
        var (jumps, returns) = (_jumps, _returns);
        (_jumps, _returns) = (new(), new());
        var thrown = new HashSet<State>(states);
        _guarded.Add(thrown);
        var end = new HashSet<State>(Run(attempt.Body, states));
        _guarded.RemoveAt(_guarded.Count - 1);
        foreach (var handler in attempt.Handlers)
            end.UnionWith(Run(handler, thrown));
        var (innerJumps, innerReturns) = (_jumps, _returns);
        (_jumps, _returns) = (jumps, returns);
        foreach (var jump in innerJumps)
            Record(jump.Key, Run(attempt.Final, jump.Value));
        _returns.UnionWith(Run(attempt.Final, innerReturns));
        if (attempt.Handlers.IsEmpty)
            Run(attempt.Final, thrown); // what it does on the way out; the exception goes on
        return Run(attempt.Final, end);
    }

    private HashSet<State> RunJump(Jump jump, HashSet<State> states)
    {
        if (jump.Target is not null)
            Record(jump.Target, states);
        else if (ReferenceEquals(jump, Jump.Return))
            _returns.UnionWith(states);
        return [];
    }

    private IEnumerable<State> Apply(Event happening, State state)
    {
        switch (happening.Kind)
        {
            case EventKind.Create when Is(happening, _scheduler):
                yield return new State(Phase.Untrained, 0, false, null) { IsSuccessor = state is { Phase: Phase.Absent, IsSuccessor: true } };
                yield break;
            case EventKind.SchedulerStep when _withoutStep is not null && ReferenceEquals(happening.Site.Location, _withoutStep):
                yield return state;
                yield break;
            case EventKind.SchedulerStep when Is(happening, _scheduler) && state.Phase == Phase.Untrained:
                yield return Stepped(happening, state);
                yield break;
            case EventKind.OptimizerStep when Is(happening, _optimizer):
                Train(happening, state, isCertain: true);
                yield return state.Phase switch
                {
                    Phase.Untrained or Phase.Lost => new State(Phase.Trained, 0, false, null),
                    Phase.Absent => state with { IsSuccessor = true },
                    _ => state,
                };
                yield break;
            case EventKind.PossibleOptimizerStep when _hasOtherNames && Is(happening, _optimizer):
                Train(happening, state, isCertain: false);
                yield return state;
                yield break;
            case EventKind.Forget when state.Phase == Phase.Untrained:
                yield return new State(Phase.Lost, 0, false, null);
                yield break;
            default:
                yield return state;
                yield break;
        }
    }

    private State Stepped(Event step, State state)
    {
        var first = state.Step ?? new SteppedAt(step.Site, HomeSite(step.Site));
        if (!step.HasIndex)
            return state with { Index = state.Index < FarAhead ? state.Index + 1 : state.Index, Step = first };
        return step.Index is >= 0
            ? state with { Index = step.Index.Value, IsExplicit = true, Step = first }
            : new State(Phase.Lost, 0, false, null);
    }

    private void Train(Event step, State state, bool isCertain)
    {
        if (state.Phase == Phase.Lost)
            _isUncertain = true;
        else if (state.Phase == Phase.Untrained)
            _firstSteps.Add(new FirstStep(state.Index, state.IsExplicit, isCertain, state.IsSuccessor, state.Step, step.Site));
    }

    private Site? HomeSite(Site site)
    {
        if (ReferenceEquals(site.File, _home))
            return site;
        for (var i = _calls.Count - 1; i >= 0; i--)
        {
            if (ReferenceEquals(_calls[i].File, _home))
                return _calls[i];
        }

        return null;
    }

    private static bool Is(Event happening, Subject subject) => ReferenceEquals(happening.Subject, subject);

    private static HashSet<State> Lose(HashSet<State> states) =>
        new(states.Select(state => state.Phase == Phase.Untrained ? new State(Phase.Lost, 0, false, null) : state));

    private static HashSet<State> Union(IEnumerable<IEnumerable<State>> sets) => new(sets.SelectMany(set => set));

    private void Record(Label target, HashSet<State> states)
    {
        if (_jumps.TryGetValue(target, out var known))
            known.UnionWith(states);
        else
            _jumps.Add(target, new HashSet<State>(states));
    }

    private HashSet<State> Take(Label target)
    {
        if (!_jumps.TryGetValue(target, out var states))
            return [];
        _jumps.Remove(target);
        return states;
    }

    /// <summary>Whether running the body can change a state at all; most code cannot.</summary>
    private bool Matters(Body body)
    {
        if (!_matters.TryGetValue(body, out var matters))
        {
            matters = body.Root.AllEvents().Any(found => !IsNothing(found.Kind))
                || (_entries.Count > 0 && body.Root.ReachesOutside());
            _matters.Add(body, matters);
        }

        return matters;
    }

    private static bool IsNothing(EventKind kind) => kind is EventKind.RateRead or EventKind.RivalStep or EventKind.RivalCreate || kind.IsMode();

    private sealed record State(Phase Phase, int Index, bool IsExplicit, SteppedAt? Step)
    {
        /// <summary>The optimizer has stepped before there was a scheduler.</summary>
        public bool IsSuccessor { get; init; }
    }
}

/// <summary>The bodies of a program and who may call them.</summary>
internal sealed class World
{
    /// <summary>What makes the objects that hold the scheduler; each makes an object of its own.</summary>
    public List<Body> Constructors { get; } = new();

    /// <summary>What makes the scheduler.</summary>
    public List<Body> Roots { get; } = new();

    /// <summary>What code that is not read may call, in any order.</summary>
    public List<Body> Entries { get; } = new();

    /// <summary>The one of them that the program starts with: nobody calls it in the middle of another.</summary>
    public Body? Start { get; set; }

    /// <summary>What code that is not read may call while another runs.</summary>
    public IEnumerable<Body> OpenEntries => Entries.Where(entry => entry != Start);

    /// <summary>The scheduler is kept where others find it after the body that made it has ended.</summary>
    public bool OutlivesRoots { get; set; }

    /// <summary>The optimizer may be stepped under a name that is not known to be its own.</summary>
    public bool OptimizerHasOtherNames { get; set; }

    public IEnumerable<Body> AllBodies => Constructors.Concat(Roots).Concat(Entries);
}

/// <summary>A step of the scheduler: where it is written, and where it shows in the file that is looked at.</summary>
/// <param name="Step">The call itself.</param>
/// <param name="Shown">The call, or the one in the home file that leads to it; null where none does.</param>
internal sealed record SteppedAt(Site Step, Site? Shown);

/// <summary>One way in which the optimizer comes to step for the first time under a schedule.</summary>
/// <param name="Index">The schedule index in force.</param>
/// <param name="IsExplicit">That index was set by a <c>step(i)</c>, or by a loop that does nothing but step.</param>
/// <param name="IsCertain">The optimizer that steps is the scheduler's.</param>
/// <param name="IsSuccessor">It has stepped before the scheduler was made, too.</param>
/// <param name="Scheduler">The first step of the scheduler on this way, if there was one.</param>
/// <param name="Optimizer">The optimizer's step.</param>
internal sealed record FirstStep(int Index, bool IsExplicit, bool IsCertain, bool IsSuccessor, SteppedAt? Scheduler, Site Optimizer);

/// <summary>All the ways.</summary>
internal sealed class FirstSteps
{
    private readonly IReadOnlyList<FirstStep> _ways;
    private readonly bool _isUncertain;

    public FirstSteps(IReadOnlyList<FirstStep> ways, bool isUncertain)
    {
        _ways = ways;
        _isUncertain = isUncertain;
    }

    /// <summary>Nothing is known.</summary>
    public static FirstSteps Unknown { get; } = new([], isUncertain: true);

    /// <summary>The optimizer certainly steps, and everything before it is known.</summary>
    public bool IsKnown => !_isUncertain && _ways.Any(way => way.IsCertain);

    /// <summary>The index of the first step on the way with the smallest; 0 where unknown.</summary>
    public int Index => IsKnown ? _ways.Min(way => way.Index) : 0;

    /// <summary>On every way the scheduler has stepped before, and nowhere was it told the index.</summary>
    public bool SkipTheFirstIndex => IsKnown && SkipTheFirstIndexWhereKnown;

    /// <summary>The same on the ways that are known; on others the scheduler may be out of sight.</summary>
    public bool SkipTheFirstIndexWhereKnown => _ways.Count > 0 && _ways.All(way => way.Index > 0 && !way.IsExplicit);

    /// <summary>The scheduler is made, or may be, on an optimizer that trains already.</summary>
    public bool MayTakeOver { get; init; }

    /// <summary>The scheduler's first steps, in the order in which they were met.</summary>
    public IEnumerable<SteppedAt> SchedulerSteps => _ways.Select(way => way.Scheduler).OfType<SteppedAt>().Distinct();
}
