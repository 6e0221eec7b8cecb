using System;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;
using Xunit.Abstractions;

namespace WarmupAnalyzers.Tests.Robustness;

/// <summary>
/// Twice the code costs twice as much: in files, methods and statements, and in whatever else a program can have many of. Told by
/// what is allocated, which is the same on every machine.
/// </summary>
public class GrowthTests(ITestOutputHelper output)
{
    /// <summary>Four times the code may allocate so much more: a square would be sixteen times.</summary>
    private const double Most = 6;

    /// <summary>The long run takes programs that are so many times longer.</summary>
    private static readonly int s_times = int.Parse(Environment.GetEnvironmentVariable("WARMUP_GROWTH") ?? "1", System.Globalization.CultureInfo.InvariantCulture);

    public static TheoryData<string> Shapes => [.. GrowthShapes.All.Select(shape => shape.Name)];

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Four_times_the_code_allocates_about_four_times_as_much(string name)
    {
        var (_, count, program) = GrowthShapes.All.Single(shape => shape.Name == name);
        count *= s_times;
        Assert.Empty(Compile(program(4)).GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));
        Allocated(program(4));
        var small = Allocated(program(count));
        var large = Allocated(program(4 * count));
        output.WriteLine($"{name}: {count} allocate {small:N0} bytes, {4 * count} allocate {large:N0}: {large / (double)small:0.0} times");
        Assert.True(large <= Most * small, $"{count} allocate {small:N0} bytes, {4 * count} allocate {large:N0}");
    }

    private static long Allocated(string[] program) => OneThread.Run(Compile(program), Findings.AllAnalyzers).Bytes;

    private static CSharpCompilation Compile(string[] program) =>
        Findings.Compile(program).WithOptions(new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
}
