using System;
using System.Collections.Immutable;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using System.Text.Json;
using Xunit;

namespace WarmupAnalyzers.EndToEnd.Tests;

/// <summary>That what we ship names its sources and no folder of the build, and reaches for nothing outside the compiler.</summary>
[Collection(PackedPackagesCollection.Name)]
public sealed class SupplyChainTests(PackedPackages packages)
{
    private static readonly Guid s_sourceLink = new("CC110556-A091-4D38-9FEC-25AB9A351A6A");

    private static readonly ImmutableHashSet<string> s_outside =
    [
        "System.IO.File", "System.IO.Directory", "System.IO.FileInfo", "System.IO.DirectoryInfo", "System.IO.FileStream", "System.IO.StreamReader", "System.IO.StreamWriter",
        "System.Diagnostics.Process", "System.Console", "System.AppDomain",
    ];

    public static TheoryData<string> Assemblies => ["WarmupAnalyzers", "WarmupAnalyzers.CodeFixes"];

    /// <summary>An analyzer reads the compilation: no network, no file, no process, no native code.</summary>
    [Theory]
    [MemberData(nameof(Assemblies))]
    public void The_analyzers_reach_for_nothing_outside_the_compiler(string assembly)
    {
        using var file = Open(assembly);
        var metadata = file.GetMetadataReader();
        var types = metadata.TypeReferences.Select(handle => metadata.GetTypeReference(handle))
            .Select(type => metadata.GetString(type.Namespace) + "." + metadata.GetString(type.Name)).ToArray();
        Assert.NotEmpty(types);
        Assert.DoesNotContain(types, IsOutside);
        Assert.Equal(0, metadata.GetTableRowCount(TableIndex.ImplMap));
    }

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void No_folder_of_the_build_is_in_the_assembly(string assembly)
    {
        using var file = Open(assembly);
        Assert.Contains(file.ReadDebugDirectory(), entry => entry.Type == DebugDirectoryEntryType.Reproducible);
        using var symbols = Symbols(file);
        var reader = symbols.GetMetadataReader();
        var documents = reader.Documents.Select(handle => reader.GetString(reader.GetDocument(handle).Name)).ToArray();
        Assert.Contains(documents, name => name.StartsWith("/_/src/" + assembly + "/", StringComparison.Ordinal));
        Assert.DoesNotContain(documents, name => name.Contains(Build.RepositoryRoot, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void A_debugger_finds_the_sources_of_the_commit(string assembly)
    {
        using var file = Open(assembly);
        using var symbols = Symbols(file);
        var reader = symbols.GetMetadataReader();
        var link = reader.GetCustomDebugInformation(EntityHandle.ModuleDefinition)
            .Select(handle => reader.GetCustomDebugInformation(handle))
            .Single(information => reader.GetGuid(information.Kind) == s_sourceLink);
        using var map = JsonDocument.Parse(reader.GetBlobBytes(link.Value));
        var (prefix, address) = Assert.Single(map.RootElement.GetProperty("documents").EnumerateObject().Select(entry => (entry.Name, entry.Value.GetString()!)));
        Assert.Equal("/_/*", prefix);
        Assert.Contains(new Uri(Build.RepositoryUrl).AbsolutePath + "/", address, StringComparison.Ordinal);
        Assert.EndsWith("/" + Git.Head() + "/*", address);
    }

    /// <summary>Our licence is with the packages; they hold no assembly that is not ours.</summary>
    [Theory]
    [InlineData("WarmupAnalyzers")]
    [InlineData("WarmupSchedulers")]
    public void The_licence_is_in_the_package_as_it_is_in_the_repository(string id)
    {
        using var package = ZipFile.OpenRead(packages.PathOf(id));
        using var reader = new StreamReader(package.GetEntry("LICENSE")!.Open());
        Assert.Equal(File.ReadAllText(Path.Combine(Build.RepositoryRoot, "LICENSE")), reader.ReadToEnd());
        Assert.All(
            package.Entries.Where(entry => entry.Name.EndsWith(".dll", StringComparison.Ordinal)),
            entry => Assert.StartsWith("Warmup", entry.Name));
    }

    private static bool IsOutside(string type) => type.StartsWith("System.Net.", StringComparison.Ordinal) || s_outside.Contains(type);

    private PEReader Open(string assembly) => new(File.OpenRead(Path.Combine(packages.Analyzers, assembly + ".dll")));

    private static MetadataReaderProvider Symbols(PEReader file) =>
        file.ReadEmbeddedPortablePdbDebugDirectoryData(file.ReadDebugDirectory().Single(entry => entry.Type == DebugDirectoryEntryType.EmbeddedPortablePdb));
}
