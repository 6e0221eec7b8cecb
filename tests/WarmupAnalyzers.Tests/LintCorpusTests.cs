using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using LintCorpus;
using WarmupAnalyzers.Tests.Consistency;
using Xunit;

namespace WarmupAnalyzers.Tests;

/// <summary>The tool behind <c>eng/lint-corpus</c>: folders of sources that need not build.</summary>
public sealed class LintCorpusTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("corpus");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task The_sample_shows_the_expected_mistakes_and_no_other()
    {
        var report = await Corpus.Lint(Repository.PathOf("samples", "Mistakes"));

        var found = report.Findings.Select(finding => $"{finding.Id} {finding.Path}:{finding.Line}{(finding.Severity == "Info" ? " note" : "")}");
        Assert.Equal(
            File.ReadAllLines(Repository.PathOf("samples", "Mistakes", "expected-diagnostics.txt")).Order(StringComparer.Ordinal),
            found.Order(StringComparer.Ordinal));
        Assert.Equal((0, false), (report.CompilerErrors, report.HasExceptions));
    }

    [Fact]
    public async Task Without_TorchSharp_there_is_nothing_to_find()
    {
        var report = await Corpus.Lint(Repository.PathOf("samples", "Mistakes"), withTorchSharp: false);

        Assert.Empty(report.Findings);
        Assert.NotEqual(0, report.CompilerErrors);
    }

    [Fact]
    public async Task Projects_see_each_other_and_what_stands_in_every_file()
    {
        Write("Lib/Lib.csproj", "<Project />");
        Write("Lib/Length.cs", "public static class Length { public const int Warmup = 5; }");
        Write("Directory.Build.props", "<Project><PropertyGroup><ImplicitUsings>enable</ImplicitUsings></PropertyGroup></Project>");
        Write("App/App.csproj", """
            <Project>
              <ItemGroup>
                <ProjectReference Include="..\Lib\Lib.csproj" />
                <Using Include="TorchSharp.torch" Static="true" />
              </ItemGroup>
            </Project>
            """);
        Write("App/Main/Train.cs", """
            var optimizer = optim.SGD(new List<TorchSharp.Modules.Parameter>(), 0.1);
            var scheduler = optim.lr_scheduler.LambdaLR(optimizer, epoch => Math.Min(epoch / (double)Length.Warmup, 1.0));
            for (var epoch = 0; epoch < 20; epoch++)
            {
                optimizer.step();
                scheduler.step();
            }
            """);
        Write("App/obj/Generated.cs", "this is no C#");

        var lines = (await Corpus.Lint(_folder.FullName)).ToString().Split('\n');

        Assert.StartsWith("App/Main/Train.cs:2:74 WARM1001 Warning: The learning rate is zero at the first step", lines[0]);
        Assert.Equal("-- 2 files, 1 of them mention TorchSharp, 2 compilations, 0 compiler errors, 0 exceptions, 1 findings: WARM1001 1", lines[^2]);
    }

    [Fact]
    public async Task What_does_not_compile_is_counted_and_does_no_harm()
    {
        Write("Half.csproj", "<Project");
        Write("Half.cs", "using Missing.Package; class C : Missing { void M() { var s = torch.optim.lr_scheduler.StepLR(");
        Write("Circle/A/A.csproj", """<Project><ItemGroup><ProjectReference Include="../B/B.csproj" /></ItemGroup></Project>""");
        Write("Circle/A/A.cs", "public class A { }");
        Write("Circle/B/B.csproj", """<Project><ItemGroup><ProjectReference Include="../A/A.csproj" /></ItemGroup></Project>""");
        Write("Circle/B/B.cs", "public class B { A a; }");

        var report = await Corpus.Lint(_folder.FullName);

        Assert.Equal((3, 3, 0, false), (report.Files, report.Compilations, report.Findings.Length, report.HasExceptions));
        Assert.NotEqual(0, report.CompilerErrors);
    }

    private void Write(string path, string text)
    {
        var file = Path.Combine(_folder.FullName, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }
}
