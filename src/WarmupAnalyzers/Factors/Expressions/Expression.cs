using WarmupAnalyzers.Reading.Steps;

namespace WarmupAnalyzers.Factors.Expressions;

/// <summary>A C# expression as the factor compiler knows it. Immutable; evaluates itself in a frame.</summary>
internal abstract class Expression
{
    /// <summary>Where it stands in the source; opaque here.</summary>
    public object? Origin { get; init; }

    /// <summary>Whether it has one value for the whole of a run, wherever it is evaluated.</summary>
    public virtual bool IsFixed => false;

    public abstract Value Evaluate(Frame frame);
}

/// <summary>What the compiler could not read. Silent.</summary>
internal sealed class UnknownExpression : Expression
{
    public static readonly UnknownExpression Instance = new();

    public override Value Evaluate(Frame frame) => Value.Unknown;
}

/// <summary>A literal or constant. Can be scaled, to ask whether it stands as a factor.</summary>
internal sealed class Literal : Expression
{
    private readonly Value _value;

    public Literal(Value value) => _value = value;

    public Value Value => _value;

    public override bool IsFixed => true;

    public override Value Evaluate(Frame frame) =>
        (frame.Machine.Scaled.Count > 0 && frame.Machine.Scaled.Contains(this) ? Scaling.Apply(_value, frame.Machine.Scale) : _value).From(Origin);
}

/// <summary>A variable of the factor function itself.</summary>
internal sealed class VariableRead : Expression
{
    private readonly Slot _slot;

    public VariableRead(Slot slot) => _slot = slot;

    public override Value Evaluate(Frame frame) => frame.Read(_slot);
}

/// <summary>What the code leaves open: its value comes from the assignment under which the function is evaluated.</summary>
internal sealed class FreeVariableRead : Expression
{
    public FreeVariableRead(FreeVariable variable) => Variable = variable;

    public FreeVariable Variable { get; }

    public override bool IsFixed => true;

    public override Value Evaluate(Frame frame)
    {
        var value = frame.Machine.Assignment.ValueOf(Variable);
        return frame.Machine.Scaled.Contains(Variable.Key) ? Scaling.Apply(value, frame.Machine.Scale) : value;
    }
}

/// <summary>A symbol whose value is known from elsewhere: a constant, a local assigned once, a read-only field.</summary>
internal sealed class NamedValue : Expression
{
    private readonly Expression _value;

    public NamedValue(object key, Expression value)
    {
        Key = key;
        _value = value;
    }

    public object Key { get; }

    public Expression Value => _value;

    public override bool IsFixed => _value.IsFixed;

    // Evaluated outside any frame: what it is made of are constants and free variables.
    public override Value Evaluate(Frame frame)
    {
        var value = _value.Evaluate(frame);
        return frame.Machine.Scaled.Contains(Key) ? Scaling.Apply(value, frame.Machine.Scale) : value;
    }
}

internal static class Scaling
{
    /// <summary>Only floating-point values are scaled: counts are no rates.</summary>
    public static Value Apply(Value value, double scale) => value.Kind switch
    {
        ValueKind.Double => Value.Of(value.Double * scale).With(value.Trace),
        ValueKind.Single => Value.Of((float)(value.Single * scale)).With(value.Trace),
        ValueKind.Decimal => Value.Of(value.Decimal * (decimal)scale).With(value.Trace),
        _ => value,
    };
}
