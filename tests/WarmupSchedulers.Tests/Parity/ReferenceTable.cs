using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;

namespace WarmupSchedulers.Tests.Parity;

/// <summary>Learning rates that another library, or a paper, gives for a function with its parameters.</summary>
/// <param name="Id">The name of the table.</param>
/// <param name="Library">The library that it comes from.</param>
/// <param name="Provenance">How the numbers were got.</param>
/// <param name="Function">The library's own name for the schedule.</param>
/// <param name="Params">The library's own parameters.</param>
/// <param name="BaseLr">The learning rate of the optimizer; null where the function gives the rate itself.</param>
/// <param name="Lr">The expected learning rates.</param>
/// <param name="LrOfSecond">The expected learning rates of a second parameter group, where there is one.</param>
/// <param name="BaseLrOfSecond">The learning rate of the second group in the optimizer, where the table says it.</param>
/// <param name="Steps">Which steps they are of; null for one step after the other.</param>
/// <param name="Times">Which timestamps they are of, in the library's own notation.</param>
/// <param name="Momentum">The expected momentum at the same steps.</param>
/// <param name="WeightDecay">The expected weight decay at the same steps.</param>
/// <param name="Metrics">What the scheduler is told at each step.</param>
/// <param name="Convention">When the numbers were read.</param>
/// <param name="Absolute">How far a number may be off.</param>
/// <param name="Relative">How far a number may be off, as a share of it.</param>
public sealed record ReferenceTable(
    string Id,
    string Library,
    string Provenance,
    string Function,
    Parameters Params,
    double? BaseLr,
    double[] Lr,
    double[]? LrOfSecond,
    double? BaseLrOfSecond,
    double[]? Steps,
    string[]? Times,
    double[]? Momentum,
    double[]? WeightDecay,
    double[]? Metrics,
    string Convention,
    double Absolute,
    double Relative)
{
    private const string FolderVariable = "WARMUP_REFERENCE_TABLES";

    public bool IsKnownBug => Provenance == "known_bug_table";

    /// <summary>Whether the first number was read after a step, and not before one.</summary>
    public bool IsAfter => Convention.StartsWith("after", StringComparison.Ordinal);

    /// <summary>The tables of the repository, or of the folder that the environment names.</summary>
    public static IReadOnlyList<ReferenceTable> All() =>
        In(Environment.GetEnvironmentVariable(FolderVariable) is { Length: > 0 } named ? named : Path.Combine(AppContext.BaseDirectory, "Parity", "Reference"));

    /// <summary>The same functions with parameters that those tables do not have, evaluated from the libraries' formulas.</summary>
    public static IReadOnlyList<ReferenceTable> WithOtherParameters() => In(Path.Combine(AppContext.BaseDirectory, "Parity", "OtherParameters"));

    private static List<ReferenceTable> In(string folder) => Directory
        .EnumerateFiles(folder, "*.json")
        .Where(file => Path.GetFileName(file) != "index.json")
        .Order(StringComparer.Ordinal)
        .SelectMany(Read)
        .ToList();

    /// <summary>
    /// The same table as a second parameter group has it; null where there is one group alone. Where the table does not say its learning rate, the two groups
    /// are to one another as their highest rates are.
    /// </summary>
    public ReferenceTable? OfSecondGroup()
    {
        if (LrOfSecond is null)
            return null;

        var peak = Array.IndexOf(Lr, Lr.Max());
        return this with
        {
            Lr = LrOfSecond,
            LrOfSecond = null,
            BaseLr = BaseLrOfSecond ?? (BaseLr is { } rate && Lr[peak] > 0.0 ? rate * (LrOfSecond[peak] / Lr[peak]) : BaseLr),
            Params = Params.OfGroup(1),
            Momentum = null,
            WeightDecay = null,
        };
    }

    public override string ToString() => Id;

    private static IEnumerable<ReferenceTable> Read(string file)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(file));
        return [.. document.RootElement.EnumerateArray().Select(row => Read(row.Clone()))];
    }

    private static ReferenceTable Read(JsonElement row) => new(
        row.GetProperty("id").GetString()!,
        row.GetProperty("library").GetString()!,
        row.GetProperty("provenance").GetString()!,
        row.GetProperty("function").GetString()!,
        new Parameters(row.GetProperty("params")),
        Rate(row, 0),
        Numbers(row, "lr")!,
        Numbers(row, "lr_group1"),
        Rate(row, 1),
        Numbers(row, "steps"),
        row.TryGetProperty("times", out var times) && times.ValueKind == JsonValueKind.Array ? [.. times.EnumerateArray().Select(time => time.GetString()!)] : null,
        Numbers(row, "momentum"),
        Numbers(row, "weight_decay"),
        Numbers(row, "metrics"),
        row.GetProperty("convention").GetString()!,
        Tolerance(row, "abs"),
        Tolerance(row, "rel"));

    private static double[]? Numbers(JsonElement row, string column) =>
        row.TryGetProperty(column, out var list) && list.ValueKind == JsonValueKind.Array ? [.. list.EnumerateArray().Select(number => number.GetDouble())] : null;

    // One rate for all groups, or a list with one for each.
    private static double? Rate(JsonElement row, int group) => row.GetProperty("base_lr") switch
    {
        { ValueKind: JsonValueKind.Number } rate when group == 0 => rate.GetDouble(),
        { ValueKind: JsonValueKind.Array } rates when group < rates.GetArrayLength() => rates[group].GetDouble(),
        _ => null,
    };

    private static double Tolerance(JsonElement row, string kind) =>
        row.GetProperty("tolerance") is { ValueKind: JsonValueKind.Object } tolerance && tolerance.TryGetProperty(kind, out var number) ? number.GetDouble() : 0.0;
}
