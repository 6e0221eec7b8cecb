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

    // A compilation looks a name up in every assembly there is, and the pack has 163; the packages are tried with all of them, end to end.
    private static readonly string[] s_framework =
    [
        "mscorlib", "netstandard", "System.Runtime", "System.Runtime.Extensions", "System.Runtime.InteropServices", "System.Runtime.Loader", "System.Runtime.Numerics",
        "System.Collections", "System.Collections.Concurrent", "System.Collections.Immutable", "System.Collections.NonGeneric", "System.Collections.Specialized", "System.ObjectModel",
        "System.ComponentModel", "System.ComponentModel.Primitives", "System.Console", "System.Diagnostics.Debug", "System.Diagnostics.Process", "System.Diagnostics.TraceSource", "System.Globalization", "System.IO",
        "System.Linq", "System.Linq.Expressions", "System.Memory", "System.Net.Http", "System.Net.Primitives", "System.Numerics.Vectors", "System.Reflection",
        "System.Security.Cryptography", "System.Text.Json", "System.Text.RegularExpressions", "System.Threading", "System.Threading.Channels", "System.Threading.Tasks",
        "System.Threading.Tasks.Dataflow", "System.Threading.Tasks.Parallel", "System.Threading.Thread", "System.Threading.ThreadPool", "System.Xml.ReaderWriter", "System.Xml.XDocument",
    ];

    /// <summary>The framework alone: what programs that train use of it.</summary>
    public static ImmutableArray<MetadataReference> Framework { get; } =
        [.. s_framework.Select(name => MetadataReference.CreateFromFile(Path.Combine(s_pack, name + ".dll")))];

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
