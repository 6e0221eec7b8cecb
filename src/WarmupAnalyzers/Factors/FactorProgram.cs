using System.Collections.Immutable;
using System.Threading;
using WarmupAnalyzers.Factors.Expressions;
using WarmupAnalyzers.Reading.Steps;

namespace WarmupAnalyzers.Factors;

/// <summary>An integer division in a factor function.</summary>
/// <param name="EnteredAt">
/// Where it stands outside the function, in what a variable was made with: the variable's mention in the function. Else null.
/// </param>
/// <param name="IsFixed">Whether its operands are the same at every index, such as <c>1 / 10</c>.</param>
internal sealed record DivisionSite(int Number, object Origin, object? EnteredAt = null, bool IsFixed = false);

/// <summary>A literal in a factor function, with its value as a double.</summary>
/// <param name="EnteredAt">As in <see cref="DivisionSite"/>.</param>
internal sealed record LiteralSite(Literal Literal, double Value, object Origin, object? EnteredAt = null)
{
    /// <summary>Where the literal is seen in the function.</summary>
    public object Place => EnteredAt ?? Origin;
}

/// <summary>A place where a symbol's value enters a factor function.</summary>
/// <param name="EnteredAt">As in <see cref="DivisionSite"/>.</param>
internal sealed record SymbolSite(object Key, object Origin, object? EnteredAt = null)
{
    /// <summary>Where the symbol is seen in the function.</summary>
    public object Place => EnteredAt ?? Origin;
}

/// <summary>A named value that stands as a denominator or as the other side of a guard: most often a length.</summary>
/// <param name="IsDenominator">Else it is compared with.</param>
internal sealed record LengthSite(string Name, Expression Value, bool IsDenominator);

/// <summary>A delegate from schedule index to factor, read once and evaluated as often as one likes.</summary>
internal sealed record FactorProgram(
    Expression Delegate,
    ImmutableArray<FreeVariable> FreeVariables,
    ImmutableArray<DivisionSite> Divisions,
    ImmutableArray<LiteralSite> Literals,
    ImmutableArray<SymbolSite> Symbols,
    double LargestConstant,
    bool WritesElements = false)
{
    /// <summary>What TorchSharp makes of the delegate: a value of its own for each index, unless said otherwise.</summary>
    public FactorCalls Calls { get; init; } = FactorCalls.ByIndex;

    /// <summary>The last index that is evaluated in reasonable time.</summary>
    public int LastIndex => Calls == FactorCalls.RunningProduct ? ProductRun.LastIndex : int.MaxValue;

    /// <summary>The delegate's own values, whatever is made of them.</summary>
    public FactorProgram Function => Calls == FactorCalls.RunningProduct ? this with { Calls = FactorCalls.ByIndex } : this;

    /// <summary>What the functions that it consists of are called.</summary>
    public ImmutableArray<string> FunctionNames { get; init; } = ImmutableArray<string>.Empty;

    /// <summary>The named values that something is divided by, or compared with.</summary>
    public ImmutableArray<LengthSite> Lengths { get; init; } = ImmutableArray<LengthSite>.Empty;

    /// <summary>Whether it asks anywhere which of two numbers is the larger.</summary>
    public bool HasGuard { get; init; }

    /// <summary>The function under one assignment.</summary>
    public FactorRun Under(Assignment assignment, CancellationToken cancellation) =>
        Run(new Machine(assignment, cancellation));

    /// <summary>The function under one assignment with these integer divisions computed as real ones.</summary>
    public FactorRun Mended(Assignment assignment, ImmutableHashSet<int> divisions, CancellationToken cancellation) =>
        Run(new Machine(assignment, cancellation) { MendedDivisions = divisions });

    /// <summary>The function of a moving variable, which takes the index's place.</summary>
    public FactorRun DrivenBy(object variable, Assignment assignment, CancellationToken cancellation) =>
        Run(new Machine(assignment, cancellation) { Driver = variable });

    /// <summary>The value of a part that is the same at every index; NaN where it is not known.</summary>
    public double FixedValue(Expression part, Assignment assignment, CancellationToken cancellation) =>
        part.IsFixed ? part.Evaluate(new Frame(new Machine(assignment, cancellation), [], null)).ToDouble() : double.NaN;

    /// <summary>The function under one assignment with the values of these sources multiplied.</summary>
    public FactorRun Scaled(Assignment assignment, ImmutableHashSet<int> mended, ImmutableHashSet<object> sources, double scale, CancellationToken cancellation) =>
        Run(new Machine(assignment, cancellation) { MendedDivisions = mended, Scaled = sources, Scale = scale });

    private FactorRun Run(Machine machine) =>
        Calls == FactorCalls.RunningProduct ? new ProductRun(this, machine) : new FactorRun(this, machine);
}
