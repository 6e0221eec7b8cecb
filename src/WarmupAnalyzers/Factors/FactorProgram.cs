using System.Collections.Immutable;
using System.Threading;
using WarmupAnalyzers.Factors.Expressions;

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
    /// <summary>What the functions that it consists of are called.</summary>
    public ImmutableArray<string> FunctionNames { get; init; } = ImmutableArray<string>.Empty;

    /// <summary>The named values that something is divided by, or compared with.</summary>
    public ImmutableArray<LengthSite> Lengths { get; init; } = ImmutableArray<LengthSite>.Empty;

    /// <summary>Whether it asks anywhere which of two numbers is the larger.</summary>
    public bool HasGuard { get; init; }

    /// <summary>The function under one assignment.</summary>
    public FactorRun Under(Assignment assignment, CancellationToken cancellation) =>
        new(this, new Machine(assignment, cancellation));

    /// <summary>The function under one assignment with these integer divisions computed as real ones.</summary>
    public FactorRun Mended(Assignment assignment, ImmutableHashSet<int> divisions, CancellationToken cancellation) =>
        new(this, new Machine(assignment, cancellation) { MendedDivisions = divisions });

    /// <summary>The function of a moving variable, which takes the index's place.</summary>
    public FactorRun DrivenBy(object variable, Assignment assignment, CancellationToken cancellation) =>
        new(this, new Machine(assignment, cancellation) { Driver = variable });

    /// <summary>The value of a part that is the same at every index; NaN where it is not known.</summary>
    public double FixedValue(Expression part, Assignment assignment, CancellationToken cancellation) =>
        part.IsFixed ? part.Evaluate(new Frame(new Machine(assignment, cancellation), [], null)).ToDouble() : double.NaN;

    /// <summary>The function under one assignment with the values of these sources multiplied.</summary>
    public FactorRun Scaled(Assignment assignment, ImmutableHashSet<int> mended, ImmutableHashSet<object> sources, double scale, CancellationToken cancellation) =>
        new(this, new Machine(assignment, cancellation) { MendedDivisions = mended, Scaled = sources, Scale = scale });
}

/// <summary>One run of a factor function, as TorchSharp makes it: the delegate is made once and called with the indices.</summary>
internal sealed class FactorRun
{
    private readonly Machine _machine;
    private readonly Value _delegate;

    public FactorRun(FactorProgram program, Machine machine)
    {
        _machine = machine;
        machine.WritesElements = program.WritesElements;
        _delegate = program.Delegate.Evaluate(new Frame(machine, [], null));
    }

    /// <summary>The value at a schedule index; Unknown or Thrown where there is none.</summary>
    public Value At(int index) => Call(index, Value.Of(index).With(Trace.Index));

    /// <summary>The value of a function of a <c>double</c>, such as the scale of a <c>CyclicLR</c>.</summary>
    public Value AtNumber(double number) => Call((int)number, Value.Of(number).With(Trace.Index));

    private Value Call(int index, Value argument)
    {
        if (_delegate.Kind != ValueKind.Function)
            return Value.Unknown;
        var (function, frame) = _delegate.Function;
        if (function.Parameters != 1 || function.Body is null)
            return Value.Unknown;
        _machine.BeginCall(index);
        var variables = new Value[function.Slots];
        variables[0] = argument;
        return function.Call(_machine, frame, variables);
    }

    /// <summary>The factor at a schedule index; NaN where it is not known.</summary>
    public double FactorAt(int index)
    {
        var value = At(index);
        return value.Kind.IsNumber() ? value.ToDouble() : double.NaN;
    }
}
