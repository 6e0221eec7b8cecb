using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;

namespace WarmupSchedulers.Tests.Parity;

/// <summary>The parameters of another library's function, with what it takes where one is left out. Remembers which were asked for.</summary>
public sealed class Parameters(JsonElement values)
{
    private readonly HashSet<string> _asked = [];

    /// <summary>The names that no one asked for: with one of them the table may mean something else.</summary>
    public IEnumerable<string> Unread => values.EnumerateObject().Select(value => value.Name).Where(name => !_asked.Contains(name));

    public double Number(string name, double otherwise = double.NaN) => OptionalNumber(name) ?? (double.IsNaN(otherwise) ? throw new MissingParameterException(name) : otherwise);

    public double? OptionalNumber(string name) => Value(name) is { ValueKind: JsonValueKind.Number } number ? number.GetDouble() : null;

    public long Count(string name, long? otherwise = null) => OptionalCount(name) ?? otherwise ?? throw new MissingParameterException(name);

    public long? OptionalCount(string name) => Value(name) is { ValueKind: JsonValueKind.Number } number ? checked((long)number.GetDouble()) : null;

    public bool Flag(string name, bool otherwise = false) => Value(name) switch
    {
        { ValueKind: JsonValueKind.True } => true,
        { ValueKind: JsonValueKind.False } => false,
        _ => otherwise,
    };

    public string Text(string name, string? otherwise = null) =>
        Value(name) is { ValueKind: JsonValueKind.String } text ? text.GetString()! : otherwise ?? throw new MissingParameterException(name);

    public long[] Counts(string name) => [.. Items(name).Select(item => checked((long)item.GetDouble()))];

    public string[] Texts(string name) => [.. Items(name).Select(item => item.GetString()!)];

    /// <summary>A list of parameter sets.</summary>
    public Parameters[] Sets(string name) => [.. Items(name).Select(item => new Parameters(item))];

    /// <summary>A dictionary from steps to numbers, in the order of the steps.</summary>
    public SortedDictionary<long, double> NumbersByStep(string name) => Value(name) is { ValueKind: JsonValueKind.Object } set
        ? new(set.EnumerateObject().ToDictionary(pair => long.Parse(pair.Name, System.Globalization.CultureInfo.InvariantCulture), pair => pair.Value.GetDouble()))
        : throw new MissingParameterException(name);

    /// <summary>Parameters that say nothing about the curve.</summary>
    public void Ignore(params string[] names) => _asked.UnionWith(names);

    private IEnumerable<JsonElement> Items(string name) =>
        Value(name) is { ValueKind: JsonValueKind.Array } list ? list.EnumerateArray() : throw new MissingParameterException(name);

    private JsonElement? Value(string name)
    {
        _asked.Add(name);
        return values.TryGetProperty(name, out var value) ? value : null;
    }
}

/// <summary>A table leaves out a parameter without which its function has no meaning.</summary>
public sealed class MissingParameterException(string name) : Exception($"The table has no parameter '{name}'.");
