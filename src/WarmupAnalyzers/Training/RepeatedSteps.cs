using System.Collections.Generic;
using System.Linq;
using System.Threading;

namespace WarmupAnalyzers.Training;

/// <summary>
/// Finds the steps of a scheduler that follow another one in every iteration of a training loop while its optimizer does not step
/// between the two. A loop is looked at as it runs from its second round on; what may be otherwise on some way is no finding.
/// </summary>
internal sealed class RepeatedSteps
{
    private const int VisitBudget = 50_000;

    /// <summary>Counting stops here.</summary>
    private const int Many = 4;

    private readonly World _world;
    private readonly Subject _scheduler;
    private readonly Subject _optimizer;
    private readonly bool _trainsOutOfSight;
    private readonly object _home;
    private readonly CancellationToken _cancellation;
    private readonly Dictionary<Loop, Rounds> _rounds = new();
    private readonly HashSet<Loop> _seen = new();
    private readonly HashSet<Body> _entered = new();
    private readonly HashSet<Body> _running = new();
    private readonly List<Site> _calls = new();
    private readonly List<RepeatedStep> _found = new();
    private Dictionary<Label, HashSet<State>> _jumps = new();
    private HashSet<State> _returns = new();
    private Notes? _notes;
    private int _visits;

    private RepeatedSteps(World world, Subject scheduler, Subject optimizer, bool trainsOutOfSight, object home, CancellationToken cancellation)
    {
        _world = world;
        _scheduler = scheduler;
        _optimizer = optimizer;
        _trainsOutOfSight = trainsOutOfSight;
        _home = home;
        _cancellation = cancellation;
    }

    /// <summary>All of them, those of the outer loops first.</summary>
    /// <param name="world">The bodies and who may call them.</param>
    /// <param name="scheduler">The scheduler that is followed.</param>
    /// <param name="optimizer">Its optimizer.</param>
    /// <param name="trainsOutOfSight">Code that is not read may step the optimizer.</param>
    /// <param name="home">The file whose sites are preferred.</param>
    /// <param name="cancellation">Ends the search.</param>
    public static IReadOnlyList<RepeatedStep> Find(
        World world, Subject scheduler, Subject optimizer, bool trainsOutOfSight, object home, CancellationToken cancellation)
    {
        if (WrittenSteps.AreSingle(world))
            return [];
        var search = new RepeatedSteps(world, scheduler, optimizer, trainsOutOfSight, home, cancellation);
        foreach (var body in world.AllBodies)
            search.LookIn(body);
        return search._visits > VisitBudget ? [] : search._found;
    }

    // A body is looked into once: whoever else calls it calls the same loops.
    private void LookIn(Body body)
    {
        if (body.IsIrregular || !IsStepped(body.Root) || !_entered.Add(body))
            return;
        _running.Add(body);
        LookIn(body.Root);
        _running.Remove(body);
    }

    private void LookIn(Node node)
    {
        if (!IsStepped(node))
            return;
        if (node is Loop { Site: not null } loop && _seen.Add(loop) && MayTrain(loop) && !loop.EventKinds().Contains(EventKind.Create))
            LookAt(loop);
        if (node is Call { Callee: var callee })
            LookIn(callee);
        foreach (var child in node.Children)
            LookIn(child);
    }

    private void LookAt(Loop loop)
    {
        var steady = RoundsOf(loop).Steady;
        var notes = _notes = new Notes();
        RunRound(loop, steady);
        _jumps.Clear();
        _returns.Clear();
        _notes = null;
        foreach (var (earlier, later, isNextRound) in notes.Pairs)
        {
            if (notes.Alone.Contains(earlier.Step) || notes.Alone.Contains(later.Step))
                continue;
            var (second, first) = isNextRound ? (earlier, later) : (later, earlier);
            var isMixed = earlier.IsInner;
            _found.Add(new RepeatedStep(Shown(second.Step, first.Step), Shown(first.Step, second.Step), isMixed, isMixed ? 0 : notes.StepsPerTraining));
        }
    }

    /// <summary>The step; where the two are one and the same call in a method, the call of the method.</summary>
    private static SteppedAt Shown(Step step, Step other) =>
        ReferenceEquals(step.Place.Step, other.Place.Step) && step.Call is not null ? new SteppedAt(step.Place.Step, step.Call) : step.Place;

    /// <summary>The rounds of a loop, once it has run for a while.</summary>
    private Rounds RoundsOf(Loop loop)
    {
        if (_rounds.TryGetValue(loop, out var known))
            return known;
        var (notes, returns) = (_notes, _returns);
        (_notes, _returns) = (null, new());
        var steady = RunRound(loop, [new State { IsStart = true }]);
        int before;
        do
        {
            before = steady.Count;
            steady.UnionWith(RunRound(loop, steady));
        }
        while (steady.Count > before && _visits <= VisitBudget);
        steady.RemoveWhere(state => state.IsStart);
        var exits = Union([steady, Take(loop.Break)]);
        exits.RemoveWhere(state => state.IsStart);
        var rounds = new Rounds(steady, exits, _returns);
        (_notes, _returns) = (notes, returns);
        _rounds[loop] = rounds;
        return rounds;
    }

    private HashSet<State> RunRound(Loop loop, HashSet<State> states)
    {
        var body = new HashSet<State>(Run(loop.Body, Run(loop.Head, states)));
        body.UnionWith(Take(loop.Continue));
        return new HashSet<State>(Run(loop.Tail, body).Select(state => state with { IsFromBefore = true }));
    }

    private HashSet<State> Run(Node node, HashSet<State> states)
    {
        if (states.Count == 0)
            return states;
        _cancellation.ThrowIfCancellationRequested();
        _visits += states.Count;
        if (_visits > VisitBudget)
            return Lose(states);
        switch (node)
        {
            case Sequence sequence:
                return sequence.Parts.Aggregate(states, (before, part) => Run(part, before));
            case Choice choice:
                return Union(choice.Branches.Select(branch => Run(branch, states)));
            case NullTest test when ReferenceEquals(test.Subject, _scheduler):
                return Run(test.WhenHeld, states);
            case NullTest test:
                return Union([Run(test.WhenHeld, states), Run(test.WhenNull, states)]);
            case Loop loop:
                return RunInner(loop, states);
            case Breakable breakable:
                return Union([Run(breakable.Body, states), Take(breakable.Break)]);
            case Try attempt:
                var end = Run(attempt.Body, states);
                var caught = Union([states, end]);
                return Run(attempt.Final, Union(attempt.Handlers.Select(handler => Run(handler, caught)).Append(end)));
            case Jump jump:
                return RunJump(jump, states);
            case Call call:
                return Enter(call, states);
            case Deferred { Body: var body }:
                return IsStepped(body.Root) || MayTrain(body.Root) ? Lose(states) : states;
            case Outside:
                return ReachesFromOutside() ? Lose(states) : states;
            case Event happening:
                return Apply(happening, states);
            default:
                return Lose(states);
        }
    }

    /// <summary>A loop in the round. It is taken to run: nobody trains on no data.</summary>
    private HashSet<State> RunInner(Loop loop, HashSet<State> states)
    {
        if (loop.EventKinds().Contains(EventKind.Create))
            return Lose(states);
        if (!MayTrain(loop))
            return IsStepped(loop) || (loop.ReachesOutside() && ReachesFromOutside()) ? Lose(states) : states;
        Close(states);
        if (!IsStepped(loop))
            return [default];
        var rounds = RoundsOf(loop);
        _returns.UnionWith(rounds.Returns.Select(ByLoop));
        return new HashSet<State>(rounds.Exits.Select(ByLoop));

        static State ByLoop(State state) => state with { IsFromBefore = false, Last = state.Last?.Inner() };
    }

    private HashSet<State> RunJump(Jump jump, HashSet<State> states)
    {
        if (jump.Target is not null)
            _jumps[jump.Target] = _jumps.TryGetValue(jump.Target, out var known) ? Union([known, states]) : states;
        else if (ReferenceEquals(jump, Jump.Return))
            _returns.UnionWith(states);
        return [];
    }

    private HashSet<State> Enter(Call call, HashSet<State> states)
    {
        if (!IsStepped(call.Callee.Root) && !MayTrain(call.Callee.Root))
            return call.Callee.Root.ReachesOutside() && ReachesFromOutside() ? Lose(states) : states;
        if (call.Callee.IsIrregular || !_running.Add(call.Callee))
            return Lose(states);
        var (jumps, returns) = (_jumps, _returns);
        (_jumps, _returns) = (new(), new());
        _calls.Add(call.Site);
        var end = Union([Run(call.Callee.Root, states), _returns]);
        _calls.RemoveAt(_calls.Count - 1);
        (_jumps, _returns) = (jumps, returns);
        _running.Remove(call.Callee);
        return end;
    }

    private HashSet<State> Apply(Event happening, HashSet<State> states)
    {
        switch (happening.Kind)
        {
            case EventKind.SchedulerStep when ReferenceEquals(happening.Subject, _scheduler):
                // An index that is told is the same index however often it is told.
                return happening.HasIndex ? Lose(states) : new HashSet<State>(states.Select(state => Stepped(new Step(PlaceOf(happening.Site), HomeCall()), state)));
            case EventKind.OptimizerStep or EventKind.PossibleOptimizerStep when ReferenceEquals(happening.Subject, _optimizer):
                Close(states);
                return [default];
            case EventKind.Create or EventKind.Forget when ReferenceEquals(happening.Subject, _scheduler):
                return Lose(states);
            default:
                return states;
        }
    }

    private State Stepped(Step step, State state)
    {
        if (state.IsLost)
        {
            _notes?.Alone.Add(step);
            return state;
        }

        if (state.Last is { } last && !last.Step.Equals(step))
            _notes?.Pairs.Add((last, new LastStep(step, false), state.IsFromBefore));
        return new State(new LastStep(step, false), state.Count < Many ? state.Count + 1 : Many, false, false);
    }

    /// <summary>The optimizer steps: what the scheduler did since it last did so is all that belongs together.</summary>
    private void Close(HashSet<State> states)
    {
        foreach (var state in states)
        {
            _notes?.Counts.Add(state.IsLost ? Many : state.Count);
            if (state is { Last: { } last, Count: 1 })
                _notes?.Alone.Add(last.Step);
        }
    }

    private HashSet<State> Lose(HashSet<State> states)
    {
        foreach (var state in states)
        {
            if (state is { Last: { } last, Count: 1 })
                _notes?.Alone.Add(last.Step);
        }

        return [new State(null, 0, false, true)];
    }

    /// <summary>Code that is not read may step one of the two.</summary>
    private bool ReachesFromOutside() =>
        _trainsOutOfSight || _world.OpenEntries.Any(entry => !_running.Contains(entry) && (IsStepped(entry.Root) || MayTrain(entry.Root)));

    private SteppedAt PlaceOf(Site site) => new(site, ReferenceEquals(site.File, _home) ? site : HomeCall());

    private Site? HomeCall() => _calls.LastOrDefault(call => ReferenceEquals(call.File, _home));

    private static bool IsStepped(Node node) => node.EventKinds().Contains(EventKind.SchedulerStep);

    private static bool MayTrain(Node node) => node.EventKinds().Overlaps(EventKinds.Training);

    private HashSet<State> Take(Label target)
    {
        if (!_jumps.TryGetValue(target, out var states))
            return [];
        _jumps.Remove(target);
        return states;
    }

    private static HashSet<State> Union(IEnumerable<IEnumerable<State>> sets) => new(sets.SelectMany(set => set));

    /// <summary>A step as it is run: where it is written, and the call that leads to it.</summary>
    private sealed record Step(SteppedAt Place, Site? Call);

    /// <summary>A step, and whether it was a loop in the round that made it.</summary>
    private sealed record LastStep(Step Step, bool IsInner)
    {
        public LastStep Inner() => this with { IsInner = true };
    }

    /// <summary>What the scheduler has done since the optimizer last stepped.</summary>
    /// <param name="Last">Its last step.</param>
    /// <param name="Count">How many steps.</param>
    /// <param name="IsFromBefore">The last step was made in the round before.</param>
    /// <param name="IsLost">Nothing is known.</param>
    private readonly record struct State(LastStep? Last, int Count, bool IsFromBefore, bool IsLost)
    {
        /// <summary>Neither of the two has stepped yet.</summary>
        public bool IsStart { get; init; }
    }

    /// <summary>What a loop does, whoever comes to it.</summary>
    /// <param name="Steady">What is before a round.</param>
    /// <param name="Exits">What is behind the loop.</param>
    /// <param name="Returns">What is where it leaves the method.</param>
    private sealed record Rounds(HashSet<State> Steady, HashSet<State> Exits, HashSet<State> Returns);

    /// <summary>What is seen in a round.</summary>
    private sealed class Notes
    {
        /// <summary>Steps that follow each other.</summary>
        public HashSet<(LastStep Earlier, LastStep Later, bool IsNextRound)> Pairs { get; } = new();

        /// <summary>Steps that on some way are the only ones between two of the optimizer's.</summary>
        public HashSet<Step> Alone { get; } = new();

        /// <summary>How many steps there are between two of the optimizer's.</summary>
        public HashSet<int> Counts { get; } = new();

        public int StepsPerTraining => Counts.Count == 1 && Counts.First() < Many ? Counts.First() : 0;
    }
}

/// <summary>A step too many.</summary>
/// <param name="Second">The one that runs second in an iteration.</param>
/// <param name="First">The other one.</param>
/// <param name="IsMixed">One of the two is made by a loop inside the loop of the other.</param>
/// <param name="StepsPerTraining">How many steps the scheduler makes for each of the optimizer's, or of the loop that trains; 0 where that is not known.</param>
internal sealed record RepeatedStep(SteppedAt Second, SteppedAt First, bool IsMixed, int StepsPerTraining);
