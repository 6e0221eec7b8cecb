using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using WarmupAnalyzers.Reading;
using WarmupAnalyzers.Reading.Schedules;

namespace WarmupAnalyzers.CodeFixes.Rewriting;

/// <summary>An argument of a call replaced by another value, or taken out.</summary>
internal static class ArgumentEdits
{
    /// <summary>The argument with another value and the same name.</summary>
    public static SyntaxNode? Replace(SyntaxNode root, SchedulerCreation creation, string parameter, string value) =>
        creation.ArgumentSyntax(parameter) is ArgumentSyntax argument
            ? root.ReplaceNode(argument.Expression, SyntaxFactory.ParseExpression(value).WithTriviaFrom(argument.Expression))
            : null;

    /// <summary>The call without the argument; those behind it get their names.</summary>
    public static SyntaxNode? Remove(SyntaxNode root, SchedulerCreation creation, string parameter)
    {
        if (creation.ArgumentSyntax(parameter) is not ArgumentSyntax { Parent: ArgumentListSyntax list } argument || list.Arguments.Count < 2)
            return null;
        var at = list.Arguments.IndexOf(argument);
        var parts = list.Arguments.GetWithSeparators().ToList();
        for (var i = at + 1; i < list.Arguments.Count; i++)
        {
            if (list.Arguments[i].NameColon is null && creation.ParameterOf(list.Arguments[i]) is { } name)
                parts[2 * i] = Named(list.Arguments[i], name);
        }

        if (at == 0)
            TakeFirst(parts);
        else
            Take(parts, 2 * at);
        return root.ReplaceNode(list, list.WithArguments(SyntaxFactory.SeparatedList<ArgumentSyntax>(parts)));
    }

    private static ArgumentSyntax Named(ArgumentSyntax argument, string name) => argument
        .WithoutLeadingTrivia()
        .WithNameColon(SyntaxFactory.NameColon(SyntaxFactory.IdentifierName(name), SyntaxFactory.Token(SyntaxKind.ColonToken).WithTrailingTrivia(SyntaxFactory.Space)))
        .WithLeadingTrivia(argument.GetLeadingTrivia());

    // What stood before the first stands before the second.
    private static void TakeFirst(List<SyntaxNodeOrToken> parts)
    {
        var comments = Comments(parts[0].GetTrailingTrivia()).Concat(Comments(parts[1].AsToken().GetAllTrivia()));
        parts[2] = parts[2].WithLeadingTrivia(parts[0].GetLeadingTrivia()!.Concat(comments.SelectMany(comment => Spaced(comment).Skip(1))));
        parts.RemoveRange(0, 2);
    }

    // The comma before it goes too; comments on both stay behind what stood before.
    private static void Take(List<SyntaxNodeOrToken> parts, int at)
    {
        var comments = Comments(parts[at - 1].AsToken().GetAllTrivia()).Concat(Comments(parts[at].GetLeadingTrivia())).SelectMany(Spaced);
        parts[at - 2] = parts[at - 2].WithTrailingTrivia(parts[at - 2].GetTrailingTrivia()!.Concat(comments).Concat(parts[at].GetTrailingTrivia()));
        parts.RemoveRange(at - 1, 2);
    }

    private static IEnumerable<SyntaxTrivia> Comments(IEnumerable<SyntaxTrivia> trivia) =>
        trivia.Where(part => part.IsKind(SyntaxKind.SingleLineCommentTrivia) || part.IsKind(SyntaxKind.MultiLineCommentTrivia));

    // What runs to the end of the line needs one.
    private static IEnumerable<SyntaxTrivia> Spaced(SyntaxTrivia comment) => comment.IsKind(SyntaxKind.SingleLineCommentTrivia)
        ? [SyntaxFactory.Space, comment, SyntaxFactory.ElasticLineFeed]
        : [SyntaxFactory.Space, comment];
}

/// <summary>The start factor of a ramp whose first step is as high as the others.</summary>
internal static class ProportionalStart
{
    /// <summary><c>1.0 / total_iters</c>, with the user's own expression or the default; null where that is not a plain value.</summary>
    public static string? Of(SchedulerArguments arguments)
    {
        if (arguments.Creation.ArgumentSyntax("total_iters") is not ArgumentSyntax { Expression: var total })
            return arguments.Number("total_iters") is { } count ? "1.0 / " + count.ToString(System.Globalization.CultureInfo.InvariantCulture) : null;
        if (total.DescendantNodesAndSelf().Any(node => node is not (LiteralExpressionSyntax or NameSyntax or MemberAccessExpressionSyntax or ThisExpressionSyntax
            or ParenthesizedExpressionSyntax or BinaryExpressionSyntax or CastExpressionSyntax or PredefinedTypeSyntax)))
            return null;
        var text = total.WithoutTrivia().ToString();
        return "1.0 / " + (total is BinaryExpressionSyntax or CastExpressionSyntax ? "(" + text + ")" : text);
    }
}

/// <summary>The base of a schedule, set together with the rate in force.</summary>
internal static class InitialRateEdit
{
    /// <summary><c>group.InitialLearningRate = group.LearningRate = 0.5</c>; null where a write is not of that form.</summary>
    public static SyntaxNode? Apply(SyntaxNode root, IEnumerable<SyntaxNode> writes)
    {
        var assignments = writes.OfType<AssignmentExpressionSyntax>().Where(write => write.Left is MemberAccessExpressionSyntax).ToImmutableArray();
        return assignments.IsEmpty || assignments.Length < writes.Count() ? null : root.ReplaceNodes(assignments, (_, current) => Both(current));
    }

    private static AssignmentExpressionSyntax Both(AssignmentExpressionSyntax write)
    {
        var group = ((MemberAccessExpressionSyntax)write.Left).Expression.WithoutTrivia();
        var initial = SyntaxFactory.MemberAccessExpression(SyntaxKind.SimpleMemberAccessExpression, group, SyntaxFactory.IdentifierName("InitialLearningRate"));
        var equals = SyntaxFactory.Token(SyntaxFactory.TriviaList(SyntaxFactory.Space), SyntaxKind.EqualsToken, SyntaxFactory.TriviaList(SyntaxFactory.Space));
        return SyntaxFactory.AssignmentExpression(SyntaxKind.SimpleAssignmentExpression, initial, equals, write.WithoutTrivia()).WithTriviaFrom(write);
    }
}
