using System.Collections.Immutable;

namespace WarmupAnalyzers.Factors;

/// <summary>What a factor function has to do with the world outside it, besides the number it gives.</summary>
/// <param name="ReadsIndex">Whether its parameter stands anywhere in it.</param>
/// <param name="Moving">The outside variables it reads that are others from one step to the next.</param>
/// <param name="Write">The first write to something that outlives the call; null where there is none, or it is harmless.</param>
internal sealed record FactorEffects(bool ReadsIndex, ImmutableArray<MovingVariable> Moving, StateWrite? Write)
{
    /// <summary>Nothing is known of the function.</summary>
    public static FactorEffects Unknown { get; } = new(ReadsIndex: true, ImmutableArray<MovingVariable>.Empty, Write: null);
}

/// <summary>A variable that the training moves while the scheduler lives, such as the number of the epoch.</summary>
/// <param name="Key">Its symbol, opaque here.</param>
/// <param name="Name">As a person would say it.</param>
/// <param name="Origin">Where the function reads it first.</param>
/// <param name="IsCount">Whether it counts, so that the index could take its place.</param>
/// <param name="Counter">How it runs beside the steps; null where that is not certain.</param>
internal sealed record MovingVariable(object Key, string Name, object Origin, bool IsCount, MovingCounter? Counter);

/// <summary>A counter of the training loop, as TorchSharp finds it each time it asks for the factor.</summary>
/// <param name="AtCreation">Its value when the scheduler is made, which makes its first step itself.</param>
/// <param name="AtFirstStep">Its value at the loop's first <c>step()</c>; from there it goes up by one a step.</param>
/// <param name="Steps">How many times the loop provably runs.</param>
internal sealed record MovingCounter(int AtCreation, int AtFirstStep, int Steps)
{
    /// <summary>The counter's value that is in force at a schedule index.</summary>
    public int At(int index) => index == 0 ? AtCreation : AtFirstStep + index - 1;
}

/// <summary>A write to something that outlives the call of a factor function.</summary>
/// <param name="Name">What is written.</param>
internal sealed record StateWrite(string Name, object Origin);
