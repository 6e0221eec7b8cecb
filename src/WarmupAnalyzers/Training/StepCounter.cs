using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;

namespace WarmupAnalyzers.Training;

/// <summary>
/// Counts the steps of one scheduler from its creation on: along the path with the fewest and along the one with the most. What
/// leaves a loop early counts for the fewest; an exception that is not written down does not.
/// </summary>
internal sealed class StepCounter
{
    private const int VisitBudget = 50_000;

    private readonly World _world;
    private readonly Subject _scheduler;
    private readonly ImmutableHashSet<object> _passedOver;
    private readonly Dictionary<Node, bool> _relevant = new();
    private readonly Dictionary<Body, bool> _open = new();

    /// <param name="world">The bodies and who may call them.</param>
    /// <param name="scheduler">The scheduler that is followed.</param>
    /// <param name="passedOver">Where steps are that do not count.</param>
    public StepCounter(World world, Subject scheduler, ImmutableHashSet<object> passedOver)
    {
        _world = world;
        _scheduler = scheduler;
        _passedOver = passedOver;
        Loops = FindLoops();
    }

    /// <summary>The loops that hold a step of the scheduler: how often they run must be known.</summary>
    public ImmutableArray<Loop> Loops { get; }

    /// <summary>The number of steps, where the loops run so often.</summary>
    public StepRange Count(Func<Loop, LoopBound> rounds, CancellationToken cancellation)
    {
        var walk = new Walk(this, rounds, cancellation);
        foreach (var body in _world.Constructors.Concat(_world.Roots))
            walk.Begin(body);
        var made = walk.End();
        var stepping = _world.Entries.Where(entry => IsRelevant(entry.Root)).ToArray();
        if (stepping.Length == 0)
            return made ?? StepRange.Unknown;
        // A delegate that somebody else calls, or a method that makes a single step: how often is not seen.
        if (!_world.OutlivesRoots || stepping.Any(entry => StepsOutsideLoops(entry.Root, new HashSet<Body>())))
            return StepRange.Unknown with { Least = _world.OutlivesRoots ? 0 : made?.Least ?? 0 };
        // A method that steps in a loop is a training; it is run once.
        StepRange? all = null;
        foreach (var entry in stepping)
        {
            walk.Continue(made);
            walk.Begin(entry);
            if (walk.End() is { } steps)
                all = all is { } others ? StepRange.Either(others, steps) : steps;
        }

        return all ?? StepRange.Unknown;
    }

    /// <summary>Whether some loop steps the scheduler itself and holds a loop of such events.</summary>
    public bool IsOncePerLoopOf(EventKind kind) => Loops.Any(loop =>
        loop.Children.Any(child => StepsOutsideLoops(child, new HashSet<Body>()))
        && loop.Children.Any(child => child.OutermostLoops(inner => inner.EventKinds().Contains(kind)).Any()));

    private ImmutableArray<Loop> FindLoops()
    {
        var loops = ImmutableArray.CreateBuilder<Loop>();
        foreach (var body in _world.AllBodies)
            FindLoops(body.Root, new HashSet<Body>(), loops);
        return loops.Distinct().ToImmutableArray();
    }

    private void FindLoops(Node node, HashSet<Body> visited, ImmutableArray<Loop>.Builder loops)
    {
        if (!IsRelevant(node))
            return;
        if (node is Loop loop)
            loops.Add(loop);
        if (node is Call { Callee: var callee } && visited.Add(callee))
            FindLoops(callee.Root, visited, loops);
        foreach (var child in node.Children)
            FindLoops(child, visited, loops);
    }

    private bool StepsOutsideLoops(Node node, HashSet<Body> visited) => IsRelevant(node) && node switch
    {
        Loop => false,
        Event happening => happening.Kind == EventKind.SchedulerStep,
        Call { Callee: var callee } => visited.Add(callee) && StepsOutsideLoops(callee.Root, visited),
        _ => node.Children.Any(child => StepsOutsideLoops(child, visited)),
    };

    /// <summary>Whether the scheduler is made or stepped in a node, or where it leads.</summary>
    private bool IsRelevant(Node node)
    {
        if (_relevant.TryGetValue(node, out var known))
            return known;
        var isRelevant = node switch
        {
            Event happening => ReferenceEquals(happening.Subject, _scheduler) && happening.Kind is EventKind.Create or EventKind.SchedulerStep,
            Call { Callee: var callee } => IsRelevant(callee),
            Deferred { Body: var body } => IsRelevant(body),
            _ => false,
        };
        // All of them, so that no part is asked twice.
        foreach (var child in node.Children)
            isRelevant |= IsRelevant(child);
        _relevant[node] = isRelevant;
        return isRelevant;
    }

    private bool IsRelevant(Body body)
    {
        if (_open.TryGetValue(body, out var known))
            return known;
        _open[body] = body.Root.AllEvents().Any(happening =>
            ReferenceEquals(happening.Subject, _scheduler) && happening.Kind is EventKind.Create or EventKind.SchedulerStep);
        return _open[body];
    }

    /// <summary>One walk through the program. A tally is null where the scheduler is not there yet.</summary>
    private sealed class Walk
    {
        private readonly StepCounter _counter;
        private readonly Func<Loop, LoopBound> _rounds;
        private readonly CancellationToken _cancellation;
        private readonly HashSet<Body> _running = new();
        private Dictionary<Label, Path> _jumps = new();
        private Path _returns;
        private Path _thrown;
        private Path _life;
        private StepRange? _finished;
        private int _visits;

        public Walk(StepCounter counter, Func<Loop, LoopBound> rounds, CancellationToken cancellation)
        {
            _counter = counter;
            _rounds = rounds;
            _cancellation = cancellation;
            _life = Path.Of(null);
        }

        public void Continue(StepRange? steps)
        {
            _life = Path.Of(steps);
            _finished = null;
        }

        public void Begin(Body body)
        {
            // Who makes the scheduler starts without one.
            var start = body.Root.EventKinds().Contains(EventKind.Create) ? Path.Of(null) : _life;
            var end = Enter(body, start).Or(_thrown);
            _thrown = default;
            if (end.Steps is not null || _life.Steps is null)
                _life = end;
        }

        /// <summary>The steps of all schedulers that were made, or null where none was.</summary>
        public StepRange? End()
        {
            Finish(_life);
            return _visits > VisitBudget ? StepRange.Unknown : _finished;
        }

        private void Finish(Path path)
        {
            if (path.Steps is { } steps)
                _finished = _finished is { } others ? StepRange.Either(others, steps) : steps;
        }

        private Path Run(Node node, Path path)
        {
            if (!path.IsTaken || node is not Jump && !Concerns(node))
                return path;
            _cancellation.ThrowIfCancellationRequested();
            if (++_visits > VisitBudget)
                return path.Plus(StepRange.Unknown);
            switch (node)
            {
                case Sequence sequence:
                    return sequence.Parts.Aggregate(path, (before, part) => Run(part, before));
                case Choice choice:
                    return RunChoice(choice, path);
                case NullTest test when ReferenceEquals(test.Subject, _counter._scheduler) && path.Steps is not null:
                    return Run(test.WhenHeld, path);
                case NullTest test:
                    return Run(test.WhenHeld, path).Or(Run(test.WhenNull, path));
                case Loop loop:
                    return RunLoop(loop, path);
                case Breakable breakable:
                    return Run(breakable.Body, path).Or(Take(breakable.Break));
                case Try attempt:
                    return RunTry(attempt, path);
                case Jump jump:
                    return RunJump(jump, path);
                case Call call:
                    return Enter(call.Callee, path);
                case Deferred:
                    return path.Plus(StepRange.Unknown);
                case Event happening:
                    return Apply(happening, path);
                default:
                    return path;
            }
        }

        // A jump may leave what is counted.
        private bool Concerns(Node node) => _counter.IsRelevant(node) || HoldsJump(node);

        private static bool HoldsJump(Node node) => node is Jump || node.Children.Any(HoldsJump);

        private Path Enter(Body body, Path path)
        {
            if (!_counter.IsRelevant(body))
                return path;
            if (body.IsIrregular || !_running.Add(body))
                return path.Plus(StepRange.Unknown);
            var (jumps, returns) = (_jumps, _returns);
            (_jumps, _returns) = (new(), default);
            var end = Run(body.Root, path).Or(_returns);
            (_jumps, _returns) = (jumps, returns);
            _running.Remove(body);
            return end;
        }

        private Path Apply(Event happening, Path path)
        {
            if (!ReferenceEquals(happening.Subject, _counter._scheduler))
                return path;
            switch (happening.Kind)
            {
                case EventKind.Create:
                    Finish(path);
                    return Path.Of(StepRange.None);
                // An index that is told may be any; most often it counts the rounds.
                case EventKind.SchedulerStep when !_counter._passedOver.Contains(happening.Site.Location):
                    return path.Plus(happening.HasIndex ? new StepRange(0, 1, 1) : StepRange.One);
                default:
                    return path;
            }
        }

        private Path RunLoop(Loop loop, Path path)
        {
            if (loop.EventKinds().Contains(EventKind.Create) || path.Steps is not { } before)
                return RunLoopThatCreates(loop, path);
            var isCounted = !_counter.IsRelevant(loop.Head) && !_counter.IsRelevant(loop.Tail);
            var (rounds, most) = !_counter.IsRelevant(loop) ? new LoopBound(StepRange.None) : isCounted ? _rounds(loop) : new LoopBound(StepRange.Unknown);
            // One round for itself; what leaves it leaves it in the first or in the last.
            var (jumps, returns, thrown) = (_jumps, _returns, _thrown);
            (_jumps, _returns, _thrown) = (new(), default, default);
            var round = Run(loop.Head, Path.Of(StepRange.None));
            round = Run(loop.Tail, Run(loop.Body, round).Or(Take(loop.Continue)));
            var broken = Take(loop.Break);
            var (innerJumps, innerReturns, innerThrown) = (_jumps, _returns, _thrown);
            (_jumps, _returns, _thrown) = (jumps, returns, thrown);
            var each = round.Steps ?? StepRange.None;
            // The round that is left early counts too.
            var last = broken.Steps is { } left && !double.IsInfinity(left.Usual) ? left.Usual : 0;
            var early = before + (each * rounds.Before).Usually(Math.Max(0, most - last));
            foreach (var jump in innerJumps)
                Record(jump.Key, jump.Value.After(early));
            _returns = _returns.Or(innerReturns.After(early));
            _thrown = _thrown.Or(innerThrown.After(early));
            // Without an end it goes on until somebody ends the program.
            if (loop.EndsOnlyByJump && !broken.IsTaken)
                _thrown = _thrown.Or(Path.Of(before + (each * StepRange.Unknown)));
            var whole = loop.EndsOnlyByJump ? default : Path.Of(before + (each * rounds).Usually(most));
            return whole.Or(broken.After(early));
        }

        // Each round has a scheduler of its own, or goes on with the last one's until it makes the next.
        private Path RunLoopThatCreates(Loop loop, Path path)
        {
            var all = loop.EndsOnlyByJump ? default : path;
            var state = path;
            for (var i = 0; i < 2; i++)
            {
                state = Run(loop.Tail, Run(loop.Body, Run(loop.Head, state)).Or(Take(loop.Continue)));
                all = all.Or(Take(loop.Break));
                if (!loop.EndsOnlyByJump)
                    all = all.Or(state);
            }

            return all;
        }

        // A condition under which only the scheduler steps may be what ends its warmup; one under which the optimizer steps too is a
        // condition of training.
        private Path RunChoice(Choice choice, Path path)
        {
            var ends = choice.Branches.Select(branch => (Path: Run(branch, path), Trains: branch.EventKinds().Contains(EventKind.OptimizerStep))).ToArray();
            var all = ends.Aggregate(default(Path), (others, end) => others.Or(end.Path));
            var usual = (ends.Any(end => end.Trains) ? ends.Where(end => end.Trains) : ends).Select(end => end.Path.Steps?.Usual).Min();
            return all.Steps is { } steps && usual is { } least ? Path.Of(steps with { Usual = least }) : all;
        }

        private Path RunTry(Try attempt, Path path)
        {
            var thrown = _thrown;
            _thrown = default;
            var end = Run(attempt.Body, path);
            if (!attempt.Handlers.IsEmpty)
            {
                // From anywhere in the body.
                var caught = path.Or(end).Or(_thrown);
                _thrown = default;
                end = attempt.Handlers.Aggregate(end, (others, handler) => others.Or(Run(handler, caught)));
            }

            _thrown = _thrown.Or(thrown);
            return Run(attempt.Final, end);
        }

        private Path RunJump(Jump jump, Path path)
        {
            if (jump.Target is not null)
                Record(jump.Target, path);
            else if (ReferenceEquals(jump, Jump.Return))
                _returns = _returns.Or(path);
            else
                _thrown = _thrown.Or(path);
            return default;
        }

        private void Record(Label target, Path path) => _jumps[target] = _jumps.TryGetValue(target, out var known) ? known.Or(path) : path;

        private Path Take(Label target)
        {
            if (!_jumps.TryGetValue(target, out var path))
                return default;
            _jumps.Remove(target);
            return path;
        }
    }

    /// <summary>What is known where the program has got to: nothing comes here, or the scheduler is not made yet, or has made so many steps.</summary>
    private readonly record struct Path(bool IsTaken, StepRange? Steps)
    {
        public static Path Of(StepRange? steps) => new(true, steps);

        // Where it is made on one way only, that way counts.
        public Path Or(Path other)
        {
            if (Steps is { } mine && other.Steps is { } theirs)
                return Of(StepRange.Either(mine, theirs));
            return new Path(IsTaken || other.IsTaken, Steps ?? other.Steps);
        }

        public Path Plus(StepRange more) => Steps is { } steps ? Of(steps + more) : this;

        public Path After(StepRange before) => Plus(before);
    }
}
