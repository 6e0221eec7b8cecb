using System;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using WarmupAnalyzers.Factors;
using WarmupAnalyzers.Schedules;

namespace WarmupAnalyzers.Rules;

/// <summary>WARM1012: the factor function throws, when the scheduler is made or in the middle of training.</summary>
internal static class FactorFunctionThrows
{
    public const string Id = "WARM1012";

    public static readonly DiagnosticDescriptor Descriptor = new(
        Id,
        "The factor function throws",
        "The factor function throws {0}",
        RuleCategory.Factor,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description: "TorchSharp calls the factor function when the scheduler is made and at each step. An exception there ends the training.",
        helpLinkUri: HelpLink.For(Id));

    public static FactorMistake? Judge(FactorUnderJudgement factor, ImmutableHashSet<int> mended)
    {
        var assignments = factor.Branch.Assignments;
        var first = assignments.IsEmpty ? null : FirstIn(factor, assignments[0]);
        if (first is not { } found || assignments.Any(assignment => FirstIn(factor, assignment) is null))
            return null;
        var exception = ShortName(found.Value.Exception);
        var place = found.Index == factor.FirstNumber ? "when the scheduler is made" : found.Index == 1 ? "at the first scheduler.step()" : $"at scheduler.step() number {found.Index}";
        var before = Before(factor, assignments[0], found.Index);
        return new FactorMistake(
            Descriptor, found.Value.Origin, $"{exception} {place}{before}{CurvePicture.Example(factor, assignments[0])}", $"the function throws {exception} {place}");
    }

    // The indices at which TorchSharp provably calls the function: one for the creation, one for each step.
    private static (int Index, Value Value)? FirstIn(FactorUnderJudgement factor, Assignment assignment)
    {
        var run = factor.Run(assignment, ImmutableHashSet<int>.Empty);
        var last = factor.Steps(assignment).Least;
        foreach (var index in factor.IndicesUpTo(last, assignment).Where(index => index > factor.FirstNumber).Prepend(factor.FirstNumber).OrderBy(index => index))
        {
            var value = run.At(index);
            if (value.Kind == ValueKind.Thrown)
                return First(run, index, value, factor.FirstNumber);
            if (!value.Kind.IsNumber())
                return null;
        }

        return null;
    }

    // Between two looks: a table ends once and for all.
    private static (int Index, Value Value) First(FactorRun run, int thrown, Value value, int first)
    {
        while (thrown > first && run.At(thrown - 1) is { Kind: ValueKind.Thrown } earlier)
            (thrown, value) = (thrown - 1, earlier);
        return (thrown, value);
    }

    private static string Before(FactorUnderJudgement factor, Assignment assignment, int index)
    {
        if (index == factor.FirstNumber)
            return string.Empty;
        var run = factor.Run(assignment, ImmutableHashSet<int>.Empty);
        return ", after " + CurveText.Numbers(Enumerable.Range(0, Math.Min(index, 7)).Select(run.FactorAt).ToArray());
    }

    private static string ShortName(string exception) => exception.Substring(exception.LastIndexOfAny(['.', '+']) + 1);
}
