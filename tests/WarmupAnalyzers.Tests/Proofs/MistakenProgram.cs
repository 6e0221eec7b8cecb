using System;

namespace WarmupAnalyzers.Tests.Proofs;

/// <summary>A generated training program with one mistake, and what it must train with once its safe fix is applied.</summary>
/// <param name="Source">The program. Lines marked <c>// network</c> need the native library and are left out when it is run.</param>
/// <param name="PromisedRates">The learning rate of every optimizer step after the fix.</param>
internal sealed record MistakenProgram(string Source, double[] PromisedRates);

/// <summary>What is wrong with the schedule of a generated program, and what it should have been.</summary>
/// <param name="Scheduler">The scheduler's creation, with <c>OPTIMIZER</c> for the variable; empty where the rate is written by hand.</param>
/// <param name="Promised">The learning rate after so many steps of the mended scheduler.</param>
internal sealed record Mistake(string Scheduler, Func<int, double> Promised)
{
    /// <summary>Statements in front of the optimizer's creation.</summary>
    public string Before { get; init; } = string.Empty;

    /// <summary>Statements between the optimizer's creation and the scheduler's, with <c>OPTIMIZER</c> for the variable.</summary>
    public string Between { get; init; } = string.Empty;

    /// <summary>Statements behind the scheduler's creation, with <c>OPTIMIZER</c> for the variable.</summary>
    public string Behind { get; init; } = string.Empty;

    /// <summary>The same mistake where it hangs on how many steps the program's loops make; null where it does not.</summary>
    public Func<int, Mistake>? OfSteps { get; init; }

    /// <summary>The optimizer that is made; any where it is left open.</summary>
    public string Optimizer { get; init; } = string.Empty;

    /// <summary>Members of the class.</summary>
    public string Members { get; init; } = string.Empty;

    /// <summary>The optimizer's learning rate as it is written.</summary>
    public string Rate { get; init; } = "0.1";

    /// <summary>Statements in front of the optimizer's step that set its rate from the index, in place of a scheduler.</summary>
    public string ByHand { get; init; } = string.Empty;

    /// <summary>The optimizer is made from a parameter group that is made from parameters alone.</summary>
    public bool HasGroup { get; init; }

    /// <summary>The schedule is none that anyone would call a warmup.</summary>
    public bool IsDecay { get; init; }

    /// <summary>What the loop does not call: <c>zero_grad</c> or <c>step</c>.</summary>
    public string Lost { get; init; } = string.Empty;

    /// <summary>Another scheduler of the optimizer, which is stepped beside it, with <c>OPTIMIZER</c> for the variable.</summary>
    public string Second { get; init; } = string.Empty;

    /// <summary>The statements between belong in the function that trains.</summary>
    public bool IsOfOneFunction { get; init; }

    /// <summary>Where the scheduler is stepped.</summary>
    public Stepping Stepping { get; init; } = Stepping.Right;
}

/// <summary>Where a generated program steps its scheduler.</summary>
internal enum Stepping
{
    /// <summary>Behind the optimizer.</summary>
    Right,

    /// <summary>In front of the optimizer.</summary>
    TooEarly,

    /// <summary>Nowhere.</summary>
    Never,

    /// <summary>There is none.</summary>
    None,

    /// <summary>Behind the optimizer, with a number that it does not look at.</summary>
    WithLoss,

    /// <summary>Behind the optimizer at the end of a round, with the number of that round.</summary>
    WithIndex,

    /// <summary>In every iteration of a loop whose optimizer steps in every other one.</summary>
    OnMicroBatch,

    /// <summary>Behind the optimizer, and once more behind the training.</summary>
    BehindTraining,

    /// <summary>Behind the optimizer, and its part <c>ramp</c> too.</summary>
    WithPart,

    /// <summary>Behind the optimizer, beside the second one.</summary>
    BesideSecond,

    /// <summary>Behind the optimizer, and it is made in each round.</summary>
    MadeAnew,
}
