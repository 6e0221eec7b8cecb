using System.Collections.Generic;
using System.Linq;

namespace WarmupAnalyzers.Training;

/// <summary>A loop that makes its scheduler anew in every round and steps it there, so that no schedule gets further than its start.</summary>
internal sealed class Recreation
{
    private Recreation(Loop loop, int stepsPerRound)
    {
        Loop = loop;
        StepsPerRound = stepsPerRound;
    }

    public Loop Loop { get; }

    /// <summary>How many steps each of the schedulers makes; 0 where that is not known.</summary>
    public int StepsPerRound { get; }

    /// <summary>The innermost loop that makes the scheduler on every way; null where others step it, or where it lives longer than a round.</summary>
    public static Recreation? Find(World world)
    {
        var loops = new HashSet<Loop>();
        foreach (var body in world.AllBodies.Where(body => !body.IsIrregular))
            loops.UnionWith(body.Root.InnermostLoops(loop => loop.Holds(EventKind.Create)));
        if (loops.Count == 0 || loops.Any(loop => !IsRecreation(loop)) || loops.Select(loop => loop.Site!.Location).Distinct().Count() != 1)
            return null;
        var chosen = loops.First();
        var own = chosen.AllEvents().Where(IsStep).Select(step => step.Site.Location).Distinct().ToArray();
        var all = world.AllBodies.SelectMany(body => body.Root.AllEvents()).Where(IsStep).Select(step => step.Site.Location).Distinct();
        if (all.Except(own).Any())
            return null;
        return new Recreation(chosen, own.Length == 1 && IsCertain(chosen.Body, EventKind.SchedulerStep, new HashSet<Body>()) ? 1 : 0);
    }

    private static bool IsRecreation(Loop loop)
    {
        var kinds = loop.EventKinds();
        return kinds.Contains(EventKind.SchedulerStep) && kinds.Contains(EventKind.OptimizerStep) && !kinds.Contains(EventKind.Forget)
            && !Reaches(loop, new HashSet<Node>())
            && IsCertain(loop.Body, EventKind.Create, new HashSet<Body>())
            && !loop.Children.SelectMany(child => child.OutermostLoops(inner => inner.Holds(EventKind.SchedulerStep))).Any();
    }

    /// <summary>Whether anything in the loop has no place in the model, or tells the scheduler where it is.</summary>
    private static bool Reaches(Node node, HashSet<Node> seen) => seen.Add(node) && node switch
    {
        Unknown or Deferred => true,
        Event { HasIndex: true } => true,
        Call call => call.Callee.IsIrregular || Reaches(call.Callee.Root, seen),
        _ => node.Children.Any(child => Reaches(child, seen)),
    };

    private static bool IsStep(Event happening) => happening.Kind == EventKind.SchedulerStep;

    /// <summary>On every way, and once.</summary>
    private static bool IsCertain(Node node, EventKind kind, HashSet<Body> running) => node switch
    {
        Event happening => happening.Kind == kind,
        Sequence sequence => sequence.Parts.Any(part => IsCertain(part, kind, running)),
        Choice choice => choice.Branches.All(branch => IsCertain(branch, kind, running)),
        NullTest test when kind == EventKind.SchedulerStep => IsCertain(test.WhenHeld, kind, running),
        NullTest test => IsCertain(test.WhenHeld, kind, running) && IsCertain(test.WhenNull, kind, running),
        Try attempt => IsCertain(attempt.Body, kind, running) || IsCertain(attempt.Final, kind, running),
        Breakable breakable => IsCertain(breakable.Body, kind, running),
        Call call => running.Add(call.Callee) && IsCertain(call.Callee.Root, kind, running),
        _ => false,
    };
}
