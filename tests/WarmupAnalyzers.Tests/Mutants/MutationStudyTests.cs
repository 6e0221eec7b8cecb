using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
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

    /// <summary>The share of mutants that must be reported with the right id.</summary>
    private const double Target = 0.95;

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
        var seed = int.Parse(Environment.GetEnvironmentVariable("WARMUP_RANDOM_SEED") ?? "20240607", CultureInfo.InvariantCulture);
        var mutants = TrainingProgram.All.SelectMany(program => Mutations.All.SelectMany(mutation => mutation.Of(program))).Where(mutant => mutant.Compiles).ToArray();
        var chosen = Environment.GetEnvironmentVariable("WARMUP_MUTANTS") == "all" ? mutants : Sampled(mutants, new Random(seed));
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

        _output.WriteLine($"{TrainingProgram.All.Length} programs, {mutants.Length} mutants, {chosen.Length} looked at, {rows.Sum(row => row.Value.Reported)} reported");
        foreach (var (id, (reported, applicable)) in rows)
            _output.WriteLine($"{id} {reported}/{applicable}");
        foreach (var line in missed.Select(line => "missed: " + line).Concat(foreign.Select(line => "not injected: " + line)))
            _output.WriteLine(line);
        Assert.Empty(foreign);
        Assert.True(rows.Sum(row => row.Value.Reported) >= Target * chosen.Length, string.Join("\n", missed));
    }

    private static Mutant[] Sampled(Mutant[] mutants, Random random) =>
        [.. mutants.OrderBy(_ => random.Next()).Take(Sample)];
}
