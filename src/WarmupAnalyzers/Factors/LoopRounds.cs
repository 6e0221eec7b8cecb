using System;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;

namespace WarmupAnalyzers.Factors;

/// <summary>How often a counting loop runs where nothing leaves it early, as the code says it: with the same variables as a factor function.</summary>
/// <param name="First">What the counter starts with.</param>
/// <param name="Bound">What it is compared with.</param>
/// <param name="Stride">What is added to it in each round.</param>
/// <param name="Comparison">The counter stands on the left.</param>
/// <param name="IsExact">Nothing else in the condition ends the loop sooner.</param>
internal sealed record LoopRounds(FactorProgram First, FactorProgram Bound, FactorProgram Stride, Comparison Comparison, bool IsExact)
{
    /// <summary>What the code leaves open in it.</summary>
    public ImmutableArray<FreeVariable> FreeVariables { get; private init; } =
        First.FreeVariables.Concat(Bound.FreeVariables).Concat(Stride.FreeVariables).Distinct().ToImmutableArray();

    /// <summary>The loop runs so often before it asks.</summary>
    public int AtLeast { get; init; }

    /// <summary>The counter is compared before it counts (1 below a body) or after it has (-1 above one), and not in the round.</summary>
    public int More { get; init; }

    private ImmutableArray<(FreeVariable Variable, FactorProgram Value)> Given { get; init; } = ImmutableArray<(FreeVariable Variable, FactorProgram Value)>.Empty;

    /// <summary>The same where the code says what a variable is: a parameter by its argument.</summary>
    public LoopRounds Where(FreeVariable variable, FactorProgram value) => this with
    {
        Given = Given.Add((variable, value)),
        FreeVariables = FreeVariables.Remove(variable).Concat(value.FreeVariables).Distinct().ToImmutableArray(),
    };

    /// <summary>The number of rounds under one assignment; NaN where it is not known.</summary>
    public double Under(Assignment assignment, CancellationToken cancellation)
    {
        // An argument may be made of what an outer call is given.
        foreach (var (variable, value) in Given.Reverse())
            assignment = assignment.With(variable.Key, value.Under(assignment, cancellation).At(0));
        double Number(FactorProgram program) => program.Under(assignment, cancellation).FactorAt(0);
        var (way, stride) = (Number(Bound) - Number(First), Number(Stride));
        var rounds = Comparison switch
        {
            Comparison.Less or Comparison.Greater => Math.Ceiling(way / stride),
            Comparison.LessOrEqual or Comparison.GreaterOrEqual => Math.Floor(way / stride) + 1,
            Comparison.NotEqual when way % stride == 0 => way / stride,
            _ => double.NaN,
        };
        var isTowards = Comparison switch
        {
            Comparison.Less or Comparison.LessOrEqual => stride > 0,
            Comparison.Greater or Comparison.GreaterOrEqual => stride < 0,
            _ => rounds >= 0,
        };
        // `!=` is never met where the loop has passed it before it asks.
        var isMissed = Comparison == Comparison.NotEqual && Math.Max(0, rounds) + More < AtLeast;
        return isTowards && !isMissed && !double.IsInfinity(rounds) ? Math.Max(AtLeast, Math.Max(0, rounds) + More) : double.NaN;
    }
}
