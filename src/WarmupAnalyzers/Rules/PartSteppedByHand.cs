using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using WarmupAnalyzers.Reading.Schedules;
using WarmupAnalyzers.Reading.Steps;
using WarmupAnalyzers.Schedules;

namespace WarmupAnalyzers.Rules;

/// <summary>WARM4003: a scheduler that another one steps already is stepped by hand.</summary>
internal static class PartSteppedByHand
{
    public const string Id = "WARM4003";

    private const int Shown = 8;

    public static readonly DiagnosticDescriptor Descriptor = new(
        "WARM4003",
        "A sub-scheduler is also stepped by hand",
        "This scheduler is stepped by {0}",
        RuleCategory.Composition,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description: "SequentialLR and ChainedLR step the schedulers they are given. One that is stepped by hand as well runs ahead, and goes on after it has been handed over.",
        helpLinkUri: HelpLink.For(Id));

    public static IEnumerable<CompositionMistake> Judge(Composition composition)
    {
        if (composition.Parts is not { } parts)
            yield break;
        var wholes = ImmutableArray<InvocationExpressionSyntax>.Empty;
        for (var part = 0; part < parts.Length; part++)
        {
            foreach (var step in PartSteps.Of(composition, part))
            {
                if (wholes.IsEmpty && (wholes = PartSteps.OfWhole(composition)).IsEmpty)
                    yield break;
                yield return Mistake(composition, part, step, wholes);
            }
        }
    }

    private static CompositionMistake Mistake(Composition composition, int part, InvocationExpressionSyntax step, ImmutableArray<InvocationExpressionSyntax> wholes)
    {
        var statement = StepMove.StatementOf(step);
        var whole = statement is null ? null : wholes.FirstOrDefault(other => StepMove.StatementOf(other)?.Parent == statement.Parent);
        var text = $"{composition.Creation.Title} already, so it runs ahead{(whole is null ? string.Empty : Run(composition, part, step.SpanStart < whole.SpanStart))}";
        return new CompositionMistake(Descriptor, step, text)
        {
            Properties = CanBeRemoved(statement, wholes) ? ImmutableDictionary<string, string?>.Empty.Add(StepMove.Fix, StepMove.Remove) : ImmutableDictionary<string, string?>.Empty,
        };
    }

    private static string Run(Composition composition, int part, bool isBefore)
    {
        var (right, _) = composition.Run(Shown);
        var wrong = composition.RunWithStepOf(part, isBefore, Shown);
        return right.Count < Shown || wrong.Count < Shown || wrong.SequenceEqual(right)
            ? string.Empty
            : $"; {CompositionText.Subject(composition)} {CompositionText.Picture(wrong)} instead of {CompositionText.Picture(right)}";
    }

    // Where the whole is stepped whenever the part is, nothing is lost.
    private static bool CanBeRemoved(StatementSyntax? statement, ImmutableArray<InvocationExpressionSyntax> wholes) =>
        statement?.Parent is BlockSyntax { Statements.Count: > 0 } list && (list.Statements.Count > 1 || !HoldsComment(statement))
        && !statement.GetLeadingTrivia().Concat(statement.GetTrailingTrivia()).Any(trivia => trivia.IsDirective)
        && wholes.Any(whole => StepMove.StatementOf(whole) is { Parent: BlockSyntax block } && block.Span.Contains(statement.Span) && IsSameFunction(block, statement));

    private static bool HoldsComment(SyntaxNode node) => node.GetLeadingTrivia().Concat(node.GetTrailingTrivia())
        .Any(trivia => trivia.IsKind(SyntaxKind.SingleLineCommentTrivia) || trivia.IsKind(SyntaxKind.MultiLineCommentTrivia));

    private static bool IsSameFunction(SyntaxNode block, SyntaxNode statement) =>
        !statement.Ancestors().TakeWhile(ancestor => ancestor != block).Any(ancestor => ancestor is AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax);
}
