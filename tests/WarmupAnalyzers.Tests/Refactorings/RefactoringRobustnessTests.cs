using System;
using System.Globalization;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis.CSharp;
using WarmupAnalyzers.Tests.Consistency;
using WarmupAnalyzers.Tests.Mutants;
using Xunit;

namespace WarmupAnalyzers.Tests.Refactorings;

/// <summary>Whole programs while they are being typed: nothing throws, wherever the caret stands.</summary>
public class RefactoringRobustnessTests
{
    private const int Carets = 4;

    [Theory]
    [MemberData(nameof(MutationStudyTests.Programs), MemberType = typeof(MutationStudyTests))]
    public async Task HalfTypedPrograms(string name)
    {
        var source = TrainingProgram.All.Single(program => program.Name == name).Source;
        var random = new Random(int.Parse(Environment.GetEnvironmentVariable("WARMUP_RANDOM_SEED") ?? "20240607", CultureInfo.InvariantCulture) + name.Length);
        var tokens = CSharpSyntaxTree.ParseText(source).GetRoot().DescendantTokens().ToArray();
        for (var i = 0; i < Carets; i++)
        {
            var lost = tokens[random.Next(tokens.Length)].Span;
            var typed = random.Next(2) == 0 ? source.Remove(lost.Start, lost.Length) : source[..lost.End];
            var places = System.Text.RegularExpressions.Regex.Matches(typed, @"\b(for|foreach|while) \(|\b\w+(LR|SGD|Adam\w?)\(|\.step\(").Select(match => match.Index).Append(typed.Length / 2).ToArray();
            var caret = typed[places[random.Next(places.Length)]..];
            foreach (var provider in Package.RefactoringProviders)
                _ = await Refactored.AllBy(provider, typed, caret);
        }
    }
}
