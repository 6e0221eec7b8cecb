using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Runtime.Loader;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using WarmupAnalyzers.Factors;
using Xunit;
using Xunit.Abstractions;

namespace WarmupAnalyzers.Tests.Factors;

/// <summary>
/// The test of truth of the factor compiler: random factor functions are compiled and run, and the interpreter, reading the same
/// source, gives the same doubles bit for bit or the same exception. Settings: <c>WARMUP_RANDOM_SEED</c>, <c>WARMUP_RANDOM_FUNCTIONS</c>.
/// </summary>
public sealed class RandomFunctionTests(ITestOutputHelper output)
{
    private const int DefaultSeed = 20240607;
    private const int DefaultFunctions = 10_000;
    private const int BatchSize = 265;
    private const int KeptPerBatch = 250;
    private const double AcceptedShareOfUnknown = 0.01;

    private static readonly int[] s_indices = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 100, 1_000, 123_456, int.MaxValue, -1];

    [Fact]
    public void The_interpreter_gives_what_the_compiled_function_gives()
    {
        var seed = Setting("WARMUP_RANDOM_SEED", DefaultSeed);
        var wanted = Setting("WARMUP_RANDOM_FUNCTIONS", DefaultFunctions);
        var totals = new Comparison();
        var batches = (wanted + KeptPerBatch - 1) / KeptPerBatch;
        Parallel.For(0, batches, new ParallelOptions { MaxDegreeOfParallelism = 2 }, batch =>
        {
            var comparison = new Comparison();
            RunBatch(unchecked((seed * 7919) + batch), comparison);
            lock (totals)
                totals.Add(comparison);
        });
        Report(seed, totals);
        Assert.True(totals.Mismatches.Count == 0, string.Join("\n\n", totals.Mismatches.Take(5)));
        Assert.True(totals.Functions >= wanted, "only " + totals.Functions + " functions");
        Assert.True(totals.UnknownFunctions < AcceptedShareOfUnknown * totals.Functions, "too much is Unknown");
        if (wanted >= DefaultFunctions)
            Assert.Empty(RandomFunctions.Constructs.Except(totals.Features.Keys));
    }

    private static void RunBatch(int seed, Comparison comparison)
    {
        var generator = new RandomFunctions(seed, comparison.Features);
        var functions = Enumerable.Range(0, BatchSize).Select(generator.Next).ToList();
        byte[]? assembly = null;
        FactorCode? source = null;
        while (assembly is null)
        {
            source = new FactorCode(RandomFunctions.File(functions));
            using var image = new MemoryStream();
            var emitted = source.Compilation.Emit(image);
            if (emitted.Success)
                assembly = image.ToArray();
            else
                comparison.Dropped += Drop(functions, emitted.Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error).ToArray());
        }

        var context = new AssemblyLoadContext("random functions", isCollectible: true);
        var library = context.LoadFromStream(new MemoryStream(assembly));
        foreach (var function in functions)
            Compare(function, source!, library.GetType(function.ClassName)!, comparison);
        context.Unload();
    }

    // What constant folding made illegal: the function whose members hold the error goes.
    private static int Drop(List<RandomFunction> functions, IReadOnlyCollection<Diagnostic> errors)
    {
        var broken = errors.Select(ClassOf).ToHashSet();
        var dropped = functions.RemoveAll(function => broken.Contains(function.ClassName));
        return dropped > 0 ? dropped : throw new InvalidOperationException("No function to blame for " + string.Join("; ", errors));
    }

    // A function may have a class of its own inside the one that is named for it.
    private static string ClassOf(Diagnostic error) => error.Location.SourceTree!.GetRoot()
        .FindNode(error.Location.SourceSpan).AncestorsAndSelf().OfType<ClassDeclarationSyntax>().Last().Identifier.ValueText;

    private static void Compare(RandomFunction function, FactorCode source, Type type, Comparison comparison)
    {
        var run = source.ReturnedBy("Make", function.ClassName).Under(Assignment.Empty, CancellationToken.None);
        if (Made(type) is not { } factor)
        {
            comparison.Dropped++;
            return;
        }

        comparison.Functions++;
        var isUnknown = false;
        foreach (var index in s_indices)
        {
            var (expected, exception) = Call(factor, index);
            var actual = run.At(index);
            isUnknown |= actual.Kind == ValueKind.Unknown;
            comparison.Count(actual, expected);
            if (actual.Kind == ValueKind.Unknown)
                continue;
            var isSame = exception is null
                ? actual.Kind == ValueKind.Double && IsSame(actual.Double, expected)
                : actual.Kind == ValueKind.Thrown && actual.Exception == exception;
            if (isSame)
                continue;
            comparison.Mismatches.Add($"{function.ClassName}({index}): ran {exception ?? expected.ToString("R", CultureInfo.InvariantCulture)}, interpreted {actual}\n{function.Source}");
            return;
        }

        if (isUnknown)
            comparison.AddUnknown(function);
    }

    // A captured local's initializer may throw: then there is no delegate.
    private static Func<int, double>? Made(Type type)
    {
        try
        {
            return (Func<int, double>)type.GetMethod("Make")!.Invoke(Activator.CreateInstance(type), null)!;
        }
        catch (TargetInvocationException)
        {
            return null;
        }
    }

    private static (double Value, string? Exception) Call(Func<int, double> factor, int index)
    {
        try
        {
            return (factor(index), null);
        }
        catch (Exception exception)
        {
            return (double.NaN, exception.GetType().FullName);
        }
    }

    private static bool IsSame(double left, double right) =>
        double.IsNaN(left) ? double.IsNaN(right) : BitConverter.DoubleToInt64Bits(left) == BitConverter.DoubleToInt64Bits(right);

    private void Report(int seed, Comparison totals)
    {
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"seed {seed}: {totals.Functions} functions ({totals.Dropped} dropped), {totals.Values} finite values, {totals.NotFinite} not finite, {totals.Exceptions} exceptions");
        text.AppendLine(CultureInfo.InvariantCulture, $"Unknown: {totals.UnknownFunctions} functions ({100.0 * totals.UnknownFunctions / totals.Functions:0.00} %), {totals.UnknownValues} values; mismatches: {totals.Mismatches.Count}");
        foreach (var feature in totals.Features)
            text.AppendLine(CultureInfo.InvariantCulture, $"  {feature.Value,7} {feature.Key}");
        output.WriteLine(text.ToString());
        Console.WriteLine(text.ToString());
        if (Environment.GetEnvironmentVariable("WARMUP_RANDOM_UNKNOWN") is { } file)
            File.WriteAllText(file, string.Join("\n=====\n", totals.Unknowns));
    }

    private static int Setting(string variable, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.Integer, CultureInfo.InvariantCulture, out var value) ? value : otherwise;

    private sealed class Comparison
    {
        public SortedDictionary<string, int> Features { get; } = new(StringComparer.Ordinal);

        public List<string> Mismatches { get; } = [];

        public List<string> Unknowns { get; } = [];

        public int Functions { get; set; }

        public int Dropped { get; set; }

        public int UnknownFunctions { get; private set; }

        public int UnknownValues { get; private set; }

        public int Values { get; private set; }

        public int NotFinite { get; private set; }

        public int Exceptions { get; private set; }

        public void Count(Value actual, double expected)
        {
            if (actual.Kind == ValueKind.Unknown)
                UnknownValues++;
            else if (actual.Kind == ValueKind.Thrown)
                Exceptions++;
            else if (double.IsFinite(expected))
                Values++;
            else
                NotFinite++;
        }

        public void AddUnknown(RandomFunction function)
        {
            UnknownFunctions++;
            if (Unknowns.Count < 50)
                Unknowns.Add(function.Source);
        }

        public void Add(Comparison other)
        {
            Mismatches.AddRange(other.Mismatches);
            Unknowns.AddRange(other.Unknowns);
            Functions += other.Functions;
            Dropped += other.Dropped;
            UnknownFunctions += other.UnknownFunctions;
            UnknownValues += other.UnknownValues;
            Values += other.Values;
            NotFinite += other.NotFinite;
            Exceptions += other.Exceptions;
            foreach (var feature in other.Features)
                Features[feature.Key] = Features.TryGetValue(feature.Key, out var count) ? count + feature.Value : feature.Value;
        }
    }
}
