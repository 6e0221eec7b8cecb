using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Diagnostics.Telemetry;
using WarmupAnalyzers.Tests.Rules;
using Xunit;

namespace WarmupAnalyzers.Tests.Consistency;

/// <summary>Where TorchSharp is not referenced an analyzer looks once, at the start, and registers nothing.</summary>
public class RegistrationTests
{
    private const string Plain = "public static class Program { public static void Main() { } }";

    private const string Doppelganger = """
        using System;

        namespace TorchSharp
        {
            public static class torch
            {
                public static class optim
                {
                    public abstract class Optimizer
                    {
                        public void step() { }
                    }

                    public sealed class Sgd : Optimizer { }

                    public static Optimizer SGD(double learningRate) => new Sgd();

                    public static class lr_scheduler
                    {
                        public sealed class LRScheduler
                        {
                            public void step() { }
                        }

                        public static LRScheduler LambdaLR(Optimizer optimizer, Func<int, double> lr_lambda) => new();

                        public static class impl { }
                    }

                    public interface ILearningRateController { }
                }
            }
        }
        """;

    private const string Training = """
        using TorchSharp;

        public static class Program
        {
            public static void Main()
            {
                var optimizer = torch.optim.SGD(0.1);
                var scheduler = torch.optim.lr_scheduler.LambdaLR(optimizer, epoch => 0.1 * (epoch / 5));
                for (var epoch = 0; epoch < 10; epoch++)
                {
                    scheduler.step();
                    optimizer.step();
                }

                _ = torch.optim.lr_scheduler.LambdaLR(optimizer, epoch => epoch / 5.0);
            }
        }
        """;

    public static TheoryData<string> Analyzers => [.. Findings.AllAnalyzers.Select(analyzer => analyzer.GetType().Name)];

    [Theory]
    [MemberData(nameof(Analyzers))]
    public async Task Without_TorchSharp_nothing_is_registered(string analyzer) =>
        await RegistersNothing(analyzer, Compile(TestReferences.Framework.ToArray(), Plain));

    [Theory]
    [MemberData(nameof(Analyzers))]
    public async Task A_users_own_torch_in_source_is_not_TorchSharp(string analyzer) =>
        await RegistersNothing(analyzer, Compile(TestReferences.Framework.ToArray(), Doppelganger, Training));

    [Theory]
    [MemberData(nameof(Analyzers))]
    public async Task A_users_own_torch_in_another_assembly_is_not_TorchSharp(string analyzer)
    {
        var library = Compile(TestReferences.Framework.ToArray(), Doppelganger)
            .WithAssemblyName("MyTorch").WithOptions(new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        await RegistersNothing(analyzer, Compile([.. TestReferences.Framework, library.ToMetadataReference()], Training));
    }

    /// <summary>Even an assembly that is named TorchSharp is not, when it is the one that is being compiled.</summary>
    [Theory]
    [MemberData(nameof(Analyzers))]
    public async Task TorchSharp_itself_is_not_looked_at(string analyzer) =>
        await RegistersNothing(analyzer, Compile(TestReferences.Framework.ToArray(), Doppelganger, Training).WithAssemblyName("TorchSharp"));

    [Theory]
    [MemberData(nameof(Analyzers))]
    public async Task With_TorchSharp_actions_are_registered(string analyzer)
    {
        var counts = await Telemetry(analyzer, Findings.Compile(FactorSource.Script("epoch => 1")));
        Assert.NotEqual(0, Actions(counts));
    }

    private static async Task RegistersNothing(string analyzer, CSharpCompilation compilation)
    {
        Assert.Empty(compilation.GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));
        var counts = await Telemetry(analyzer, compilation);
        Assert.Equal(1, counts.CompilationStartActionsCount);
        Assert.Equal(0, Actions(counts));
    }

    private static async Task<AnalyzerTelemetryInfo> Telemetry(string name, CSharpCompilation compilation)
    {
        var analyzer = Findings.AllAnalyzers.Single(candidate => candidate.GetType().Name == name);
        var run = compilation.WithAnalyzers([analyzer], new AnalyzerOptions([]));
        await run.GetAnalyzerDiagnosticsAsync(CancellationToken.None);
        return await run.GetAnalyzerTelemetryInfoAsync(analyzer, CancellationToken.None);
    }

    // Every count but that of compilation starts, whatever kinds of actions the host knows.
    private static int Actions(AnalyzerTelemetryInfo counts) => typeof(AnalyzerTelemetryInfo).GetProperties()
        .Where(property => property.Name.EndsWith("ActionsCount", StringComparison.Ordinal) && property.Name != nameof(counts.CompilationStartActionsCount))
        .Sum(property => (int)property.GetValue(counts)!);

    private static CSharpCompilation Compile(MetadataReference[] references, params string[] sources) => CSharpCompilation.Create(
        "Training",
        sources.Select(source => CSharpSyntaxTree.ParseText(source, new CSharpParseOptions(LanguageVersion.Latest))),
        references,
        new CSharpCompilationOptions(
            sources.Any(source => source.Contains("void Main")) ? OutputKind.ConsoleApplication : OutputKind.DynamicallyLinkedLibrary,
            nullableContextOptions: NullableContextOptions.Enable));
}
