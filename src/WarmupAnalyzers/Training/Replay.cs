using System.Linq;

namespace WarmupAnalyzers.Training;

/// <summary>Steps that bring a scheduler to where an earlier run has left it.</summary>
internal static class Replay
{
    /// <summary>Whether it is told an index, or stepped in a loop that trains nothing.</summary>
    public static bool IsIn(World world) => world.AllBodies.Any(body =>
        body.Root.AllEvents().Any(happening => happening is { Kind: EventKind.SchedulerStep, HasIndex: true })
        || body.Root.InnermostLoops(IsIdle).Any());

    private static bool IsIdle(Loop loop)
    {
        var kinds = loop.EventKinds();
        return kinds.Contains(EventKind.SchedulerStep) && !kinds.Contains(EventKind.OptimizerStep) && !kinds.Contains(EventKind.PossibleOptimizerStep);
    }
}
