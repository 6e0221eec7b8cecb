using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace WarmupSchedulers;

/// <summary>
/// What a scheduler of this library has to remember between two runs: which scheduler it is, its step, and its numbers. Immutable.
/// Made by <c>state_dict()</c>, taken by <c>load_state_dict()</c>.
/// </summary>
public sealed class SchedulerState
{
    private const string Mark = "WarmupSchedulers.SchedulerState";
    private const int Version = 1;

    internal SchedulerState(string scheduler, long step, IEnumerable<KeyValuePair<string, double>> values)
    {
        Scheduler = scheduler;
        Step = step;
        Values = values.ToDictionary(value => value.Key, value => value.Value);
    }

    /// <summary>The scheduler with all its arguments. A state is taken by a scheduler with this very text alone.</summary>
    public string Scheduler { get; }

    /// <summary>The number of steps already made.</summary>
    public long Step { get; }

    /// <summary>The numbers by their names, such as the base rate of each parameter group.</summary>
    public IReadOnlyDictionary<string, double> Values { get; }

    internal void Write(BinaryWriter writer)
    {
        Argument.NotNull(writer, nameof(writer)).Write(Mark);
        writer.Write(Version);
        writer.Write(Scheduler);
        writer.Write(Step);
        writer.Write(Values.Count);
        foreach (var value in Values)
        {
            writer.Write(value.Key);
            writer.Write(value.Value);
        }
    }

    internal void Save(string location)
    {
        using var writer = new BinaryWriter(File.Create(Argument.NotNull(location, nameof(location))));
        Write(writer);
    }

    internal static SchedulerState Load(string location)
    {
        using var reader = new BinaryReader(File.OpenRead(Argument.NotNull(location, nameof(location))));
        return Read(reader);
    }

    internal static SchedulerState Read(BinaryReader reader)
    {
        Argument.NotNull(reader, nameof(reader));
        if (TextOf(reader) != Mark)
            throw new InvalidDataException("This is not the state of a scheduler of WarmupSchedulers.");

        try
        {
            return ReadMarked(reader);
        }
        catch (Exception broken) when (broken is EndOfStreamException or FormatException or ArgumentException)
        {
            throw new InvalidDataException("This state of a scheduler is damaged: " + broken.Message, broken);
        }
    }

    private static SchedulerState ReadMarked(BinaryReader reader)
    {
        if (reader.ReadInt32() is var version && version != Version)
            throw new InvalidDataException($"This state has version {version}, and this library reads version {Version}.");

        var (scheduler, step) = (reader.ReadString(), Argument.NotNegative(reader.ReadInt64(), "step"));
        // No list of the length that is written: a damaged one asks for all the memory there is.
        var values = new List<KeyValuePair<string, double>>();
        for (var rest = reader.ReadInt32(); rest > 0; rest--)
            values.Add(new(reader.ReadString(), reader.ReadDouble()));

        return new(scheduler, step, values);
    }

    /// <summary>The state, where it is one of this scheduler.</summary>
    internal SchedulerState For(string scheduler, string name) => Scheduler == scheduler
        ? this
        : throw new ArgumentException($"'{name}' is the state of {Scheduler}, but this scheduler is {scheduler}.", name);

    /// <summary>A number that every state of its scheduler has.</summary>
    internal double Number(string name, string parameter) => Values.TryGetValue(name, out var value)
        ? value
        : throw new ArgumentException($"'{parameter}' is damaged: it has no '{name}'.", parameter);

    /// <summary>The numbers of the parameter groups, in their order.</summary>
    internal double[] OfGroups(string name, int groups, string parameter)
    {
        var found = Enumerable.Range(0, Values.Count).TakeWhile(i => Values.ContainsKey(Key(name, i))).Select(i => Values[Key(name, i)]).ToArray();
        return found.Length == groups
            ? found
            : throw new ArgumentException($"'{parameter}' is the state of an optimizer with {found.Length} parameter groups, but this one has {groups}.", parameter);
    }

    internal static IEnumerable<KeyValuePair<string, double>> Named(string name, IEnumerable<double> values) =>
        values.Select((value, i) => new KeyValuePair<string, double>(Key(name, i), value));

    private static string Key(string name, int group) => $"{name}[{group}]";

    // Foreign bytes may promise a text of any length.
    private static string? TextOf(BinaryReader reader)
    {
        var bytes = reader.ReadBytes(Mark.Length + 1);
        return bytes.Length == Mark.Length + 1 && bytes[0] == Mark.Length ? System.Text.Encoding.UTF8.GetString(bytes, 1, Mark.Length) : null;
    }
}
