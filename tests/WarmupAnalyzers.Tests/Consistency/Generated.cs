using System;
using System.IO;
using System.Text.RegularExpressions;
using Xunit;

namespace WarmupAnalyzers.Tests.Consistency;

/// <summary>
/// What in the repository is written from the rules. A test compares it; with <c>WARMUP_REGENERATE=1</c> in the environment it writes it.
/// </summary>
internal static class Generated
{
    private static readonly bool s_isWritten = Environment.GetEnvironmentVariable("WARMUP_REGENERATE") == "1";

    /// <summary>A whole file.</summary>
    public static void File(string text, params string[] path)
    {
        if (s_isWritten)
            System.IO.File.WriteAllText(Repository.PathOf(path), text);
        Assert.True(System.IO.File.Exists(Repository.PathOf(path)), string.Join("/", path) + " is missing: eng/regenerate writes it.");
        Assert.Equal(text, Repository.Read(path));
    }

    /// <summary>The part of a page between <c>&lt;!-- generated: name --&gt;</c> and <c>&lt;!-- end --&gt;</c>.</summary>
    public static void Part(string name, string text, params string[] path)
    {
        var page = Repository.Read(path);
        var part = new Regex($"(?<=<!-- generated: {Regex.Escape(name)} -->\n).*?(?=<!-- end -->)", RegexOptions.Singleline);
        Assert.Single(part.Matches(page));
        if (s_isWritten)
            System.IO.File.WriteAllText(Repository.PathOf(path), page = part.Replace(page, text.Replace("$", "$$", StringComparison.Ordinal)));
        Assert.Equal(text, part.Match(page).Value);
    }
}
