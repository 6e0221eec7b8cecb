using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Simplification;
using WarmupAnalyzers.Factors;
using WarmupAnalyzers.Rules;

namespace WarmupAnalyzers.CodeFixes.Rewriting;

/// <summary>What can be done where no safe repair is: the function is left alone and its call is changed. Also evaluated again.</summary>
internal static class FactorReview
{
    public static async Task<(Document Document, string Title)?> OfAsync(FactorState state, CancellationToken cancellation)
    {
        if (state.Judgement is not { Mistakes: [var mistake, ..] } || state.Schedule.Round is not null || state.Delegate is not ExpressionSyntax factor)
            return null;
        switch (mistake.Id)
        {
            case DecreasingWarmup.Id or StepInsteadOfRamp.Id:
                return await OfferAsync(await RampEdit.ApplyAsync(state, cancellation).ConfigureAwait(false), "Write a ramp", state, cancellation).ConfigureAwait(false);
            case JumpAtHandover.Id:
                return await OfferAsync(
                    await HandoverEdit.ApplyAsync(state, cancellation).ConfigureAwait(false), "Count the decay from the end of the warmup", state, cancellation).ConfigureAwait(false);
            case IgnoredIndex.Id:
                return await OfferAsync(await IndexEdit.ApplyAsync(state, cancellation).ConfigureAwait(false), "Use the function's own index", state, cancellation).ConfigureAwait(false);
            default:
                return Edit(mistake, factor, state, cancellation) is { } edit ? await ReplacedAsync(edit, state, cancellation).ConfigureAwait(false) : null;
        }
    }

    private static async Task<(Document Document, string Title)?> ReplacedAsync(
        (ExpressionSyntax Place, ExpressionSyntax Replacement, string Title) edit, FactorState state, CancellationToken cancellation)
    {
        var after = await state.AfterAsync(state.Root.ReplaceNode(edit.Place, edit.Replacement), cancellation).ConfigureAwait(false);
        return after is not null && IsBetter(after, state, cancellation)
            ? (await SimplifiedAsync(after.Document, cancellation).ConfigureAwait(false), edit.Title + " (needs review)")
            : null;
    }

    private static (ExpressionSyntax Place, ExpressionSyntax Replacement, string Title)? Edit(
        FactorMistake mistake, ExpressionSyntax factor, FactorState state, CancellationToken cancellation)
    {
        if (mistake.Id == FactorFunctionThrows.Id)
            return TableEnd(mistake, state, cancellation) is var (index, last) ? (index, last, "Stay at the last value of the table") : null;
        var (replacement, title) = mistake.Id switch
        {
            ZeroAtFirstStep.Id => (OneStepLater(factor, state, cancellation), "Call the factor function with the next index"),
            WarmupWithoutCap.Id => (Wrapped(factor, state, cancellation, Capped), "Cap the factor function at 1"),
            NegativeFactor.Id => (Wrapped(factor, state, cancellation, StoppedAtZero), "Stop the factor function at 0"),
            BaseLearningRateInFactor.Id when state.IsAbsoluteRate => (DividedByRate(factor, state, cancellation), "Divide by the base learning rate"),
            _ => (null, string.Empty),
        };
        return replacement is null ? null : (factor, replacement, title);
    }

    private static string Capped(string value) => "global::System.Math.Min(" + value + ", 1.0)";

    private static string StoppedAtZero(string value) => "global::System.Math.Max(0.0, " + value + ")";

    // A function that others use too: what it gives is bounded where it is handed over.
    private static ExpressionSyntax? Wrapped(ExpressionSyntax factor, FactorState state, CancellationToken cancellation, System.Func<string, string> value) =>
        factor is LambdaExpressionSyntax ? null : Call(factor, state, cancellation, index => index, value);

    // `table[e]` becomes `table[Math.Min(e, table.Length - 1)]`.
    private static (ExpressionSyntax Index, ExpressionSyntax Replacement)? TableEnd(FactorMistake mistake, FactorState state, CancellationToken cancellation)
    {
        if (mistake.Origin is not ElementAccessExpressionSyntax { ArgumentList.Arguments: [{ Expression: var index }] } element
            || element.SyntaxTree != state.Root.SyntaxTree
            || index is PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.IndexExpression }
            || state.Model.GetTypeInfo(element.Expression, cancellation).Type is not { } table)
            return null;
        var length = table is IArrayTypeSymbol or { IsValueType: true } ? ".Length" : ".Count";
        var last = "global::System.Math.Min(" + index.WithoutTrivia() + ", " + element.Expression.WithoutTrivia() + length + " - 1)";
        return (index, FactorSyntax.Parse(last).WithTriviaFrom(index));
    }

    // With the curve that comes of it.
    private static async Task<(Document Document, string Title)?> OfferAsync(FactorState? after, string title, FactorState state, CancellationToken cancellation)
    {
        if (after is null || !IsBetter(after, state, cancellation)
            || after.Schedule.BranchesOf(after.Group) is not [var branch, ..])
            return null;
        var judged = new FactorUnderJudgement(after.Schedule, after.Group, branch, after.Options, cancellation);
        if (judged.Assignments.IsEmpty)
            return null;
        var curve = judged.Picture(ImmutableHashSet<int>.Empty) + CurvePicture.Example(judged);
        return (await SimplifiedAsync(after.Document, cancellation).ConfigureAwait(false), $"{title}: {curve} (needs review)");
    }

    // The mistake is gone, and so is all that a safe fix mends; what else was there may stay.
    private static bool IsBetter(FactorState after, FactorState before, CancellationToken cancellation) =>
        after.Mendable is null
        && !after.HasNewMistakes(before)
        && (after.Judgement is null || after.Judgement.Mistakes.All(mistake => mistake.Id != before.Judgement!.Mistakes[0].Id))
        && !after.Model.GetDiagnostics(cancellationToken: cancellation).Any(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);

    private static Task<Document> SimplifiedAsync(Document document, CancellationToken cancellation) =>
        Simplifier.ReduceAsync(document, Simplifier.Annotation, null, cancellation);

    private static ExpressionSyntax? OneStepLater(ExpressionSyntax factor, FactorState state, CancellationToken cancellation)
    {
        var closed = state.Judgement!.Mistakes.Any(other => other.Id == WarmupWithoutCap.Id) ? Capped : (System.Func<string, string>)(value => value);
        if (factor is not LambdaExpressionSyntax lambda)
            return Call(factor, state, cancellation, index => index + " + 1", closed);
        // A level switch or a table in the lambda itself is no ramp: only a call may be shifted.
        if (lambda.ExpressionBody is null || FactorFunctionSyntax.Of(state, cancellation) is not { } function)
            return null;
        var reads = function.IndexReads(lambda.ExpressionBody).ToArray();
        if (reads.Length == 0 || !reads.All(read => ZeroStartEdit.IsArgumentOfOwnCode(read, state, cancellation)))
            return null;
        var later = lambda.ReplaceNodes(reads, (original, current) => FactorSyntax.NextIndex(original, current));
        return later.ReplaceNode(later.ExpressionBody!, FactorSyntax.Parse(closed(later.ExpressionBody!.WithoutTrivia().ToString())).WithTriviaFrom(later.ExpressionBody!));
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
        return FactorSyntax.Parse(parameter + " => " + value(function.WithoutTrivia() + "(" + index(parameter) + ")")).WithTriviaFrom(function);
    }

    /// <summary>A name for an index that nothing has at this place.</summary>
    public static string FreeName(SyntaxNode place, FactorState state)
    {
        var taken = state.Model.LookupSymbols(place.SpanStart).Select(symbol => symbol.Name).ToList();
        return new[] { "k", "step", "index" }.Concat(Enumerable.Range(1, 100).Select(i => "k" + i)).First(name => !taken.Contains(name));
    }
}
