using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using WarmupAnalyzers.Factors;
using WarmupAnalyzers.Reading.Factors;
using WarmupAnalyzers.Schedules.Simulated;

namespace WarmupAnalyzers.Reading.Schedules;

/// <summary>The arguments of one creation as numbers. Remembers whether one of those asked for was left open by the code.</summary>
internal sealed class ArgumentReader
{
    private readonly Func<string, IOperation?> _argument;
    private readonly TrainingCode _code;
    private readonly CancellationToken _cancellation;

    public ArgumentReader(Func<string, IOperation?> argument, TrainingCode code, CancellationToken cancellation)
    {
        _argument = argument;
        _code = code;
        _cancellation = cancellation;
    }

    /// <summary>What stands for the argument <c>last_epoch</c>; null for the argument itself.</summary>
    public int? LastEpoch { get; init; }

    /// <summary>Whether everything that was asked for is fixed by the code.</summary>
    public bool AreFixed { get; private set; } = true;

    /// <summary>Whether the call has such a parameter.</summary>
    public bool Has(string parameter) => _argument(parameter) is not null;

    public double Number(string parameter) => Asked(ValueOf(parameter), value => value.Kind.IsNumber(), value => value.ToDouble());

    public double? OptionalNumber(string parameter) =>
        Asked(ValueOf(parameter), value => value.Kind == ValueKind.Null || value.Kind.IsNumber(), value => value.Kind == ValueKind.Null ? default(double?) : value.ToDouble());

    /// <summary>An <c>int</c>, or an enum as its number.</summary>
    public int Count(string parameter) => (int)LongCount(parameter);

    public long LongCount(string parameter) => Asked(ValueOf(parameter), value => value.Kind.IsInteger(), value => value.Int64);

    public bool Flag(string parameter) => Asked(ValueOf(parameter), value => value.Kind == ValueKind.Boolean, value => value.Boolean);

    /// <summary>One of these texts; null for any other.</summary>
    public string? Text(string parameter, params string[] expected)
    {
        var value = ValueOf(parameter);
        var matches = expected.Select(text => (Text: text, IsSame: Value.AreSameText(value, Value.Of(text)))).ToArray();
        if (value.Kind is not (ValueKind.Text or ValueKind.Null) || matches.Any(match => match.IsSame is null))
            AreFixed = false;
        return matches.FirstOrDefault(match => match.IsSame == true).Text;
    }

    public ImmutableArray<int> Counts(string parameter) =>
        Asked(ValueOf(parameter), value => IsListOf(value, kind => kind == ValueKind.Int32), value => value.Elements.Select(element => (int)element.Int64).ToImmutableArray());

    public ImmutableArray<long> LongCounts(string parameter) =>
        Asked(ValueOf(parameter), value => IsListOf(value, kind => kind.IsInteger()), value => value.Elements.Select(element => element.Int64).ToImmutableArray());

    /// <summary>The numbers of a list; none where it is null.</summary>
    public ImmutableArray<double> Numbers(string parameter) => Asked(
        ValueOf(parameter),
        value => value.Kind == ValueKind.Null || IsListOf(value, kind => kind.IsNumber()),
        value => value.Kind == ValueKind.Null ? ImmutableArray<double>.Empty : NumbersOf(value));

    /// <summary>A number for all groups, a list with one for each, or null for a default.</summary>
    public GroupValues Values(string parameter, double whenNull = double.NaN)
    {
        var value = ValueOf(parameter);
        if (value.Kind == ValueKind.Null && !double.IsNaN(whenNull))
            return whenNull;
        return value.Kind == ValueKind.Array
            ? Asked(value, list => IsListOf(list, kind => kind.IsNumber()), list => GroupValues.Each(NumbersOf(list)))
            : Asked(value, number => number.Kind.IsNumber(), number => (GroupValues)number.ToDouble());
    }

    /// <summary>A function of a number; null where null is given.</summary>
    public Func<double, Value>? Function(string parameter)
    {
        if (_argument(parameter) is not { } argument || ValueOf(parameter).Kind == ValueKind.Null)
            return null;
        var program = FactorReader.Read(argument, SymbolPaths.Of(_argument("optimizer")), _code, _cancellation);
        AreFixed &= program.FreeVariables.IsEmpty;
        return program.Under(Assignment.Empty, _cancellation).AtNumber;
    }

    /// <summary>The value of an argument; Unknown where the code leaves it open.</summary>
    public Value ValueOf(string parameter)
    {
        if (_argument(parameter) is not { } argument)
            return Value.Unknown;
        if (argument.ConstantValue is { HasValue: true, Value: null })
            return Value.Null;
        var program = FactorReader.ReadRate(argument, _code, _cancellation).Value;
        return program.FreeVariables.IsEmpty ? program.Under(Assignment.Empty, _cancellation).At(0) : Value.Unknown;
    }

    private T Asked<T>(Value value, Func<Value, bool> isFixed, Func<Value, T> read)
    {
        if (isFixed(value))
            return read(value);
        AreFixed = false;
        return default!;
    }

    private static bool IsListOf(Value list, Func<ValueKind, bool> isElement) =>
        list.Kind == ValueKind.Array && list.Elements.All(element => isElement(element.Kind));

    private static ImmutableArray<double> NumbersOf(Value list) => list.Elements.Select(element => element.ToDouble()).ToImmutableArray();
}
