using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using WarmupAnalyzers.Tests.Consistency;
using WarmupAnalyzers.Tests.Mutants;
using WarmupAnalyzers.Tests.Proofs;
using WarmupAnalyzers.Tests.Steady;

namespace WarmupAnalyzers.Tests.Robustness;

/// <summary>All that mutants are made of: the programs and texts of the tests, the samples, the pages' examples, and generated programs.</summary>
internal static class FuzzPrograms
{
    private const string ImplicitUsings = "global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq; global using System.Threading; global using System.Threading.Tasks;";
    private const int GeneratedOfAKind = 6;

    private static readonly Lazy<ImmutableArray<FuzzProgram>> s_whole = new(() => [.. Correct(), .. Costs(), .. Samples(), .. Pages(), .. Generated(), .. SeveralFiles()]);

    /// <summary>Programs that are whole as they stand.</summary>
    public static ImmutableArray<FuzzProgram> Whole => s_whole.Value;

    /// <summary>One of all: half are whole programs, half are texts of the tests with what such a test puts round them. Of those that do not compile, one in three.</summary>
    public static FuzzProgram Pick(Random random)
    {
        while (true)
        {
            var program = random.Next(2) == 0 ? Whole[random.Next(Whole.Length)] : TestTexts.All[random.Next(TestTexts.All.Length)].Value;
            if (program.Compiles || random.Next(3) == 0)
                return program;
        }
    }

    /// <summary>The text of one, whether it compiles or not.</summary>
    public static string PickText(Random random) => random.Next(2) == 0 ? Whole[random.Next(Whole.Length)].Text : TestTexts.Texts[random.Next(TestTexts.Texts.Length)];

    private static IEnumerable<FuzzProgram> Correct()
    {
        foreach (var path in Directory.GetFiles(Repository.PathOf("tests", "WarmupAnalyzers.Tests", "Mutants", "Programs"), "*.cs").Order(StringComparer.Ordinal))
        {
            var (name, text) = (Path.GetFileNameWithoutExtension(path), File.ReadAllText(path));
            yield return new FuzzProgram(name, text);
            if (OwnSchedulers.In(text) is { } own)
                yield return new FuzzProgram(name + " with our own schedulers", own);
        }
    }

    private static IEnumerable<FuzzProgram> Costs() =>
        from path in Directory.GetFiles(Repository.PathOf("eng", "cost-programs"), "*.txt", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
        from ramp in new[] { "epoch / (double)warmup", "Math.Min((epoch + 1) / (double)warmup, 1.0)" }
        select new FuzzProgram(Path.GetFileName(path), File.ReadAllText(path).Replace("%RAMP%", ramp, StringComparison.Ordinal).Replace("@", string.Empty, StringComparison.Ordinal));

    private static IEnumerable<FuzzProgram> Samples()
    {
        foreach (var sample in new[] { "Mistakes", "Training" })
        {
            var files = Directory.GetFiles(Repository.PathOf("samples", sample), "*.cs").Order(StringComparer.Ordinal).Select(path => (Name: Path.GetFileName(path), Text: File.ReadAllText(path))).ToArray();
            foreach (var (name, text) in files.Where(file => sample != "Mistakes" || file.Name is not ("Program.cs" or "Digits.cs")))
                yield return new FuzzProgram(name, text, [ImplicitUsings, .. files.Where(file => file.Name == "Digits.cs" || (sample == "Training" && file.Name != name)).Select(file => file.Text)]);
        }
    }

    private static IEnumerable<FuzzProgram> Pages() =>
        from rule in Package.Rules
        from section in new[] { "Example", "Use instead" }
        let code = PageExampleTests.Code(rule.Id, section)
        where code.Length > 0
        select new FuzzProgram($"{rule.Id}, {section}", PageExampleTests.Program(code));

    private static IEnumerable<FuzzProgram> Generated() =>
        from kind in Mistakes.ByRule
        from seed in Enumerable.Range(0, GeneratedOfAKind)
        select new FuzzProgram($"{kind.Key}, generated {seed}", new ProgramWriter(seed).Write(kind.Value).Source);

    private static IEnumerable<FuzzProgram> SeveralFiles() =>
        from program in SteadyPrograms.All
        from file in program.Files
        select new FuzzProgram($"{program.Name}: {file.Name}", file.Text, [.. program.Files.Where(other => other != file).Select(other => other.Text)]);
}
