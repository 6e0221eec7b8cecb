using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace WarmupAnalyzers.Benchmarks;

/// <summary>How much a compilation has to do with TorchSharp.</summary>
public enum Presence
{
    /// <summary>It is not referenced.</summary>
    Absent,

    /// <summary>It is referenced, and nothing uses it.</summary>
    Unused,

    /// <summary>Every file trains something, without a mistake.</summary>
    Used,
}

/// <summary>The programs of eng/analyzer-cost.</summary>
internal static class CostPrograms
{
    private const string Ramp = "Math.Min((epoch + 1) / (double)warmup, 1.0)";

    public static IEnumerable<string> Of(Presence presence, int count)
    {
        var texts = Texts(presence == Presence.Used ? "whole/" : "plain/");
        return Enumerable.Range(0, count).Select(i => texts[i % texts.Length].Replace("%RAMP%", Ramp).Replace("@", i.ToString(System.Globalization.CultureInfo.InvariantCulture)));
    }

    /// <summary>What this program itself runs on, and TorchSharp where it is to be there.</summary>
    public static MetadataReference[] References(Presence presence) =>
        [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => Path.GetFileName(path) is var name && (name.StartsWith("System.", StringComparison.Ordinal) || name is "mscorlib.dll" or "netstandard.dll"))
            .Append(presence == Presence.Absent ? null : typeof(TorchSharp.torch).Assembly.Location)
            .OfType<string>()
            .Select(path => MetadataReference.CreateFromFile(path))];

    private static string[] Texts(string folder) =>
        [.. typeof(CostPrograms).Assembly.GetManifestResourceNames().Where(name => name.StartsWith(folder, StringComparison.Ordinal)).Order(StringComparer.Ordinal).Select(Text)];

    private static string Text(string name)
    {
        using var reader = new StreamReader(typeof(CostPrograms).Assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}
