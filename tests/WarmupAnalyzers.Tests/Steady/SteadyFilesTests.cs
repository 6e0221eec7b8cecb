using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Xunit;

namespace WarmupAnalyzers.Tests.Steady;

/// <summary>Programs of several files are reported alike in whatever order their files come, with threads or without, and whatever was analysed between.</summary>
public class SteadyFilesTests
{
    private const int Seed = 20261124;
    private const int Orders = 16;

    public static TheoryData<string> Programs => [.. SteadyPrograms.All.Select(program => program.Name)];

    [Theory]
    [MemberData(nameof(Programs))]
    public async Task Any_order_of_the_files(string name)
    {
        var (_, files, ids) = SteadyPrograms.All.Single(program => program.Name == name);
        Assert.Empty(Compile(files).GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));

        var found = await Steady(files, Findings.AllAnalyzers);

        Assert.Subset(found.Select(IdOf).ToHashSet(), ids.ToHashSet());
    }

    [Fact]
    public async Task An_option_that_is_not_known_is_reported_in_one_file_whatever_their_order()
    {
        var files = SteadyPrograms.All[0].Files;
        var options = new AnalyzerOptions([], new UnknownValues());
        var expected = await SteadyResultsTests.Report(Compile(files), Findings.AllAnalyzers, concurrent: false, options);

        Assert.Single(expected, report => IdOf(report) == "WARM0001");
        SteadyResultsTests.AssertSame(expected, await SteadyResultsTests.Report(Compile([.. files.Reverse()]), Findings.AllAnalyzers, concurrent: true, options));
    }

    [Fact]
    public async Task Compilations_by_turns_and_at_once()
    {
        var analyzers = Findings.AllAnalyzers;
        var alone = new List<ImmutableArray<string>>();
        foreach (var (_, files, _) in SteadyPrograms.All)
            alone.Add(await SteadyResultsTests.Report(Compile(files), analyzers, concurrent: false));
        var compilations = SteadyPrograms.All.Select(program => Compile(program.Files)).ToArray();
        var atOnce = await Task.WhenAll(compilations.Select(compilation => Task.Run(() => SteadyResultsTests.Report(compilation, analyzers, concurrent: true))));
        for (var i = 0; i < compilations.Length; i++)
        {
            SteadyResultsTests.AssertSame(alone[i], atOnce[i]);
            // The same compilation once more, behind all others; and one that shares its trees.
            SteadyResultsTests.AssertSame(alone[i], await SteadyResultsTests.Report(compilations[i], analyzers, concurrent: true));
            SteadyResultsTests.AssertSame(alone[i], await SteadyResultsTests.Report(compilations[i].WithAssemblyName("Other"), analyzers, concurrent: false));
        }
    }

    [Fact]
    public async Task An_analyzer_that_looks_at_the_order_is_found_out() => await Assert.ThrowsAnyAsync<Xunit.Sdk.XunitException>(
        () => Steady(SteadyPrograms.All[0].Files, [new FirstFileAnalyzer()]));

    [Fact]
    public async Task An_analyzer_that_remembers_is_found_out()
    {
        var analyzers = ImmutableArray.Create<DiagnosticAnalyzer>(new RememberingAnalyzer());

        await Assert.ThrowsAnyAsync<Xunit.Sdk.XunitException>(() => Steady(SteadyPrograms.All[0].Files, analyzers));
    }

    private static async Task<ImmutableArray<string>> Steady(ImmutableArray<(string Name, string Text)> files, ImmutableArray<DiagnosticAnalyzer> analyzers)
    {
        var expected = await SteadyResultsTests.Report(Compile(files), analyzers, concurrent: false);
        var random = new Random(Seed);
        for (var order = 0; order < Orders; order++)
        {
            var shuffled = order == 0 ? [.. files.Reverse()] : files.ToArray();
            if (order > 0)
                random.Shuffle(shuffled);
            SteadyResultsTests.AssertSame(expected, await SteadyResultsTests.Report(Compile([.. shuffled]), analyzers, concurrent: order % 2 == 1));
        }

        return expected;
    }

    private static string IdOf(string report) => report.Split(" | ")[1];

    private static CSharpCompilation Compile(ImmutableArray<(string Name, string Text)> files) => CSharpCompilation.Create(
        "Trainings",
        files.Select(file => CSharpSyntaxTree.ParseText(file.Text, new CSharpParseOptions(LanguageVersion.Latest), file.Name)),
        TestReferences.All,
        new CSharpCompilationOptions(OutputKind.ConsoleApplication, nullableContextOptions: NullableContextOptions.Enable));

    private sealed class UnknownValues : AnalyzerConfigOptionsProvider
    {
        public override AnalyzerConfigOptions GlobalOptions { get; } = new Values();

        public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => GlobalOptions;

        public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) => GlobalOptions;

        private sealed class Values : AnalyzerConfigOptions
        {
            public override bool TryGetValue(string key, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out string? value)
            {
                value = key.StartsWith("warmup.", StringComparison.Ordinal) ? "perhaps" : null;
                return value is not null;
            }
        }
    }

#pragma warning disable RS1001, RS1036, RS1041, RS1038, RS1025, RS1026 // never packed: these two are here to be wrong
    private abstract class WrongAnalyzer : DiagnosticAnalyzer
    {
        protected static DiagnosticDescriptor Rule { get; } = new("TEST0001", "Title", "Message", "Test", DiagnosticSeverity.Warning, isEnabledByDefault: true);

        public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => [Rule];

        public override void Initialize(AnalysisContext context)
        {
            context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
            context.EnableConcurrentExecution();
            context.RegisterSyntaxTreeAction(Look);
        }

        protected abstract void Look(SyntaxTreeAnalysisContext file);
    }

    private sealed class FirstFileAnalyzer : WrongAnalyzer
    {
        public override void Initialize(AnalysisContext context)
        {
            context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
            context.EnableConcurrentExecution();
            context.RegisterSemanticModelAction(file =>
            {
                if (file.SemanticModel.Compilation.SyntaxTrees.First() == file.SemanticModel.SyntaxTree)
                    file.ReportDiagnostic(Diagnostic.Create(Rule, file.SemanticModel.SyntaxTree.GetRoot().GetLocation()));
            });
        }

        protected override void Look(SyntaxTreeAnalysisContext file) => throw new NotSupportedException();
    }

    private sealed class RememberingAnalyzer : WrongAnalyzer
    {
        private int _seen;

        protected override void Look(SyntaxTreeAnalysisContext file)
        {
            if (Interlocked.Increment(ref _seen) <= 3)
                file.ReportDiagnostic(Diagnostic.Create(Rule, file.Tree.GetRoot().GetLocation()));
        }
    }
#pragma warning restore
}
