using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using WarmupAnalyzers.Tests.Proofs;
using Xunit;
using Xunit.Abstractions;

namespace WarmupAnalyzers.Tests.Mutants;

/// <summary>
/// Correct training programs in many architectures are silent; with one mistake put in mechanically, that mistake is reported and
/// nothing else. All mutants with <c>WARMUP_MUTANTS=all</c>, else a seeded sample.
/// </summary>
public sealed class MutationStudyTests
{
    private const int Sample = 150;
    private const int FixLimit = 4;

    /// <summary>The share of mutants that must be reported with the right id.</summary>
    private const double Target = 0.95;

    private static readonly ImmutableHashSet<string> s_inSteps =
        ["WARM3001", "WARM3002", "WARM3003", "WARM3004", "WARM3005", "WARM3006", "WARM3009", "WARM3010", "WARM3011", "WARM3012", "WARM3013", "WARM4003", "WARM4004", "WARM4009"];

    private static readonly Lazy<Mutant[]> s_mutants = new(Compiling);

    private readonly ITestOutputHelper _output;

    public MutationStudyTests(ITestOutputHelper output) => _output = output;

    public static TheoryData<string> Programs => [.. TrainingProgram.All.Select(program => program.Name)];

    [Theory]
    [MemberData(nameof(Programs))]
    public async Task A_correct_program_is_silent(string name)
    {
        var program = TrainingProgram.All.Single(candidate => candidate.Name == name);

        Assert.Empty((await Findings.In(program.Source)).Select(found => found.ToString()));
    }

    [Fact]
    public async Task Injected_mistakes_are_reported_and_nothing_else()
    {
        var chosen = Chosen();
        var rows = new SortedDictionary<string, (int Reported, int Applicable)>(StringComparer.Ordinal);
        var (missed, foreign) = (new List<string>(), new List<string>());
        foreach (var mutant in chosen)
        {
            var found = await Findings.In(mutant.Source);
            var isReported = found.Any(diagnostic => diagnostic.Id == mutant.Mutation.Id);
            var (reported, applicable) = rows.GetValueOrDefault(mutant.Mutation.Id);
            rows[mutant.Mutation.Id] = (reported + (isReported ? 1 : 0), applicable + 1);
            if (!isReported)
                missed.Add(mutant.ToString());
            foreign.AddRange(found.Where(diagnostic => diagnostic.Id != mutant.Mutation.Id).Select(diagnostic => $"{mutant}: {diagnostic.Id} {diagnostic.GetMessage(CultureInfo.InvariantCulture)}"));
        }

        _output.WriteLine($"{TrainingProgram.All.Length} programs, {s_mutants.Value.Length} mutants, {chosen.Length} looked at, {rows.Sum(row => row.Value.Reported)} reported");
        foreach (var (id, (reported, applicable)) in rows)
            _output.WriteLine($"{id} {reported}/{applicable}");
        foreach (var line in missed.Select(line => "missed: " + line).Concat(foreign.Select(line => "not injected: " + line)))
            _output.WriteLine(line);
        Assert.Empty(foreign);
        Assert.True(rows.Sum(row => row.Value.Reported) >= Target * chosen.Length, string.Join("\n", missed));
    }

    /// <summary>The same programs and the same mistakes with the schedulers of our own library: the mistakes that lie in the steps are mistakes with them, too.</summary>
    [Theory]
    [MemberData(nameof(Programs))]
    public async Task A_correct_program_is_silent_with_our_own_schedulers(string name)
    {
        if (OwnSchedulers.In(TrainingProgram.All.Single(candidate => candidate.Name == name).Source) is { } source)
            Assert.Empty((await FindingsWithLibrary(source)).Select(found => found.ToString()));
    }

    [Fact]
    public async Task Injected_mistakes_are_reported_with_our_own_schedulers()
    {
        var (reported, applicable, missed, foreign) = (0, 0, new List<string>(), new List<string>());
        // A long is an index for a scheduler of ours.
        foreach (var mutant in Chosen().Where(mutant => s_inSteps.Contains(mutant.Mutation.Id) && mutant.Mutation.Name != "long given to a step"))
        {
            if (OwnSchedulers.In(mutant.Source) is not { } source || !(await Findings.In(mutant.Source)).Any(diagnostic => diagnostic.Id == mutant.Mutation.Id))
                continue;
            var found = await FindingsWithLibrary(source);
            applicable++;
            if (found.Any(diagnostic => diagnostic.Id == mutant.Mutation.Id))
                reported++;
            else
                missed.Add(mutant.ToString());
            foreign.AddRange(found.Where(diagnostic => diagnostic.Id != mutant.Mutation.Id).Select(diagnostic => $"{mutant}: {diagnostic.Id} {diagnostic.GetMessage(CultureInfo.InvariantCulture)}"));
        }

        _output.WriteLine($"with our own schedulers {reported}/{applicable}");
        foreach (var line in missed.Select(line => "missed: " + line).Concat(foreign.Select(line => "not injected: " + line)))
            _output.WriteLine(line);
        Assert.Empty(foreign);
        Assert.True(applicable > 0 && reported >= Target * applicable, string.Join("\n", missed));
    }

    private static Task<ImmutableArray<Diagnostic>> FindingsWithLibrary(string source)
    {
        var compilation = (CSharpCompilation)Findings.Compile(source).WithReferences(TestReferences.WithLibrary);
        Assert.Empty(compilation.GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));
        return Findings.In(compilation);
    }

    [Fact]
    public async Task A_safe_fix_of_an_injected_mistake_gives_the_correct_program_back()
    {
        var (mended, other) = (0, new List<string>());
        foreach (var mutant in Chosen())
        {
            if (await Mended(mutant) is not { } after)
                continue;
            if (IsSameUpToLayout(after, mutant.Program.Source) || RunsTheSame(after, mutant))
                mended++;
            else
                other.Add($"{mutant}\n{after}");
        }

        _output.WriteLine($"{mended} mended, {other.Count} not");
        foreach (var line in other)
            _output.WriteLine("not mended: " + line);
        Assert.Empty(other);
        Assert.True(mended > 0);
    }

    private static bool IsSameUpToLayout(string first, string second) =>
        SyntaxFactory.AreEquivalent(CSharpSyntaxTree.ParseText(first), CSharpSyntaxTree.ParseText(second), topLevel: false);

    // A mistake made with two optimizers is reported for each.
    private static async Task<string?> Mended(Mutant mutant)
    {
        string? after = null;
        for (var fixes = 0; fixes < FixLimit && await SafeFix.Of(after ?? mutant.Source, mutant.Mutation.Id) is { } next; fixes++)
            after = next;
        return after;
    }

    // The same statements, perhaps in another order, and the schedulers do what they did.
    private static bool RunsTheSame(string after, Mutant mutant) => mutant.Mutation.LeavesTrace
        ? ScheduleRun.Of(after).ToHashSet(StringComparer.Ordinal).SetEquals(ScheduleRun.Of(mutant.Program.Source))
        : Statements(after).SequenceEqual(Statements(mutant.Program.Source)) && ScheduleRun.Of(after).SequenceEqual(ScheduleRun.Of(mutant.Program.Source));

    private static IEnumerable<string> Statements(string source) => CSharpSyntaxTree.ParseText(source).GetRoot().DescendantNodes()
        .Where(node => node is ExpressionStatementSyntax or LocalDeclarationStatementSyntax)
        .Select(node => node.NormalizeWhitespace().ToString().Replace("this.", string.Empty, StringComparison.Ordinal))
        .OrderBy(text => text, StringComparer.Ordinal);

    private static Mutant[] Compiling() =>
        [.. TrainingProgram.All.SelectMany(program => Mutations.All.SelectMany(mutation => mutation.Of(program))).DistinctBy(mutant => mutant.Source).Where(mutant => mutant.Compiles)];

    private static Mutant[] Chosen()
    {
        var seed = int.Parse(Environment.GetEnvironmentVariable("WARMUP_RANDOM_SEED") ?? "20240607", CultureInfo.InvariantCulture);
        return Environment.GetEnvironmentVariable("WARMUP_MUTANTS") == "all" ? s_mutants.Value : Sampled(s_mutants.Value, new Random(seed));
    }

    private static Mutant[] Sampled(Mutant[] mutants, Random random) =>
        [.. mutants.OrderBy(_ => random.Next()).Take(Sample)];
}
