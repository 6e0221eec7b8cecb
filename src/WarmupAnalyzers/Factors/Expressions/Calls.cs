using System.Collections.Immutable;
using System.Linq;
using WarmupAnalyzers.Reading.Steps;

namespace WarmupAnalyzers.Factors.Expressions;

/// <summary>A call of a method or local function with source. <c>Hops</c> leads to the frame that encloses a local function.</summary>
internal sealed class FunctionCall : Expression
{
    private readonly Function _function;
    private readonly int? _hops;
    private readonly ImmutableArray<Expression> _arguments;
    private readonly ImmutableArray<int> _parameters;

    /// <param name="parameters">For each argument, in the order of evaluation, the parameter it is for.</param>
    public FunctionCall(Function function, int? hops, ImmutableArray<Expression> arguments, ImmutableArray<int> parameters)
    {
        _function = function;
        _hops = hops;
        _arguments = arguments;
        _parameters = parameters;
    }

    public override Value Evaluate(Frame frame) => Call(_function, Enclosing(frame, _hops), _arguments, _parameters, frame);

    /// <summary>Evaluates the arguments straight into the variables of the call.</summary>
    public static Value Call(Function function, Frame? enclosing, ImmutableArray<Expression> arguments, ImmutableArray<int> parameters, Frame caller)
    {
        if (arguments.Length != function.Parameters || function.Body is null)
            return Value.Unknown;
        var variables = new Value[function.Slots];
        for (var i = 0; i < arguments.Length; i++)
        {
            var value = arguments[i].Evaluate(caller);
            if (value.Kind <= ValueKind.Thrown)
                return value;
            variables[parameters[i]] = value;
        }

        return function.Call(caller.Machine, enclosing, variables);
    }

    public static Frame? Enclosing(Frame frame, int? hops) => hops is { } count ? frame.Outward(count) : null;
}

/// <summary>A lambda, or a method used as a delegate.</summary>
internal sealed class FunctionValue : Expression
{
    private readonly Function _function;
    private readonly int? _hops;

    public FunctionValue(Function function, int? hops)
    {
        _function = function;
        _hops = hops;
    }

    public Function Function => _function;

    public override Value Evaluate(Frame frame) => Value.Of(new Closure(_function, FunctionCall.Enclosing(frame, _hops)));
}

/// <summary>The call of a delegate's value.</summary>
internal sealed class DelegateCall : Expression
{
    private readonly Expression _target;
    private readonly ImmutableArray<Expression> _arguments;
    private readonly ImmutableArray<int> _parameters;

    /// <param name="parameters">For each argument, in the order of evaluation, the parameter it is for.</param>
    public DelegateCall(Expression target, ImmutableArray<Expression> arguments, ImmutableArray<int> parameters)
    {
        _target = target;
        _arguments = arguments;
        _parameters = parameters;
    }

    public override Value Evaluate(Frame frame)
    {
        var target = _target.Evaluate(frame);
        if (target.Kind != ValueKind.Function)
            return target.Kind == ValueKind.Thrown ? target : Value.Unknown;
        var (function, enclosing) = target.Function;
        return FunctionCall.Call(function, enclosing, _arguments, _parameters, frame);
    }
}

/// <summary>A pure static method of the framework (<c>Math</c>, <c>MathF</c>, <c>double</c>, <c>int</c> …), called on the host.</summary>
internal sealed class HostCall : Expression
{
    private readonly HostFunction _function;
    private readonly ImmutableArray<Expression> _arguments;
    private readonly ImmutableArray<int> _parameters;

    public HostCall(HostFunction function, ImmutableArray<Expression> arguments, ImmutableArray<int> parameters)
    {
        _function = function;
        _arguments = arguments;
        _parameters = parameters;
    }

    public override Value Evaluate(Frame frame)
    {
        if (!frame.Machine.Step())
            return Value.Unknown;
        var values = new Value[_arguments.Length];
        for (var i = 0; i < values.Length; i++)
        {
            var value = _arguments[i].Evaluate(frame);
            if (value.Kind <= ValueKind.Null)
                return value.Kind == ValueKind.Thrown ? value : Value.Unknown;
            values[_parameters[i]] = value;
        }

        var result = _function.Call(values);
        return result.From(NotFiniteOrigin.Of(result, values) ?? ZeroOrigin.Of(result, Origin, values));
    }
}

/// <summary>An array or list of values.</summary>
internal sealed class ArrayOf : Expression
{
    private readonly ImmutableArray<Expression> _elements;
    private readonly bool _isFixed;

    public ArrayOf(ImmutableArray<Expression> elements)
    {
        _elements = elements;
        _isFixed = elements.All(element => element.IsFixed);
    }

    public ImmutableArray<Expression> Elements => _elements;

    public override bool IsFixed => _isFixed;

    // A table of constants is made once a run, where nothing in the program writes to an element.
    public override Value Evaluate(Frame frame)
    {
        if (!_isFixed || frame.Machine.WritesElements)
            return Make(frame);
        if (!frame.Machine.Made.TryGetValue(this, out var made))
            frame.Machine.Made.Add(this, made = Make(frame));
        return made;
    }

    private Value Make(Frame frame)
    {
        if (!frame.Machine.Step(_elements.Length))
            return Value.Unknown;
        var values = new Value[_elements.Length];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = _elements[i].Evaluate(frame);
            if (values[i].Kind == ValueKind.Thrown)
                return values[i];
        }

        return frame.Machine.Own(values);
    }
}

/// <summary><c>table[index]</c>.</summary>
internal sealed class ElementRead : Expression
{
    private readonly Expression _array;
    private readonly Expression _index;
    private readonly bool _fromEnd;
    private readonly string _outOfRange;

    public ElementRead(Expression array, Expression index, bool fromEnd, string outOfRange)
    {
        _array = array;
        _index = index;
        _fromEnd = fromEnd;
        _outOfRange = outOfRange;
    }

    public override Value Evaluate(Frame frame)
    {
        var array = _array.Evaluate(frame);
        if (array.Kind != ValueKind.Array)
            return array.Kind == ValueKind.Thrown ? array : Value.Unknown;
        var index = _index.Evaluate(frame);
        if (!index.Kind.IsInteger())
            return index.Kind == ValueKind.Thrown ? index : Value.Unknown;
        var position = _fromEnd ? array.Elements.Length - index.Int64 : index.Int64;
        if (index.Kind == ValueKind.UInt64 && index.Int64 < 0)
            return Value.Thrown(typeof(System.OverflowException).FullName!).From(Origin);
        if (position < 0 || position >= array.Elements.Length)
            return Value.Thrown(_outOfRange).From(Origin);
        var element = array.Elements[position];
        return element.With(element.Trace | index.Trace.WithoutDivisions());
    }
}

/// <summary>The length of an array or list.</summary>
internal sealed class LengthOf : Expression
{
    private readonly Expression _array;

    public LengthOf(Expression array) => _array = array;

    public override Value Evaluate(Frame frame)
    {
        var array = _array.Evaluate(frame);
        return array.Kind == ValueKind.Array ? Value.Of(array.Elements.Length) : array.Kind == ValueKind.Thrown ? array : Value.Unknown;
    }
}
