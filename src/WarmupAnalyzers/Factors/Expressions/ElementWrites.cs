using WarmupAnalyzers.Reading.Steps;

namespace WarmupAnalyzers.Factors.Expressions;

/// <summary><c>new double[n]</c>.</summary>
internal sealed class NewArray : Expression
{
    private readonly Expression _length;
    private readonly ValueKind _element;

    public NewArray(Expression length, ValueKind element)
    {
        _length = length;
        _element = element;
    }

    public override Value Evaluate(Frame frame)
    {
        var length = _length.Evaluate(frame);
        if (!length.Kind.IsInteger() || length.ToDouble() > Machine.StepsPerCall || !frame.Machine.Step((int)System.Math.Max(0, length.ToDouble())))
            return length.Kind == ValueKind.Thrown ? length : Value.Unknown;
        if (length.ToDouble() < 0)
            return Value.Thrown(typeof(System.OverflowException).FullName!);
        var elements = new Value[length.Int64];
        for (var i = 0; i < elements.Length; i++)
            elements[i] = Value.Zero(_element);
        return frame.Machine.Own(elements);
    }
}

/// <summary><c>table[i] = value</c>, <c>table[i] += value</c>, <c>table[i]++</c> on an array that this call of the factor function made.</summary>
internal sealed class ElementWrite : Expression
{
    private readonly Expression _array;
    private readonly Expression _index;
    private readonly Succession _succession;

    public ElementWrite(Expression array, Expression index, Succession succession)
    {
        _array = array;
        _index = index;
        _succession = succession;
    }

    public override Value Evaluate(Frame frame)
    {
        var array = _array.Evaluate(frame);
        if (array.Kind != ValueKind.Array || !frame.Machine.Owns(array.Elements))
            return array.Kind == ValueKind.Thrown ? array : Value.Unknown;
        var index = _index.Evaluate(frame);
        if (!index.Kind.IsInteger() || index.Kind == ValueKind.UInt64)
            return index.Kind == ValueKind.Thrown ? index : Value.Unknown;
        // The right side is evaluated before the bounds are checked, but for a compound assignment.
        var isInside = index.Int64 >= 0 && index.Int64 < array.Elements.Length;
        if (!isInside && _succession.ReadsBefore)
            return Value.Thrown(typeof(System.IndexOutOfRangeException).FullName!);
        var before = isInside ? array.Elements[index.Int64] : Value.Unknown;
        var after = _succession.Next(before, frame);
        if (after.Kind <= ValueKind.Thrown)
            return after;
        if (!isInside)
            return Value.Thrown(typeof(System.IndexOutOfRangeException).FullName!);
        array.Elements[index.Int64] = after;
        return _succession.IsWorthBefore ? before : after;
    }
}
