using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json;

namespace WarmupSchedulers.Tests.Parity;

/// <summary>
/// The parameters of another library's function, with what it takes where one is left out. Remembers which were asked for. Where a list has a number for
/// each parameter group, it is the one of the group that is asked about.
/// </summary>
public sealed class Parameters(JsonElement values, int group = 0)
{
    private readonly HashSet<string> _asked = [];

    /// <summary>The names that no one asked for: with one of them the table may mean something else. What is null is not there.</summary>
    public IEnumerable<string> Unread => values.EnumerateObject()
        .Where(value => value.Value.ValueKind != JsonValueKind.Null && !_asked.Contains(value.Name))
        .Select(value => value.Name);

    /// <summary>The same parameters as another parameter group has them.</summary>
    public Parameters OfGroup(int other) => new(values, other);

    public bool Has(string name) => Value(name) is not null;

    public double Number(string name, double otherwise = double.NaN) => OptionalNumber(name) ?? (double.IsNaN(otherwise) ? throw NotMappedException.Missing(name) : otherwise);

    public double? OptionalNumber(string name) => Own(name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.Number } number => number.GetDouble(),
        _ => throw new NotMappedException($"The parameter '{name}' is not a number."),
    };

    public long Count(string name, long? otherwise = null) => OptionalCount(name) ?? otherwise ?? throw NotMappedException.Missing(name);

    public long? OptionalCount(string name) => OptionalNumber(name) is { } number ? Whole(number, name) : null;

    public bool Flag(string name, bool otherwise = false) => Value(name) switch
    {
        null => otherwise,
        { ValueKind: JsonValueKind.True } => true,
        { ValueKind: JsonValueKind.False } => false,
        _ => throw new NotMappedException($"The parameter '{name}' is neither true nor false."),
    };

    public string Text(string name, string? otherwise = null) => Own(name) switch
    {
        null => otherwise ?? throw NotMappedException.Missing(name),
        { ValueKind: JsonValueKind.String } text => text.GetString()!,
        _ => throw new NotMappedException($"The parameter '{name}' is not a text."),
    };

    public long[] Counts(string name) => [.. Numbers(name).Select(item => Whole(item, name))];

    public double[] Numbers(string name) => [.. Items(name, JsonValueKind.Number).Select(item => item.GetDouble())];

    public string[] Texts(string name) => [.. Items(name, JsonValueKind.String).Select(item => item.GetString()!)];

    /// <summary>A list of parameter sets.</summary>
    public Parameters[] Sets(string name) => [.. Items(name, JsonValueKind.Object).Select(item => new Parameters(item, group))];

    /// <summary>A dictionary from steps to numbers, in the order of the steps; empty where there is none.</summary>
    public SortedDictionary<long, double> NumbersByStep(string name) => Value(name) switch
    {
        null => [],
        { ValueKind: JsonValueKind.Object } set when set.EnumerateObject().All(pair => pair.Value.ValueKind == JsonValueKind.Number) => new(set.EnumerateObject().ToDictionary(pair => long.Parse(pair.Name, CultureInfo.InvariantCulture), pair => pair.Value.GetDouble())),
        _ => throw new NotMappedException($"The parameter '{name}' is not a dictionary."),
    };

    /// <summary>Parameters that say nothing about the curve.</summary>
    public void Ignore(params string[] names) => _asked.UnionWith(names);

    private static long Whole(double number, string name) => number == Math.Floor(number)
        ? checked((long)number)
        : throw new NotMappedException(FormattableString.Invariant($"The parameter '{name}' is {number}, and a schedule has no fractions of a step."));

    private IEnumerable<JsonElement> Items(string name, JsonValueKind kind)
    {
        if (Value(name) is not { ValueKind: JsonValueKind.Array } list)
            throw NotMappedException.Missing(name);

        return list.EnumerateArray().All(item => item.ValueKind == kind)
            ? list.EnumerateArray()
            : throw new NotMappedException($"The parameter '{name}' is not a list of what it is to be one of.");
    }

    private JsonElement? Own(string name)
    {
        if (Value(name) is not { ValueKind: JsonValueKind.Array } list)
            return Value(name);

        return group < list.GetArrayLength() ? list[group] : throw new NotMappedException($"The parameter '{name}' has nothing for parameter group {group}.");
    }

    private JsonElement? Value(string name)
    {
        _asked.Add(name);
        return values.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;
    }
}

/// <summary>A table says something that no schedule of the library stands for, or leaves out what its function needs.</summary>
public sealed class NotMappedException(string reason) : Exception(reason)
{
    internal static NotMappedException Missing(string name) => new($"The table has no parameter '{name}'.");
}
