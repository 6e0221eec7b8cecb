using System.Collections.Immutable;
using System.Linq;

namespace WarmupAnalyzers.Training;

/// <summary>What a call does for the gradients of a training.</summary>
internal enum GradientCall
{
    /// <summary><c>loss.backward()</c></summary>
    Backward,

    /// <summary><c>optimizer.zero_grad()</c>, <c>model.zero_grad()</c></summary>
    Zero,

    /// <summary><c>optimizer.step()</c></summary>
    OptimizerStep,

    /// <summary><c>scheduler.step()</c></summary>
    SchedulerStep,

    /// <summary>A jump that may or will cut the iteration short.</summary>
    Jump,
}

/// <summary>Something that happens in an iteration, in its order.</summary>
/// <param name="Call">What happens.</param>
/// <param name="Location">The call, in whichever method it stands; opaque here.</param>
/// <param name="Guard">The steady condition it happens under, the same in every iteration; null for none.</param>
internal sealed record GradientEvent(GradientCall Call, object Location, object? Guard);

/// <summary>What happens on the way through each iteration of a loop, also in the methods that it calls.</summary>
/// <param name="Events">In the order in which they run. What stands under a condition that may change is not among them.</param>
/// <param name="IsRepeated">The way through it leads back to its start.</param>
internal sealed record TrainingIteration(ImmutableArray<GradientEvent> Events, bool IsRepeated)
{
    /// <summary>The first of its kind; null where there is none.</summary>
    public GradientEvent? First(GradientCall call) => Events.FirstOrDefault(happening => happening.Call == call);

    /// <summary>The next of its kind that happens whenever the other does; null where a jump may come between.</summary>
    public GradientEvent? Following(GradientEvent happening, GradientCall call) =>
        Events.SkipWhile(other => other != happening).Skip(1).TakeWhile(other => other.Call != GradientCall.Jump)
            .FirstOrDefault(other => other.Call == call && Equals(other.Guard, happening.Guard));
}
