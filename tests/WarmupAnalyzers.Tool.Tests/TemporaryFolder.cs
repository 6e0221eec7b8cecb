namespace WarmupAnalyzers.Tool.Tests;

/// <summary>A folder outside the repository for projects of a test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public const string Mistake = """
        using TorchSharp;
        using static TorchSharp.torch;

        var parameter = new TorchSharp.Modules.Parameter(zeros(1));
        var optimizer = optim.SGD([parameter], 0.1);
        var scheduler = optim.lr_scheduler.LambdaLR(optimizer, epoch => epoch / 5);
        for (var epoch = 0; epoch < 20; epoch++)
        {
            optimizer.zero_grad();
            parameter.sum().backward();
            optimizer.step();
            scheduler.step();
        }

        """;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("warmup-tool-");

    public TemporaryFolder()
    {
        File.WriteAllText(Path.Combine(Root, "Directory.Build.props"), "<Project />");
        File.WriteAllText(Path.Combine(Root, "Directory.Build.targets"), "<Project />");
        File.WriteAllText(Path.Combine(Root, "Directory.Packages.props"), "<Project />");
        File.WriteAllText(Path.Combine(Root, ".editorconfig"), "root = true\n");
    }

    public string Root => _folder.FullName;

    /// <summary>Writes a project with one file.</summary>
    public void AddProject(string name, string program, bool usesTorchSharp = true)
    {
        var folder = _folder.CreateSubdirectory(name).FullName;
        var reference = usesTorchSharp ? $"""<PackageReference Include="TorchSharp" Version="{Warmup.TorchSharpVersion}" />""" : string.Empty;
        File.WriteAllText(Path.Combine(folder, name + ".csproj"), $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <NuGetAudit>false</NuGetAudit>
              </PropertyGroup>
              <ItemGroup>{reference}</ItemGroup>
            </Project>
            """);
        File.WriteAllText(Path.Combine(folder, "Program.cs"), program);
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
