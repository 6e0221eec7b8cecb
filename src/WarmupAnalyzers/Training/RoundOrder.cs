using System.Collections.Generic;
using System.Linq;

namespace WarmupAnalyzers.Training;

/// <summary>What a round of a loop does, in its order: train, step the scheduler once, and nothing more of either.</summary>
internal sealed class RoundOrder
{
    private readonly Loop _loop;
    private readonly Subject _scheduler;
    private readonly Subject _optimizer;
    private readonly HashSet<Body> _running = new();
    private bool _trains;
    private bool _steps;
    private bool _isOtherwise;
    private bool _mayHaveReturned;

    private RoundOrder(Loop loop, Subject scheduler, Subject optimizer)
    {
        _loop = loop;
        _scheduler = scheduler;
        _optimizer = optimizer;
    }

    /// <summary>Whether every round that is not the last steps the optimizer first and the scheduler then, once.</summary>
    public static bool TrainsAndSteps(Loop loop, Subject scheduler, Subject optimizer)
    {
        var order = new RoundOrder(loop, scheduler, optimizer);
        order.Run(loop.Head, isCertain: true);
        order.Run(loop.Body, isCertain: true);
        order.Run(loop.Tail, isCertain: true);
        return order is { _trains: true, _steps: true, _isOtherwise: false };
    }

    private void Run(Node node, bool isCertain)
    {
        switch (node)
        {
            case Event happening:
                Happen(happening, isCertain && !_mayHaveReturned);
                break;
            case Choice choice:
                Run(choice.Children, isCertain: false);
                break;
            case NullTest test:
                Run(test.WhenHeld, isCertain && ReferenceEquals(test.Subject, _scheduler));
                Run(test.WhenNull, isCertain: false);
                break;
            case Loop inner:
                // A loop over the batches has some; a scheduler that is stepped for each is none of the round.
                _isOtherwise |= inner.Holds(EventKind.SchedulerStep, _scheduler);
                Run(inner.Children, isCertain);
                break;
            case Try attempt:
                Run(attempt.Body, isCertain);
                Run(attempt.Handlers, isCertain: false);
                Run(attempt.Final, isCertain);
                break;
            case Call call:
                Enter(call.Callee, isCertain);
                break;
            case Deferred or Unknown:
                _isOtherwise = true;
                break;
            case Jump jump:
                Leave(jump, isCertain);
                break;
            default:
                Run(node.Children, isCertain);
                break;
        }
    }

    private void Run(IEnumerable<Node> nodes, bool isCertain)
    {
        foreach (var node in nodes.ToArray())
            Run(node, isCertain);
    }

    private void Enter(Body body, bool isCertain)
    {
        if (body.IsIrregular || !_running.Add(body))
        {
            _isOtherwise = true;
            return;
        }

        var before = _mayHaveReturned;
        Run(body.Root, isCertain);
        _mayHaveReturned = before;
        _running.Remove(body);
    }

    // What leaves the loop ends it; what goes on to the next round counts without a step.
    private void Leave(Jump jump, bool isCertain)
    {
        _isOtherwise |= ReferenceEquals(jump.Target, _loop.Continue);
        if (_running.Count > 0 && ReferenceEquals(jump, Jump.Return))
            _mayHaveReturned |= !isCertain;
    }

    private void Happen(Event happening, bool isCertain)
    {
        switch (happening.Kind)
        {
            case EventKind.OptimizerStep when ReferenceEquals(happening.Subject, _optimizer):
                _isOtherwise |= _steps;
                _trains |= isCertain;
                break;
            case EventKind.PossibleOptimizerStep:
                _isOtherwise |= _steps;
                break;
            case EventKind.SchedulerStep when ReferenceEquals(happening.Subject, _scheduler):
                _isOtherwise |= _steps || !_trains || !isCertain;
                _steps = true;
                break;
            case EventKind.Create or EventKind.Forget:
                _isOtherwise = true;
                break;
        }
    }
}
