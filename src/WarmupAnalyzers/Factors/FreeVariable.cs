using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;

namespace WarmupAnalyzers.Factors;

/// <summary>
/// What the code leaves open: a parameter, a setting, a value from outside. Known by its symbol and receiver path.
/// </summary>
/// <param name="Key">Equal for equal paths.</param>
/// <param name="Name">As a person would say it.</param>
/// <param name="Kind">The C# type of the value.</param>
/// <param name="IsNullable">Whether it can be null.</param>
/// <param name="Choices">The values of an enum, a bool or a text, each a branch of its own; empty for numbers.</param>
internal sealed record FreeVariable(object Key, string Name, ValueKind Kind, bool IsNullable, ImmutableArray<Choice> Choices)
{
    /// <summary>Bools, enums, texts and null tests are split into their branches.</summary>
    public bool IsDiscrete => IsNullable || !Choices.IsEmpty;

    public bool Equals(FreeVariable? other) => other is not null && Key.Equals(other.Key);

    public override int GetHashCode() => Key.GetHashCode();
}

/// <summary>One value of a discrete variable, and how a person would say it.</summary>
internal readonly record struct Choice(Value Value, string Condition);

/// <summary>One value for each free variable.</summary>
internal sealed class Assignment
{
    private readonly Dictionary<object, Value> _values;
    private readonly ImmutableArray<FreeVariable> _named;
    private readonly Assignment _original;

    /// <param name="values">By the variables' keys.</param>
    /// <param name="named">Which of them can be asked for by name: of several with one name, the first.</param>
    public Assignment(Dictionary<object, Value> values, ImmutableArray<FreeVariable> named)
    {
        _values = values;
        _named = named;
        _original = this;
    }

    private Assignment(Dictionary<object, Value> values, Assignment original)
    {
        _values = values;
        _named = original._named;
        _original = original;
    }

    /// <summary>No free variable.</summary>
    public static Assignment Empty { get; } = new(new Dictionary<object, Value>(), ImmutableArray<FreeVariable>.Empty);

    public Value ValueOf(FreeVariable variable) => _values.TryGetValue(variable.Key, out var value) ? value : Value.Unknown;

    /// <summary>The same for the variables of an edited program, whose symbols are others but whose names are not.</summary>
    public Assignment For(IEnumerable<FreeVariable> variables)
    {
        var values = new Dictionary<object, Value>();
        foreach (var variable in variables)
        {
            if (_named.FirstOrDefault(named => named.Name == variable.Name) is { } named)
                values[variable.Key] = _original.ValueOf(named);
        }

        return new Assignment(values, _original);
    }

    /// <summary>The same with a value for these keys.</summary>
    public Assignment With(IEnumerable<object> keys, double value)
    {
        var values = new Dictionary<object, Value>(_values);
        foreach (var key in keys)
            values[key] = Value.Of(value);
        return new Assignment(values, _original);
    }

    /// <summary>The same with a value for this key.</summary>
    public Assignment With(object key, Value value) => new(new Dictionary<object, Value>(_values) { [key] = value }, _original);

    /// <summary>The largest whole number assigned to one of these variables, at least zero.</summary>
    public double LargestCount(IEnumerable<FreeVariable> variables)
    {
        var largest = 0.0;
        foreach (var variable in variables)
        {
            var value = ValueOf(variable);
            if (value.Kind.IsInteger())
                largest = System.Math.Max(largest, value.ToDouble());
        }

        return largest;
    }
}
