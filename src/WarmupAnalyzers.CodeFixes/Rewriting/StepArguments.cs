using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using WarmupAnalyzers.Reading;
using WarmupAnalyzers.Reading.Steps;

namespace WarmupAnalyzers.CodeFixes.Rewriting;

/// <summary>The arguments of a scheduler's <c>step</c>, edited so that comments stay.</summary>
internal static class StepArguments
{
    /// <summary>The call that a diagnostic is about; null where lines that speak to the compiler stand between its arguments.</summary>
    public static InvocationExpressionSyntax? CallAt(SyntaxNode root, Diagnostic diagnostic) =>
        root.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true) is InvocationExpressionSyntax { ArgumentList.ContainsDirectives: false } call ? call : null;

    /// <summary>All the calls without their metrics; one may stand in another's argument.</summary>
    public static SyntaxNode WithoutMetrics(SyntaxNode root, SemanticModel model, IEnumerable<Diagnostic> diagnostics, CancellationToken cancellation) =>
        root.ReplaceNodes(
            diagnostics.Select(diagnostic => CallAt(root, diagnostic)).OfType<InvocationExpressionSyntax>().Distinct(),
            (original, edited) => WithoutMetric(original, edited, model, cancellation));

    /// <summary>The call with its index alone.</summary>
    /// <param name="original">The call in the model.</param>
    /// <param name="edited">The same call, perhaps with other edits in it.</param>
    /// <param name="model">The model of the original.</param>
    /// <param name="cancellation">Cancels what takes long.</param>
    public static InvocationExpressionSyntax WithoutMetric(
        InvocationExpressionSyntax original, InvocationExpressionSyntax edited, SemanticModel model, CancellationToken cancellation)
    {
        return With(edited, IndexOf(original, model, cancellation));
    }

    /// <summary>All the calls without any argument.</summary>
    public static SyntaxNode WithoutArguments(SyntaxNode root, IEnumerable<Diagnostic> diagnostics) =>
        root.ReplaceNodes(
            diagnostics.Select(diagnostic => CallAt(root, diagnostic)).OfType<InvocationExpressionSyntax>().Distinct(),
            (_, edited) => WithoutArguments(edited));

    /// <summary>The call without any argument.</summary>
    public static InvocationExpressionSyntax WithoutArguments(InvocationExpressionSyntax call) => With(call, -1);

    /// <summary>The call with a variable for the metric, before the index where there is one.</summary>
    public static InvocationExpressionSyntax WithMetric(InvocationExpressionSyntax call, string variable, SemanticModel model, CancellationToken cancellation)
    {
        var metric = SyntaxFactory.Argument(SyntaxFactory.IdentifierName(variable));
        var at = IndexOf(call, model, cancellation);
        var arguments = at < 0
            ? SyntaxFactory.SingletonSeparatedList(metric)
            : SyntaxFactory.SeparatedList([metric, call.ArgumentList.Arguments[at]], [SyntaxFactory.Token(SyntaxKind.CommaToken).WithTrailingTrivia(SyntaxFactory.Space)]);
        return call.WithArgumentList(call.ArgumentList.WithArguments(arguments));
    }

    /// <summary>The call in a title, without its receiver.</summary>
    public static string Text(InvocationExpressionSyntax call) =>
        "step(" + string.Join(", ", call.ArgumentList.Arguments.Select(argument => argument.WithoutTrivia().ToString())) + ")";

    /// <summary>Where the index stands; -1 where there is none, or null is written.</summary>
    private static int IndexOf(InvocationExpressionSyntax call, SemanticModel model, CancellationToken cancellation) =>
        TrainingCode.Of(model.Compilation) is { } code && StepCall.Read(call, code.In(model), cancellation)?.Index is { } index
            ? call.ArgumentList.Arguments.IndexOf(argument => argument == index.Syntax)
            : -1;

    // With one of its arguments, or none at -1.
    private static InvocationExpressionSyntax With(InvocationExpressionSyntax edited, int kept)
    {
        var list = edited.ArgumentList;
        var arguments = kept < 0 ? [] : SyntaxFactory.SingletonSeparatedList(list.Arguments[kept].WithoutTrailingTrivia());
        var dropped = Comments(list, kept);
        var open = list.OpenParenToken;
        var close = list.CloseParenToken;
        if (kept < 0 && dropped.Count == 0 && !open.TrailingTrivia.Any(IsComment) && !close.LeadingTrivia.Any(IsComment))
            return edited.WithArgumentList(SyntaxFactory.ArgumentList(open.WithTrailingTrivia(), arguments, close.WithLeadingTrivia()));
        if (kept >= 0)
            dropped.AddRange(list.Arguments[kept].GetTrailingTrivia());
        return edited.WithArgumentList(SyntaxFactory.ArgumentList(open, arguments, close.WithLeadingTrivia(dropped.Concat(close.LeadingTrivia))));
    }

    // What is said about an argument that goes stays, before the closing parenthesis.
    private static List<SyntaxTrivia> Comments(ArgumentListSyntax list, int kept)
    {
        var comments = new List<SyntaxTrivia>();
        for (var i = 0; i < list.Arguments.Count; i++)
        {
            if (i != kept)
                comments.AddRange(CommentsOf(list.Arguments[i].GetLeadingTrivia().Concat(list.Arguments[i].GetTrailingTrivia())));
            if (i < list.Arguments.SeparatorCount)
                comments.AddRange(CommentsOf(list.Arguments.GetSeparator(i).GetAllTrivia()));
        }

        return comments;
    }

    // With what stands before it, and with the end of its line where it goes up to there.
    private static IEnumerable<SyntaxTrivia> CommentsOf(IEnumerable<SyntaxTrivia> trivia)
    {
        var list = trivia.ToList();
        var last = list.FindLastIndex(IsComment);
        return list.Take(last >= 0 && last + 1 < list.Count && list[last + 1].IsKind(SyntaxKind.EndOfLineTrivia) ? last + 2 : last + 1);
    }

    private static bool IsComment(SyntaxTrivia trivia) => trivia.Kind() is SyntaxKind.SingleLineCommentTrivia or SyntaxKind.MultiLineCommentTrivia;
}
