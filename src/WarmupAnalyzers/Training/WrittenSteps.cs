using System.Linq;

namespace WarmupAnalyzers.Training;

/// <summary>Where the steps of a scheduler are written. Most have one, and what one step cannot do wrong need not be run through.</summary>
internal static class WrittenSteps
{
    private const int Many = 2;

    /// <summary>There is one at most, and no call leads to it.</summary>
    public static bool AreSingle(World world) => world.AllBodies.Sum(body => Count(body.Root)) < Many;

    /// <summary>There is one at most, no call leads to it, and the innermost loop that it stands in steps the optimizer too.</summary>
    public static bool AreOneInTraining(World world) => AreSingle(world) && world.AllBodies.All(body => IsInTraining(body.Root, loop: null));

    private static int Count(Node node) => node switch
    {
        _ when !IsStepped(node) => 0,
        Event => 1,
        Call or Deferred => Many,
        _ => node.Children.Sum(Count),
    };

    private static bool IsInTraining(Node node, Loop? loop) => node switch
    {
        _ when !IsStepped(node) => true,
        Event => loop is not null && loop.EventKinds() is var kinds && kinds.Overlaps(EventKinds.Training) && !kinds.Contains(EventKind.Create),
        _ => node.Children.All(child => IsInTraining(child, node as Loop ?? loop)),
    };

    private static bool IsStepped(Node node) => node.EventKinds().Contains(EventKind.SchedulerStep);
}
