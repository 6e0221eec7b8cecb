using System;

namespace WarmupAnalyzers.Training;

/// <summary>How many steps are made.</summary>
/// <param name="Least">At least so many, provably.</param>
/// <param name="Usual">So many where nothing leaves a loop early and no condition of its own keeps a step from being made.</param>
/// <param name="Greatest">At most so many, provably.</param>
internal readonly record struct StepRange(double Least, double Usual, double Greatest)
{
    /// <summary>Nothing is known.</summary>
    public static StepRange Unknown { get; } = new(0, double.PositiveInfinity, double.PositiveInfinity);

    public static StepRange None { get; } = new(0, 0, 0);

    public static StepRange One { get; } = new(1, 1, 1);

    /// <summary>One of the two, where the longer way is the usual one.</summary>
    public static StepRange Either(StepRange left, StepRange right) =>
        new(Math.Min(left.Least, right.Least), Math.Max(left.Usual, right.Usual), Math.Max(left.Greatest, right.Greatest));

    public static StepRange operator +(StepRange left, StepRange right) =>
        new(left.Least + right.Least, left.Usual + right.Usual, left.Greatest + right.Greatest);

    /// <summary>So much in each of so many rounds.</summary>
    public static StepRange operator *(StepRange each, StepRange rounds) =>
        new(Product(each.Least, rounds.Least), Product(each.Usual, rounds.Usual), Product(each.Greatest, rounds.Greatest));

    /// <summary>No more than so many.</summary>
    public StepRange AtMost(double most) => new(Math.Min(Least, most), Math.Min(Usual, most), Math.Min(Greatest, most));

    /// <summary>Usually no more than so many.</summary>
    public StepRange Usually(double most) => this with { Usual = Math.Min(Usual, most) };

    /// <summary>Of the rounds of a loop: those before the one in which it is left.</summary>
    public StepRange Before => new(0, Math.Max(0, Usual - 1), Math.Max(0, Greatest - 1));

    // Nothing, however often, is nothing.
    private static double Product(double left, double right) => left == 0 || right == 0 ? 0 : left * right;
}

/// <summary>How often a loop runs, and how many steps of a scheduler it usually makes in all, where a counter of them ends it.</summary>
internal readonly record struct LoopBound(StepRange Rounds, double MostSteps = double.PositiveInfinity);
