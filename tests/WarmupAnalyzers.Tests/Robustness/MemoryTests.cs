using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Xunit;
using Xunit.Abstractions;

namespace WarmupAnalyzers.Tests.Robustness;

/// <summary>What was analysed is let go: neither an analyzer nor anything static holds a compilation, a file or a model. WARMUP_COMPILATIONS=1000 takes so many.</summary>
public class MemoryTests(ITestOutputHelper output)
{
    private const int Known = 50;

    private static readonly int s_compilations = int.Parse(Environment.GetEnvironmentVariable("WARMUP_COMPILATIONS") ?? "8", CultureInfo.InvariantCulture);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Nothing_outlives_its_compilation(bool isDriven)
    {
        var analyzers = Findings.AllAnalyzers;
        var watched = new List<WeakReference>();
        for (var i = 0; i < s_compilations; i++)
        {
            watched.AddRange(isDriven ? await Drive(analyzers, i) : Run(analyzers, i));
            if (i % Known == Known - 1)
                output.WriteLine($"{i + 1} compilations: {Collected():N0} bytes in use, {watched.Count(reference => reference.IsAlive)} of {watched.Count} compilations, files and models alive");
        }

        // The compiler's driver keeps what it has seen last.
        _ = await Drive(analyzers, s_compilations);
        Collected();
        Assert.Equal(0, watched.Count(reference => reference.IsAlive));
        GC.KeepAlive(analyzers);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference[] Run(ImmutableArray<DiagnosticAnalyzer> analyzers, int number)
    {
        var compilation = ManyFiles.Compile(ManyFiles.Some).WithAssemblyName("Sample" + number);
        var models = new List<SemanticModel>();
        Assert.NotEmpty(OneThread.Run(compilation, analyzers, models.Add).Found);
        return [new(compilation), .. compilation.SyntaxTrees.Select(tree => new WeakReference(tree)), .. models.Select(model => new WeakReference(model))];
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static async Task<WeakReference[]> Drive(ImmutableArray<DiagnosticAnalyzer> analyzers, int number)
    {
        var compilation = ManyFiles.Compile(ManyFiles.Some).WithAssemblyName("Sample" + number);
        Assert.NotEmpty(await compilation.WithAnalyzers(analyzers).GetAnalyzerDiagnosticsAsync());
        return [new(compilation), .. compilation.SyntaxTrees.Select(tree => new WeakReference(tree))];
    }

    private static long Collected()
    {
        for (var i = 0; i < 3; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        return GC.GetTotalMemory(forceFullCollection: true);
    }
}
