using System;

namespace WarmupAnalyzers.Training;

/// <summary>How many steps are provably made: at least so many, and at most so many.</summary>
internal readonly record struct StepRange(double Least, double Greatest)
{
    /// <summary>Nothing is known.</summary>
    public static StepRange Unknown { get; } = new(0, double.PositiveInfinity);

    public static StepRange None { get; } = new(0, 0);

    public static StepRange One { get; } = new(1, 1);

    /// <summary>One of the two.</summary>
    public static StepRange Either(StepRange left, StepRange right) => new(Math.Min(left.Least, right.Least), Math.Max(left.Greatest, right.Greatest));

    public static StepRange operator +(StepRange left, StepRange right) => new(left.Least + right.Least, left.Greatest + right.Greatest);

    /// <summary>So much in each of so many rounds.</summary>
    public static StepRange operator *(StepRange each, StepRange rounds) => new(Product(each.Least, rounds.Least), Product(each.Greatest, rounds.Greatest));

    // Nothing, however often, is nothing.
    private static double Product(double left, double right) => left == 0 || right == 0 ? 0 : left * right;
}
