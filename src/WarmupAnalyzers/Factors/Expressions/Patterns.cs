using System.Collections.Immutable;
using WarmupAnalyzers.Reading.Steps;

namespace WarmupAnalyzers.Factors.Expressions;

/// <summary>A pattern without type or property tests.</summary>
internal abstract class Pattern
{
    /// <summary>A bool, or what stood in the way.</summary>
    public abstract Value Matches(Value value, Frame frame);
}

/// <summary>A constant or relational pattern.</summary>
internal sealed class RelationalPattern : Pattern
{
    private readonly Comparison _comparison;
    private readonly Expression _constant;

    public RelationalPattern(Comparison comparison, Expression constant)
    {
        _comparison = comparison;
        _constant = constant;
    }

    public override Value Matches(Value value, Frame frame)
    {
        var constant = _constant.Evaluate(frame);
        // A pattern, unlike ==, finds NaN.
        if (_comparison == Comparison.Equal && constant.Kind.IsBinaryFloat() && double.IsNaN(constant.Double) && value.Kind.IsBinaryFloat())
            return Value.Of(double.IsNaN(value.Double));
        return Compare.Apply(_comparison, value, constant);
    }
}

/// <summary><c>and</c>, <c>or</c>.</summary>
internal sealed class CombinedPattern : Pattern
{
    private readonly bool _isAnd;
    private readonly Pattern _left;
    private readonly Pattern _right;

    public CombinedPattern(bool isAnd, Pattern left, Pattern right)
    {
        _isAnd = isAnd;
        _left = left;
        _right = right;
    }

    public override Value Matches(Value value, Frame frame)
    {
        var left = _left.Matches(value, frame);
        return left.Kind != ValueKind.Boolean || left.Boolean != _isAnd ? left : _right.Matches(value, frame);
    }
}

/// <summary><c>(p, q)</c> on a tuple of values.</summary>
internal sealed class TuplePattern : Pattern
{
    private readonly ImmutableArray<Pattern> _elements;

    public TuplePattern(ImmutableArray<Pattern> elements) => _elements = elements;

    public override Value Matches(Value value, Frame frame)
    {
        if (value.Kind != ValueKind.Array || value.Elements.Length != _elements.Length)
            return Value.Unknown;
        for (var i = 0; i < _elements.Length; i++)
        {
            var element = value.Elements[i];
            var matches = element.IsKnown ? _elements[i].Matches(element, frame) : element;
            if (matches.Kind != ValueKind.Boolean || !matches.Boolean)
                return matches;
        }

        return Value.Of(true);
    }
}

/// <summary><c>not</c>.</summary>
internal sealed class NegatedPattern : Pattern
{
    private readonly Pattern _pattern;

    public NegatedPattern(Pattern pattern) => _pattern = pattern;

    public override Value Matches(Value value, Frame frame)
    {
        var matches = _pattern.Matches(value, frame);
        return matches.Kind == ValueKind.Boolean ? Value.Of(!matches.Boolean) : matches;
    }
}

/// <summary><c>_</c> and <c>var x</c>.</summary>
internal sealed class AnyPattern : Pattern
{
    private readonly Slot? _variable;
    private readonly bool _matchesNull;

    public AnyPattern(Slot? variable, bool matchesNull)
    {
        _variable = variable;
        _matchesNull = matchesNull;
    }

    public override Value Matches(Value value, Frame frame)
    {
        if (!_matchesNull && value.IsNull is not false)
            return value.IsNull is null ? Value.Unknown : Value.Of(false);
        return _variable is { } slot && !frame.TryWrite(slot, value) ? Value.Unknown : Value.Of(true);
    }
}

/// <summary>What the compiler could not read.</summary>
internal sealed class UnknownPattern : Pattern
{
    public static readonly UnknownPattern Instance = new();

    public override Value Matches(Value value, Frame frame) => Value.Unknown;
}

/// <summary>A pattern with its guard; without a pattern it is <c>default</c>.</summary>
internal sealed record Arm(Pattern? Pattern, Expression? Guard, object? Label = null)
{
    public Value Matches(Value value, Frame frame)
    {
        var matches = Pattern!.Matches(value, frame);
        return matches.Kind == ValueKind.Boolean && matches.Boolean && Guard is not null ? Guard.Evaluate(frame) : matches;
    }
}

/// <summary><c>x is pattern</c>.</summary>
internal sealed class IsPattern : Expression
{
    private readonly Expression _value;
    private readonly Pattern _pattern;

    public IsPattern(Expression value, Pattern pattern)
    {
        _value = value;
        _pattern = pattern;
    }

    public override Value Evaluate(Frame frame)
    {
        var value = _value.Evaluate(frame);
        return value.Kind <= ValueKind.Thrown ? value : _pattern.Matches(value, frame);
    }
}

/// <summary>A switch expression; throws where no arm matches.</summary>
internal sealed class SwitchExpression : Expression
{
    private readonly Expression _value;
    private readonly ImmutableArray<(Arm Arm, Expression Result)> _arms;

    public SwitchExpression(Expression value, ImmutableArray<(Arm Arm, Expression Result)> arms)
    {
        _value = value;
        _arms = arms;
    }

    public override Value Evaluate(Frame frame)
    {
        var value = _value.Evaluate(frame);
        if (value.Kind <= ValueKind.Thrown)
            return value;
        foreach (var (arm, result) in _arms)
        {
            var matches = arm.Matches(value, frame);
            if (matches.Kind != ValueKind.Boolean)
                return matches.Kind == ValueKind.Thrown ? matches : Value.Unknown;
            if (matches.Boolean)
                return frame.Machine.Step() ? result.Evaluate(frame) : Value.Unknown;
        }

        return Value.Thrown("System.Runtime.CompilerServices.SwitchExpressionException");
    }
}

/// <summary><c>throw</c> as an expression.</summary>
internal sealed class ThrowExpression : Expression
{
    private readonly string _exception;

    public ThrowExpression(string exception) => _exception = exception;

    public override Value Evaluate(Frame frame) => Value.Thrown(_exception).From(Origin);
}
