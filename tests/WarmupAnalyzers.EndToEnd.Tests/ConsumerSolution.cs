using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Xunit;

namespace WarmupAnalyzers.EndToEnd.Tests;

/// <summary>A user's solution with central package management and projects of many kinds, restored and built once.</summary>
public sealed class ConsumerSolution(PackedPackages packages) : IAsyncLifetime
{
    /// <summary>A training with one mistake, in C# 7.3: what a project for .NET Standard compiles.</summary>
    internal static readonly (string Name, string Text) Ramp = ("Ramp.cs", """
        using System;
        using TorchSharp;

        namespace PROJECT
        {
            public static class Ramp
            {
                public static void Train(torch.optim.Optimizer optimizer)
                {
                    var scheduler = torch.optim.lr_scheduler.LambdaLR(optimizer, epoch => Math.Min(epoch / 5.0, 1.0)); // WARM1001: the factor runs 0, 0.2, 0.4, 0.6, 0.8, 1
                    for (var epoch = 0; epoch < 10; epoch++)
                    {
                        optimizer.step();
                        scheduler.step();
                    }
                }
            }
        }

        """);

    private const string Analyzers = """<PackageReference Include="WarmupAnalyzers" />""";
    private const string TorchSharp = """<PackageReference Include="TorchSharp" />""";

    private readonly string _directory = packages.NewFolder("Solution");

    /// <summary>What the build printed.</summary>
    internal string Output { get; private set; } = "";

    /// <summary>Whether the build succeeded.</summary>
    internal bool Succeeded { get; private set; }

    /// <summary>The folder of one project.</summary>
    internal string Folder(string project) => Path.Combine(_directory, project);

    /// <summary>The compiler's log of one project for one framework.</summary>
    internal string Log(string project, string framework) => Path.Combine(_directory, "logs", $"{project}-{framework}.sarif");

    async Task IAsyncLifetime.InitializeAsync()
    {
        Write("Directory.Build.props", $"""
            <Project>
              <PropertyGroup>
                <NuGetAudit>false</NuGetAudit>
                <DisableTransitiveFrameworkReferenceDownloads>true</DisableTransitiveFrameworkReferenceDownloads>
                <RestoreAdditionalProjectSources>{packages.Feed}</RestoreAdditionalProjectSources>
                <!-- Which feeds there are and what they hold is not under test. -->
                <NoWarn>$(NoWarn);NU1507;NU1603</NoWarn>
              </PropertyGroup>
            </Project>
            """);
        // The framework is known only behind the project's own text.
        Write("Directory.Build.targets", """
            <Project>
              <PropertyGroup>
                <ErrorLog>$(MSBuildThisFileDirectory)logs/$(MSBuildProjectName)-$(TargetFramework).sarif,version=2.1</ErrorLog>
              </PropertyGroup>
            </Project>
            """);
        Write("Directory.Packages.props", $"""
            <Project>
              <PropertyGroup>
                <ManagePackageVersionsCentrally>true</ManagePackageVersionsCentrally>
              </PropertyGroup>
              <ItemGroup>
                <PackageVersion Include="WarmupAnalyzers" Version="{packages.Version}" />
                <PackageVersion Include="TorchSharp" Version="{Build.TorchSharpVersion}" />
                <PackageVersion Include="xunit" Version="{Build.XunitVersion}" />
              </ItemGroup>
            </Project>
            """);

        Project("Frameworks", "<TargetFrameworks>netstandard2.0;net8.0;net9.0;net10.0</TargetFrameworks>", [Analyzers, TorchSharp], Ramp);
        Project("Strict", "<TargetFramework>net10.0</TargetFramework><TreatWarningsAsErrors>true</TreatWarningsAsErrors>", [Analyzers, TorchSharp], Ramp);
        Project("Transitive", "<TargetFramework>net10.0</TargetFramework>", [Analyzers, """<ProjectReference Include="../Frameworks/Frameworks.csproj" />"""], Ramp);
        Project(
            "Beside",
            "<TargetFramework>net8.0</TargetFramework>",
            [Analyzers, TorchSharp, """<PackageReference Include="xunit" />"""],
            Ramp,
            ("Tests.cs", """
                using Xunit;

                public class Tests
                {
                    [Fact]
                    public void Sum() => Assert.Equal("a".Length + 2, 3);
                }

                """));

        Directory.CreateDirectory(Path.Combine(_directory, "logs"));
        var projects = Directory.GetDirectories(_directory).Select(folder => Path.GetFileName(folder)!).Where(name => name != "logs").Order(StringComparer.Ordinal);
        Write("Consumers.slnx", $"<Solution>{string.Concat(projects.Select(name => $"""<Project Path="{name}/{name}.csproj" />"""))}</Solution>");
        (var code, Output) = await Dotnet.Ended(_directory, "build", "Consumers.slnx", "-nodeReuse:false");
        Succeeded = code == 0;
    }

    Task IAsyncLifetime.DisposeAsync() => Task.CompletedTask;

    private void Project(string name, string properties, IEnumerable<string> items, params (string Name, string Text)[] files)
    {
        Directory.CreateDirectory(Folder(name));
        Write($"{name}/{name}.csproj", $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>{properties}</PropertyGroup>
              <ItemGroup>{string.Concat(items)}</ItemGroup>
            </Project>
            """);
        foreach (var file in files)
            Write($"{name}/{file.Name}", file.Text.Replace("PROJECT", name, StringComparison.Ordinal));
    }

    private void Write(string name, string text) => File.WriteAllText(Path.Combine(_directory, name), text);
}
