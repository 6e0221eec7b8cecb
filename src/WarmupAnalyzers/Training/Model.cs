using System;
using System.Collections.Generic;
using System.Collections.Immutable;

namespace WarmupAnalyzers.Training;

/// <summary>Something whose life is followed through the code: one scheduler, one optimizer.</summary>
internal sealed class Subject
{
    public Subject(string name) => Name = name;

    public string Name { get; }

    public override string ToString() => Name;
}

/// <summary>A place in the source, opaque to the model: who wrote it knows how to read it back.</summary>
internal sealed class Site
{
    public Site(object location, object file)
    {
        Location = location;
        File = file;
    }

    public object Location { get; }

    /// <summary>The file it stands in, compared by reference.</summary>
    public object File { get; }
}

/// <summary>What can happen to a subject.</summary>
internal enum EventKind
{
    /// <summary>The scheduler is made.</summary>
    Create,

    /// <summary>The scheduler's <c>step()</c>, <c>step(i)</c> or <c>step(metric)</c>.</summary>
    SchedulerStep,

    /// <summary>The optimizer's <c>step()</c>.</summary>
    OptimizerStep,

    /// <summary>An optimizer is stepped and it may be this one.</summary>
    PossibleOptimizerStep,

    /// <summary>The place that held the subject is given something else.</summary>
    Forget,

    /// <summary>The learning rate is looked at.</summary>
    RateRead,

    /// <summary>Another scheduler of the same optimizer (or of one that may be the same) is stepped.</summary>
    RivalStep,

    /// <summary>Another scheduler is made for the same optimizer.</summary>
    RivalCreate,

    /// <summary>A module goes over to evaluation: <c>eval()</c>.</summary>
    Evaluate,

    /// <summary>A module goes back to training: <c>train()</c>.</summary>
    Train,

    /// <summary>From here on there are no gradients: <c>no_grad()</c>, <c>inference_mode()</c>.</summary>
    GradientsOff,

    /// <summary>The end of that.</summary>
    GradientsOn,
}

/// <summary>Questions about kinds of events.</summary>
internal static class EventKindQueries
{
    /// <summary>Whether it says how a program runs, and nothing of what happens to the two.</summary>
    public static bool IsMode(this EventKind kind) =>
        kind is EventKind.Evaluate or EventKind.Train or EventKind.GradientsOff or EventKind.GradientsOn;
}

/// <summary>A piece of a method body: what matters of it to the order of steps.</summary>
internal abstract class Node
{
    private object? _kinds;

    public static Node Empty { get; } = new Sequence(ImmutableArray<Node>.Empty);

    /// <summary>The kinds of events in it and in what it calls, once that was looked at: a program is read whole before anything is asked of it.</summary>
    public EventKinds? KnownKinds
    {
        get => (EventKinds?)_kinds;
        set => _kinds = value;
    }

    /// <summary>The parts in no particular order, without the bodies of calls.</summary>
    public abstract IEnumerable<Node> Children { get; }

    /// <summary>One node for several; nodes of nothing vanish.</summary>
    public static Node Of(params Node[] nodes)
    {
        // Most of a program is nothing to the model.
        var only = Empty;
        foreach (var node in nodes)
        {
            if (ReferenceEquals(node, Empty))
                continue;
            if (!ReferenceEquals(only, Empty))
                return new Sequence(Parts(nodes));
            only = node;
        }

        return only;
    }

    /// <summary>One of two; of two nodes of nothing, nothing.</summary>
    public static Node Either(Node first, Node second) =>
        ReferenceEquals(first, Empty) && ReferenceEquals(second, Empty) ? Empty : new Choice(first, second);

    private static ImmutableArray<Node> Parts(Node[] nodes)
    {
        var parts = ImmutableArray.CreateBuilder<Node>();
        foreach (var node in nodes)
        {
            if (node is Sequence sequence)
                parts.AddRange(sequence.Parts);
            else
                parts.Add(node);
        }

        return parts.ToImmutable();
    }
}

internal sealed class Sequence : Node
{
    public Sequence(ImmutableArray<Node> parts) => Parts = parts;

    public ImmutableArray<Node> Parts { get; }

    public override IEnumerable<Node> Children => Parts;
}

/// <summary>One of several ways is taken.</summary>
internal sealed class Choice : Node
{
    public Choice(params Node[] branches) => Branches = branches.ToImmutableArray();

    public ImmutableArray<Node> Branches { get; }

    public override IEnumerable<Node> Children => Branches;
}

/// <summary>A branch on whether the subject's place holds anything.</summary>
internal sealed class NullTest : Node
{
    public NullTest(Subject subject, Node whenHeld, Node whenNull)
    {
        Subject = subject;
        WhenHeld = whenHeld;
        WhenNull = whenNull;
    }

    public Subject Subject { get; }

    public Node WhenHeld { get; }

    public Node WhenNull { get; }

    public override IEnumerable<Node> Children => [WhenHeld, WhenNull];
}

/// <summary>What a jump leads to.</summary>
internal sealed class Label;

/// <summary>A loop: head, then body, then tail, again and again. It is left at the head or by a jump.</summary>
internal sealed class Loop : Node
{
    public Node Head { get; set; } = Empty;

    public Node Body { get; set; } = Empty;

    public Node Tail { get; set; } = Empty;

    /// <summary>The body provably runs.</summary>
    public bool RunsAtLeastOnce { get; set; }

    /// <summary><c>while (true)</c>: never left at the head.</summary>
    public bool EndsOnlyByJump { get; set; }

    /// <summary>It counts or goes through something, as a loop does that replays the steps of an earlier run.</summary>
    public bool MayReplay { get; set; }

    public Label Break { get; } = new();

    public Label Continue { get; } = new();

    /// <summary>Where it stands; null for one that is not written as a loop (a closure that TorchSharp calls).</summary>
    public Site? Site { get; set; }

    public override IEnumerable<Node> Children => [Head, Body, Tail];
}

/// <summary>A statement that a <c>break</c> leaves and that is no loop.</summary>
internal sealed class Breakable : Node
{
    public Node Body { get; set; } = Empty;

    public Label Break { get; } = new();

    public override IEnumerable<Node> Children => [Body];
}

internal sealed class Try : Node
{
    public Try(Node body, ImmutableArray<Node> handlers, Node final)
    {
        Body = body;
        Handlers = handlers;
        Final = final;
    }

    public Node Body { get; }

    public ImmutableArray<Node> Handlers { get; }

    public Node Final { get; }

    public override IEnumerable<Node> Children => Handlers.Add(Body).Add(Final);
}

internal sealed class Jump : Node
{
    private Jump(Label? target) => Target = target;

    public static Jump Return { get; } = new(null);

    public static Jump Throw { get; } = new(null);

    /// <summary>Where a <c>break</c> or <c>continue</c> leads; null for the other two.</summary>
    public Label? Target { get; }

    public override IEnumerable<Node> Children => [];

    public static Jump To(Label target) => new(target);
}

/// <summary>The body of a method, local function or lambda, filled in after it is made so that it may call itself.</summary>
internal sealed class Body
{
    public Body(string name) => Name = name;

    public string Name { get; }

    public Node Root { get; set; } = Node.Empty;

    /// <summary>Its control flow or its time of running cannot be told (goto, iterator).</summary>
    public bool IsIrregular { get; set; }

    public override string ToString() => Name;
}

/// <summary>A call that runs a body in place.</summary>
internal sealed class Call : Node
{
    public Call(Body callee, Site site)
    {
        Callee = callee;
        Site = site;
    }

    public Body Callee { get; }

    public Site Site { get; }

    public override IEnumerable<Node> Children => [];
}

/// <summary>A body that runs at a time nobody can tell, or on an object that may not be the one followed.</summary>
internal sealed class Deferred : Node
{
    public Deferred(Body body) => Body = body;

    public Body Body { get; }

    public override IEnumerable<Node> Children => [];
}

/// <summary>A call out of the code that is read, which may call back into whatever is open to it.</summary>
internal sealed class Outside : Node
{
    private Outside()
    {
    }

    public static Outside Instance { get; } = new();

    public override IEnumerable<Node> Children => [];
}

/// <summary>Anything may have happened.</summary>
internal sealed class Unknown : Node
{
    private Unknown()
    {
    }

    public static Unknown Instance { get; } = new();

    public override IEnumerable<Node> Children => [];
}

internal sealed class Event : Node
{
    public Event(EventKind kind, Subject subject, Site site)
    {
        Kind = kind;
        Subject = subject;
        Site = site;
    }

    public EventKind Kind { get; }

    public Subject Subject { get; }

    public Site Site { get; }

    /// <summary>Of a scheduler's step: whether it is given an index.</summary>
    public bool HasIndex { get; init; }

    /// <summary>The index it is given, at its first run; null where that is not known.</summary>
    public int? Index { get; init; }

    public override IEnumerable<Node> Children => [];
}

/// <summary>Questions about a tree that need no order.</summary>
internal static class NodeQueries
{
    /// <summary>The events of a tree and of all that it calls, those that run at an unknown time included.</summary>
    public static IEnumerable<Event> AllEvents(this Node node) => Visit(node, new HashSet<Body>());

    public static bool Holds(this Node node, EventKind kind, Subject? subject = null)
    {
        if (!node.EventKinds().Contains(kind))
            return false;
        if (subject is null)
            return true;
        foreach (var found in node.AllEvents())
        {
            if (found.Kind == kind && ReferenceEquals(found.Subject, subject))
                return true;
        }

        return false;
    }

    /// <summary>The kinds of events in a tree and in what it calls. Looked at once.</summary>
    public static EventKinds EventKinds(this Node root)
    {
        if (root.KnownKinds is { } known)
            return known;
        var kinds = KindsOf(root, new HashSet<Body>()) ?? KindsInCircles(root);
        root.KnownKinds = kinds;
        return kinds;
    }

    /// <summary>From the parts to the whole, so that each part is looked at once; null where a body leads back to itself.</summary>
    private static EventKinds? KindsOf(Node node, HashSet<Body> running)
    {
        if (node.KnownKinds is { } known)
            return known;
        var kinds = node is Event found ? Training.EventKinds.None.With(found.Kind) : Training.EventKinds.None;
        if (CalleeOf(node) is { } callee)
        {
            if (!running.Add(callee) || KindsOf(callee.Root, running) is not { } called)
                return null;
            running.Remove(callee);
            kinds = kinds.With(called);
        }

        foreach (var child in node.Children)
        {
            if (KindsOf(child, running) is not { } part)
                return null;
            kinds = kinds.With(part);
        }

        node.KnownKinds = kinds;
        return kinds;
    }

    private static EventKinds KindsInCircles(Node root)
    {
        var kinds = Training.EventKinds.None;
        var seen = new HashSet<Node>();
        var open = new Stack<Node>();
        open.Push(root);
        while (open.Count > 0)
        {
            var node = open.Pop();
            if (!seen.Add(node))
                continue;
            if (node is Event found)
                kinds = kinds.With(found.Kind);
            if (CalleeOf(node) is { } callee)
                open.Push(callee.Root);
            foreach (var child in node.Children)
                open.Push(child);
        }

        return kinds;
    }

    /// <summary>Whether the tree, or what it calls, calls out of the code that is read.</summary>
    public static bool ReachesOutside(this Node node) => ReachesOutside(node, new HashSet<Body>());

    /// <summary>The loops of a tree that stand in no other loop and satisfy the condition, also where a call leads.</summary>
    public static IEnumerable<Loop> OutermostLoops(this Node node, Func<Loop, bool> condition) =>
        Loops(node, condition, outermost: true, new HashSet<Body>());

    /// <summary>The loops that satisfy the condition and hold no loop that does.</summary>
    public static IEnumerable<Loop> InnermostLoops(this Node node, Func<Loop, bool> condition) =>
        Loops(node, condition, outermost: false, new HashSet<Body>());

    private static IEnumerable<Loop> Loops(Node node, Func<Loop, bool> condition, bool outermost, HashSet<Body> visited)
    {
        if (node is Loop { Site: not null } loop && condition(loop))
        {
            if (outermost)
            {
                yield return loop;
                yield break;
            }

            var any = false;
            foreach (var inner in LoopsWithin(node, condition, outermost, visited))
            {
                any = true;
                yield return inner;
            }

            if (!any)
                yield return loop;
            yield break;
        }

        foreach (var inner in LoopsWithin(node, condition, outermost, visited))
            yield return inner;
    }

    private static IEnumerable<Loop> LoopsWithin(Node node, Func<Loop, bool> condition, bool outermost, HashSet<Body> visited)
    {
        var callee = CalleeOf(node);
        if (callee is not null && visited.Add(callee))
        {
            foreach (var inner in Loops(callee.Root, condition, outermost, visited))
                yield return inner;
        }

        foreach (var child in node.Children)
        {
            foreach (var inner in Loops(child, condition, outermost, visited))
                yield return inner;
        }
    }

    private static IEnumerable<Event> Visit(Node node, HashSet<Body> visited)
    {
        if (node is Event found)
            yield return found;
        var callee = CalleeOf(node);
        if (callee is not null && visited.Add(callee))
        {
            foreach (var inner in Visit(callee.Root, visited))
                yield return inner;
        }

        foreach (var child in node.Children)
        {
            foreach (var inner in Visit(child, visited))
                yield return inner;
        }
    }

    private static bool ReachesOutside(Node node, HashSet<Body> visited)
    {
        if (node is Outside)
            return true;
        if (CalleeOf(node) is { } callee && visited.Add(callee) && ReachesOutside(callee.Root, visited))
            return true;
        foreach (var child in node.Children)
        {
            if (ReachesOutside(child, visited))
                return true;
        }

        return false;
    }

    private static Body? CalleeOf(Node node) => node switch
    {
        Call call => call.Callee,
        Deferred deferred => deferred.Body,
        _ => null,
    };
}
