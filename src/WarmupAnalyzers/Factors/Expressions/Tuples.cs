using System.Collections.Immutable;
using WarmupAnalyzers.Reading.Steps;

namespace WarmupAnalyzers.Factors.Expressions;

/// <summary><c>pair.Low</c>, <c>pair.Item1</c>.</summary>
internal sealed class TupleElement : Expression
{
    private readonly Expression _tuple;
    private readonly int _position;

    public TupleElement(Expression tuple, int position)
    {
        _tuple = tuple;
        _position = position;
    }

    public override bool IsFixed => _tuple.IsFixed;

    public override Value Evaluate(Frame frame)
    {
        var tuple = _tuple.Evaluate(frame);
        if (tuple.Kind != ValueKind.Array)
            return tuple.Kind == ValueKind.Thrown ? tuple : Value.Unknown;
        return _position < tuple.Elements.Length ? tuple.Elements[_position] : Value.Unknown;
    }
}

/// <summary>A tuple whose elements become other types.</summary>
internal sealed class TupleConversion : Expression
{
    private readonly Expression _tuple;
    private readonly ImmutableArray<ValueKind?> _targets;

    /// <param name="targets">The type of each element; null where it stays.</param>
    public TupleConversion(Expression tuple, ImmutableArray<ValueKind?> targets)
    {
        _tuple = tuple;
        _targets = targets;
    }

    public override bool IsFixed => _tuple.IsFixed;

    public override Value Evaluate(Frame frame)
    {
        var tuple = _tuple.Evaluate(frame);
        if (tuple.Kind != ValueKind.Array)
            return tuple.Kind == ValueKind.Thrown ? tuple : Value.Unknown;
        if (tuple.Elements.Length != _targets.Length)
            return Value.Unknown;
        var elements = new Value[_targets.Length];
        for (var i = 0; i < elements.Length; i++)
        {
            elements[i] = _targets[i] is { } target
                ? Conversion.Apply(tuple.Elements[i], target, toNullable: false, isChecked: false, isImplicit: true)
                : tuple.Elements[i];
        }

        return Value.Of(elements);
    }
}

/// <summary><c>(a, b) = pair</c>, <c>var (a, b) = pair</c>.</summary>
internal sealed class Deconstruction : Expression
{
    private readonly ImmutableArray<Target> _targets;
    private readonly Expression _value;

    public Deconstruction(ImmutableArray<Target> targets, Expression value)
    {
        _targets = targets;
        _value = value;
    }

    public override Value Evaluate(Frame frame)
    {
        var value = _value.Evaluate(frame);
        return value.Kind == ValueKind.Thrown ? value : Write(_targets, value, frame);
    }

    private static Value Write(ImmutableArray<Target> targets, Value value, Frame frame)
    {
        if (value.Kind != ValueKind.Array || value.Elements.Length != targets.Length)
            return Value.Unknown;
        for (var i = 0; i < targets.Length; i++)
        {
            var target = targets[i];
            var element = value.Elements[i];
            if (!target.Nested.IsDefault && Write(target.Nested, element, frame).Kind <= ValueKind.Thrown)
                return Value.Unknown;
            if (target.Slot is { } slot && !frame.TryWrite(slot, Converted(element, target.Type)))
                return Value.Unknown;
        }

        return value;
    }

    private static Value Converted(Value value, ValueKind type) =>
        type == ValueKind.Unknown || !value.IsKnown ? value : Conversion.Apply(value, type, toNullable: true, isChecked: false, isImplicit: true);

    /// <summary>What one element goes into: a variable with its type, a tuple of such, or nothing.</summary>
    internal readonly record struct Target(Slot? Slot, ValueKind Type, ImmutableArray<Target> Nested);
}
