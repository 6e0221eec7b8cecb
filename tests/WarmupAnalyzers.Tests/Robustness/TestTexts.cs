using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using WarmupAnalyzers.Tests.Consistency;
using WarmupAnalyzers.Tests.Rules;

namespace WarmupAnalyzers.Tests.Robustness;

/// <summary>The texts of our own tests as programs. Their strings hold C# as a whole or in part; what does not compile alone gets what those tests put round it.</summary>
internal static class TestTexts
{
    private static readonly Lazy<ImmutableArray<Lazy<FuzzProgram>>> s_all = new(() => [.. Sources().SelectMany(Strings).Distinct(StringComparer.Ordinal).Select(text => new Lazy<FuzzProgram>(() => Whole(text)))]);

    public static ImmutableArray<Lazy<FuzzProgram>> All => s_all.Value;

    private static IEnumerable<string> Sources() => new[] { "Rules", "Training", "Refactorings", "Factors", "Schedules", "Steady", "Source" }
        .SelectMany(folder => Directory.GetFiles(Repository.PathOf("tests", "WarmupAnalyzers.Tests", folder), "*Tests.cs").Order(StringComparer.Ordinal))
        .Select(File.ReadAllText);

    private static IEnumerable<string> Strings(string source) => CSharpSyntaxTree.ParseText(source, FuzzHost.ParseOptions).GetRoot().DescendantNodes()
        .Select(TextOf)
        .OfType<string>()
        .Select(WithoutMarkup)
        .Where(text => text.Contains("LR(", StringComparison.Ordinal) || text.Contains("step(", StringComparison.Ordinal) || text.Contains("=>", StringComparison.Ordinal) || text.Contains("LearningRate", StringComparison.Ordinal));

    private static string? TextOf(SyntaxNode node) => node switch
    {
        LiteralExpressionSyntax literal when literal.Token.Value is string text => text,
        InterpolatedStringExpressionSyntax interpolated => string.Concat(interpolated.Contents.OfType<InterpolatedStringTextSyntax>().Select(part => part.TextToken.ValueText)),
        _ => null,
    };

    private static string WithoutMarkup(string text) =>
        Regex.Replace(text, @"\{\|[^:|\s]+:|\|\}|\[\||\|\]", string.Empty);

    private static FuzzProgram Whole(string text)
    {
        var programs = Wrapped(text).Where(IsWritten).Select(wrapped => new FuzzProgram(Regex.Replace(text, @"\s+", " ").Trim() is var line && line.Length > 60 ? line[..60] : line, wrapped)).ToArray();
        return programs.FirstOrDefault(program => program.Compiles) ?? programs.FirstOrDefault() ?? new FuzzProgram("a text", text);
    }

    private static bool IsWritten(string program) => !CSharpSyntaxTree.ParseText(program, FuzzHost.ParseOptions).GetDiagnostics().Any();

    private static IEnumerable<string> Wrapped(string text)
    {
        if (text.Contains("using TorchSharp", StringComparison.Ordinal))
        {
            yield return text;
            yield break;
        }

        if (text.Contains("class ", StringComparison.Ordinal) || text.Contains("record ", StringComparison.Ordinal))
        {
            yield return "using WarmupSchedulers;\n" + SteppingProgram.Usings + text;
            yield return SteppingProgram.Usings + text + SteppingProgram.Main;
        }

        if (text.Contains(';', StringComparison.Ordinal))
        {
            if (!text.Contains("optimizer =", StringComparison.Ordinal))
                yield return "using WarmupSchedulers;\n" + SteppingProgram.Usings + SteppingProgram.Setup + text;
            yield return "using WarmupSchedulers;\n" + SteppingProgram.Usings + text;
            yield return CompositionSource.Script(text);
            yield return HandWrittenSource.Loop(text);
            yield return HandWrittenSource.Script(text.Replace("TRAIN", "optimizer.step();", StringComparison.Ordinal));
            yield return FactorSource.Script(text);
        }
        else
        {
            yield return FactorSource.Script(text);
            yield return ArgumentSource.Script(text);
            yield return ArgumentSource.Script(ArgumentSource.Factory + text);
            yield return HandWrittenSource.Rate(text);
        }
    }
}
