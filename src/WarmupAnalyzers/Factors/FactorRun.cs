using System.Collections.Generic;
using WarmupAnalyzers.Reading.Steps;

namespace WarmupAnalyzers.Factors;

/// <summary>One run of a factor function, as TorchSharp makes it: the delegate is made once and called with the indices.</summary>
internal class FactorRun
{
    private readonly Machine _machine;
    private readonly Value _delegate;
    private readonly bool _byNumber;
    private Dictionary<int, Value>? _known;

    public FactorRun(FactorProgram program, Machine machine)
    {
        _machine = machine;
        machine.WritesElements = program.WritesElements;
        _delegate = program.Delegate.Evaluate(new Frame(machine, [], null));
        _byNumber = program.Calls == FactorCalls.ByNumber;
    }

    /// <summary>The value at a schedule index; Unknown or Thrown where there is none.</summary>
    public virtual Value At(int index)
    {
        if (_known is not null && _known.TryGetValue(index, out var known))
            return known;
        var value = Call(index, (_byNumber ? Value.Of((double)index) : Value.Of(index)).With(Trace.Index));
        _known?.Add(index, value);
        return value;
    }

    /// <summary>The same, which computes each value once: a call leaves nothing behind that the next could see.</summary>
    public FactorRun Remembering()
    {
        _known ??= new Dictionary<int, Value>();
        return this;
    }

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

/// <summary>
/// The running product of a function that is called with 1, 2, 3 …, never with 0. Each value is computed once; a product bears
/// the traces of all its factors, so that what spoiled it is named, and the origin of the last.
/// </summary>
internal sealed class ProductRun : FactorRun
{
    /// <summary>Every step to an index is a call: so far the products are followed.</summary>
    public const int LastIndex = 10_000;

    private readonly List<Value> _products = [Value.Of(1.0)];

    public ProductRun(FactorProgram program, Machine machine)
        : base(program, machine)
    {
    }

    public override Value At(int index)
    {
        if (index > LastIndex)
            return Value.Unknown;
        while (_products.Count <= index)
            _products.Add(Next(_products[_products.Count - 1]));
        return _products[index < 0 ? 0 : index];
    }

    // After an exception, or what is not known, there is no further product.
    private Value Next(Value product)
    {
        if (!product.Kind.IsNumber())
            return product;
        var factor = base.At(_products.Count);
        return factor.Kind.IsNumber()
            ? Value.Of(product.ToDouble() * factor.ToDouble()).With(product.Trace | factor.Trace).From(factor.Origin)
            : factor;
    }
}
