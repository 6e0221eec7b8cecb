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
    private const string More = """
        using WarmupSchedulers;
        using static TorchSharp.torch.optim.lr_scheduler;
        using lr_scheduler = TorchSharp.torch.optim.lr_scheduler;
        using impl = TorchSharp.torch.optim.lr_scheduler.impl;

        """;

    private const string Usings = "using WarmupSchedulers;\nusing lr_scheduler = TorchSharp.torch.optim.lr_scheduler;\n" + SteppingProgram.Usings;
    private const string Scheduler = "var scheduler = StepLR(optimizer, 3);\n";

    // What the texts of the tests call what their programs declare.
    private const string Variables = """
        int n = 10, warmup = 5, warmupEpochs = 5, warmupSteps = 100, total = 100, epochs = 30, size = 3, steps = 100, calls = 0, length = 10, batches = 20, count = 10, w = 5, hold = 3, current = 0;
        double lr = 0.1, rate = 0.1, start = 0.1, gamma = 0.9, min = 0.01, baseLr = 0.1;
        bool open = DateTime.Now.Ticks > 0, flag = open;
        int[] milestones = { 3, 6 };
        double[] table = { 0.1, 0.5, 1 }, factors = table;

        """;

    private static readonly Lazy<ImmutableArray<string>> s_texts = new(() => [.. Sources().SelectMany(Strings).Distinct(StringComparer.Ordinal)]);
    private static readonly Lazy<ImmutableArray<Lazy<FuzzProgram>>> s_all = new(() => [.. Texts.Select(text => new Lazy<FuzzProgram>(() => Whole(text)))]);

    /// <summary>As they stand.</summary>
    public static ImmutableArray<string> Texts => s_texts.Value;

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
            yield return Usings + SteppingProgram.Setup + Scheduler + text;
            yield return Usings + SteppingProgram.Setup + Variables + text;
            yield return Usings + SteppingProgram.Setup + Variables + Scheduler + text;
            yield return Usings + "class Trainer { " + text + " }" + SteppingProgram.Main;
        }
        else
        {
            yield return FactorSource.Script(text);
            yield return ArgumentSource.Script(text);
            yield return ArgumentSource.Script(ArgumentSource.Factory + text);
            yield return HandWrittenSource.Rate(text);
            yield return More + FactorSource.Script(text, Variables);
            yield return More + ArgumentSource.Script(text, before: Variables);
        }
    }
}
