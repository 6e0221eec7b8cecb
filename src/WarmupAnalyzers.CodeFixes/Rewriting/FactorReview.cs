using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Simplification;
using WarmupAnalyzers.Rules;

namespace WarmupAnalyzers.CodeFixes.Rewriting;

/// <summary>What can be done where no safe repair is: the function is left alone and its call is changed. Also evaluated again.</summary>
internal static class FactorReview
{
    public static async Task<(Document Document, string Title)?> OfAsync(FactorState state, CancellationToken cancellation)
    {
        if (state.Judgement is not { Mistakes: [var mistake, ..] } || state.Schedule.Round is not null || state.Delegate is not ExpressionSyntax factor)
            return null;
        var (replacement, title) = mistake.Id switch
        {
            ZeroAtFirstStep.Id => (OneStepLater(factor, state, cancellation), "Call the factor function with the next index (needs review)"),
            BaseLearningRateInFactor.Id when state.IsAbsoluteRate => (DividedByRate(factor, state, cancellation), "Divide by the base learning rate (needs review)"),
            _ => (null, string.Empty),
        };
        if (replacement is null)
            return null;
        var after = await state.AfterAsync(state.Root.ReplaceNode(factor, replacement), cancellation).ConfigureAwait(false);
        if (after is not { Judgement: null } || after.Model.GetDiagnostics(cancellationToken: cancellation).Any(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error))
            return null;
        return (await Simplifier.ReduceAsync(after.Document, Simplifier.Annotation, null, cancellation).ConfigureAwait(false), title);
    }

    private static ExpressionSyntax? OneStepLater(ExpressionSyntax factor, FactorState state, CancellationToken cancellation)
    {
        if (factor is not LambdaExpressionSyntax lambda)
            return Call(factor, state, cancellation, index => index + " + 1", value => value);
        // A level switch or a table in the lambda itself is no ramp: only a call may be shifted.
        if (lambda.ExpressionBody is null || FactorFunctionSyntax.Of(state, cancellation) is not { } function)
            return null;
        var reads = function.IndexReads(lambda.ExpressionBody).ToArray();
        return reads.Length > 0 && reads.All(read => ZeroStartEdit.IsArgumentOfOwnCode(read, state, cancellation))
            ? lambda.ReplaceNodes(reads, (original, current) => FactorSyntax.NextIndex(original, current))
            : null;
    }

    private static ExpressionSyntax? DividedByRate(ExpressionSyntax factor, FactorState state, CancellationToken cancellation)
    {
        if (state.Schedule.BaseRate.Name is not { } rate)
            return null;
        if (factor is not LambdaExpressionSyntax lambda)
            return Call(factor, state, cancellation, index => index, value => value + " / " + rate);
        if (lambda.ExpressionBody is not { } body)
            return null;
        var divided = SyntaxFactory.ParseExpression("(" + body.WithoutTrivia() + ") / " + rate);
        var parenthesized = divided.DescendantNodes().OfType<ParenthesizedExpressionSyntax>().First();
        return lambda.ReplaceNode(
            body,
            divided.ReplaceNode(parenthesized, parenthesized.WithAdditionalAnnotations(Simplifier.Annotation)).WithTriviaFrom(body));
    }

    // `Warmup` becomes `k => Warmup(k + 1)`.
    private static ExpressionSyntax? Call(
        ExpressionSyntax function, FactorState state, CancellationToken cancellation, System.Func<string, string> index, System.Func<string, string> value)
    {
        if (state.Model.GetSymbolInfo(function, cancellation).Symbol is null || function is not (IdentifierNameSyntax or MemberAccessExpressionSyntax))
            return null;
        var parameter = FreeName(function, state);
        return SyntaxFactory.ParseExpression(parameter + " => " + value(function.WithoutTrivia() + "(" + index(parameter) + ")")).WithTriviaFrom(function);
    }

    private static string FreeName(SyntaxNode place, FactorState state)
    {
        var taken = state.Model.LookupSymbols(place.SpanStart).Select(symbol => symbol.Name).ToList();
        return new[] { "k", "step", "index" }.Concat(Enumerable.Range(1, 100).Select(i => "k" + i)).First(name => !taken.Contains(name));
    }
}
