using System;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using WarmupAnalyzers.CodeFixes.Refactorings;
using WarmupAnalyzers.Tests.Mutants;
using Xunit;
using Xunit.Abstractions;

namespace WarmupAnalyzers.Tests.Refactorings;

/// <summary>Correct programs in many architectures, without their schedulers: most are offered a warmup, and each is silent with it.</summary>
public sealed class StrippedProgramsTests(ITestOutputHelper output)
{
    // Of the rest most keep the optimizer where others see it, or have no loop that counts.
    private const int LeastOffered = 38;

    private const SyntaxRemoveOptions Trivia = SyntaxRemoveOptions.KeepNoTrivia;

    [Fact]
    public async Task A_warmup_in_place_of_the_schedulers_is_silent()
    {
        var (programs, withOffer, offers) = (0, 0, 0);
        foreach (var program in TrainingProgram.All)
        {
            var source = WithoutSchedulers(program);
            if (Findings.Compile(source).GetDiagnostics().Any(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error))
                continue;
            programs++;
            var before = offers;
            foreach (Match place in Regex.Matches(source, @"\b\w*(SGD|Adam\w*|RMSProp|Adagrad|Adadelta|Rprop)\("))
            {
                foreach (var offered in await Refactored.AllBy(new AddLinearWarmup(), source, source[place.Index..]))
                {
                    offers++;
                    var found = await Findings.In(offered.Text);
                    Assert.True(found.IsEmpty, $"{program}: {string.Join("\n", found)}\nin\n{offered.Text}");
                }
            }

            if (offers > before)
                withOffer++;
            else
                output.WriteLine("not offered in " + program);
        }

        output.WriteLine($"{programs} programs, {withOffer} with an offer, {offers} offers, all silent");
        Assert.True(withOffer >= LeastOffered, $"offered in {withOffer} of {programs}");
    }

    private static string WithoutSchedulers(TrainingProgram program)
    {
        var statements = program.SchedulerSteps.Concat(program.Creations.Select(creation => creation.Call.FirstAncestorOrSelf<StatementSyntax>()))
            .Where(statement => statement is LocalDeclarationStatementSyntax or ExpressionStatementSyntax)
            .Select(statement => statement!.Parent is GlobalStatementSyntax global ? global : (SyntaxNode)statement)
            .Where(node => node.Parent is BlockSyntax or CompilationUnitSyntax)
            .Distinct();
        var root = program.Root.RemoveNodes(statements, Trivia)!;
        return root.RemoveNodes(root.DescendantNodes().OfType<FieldDeclarationSyntax>().Where(field => field.Declaration.Type.ToString().Contains("LRScheduler", StringComparison.Ordinal)), Trivia)!.ToFullString();
    }
}
