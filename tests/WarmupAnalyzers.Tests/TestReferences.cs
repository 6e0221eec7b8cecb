extern alias library;

using System.Collections.Immutable;
using System.IO;
using System.Linq;
using System.Reflection;
using Microsoft.CodeAnalysis;

namespace WarmupAnalyzers.Tests;

/// <summary>The assemblies that the programs under test are compiled against.</summary>
internal static class TestReferences
{
    private static readonly string s_pack = typeof(TestReferences).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == "ReferencePack").Value!;

    /// <summary>The framework alone.</summary>
    public static ImmutableArray<MetadataReference> Framework { get; } =
        [.. Directory.GetFiles(s_pack, "*.dll").Select(path => MetadataReference.CreateFromFile(path))];

    /// <summary>TorchSharp, managed part.</summary>
    public static MetadataReference TorchSharp { get; } =
        MetadataReference.CreateFromFile(typeof(global::TorchSharp.torch).Assembly.Location);

    /// <summary>Our own runtime library.</summary>
    public static MetadataReference WarmupSchedulers { get; } =
        MetadataReference.CreateFromFile(typeof(library::WarmupSchedulers.Schedule).Assembly.Location);

    /// <summary>The framework and TorchSharp.</summary>
    public static ImmutableArray<MetadataReference> All { get; } = Framework.Add(TorchSharp);

    /// <summary>The framework, TorchSharp and WarmupSchedulers.</summary>
    public static ImmutableArray<MetadataReference> WithLibrary { get; } = All.Add(WarmupSchedulers);
}
