using System.Collections.Generic;
using System.Linq;
using System.Threading;

namespace WarmupAnalyzers.Training;

/// <summary>
/// Finds the steps of a scheduler that belong to no training: in a loop that only evaluates, and behind the loop that trains, where that
/// loop steps it as well or is all the training there is. A step is found only if that is so wherever it is run.
/// </summary>
internal sealed class IdleSteps
{
    private const int VisitBudget = 50_000;

    private static readonly EventKinds s_changes = EventKinds.None.With(EventKind.SchedulerStep).With(EventKind.Create).With(EventKind.Forget);

    private readonly World _world;
    private readonly Subject _scheduler;
    private readonly bool _trainsOutOfSight;
    private readonly bool _endsWithOptimizer;
    private readonly object _home;
    private readonly CancellationToken _cancellation;
    private readonly Dictionary<object, Verdict> _verdicts = new();
    private readonly Dictionary<Body, bool> _stepped = new();
    private readonly HashSet<Body> _running = new();
    private readonly HashSet<Node> _refuted = new();
    private readonly List<Site> _calls = new();
    private readonly List<Event> _behind = new();
    private List<Loop> _loops = new();
    private State? _returned;
    private bool _isSteppedInTraining;
    private int _lives;
    private int _visits;

    private IdleSteps(World world, Subject scheduler, bool trainsOutOfSight, bool endsWithOptimizer, object home, CancellationToken cancellation)
    {
        _world = world;
        _scheduler = scheduler;
        _trainsOutOfSight = trainsOutOfSight;
        _endsWithOptimizer = endsWithOptimizer;
        _home = home;
        _cancellation = cancellation;
    }

    /// <summary>All of them; none in a loop that only evaluates where the scheduler is not stepped in training at all.</summary>
    /// <param name="world">The bodies and who may call them.</param>
    /// <param name="scheduler">The scheduler that is followed.</param>
    /// <param name="trainsOutOfSight">Code that is not read may step the optimizer.</param>
    /// <param name="endsWithOptimizer">It is made where its optimizer is made, and nobody has the optimizer behind that.</param>
    /// <param name="home">The file whose sites are preferred.</param>
    /// <param name="cancellation">Ends the search.</param>
    public static IReadOnlyList<IdleStep> Find(World world, Subject scheduler, bool trainsOutOfSight, bool endsWithOptimizer, object home, CancellationToken cancellation)
    {
        if (WrittenSteps.AreOneInTraining(world))
            return [];
        var search = new IdleSteps(world, scheduler, trainsOutOfSight, endsWithOptimizer, home, cancellation);
        foreach (var body in world.AllBodies)
        {
            search._behind.Clear();
            search.Enter(body, default);
        }

        return search._visits <= VisitBudget
            ? search._verdicts.Values.Where(verdict => !verdict.IsRefuted && (search._isSteppedInTraining || verdict.IsBehind))
                .Select(verdict => new IdleStep(verdict.Place, verdict.IsBehind, !search._isSteppedInTraining)).ToArray()
            : [];
    }

    /// <summary>Null where nothing comes out at the end.</summary>
    private State? Run(Node node, State state)
    {
        _cancellation.ThrowIfCancellationRequested();
        if (++_visits > VisitBudget)
            return null;
        switch (node)
        {
            case Sequence sequence:
                State? current = state;
                foreach (var part in sequence.Parts)
                {
                    if (current is not { } before)
                        break;
                    current = Run(part, before);
                }

                return current;
            case Choice or NullTest:
                return node.Children.Select(branch => Run(branch, state)).Aggregate(Join);
            case Loop loop:
                return RunLoop(loop, state);
            case Breakable or Try:
                foreach (var child in node.Children)
                    Run(child, Left(node, state));
                return Left(node, state);
            case Jump jump:
                if (ReferenceEquals(jump, Jump.Return))
                    _returned = Join(_returned, state);
                return null;
            case Call call:
                _calls.Add(call.Site);
                var end = Enter(call.Callee, state);
                _calls.RemoveAt(_calls.Count - 1);
                return end;
            case Deferred { Body: var body }:
                Refute(body.Root);
                return MayTrain(body.Root) ? Trained(state with { IsLost = true }) : state;
            case Outside:
                return ReachesFromOutside() ? Trained(state) : state;
            case Event happening:
                return Apply(happening, state);
            default:
                return Trained(state with { IsLost = true });
        }
    }

    private State? Enter(Body body, State state)
    {
        if (body.IsIrregular || !_running.Add(body))
        {
            Refute(body.Root);
            return MayTrain(body.Root) ? Trained(state with { IsLost = true }) : state;
        }

        var returned = _returned;
        _returned = null;
        var end = Join(Run(body.Root, state), _returned);
        _returned = returned;
        _running.Remove(body);
        return end is { } left ? left with { HasNoGradients = state.HasNoGradients } : null;
    }

    private State? RunLoop(Loop loop, State state)
    {
        var loops = _loops;
        var isLife = loop.EventKinds().Contains(EventKind.Create);
        var inside = Left(loop, state);
        // Each round has a scheduler of its own: its life is the round.
        if (isLife)
        {
            _loops = new List<Loop>();
            _lives++;
            inside = inside with { IsBehind = false };
            _behind.Clear();
        }
        else
        {
            _loops = [.. loops, loop];
        }

        foreach (var part in new[] { loop.Head, loop.Body, loop.Tail })
        {
            // What jumps away from one part does not keep the next from running.
            inside = Run(part, inside) ?? inside;
        }

        _loops = loops;
        var after = Left(loop, state);
        if (isLife)
        {
            _lives--;
            _behind.Clear();
            return after with { IsBehind = false };
        }

        if (!MayTrain(loop))
            return after;
        if (loops.Count == 0)
            Trained(after);
        return loops.Count == 0 && (StepsEachRound(loop) || IsWholeTraining(loop, after)) ? after with { IsBehind = true } : after with { IsBehind = loops.Count > 0 && state.IsBehind };
    }

    private State Apply(Event happening, State state)
    {
        switch (happening.Kind)
        {
            case EventKind.Evaluate:
                return state with { IsEvaluating = true };
            case EventKind.Train:
                return state with { IsEvaluating = false };
            case EventKind.GradientsOff:
                return state with { HasNoGradients = true };
            case EventKind.GradientsOn:
                return state with { HasNoGradients = false };
            case EventKind.OptimizerStep or EventKind.PossibleOptimizerStep:
                return _loops.Count == 0 ? Trained(state) : state;
            case EventKind.Create or EventKind.Forget when ReferenceEquals(happening.Subject, _scheduler):
                return state with { IsBehind = false, IsNew = _loops.Count + _lives == 0 && happening.Kind == EventKind.Create };
            case EventKind.SchedulerStep when ReferenceEquals(happening.Subject, _scheduler):
                Judge(happening, state);
                return state;
            default:
                return state;
        }
    }

    private void Judge(Event step, State state)
    {
        var verdict = VerdictOf(step);
        if (state.IsLost || step.HasIndex)
        {
            verdict.IsRefuted = true;
        }
        else if (_loops.Count == 0)
        {
            verdict.IsBehind = true;
            verdict.IsRefuted |= !state.IsBehind;
            _behind.Add(step);
        }
        else if (MayTrain(_loops[_loops.Count - 1]))
        {
            _isSteppedInTraining = true;
            verdict.IsRefuted = true;
        }
        else
        {
            var isAfterTraining = state.IsBehind || _loops.Any(MayTrain);
            verdict.IsRefuted |= !(state.HasNoGradients || (state.IsEvaluating && isAfterTraining)) || MayTrainOutside(_loops[_loops.Count - 1]);
        }
    }

    /// <summary>The optimizer goes on: what was behind the training is between two.</summary>
    private State Trained(State state)
    {
        foreach (var step in _behind)
            VerdictOf(step).IsRefuted = true;
        _behind.Clear();
        return state with { IsBehind = false };
    }

    /// <summary>The state where a part is left by a way that is not followed.</summary>
    private static State Left(Node node, State state) => node.EventKinds().Contains(EventKind.Train) ? state with { IsEvaluating = false } : state;

    private void Refute(Node node)
    {
        if (!_refuted.Add(node))
            return;
        foreach (var step in node.AllEvents().Where(happening => happening.Kind == EventKind.SchedulerStep))
            VerdictOf(step).IsRefuted = true;
    }

    private Verdict VerdictOf(Event step)
    {
        if (!_verdicts.TryGetValue(step.Site.Location, out var verdict))
        {
            var shown = ReferenceEquals(step.Site.File, _home) ? step.Site : _calls.LastOrDefault(call => ReferenceEquals(call.File, _home));
            _verdicts[step.Site.Location] = verdict = new Verdict(new SteppedAt(step.Site, shown));
        }

        return verdict;
    }

    /// <summary>In every round of a loop that trains, or in every one that does under a condition: in the round itself, or in a loop in it that trains.</summary>
    private bool StepsEachRound(Loop loop) => MayTrain(loop) && (IsStepped(loop.Body) || IsSteppedWithTraining(loop.Body));

    /// <summary>Wherever in it the optimizer is stepped, the scheduler is too.</summary>
    private bool IsSteppedWithTraining(Node node) => node switch
    {
        Sequence sequence => IsStepped(sequence) || sequence.Parts.Where(MayTrain).All(IsSteppedWithTraining),
        Choice choice => choice.Branches.Where(MayTrain).All(IsSteppedWithTraining),
        Loop loop => StepsEachRound(loop),
        _ => IsStepped(node),
    };

    private bool IsStepped(Node node) => node switch
    {
        Event happening => happening.Kind == EventKind.SchedulerStep,
        Sequence sequence => sequence.Parts.Any(IsStepped),
        Choice choice => choice.Branches.All(IsStepped),
        NullTest test => IsStepped(test.WhenHeld),
        Try attempt => IsStepped(attempt.Body) || IsStepped(attempt.Final),
        Breakable breakable => IsStepped(breakable.Body),
        Loop loop => StepsEachRound(loop),
        Call call => IsSteppedIn(call.Callee),
        _ => false,
    };

    // Looked into once. A method that calls itself, be it in a loop, steps where it does before that.
    private bool IsSteppedIn(Body body)
    {
        if (_stepped.TryGetValue(body, out var known))
            return known;
        _stepped[body] = false;
        return _stepped[body] = IsStepped(body.Root);
    }

    /// <summary>The scheduler and its optimizer live from before the loop to the end of the code behind it, and the loop never steps the scheduler.</summary>
    private bool IsWholeTraining(Loop loop, State state) =>
        _endsWithOptimizer && state.IsNew && !state.IsLost && !ReachesFromOutside() && !loop.EventKinds().Overlaps(s_changes);

    private static bool MayTrain(Node node) => node.EventKinds().Overlaps(EventKinds.Training);

    private bool MayTrainOutside(Loop loop) => _trainsOutOfSight || (loop.ReachesOutside() && ReachesFromOutside());

    private bool ReachesFromOutside() =>
        _trainsOutOfSight || _world.OpenEntries.Any(entry => !_running.Contains(entry) && MayTrain(entry.Root));

    private static State? Join(State? one, State? other) => (one, other) switch
    {
        ({ } first, { } second) => new State(
            first.IsEvaluating && second.IsEvaluating, first.HasNoGradients && second.HasNoGradients, first.IsBehind && second.IsBehind, first.IsLost || second.IsLost, first.IsNew && second.IsNew),
        _ => one ?? other,
    };

    /// <summary>What is certain at a point of the program.</summary>
    /// <param name="IsEvaluating">After <c>eval()</c>.</param>
    /// <param name="HasNoGradients">Under <c>no_grad()</c> or <c>inference_mode()</c>.</param>
    /// <param name="IsBehind">Behind the loop that trains.</param>
    /// <param name="IsLost">Nothing is.</param>
    /// <param name="IsNew">The scheduler was made on the way here, once and for all.</param>
    private readonly record struct State(bool IsEvaluating, bool HasNoGradients, bool IsBehind, bool IsLost, bool IsNew);

    private sealed class Verdict
    {
        public Verdict(SteppedAt place) => Place = place;

        public SteppedAt Place { get; }

        public bool IsBehind { get; set; }

        public bool IsRefuted { get; set; }
    }
}

/// <summary>A step outside training.</summary>
/// <param name="Place">Where it is.</param>
/// <param name="IsBehind">It stands behind the loop that trains; otherwise in a loop that does not.</param>
/// <param name="IsAll">No training steps the scheduler at all.</param>
internal sealed record IdleStep(SteppedAt Place, bool IsBehind, bool IsAll);
