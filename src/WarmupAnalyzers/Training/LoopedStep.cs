using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;

namespace WarmupAnalyzers.Training;

/// <summary>The only step of a scheduler, made in every round of the loops that it stands in.</summary>
/// <param name="Place">Where it is.</param>
/// <param name="Loops">The loops that one scheduler goes through, the outermost first; at least one.</param>
internal sealed record LoopedStep(SteppedAt Place, ImmutableArray<Loop> Loops)
{
    private const int VisitBudget = 50_000;

    /// <summary>The loop whose rounds make the step.</summary>
    public Loop Stepping => Loops[Loops.Length - 1];

    /// <summary>Null where there are several, where it depends on a condition, or where it is not certain what runs when.</summary>
    public static LoopedStep? Find(World world, Subject scheduler, object home)
    {
        var search = new Search(scheduler, home);
        foreach (var body in world.AllBodies)
            search.Enter(body);
        return search.Result;
    }

    /// <summary>Whether every round of a loop steps the optimizer itself, and not only in a loop of its own.</summary>
    public static bool Trains(Loop loop, Subject optimizer) => Steps(loop.Body, optimizer, new HashSet<Body>());

    /// <summary>Whether a round of a loop may step an optimizer outside the loops in it.</summary>
    public static bool MayTrain(Loop loop) => loop.Children.Any(child => MayStep(child, new HashSet<Body>()));

    private static bool Steps(Node node, Subject optimizer, HashSet<Body> running) => node switch
    {
        Event happening => happening.Kind == EventKind.OptimizerStep && ReferenceEquals(happening.Subject, optimizer),
        Sequence sequence => sequence.Parts.Any(part => Steps(part, optimizer, running)),
        Choice choice => choice.Branches.All(branch => Steps(branch, optimizer, running)),
        NullTest test => Steps(test.WhenHeld, optimizer, running),
        Try attempt => Steps(attempt.Body, optimizer, running),
        Loop { Site: null } closure => Steps(closure.Body, optimizer, running),
        Call call => running.Add(call.Callee) && Steps(call.Callee.Root, optimizer, running),
        _ => false,
    };

    private static bool MayStep(Node node, HashSet<Body> running) => node switch
    {
        Event happening => happening.Kind is EventKind.OptimizerStep or EventKind.PossibleOptimizerStep,
        Loop { Site: not null } => false,
        Call call => running.Add(call.Callee) && MayStep(call.Callee.Root, running),
        Deferred deferred => running.Add(deferred.Body) && MayStep(deferred.Body.Root, running),
        Unknown => true,
        _ => node.Children.Any(child => MayStep(child, running)),
    };

    /// <summary>One walk through the program, along the calls.</summary>
    private sealed class Search
    {
        private readonly Subject _scheduler;
        private readonly object _home;
        private readonly HashSet<Body> _running = new();
        private readonly Stack<Site> _calls = new();
        private readonly List<LoopedStep> _found = new();
        private ImmutableArray<Loop> _loops = ImmutableArray<Loop>.Empty;
        private bool _isConditional;
        private bool _isLost;
        private int _visits;

        public Search(Subject scheduler, object home)
        {
            _scheduler = scheduler;
            _home = home;
        }

        /// <summary>A method that is called by others too is seen with fewer loops round it: the longest way is the training.</summary>
        public LoopedStep? Result => !_isLost && _found.OrderByDescending(step => step.Loops.Length).FirstOrDefault() is { Loops.IsEmpty: false } longest
            && _found.All(step => IsPartOf(step, longest))
                ? longest
                : null;

        public void Enter(Body body)
        {
            if (!body.Root.EventKinds().Contains(EventKind.SchedulerStep))
                return;
            if (body.IsIrregular || !_running.Add(body))
                _isLost = true;
            else
                Visit(body.Root);
            _running.Remove(body);
        }

        private static bool IsPartOf(LoopedStep step, LoopedStep longest) =>
            ReferenceEquals(step.Place.Step.Location, longest.Place.Step.Location) && longest.Loops.Skip(longest.Loops.Length - step.Loops.Length).SequenceEqual(step.Loops);

        private void Visit(Node node)
        {
            if (!node.EventKinds().Contains(EventKind.SchedulerStep))
                return;
            if (++_visits > VisitBudget)
            {
                _isLost = true;
                return;
            }

            switch (node)
            {
                case Sequence:
                    All(node);
                    break;
                case NullTest test when ReferenceEquals(test.Subject, _scheduler):
                    Visit(test.WhenHeld);
                    break;
                case Try attempt:
                    Visit(attempt.Body);
                    Under(attempt.Handlers);
                    Visit(attempt.Final);
                    break;
                case Loop loop:
                    Go(loop);
                    break;
                case Call call:
                    _calls.Push(call.Site);
                    Enter(call.Callee);
                    _calls.Pop();
                    break;
                case Event happening:
                    Note(happening);
                    break;
                case Choice or NullTest or Breakable:
                    Under(node.Children);
                    break;
                default:
                    _isLost = true;
                    break;
            }
        }

        private void All(Node node)
        {
            foreach (var child in node.Children)
                Visit(child);
        }

        private void Under(IEnumerable<Node> branches)
        {
            var isConditional = _isConditional;
            _isConditional = true;
            foreach (var branch in branches)
                Visit(branch);
            _isConditional = isConditional;
        }

        private void Go(Loop loop)
        {
            // A closure is run by whoever has it, and what stands in a loop's head is run once more than its body.
            if (loop.Site is null || loop.Head.EventKinds().Contains(EventKind.SchedulerStep) || loop.Tail.EventKinds().Contains(EventKind.SchedulerStep))
            {
                _isLost = true;
                return;
            }

            var (loops, isConditional) = (_loops, _isConditional);
            // Each round of a loop that makes the scheduler has one of its own.
            _loops = loop.EventKinds().Contains(EventKind.Create) ? ImmutableArray<Loop>.Empty : _loops.Add(loop);
            _isConditional = false;
            Visit(loop.Body);
            (_loops, _isConditional) = (loops, isConditional);
        }

        private void Note(Event happening)
        {
            if (happening.Kind != EventKind.SchedulerStep || !ReferenceEquals(happening.Subject, _scheduler))
                return;
            _isLost |= happening.HasIndex || _isConditional;
            var shown = ReferenceEquals(happening.Site.File, _home) ? happening.Site : _calls.FirstOrDefault(call => ReferenceEquals(call.File, _home));
            _found.Add(new LoopedStep(new SteppedAt(happening.Site, shown), _loops));
        }
    }
}
