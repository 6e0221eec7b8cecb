using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using WarmupAnalyzers.Reading.Source;

namespace WarmupAnalyzers.Reading.Steps;

/// <summary>Whether a step can go to the end of the loop that its schedule counts.</summary>
internal static class StepTransfer
{
    public static bool IsPossible(SyntaxNode place, MixedUpStep step, TrainingCode code, CancellationToken cancellation) =>
        place == step.Place.Step.Location && step.IsTargetTraining
        && StepMove.StatementOf(place) is { Parent: BlockSyntax } statement
        && AreInOneFunction(statement, step.Target)
        && !statement.ContainsDirectives && !step.Target.ContainsDirectives
        && IsNamedAt(place, step.Target, code, cancellation)
        && StepInsertion.BodyOf(step.Target) is { } body && code.ModelOf(body.SyntaxTree)?.AnalyzeControlFlow(body) is { EndPointIsReachable: true };

    // One of the two stands round the other.
    private static bool AreInOneFunction(StatementSyntax statement, StatementSyntax target) =>
        statement.SyntaxTree == target.SyntaxTree && FunctionOf(statement) == FunctionOf(target);

    private static SyntaxNode? FunctionOf(SyntaxNode node) => node.Ancestors().FirstOrDefault(outer =>
        outer is AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax || outer is MemberDeclarationSyntax and not GlobalStatementSyntax);

    // What holds the scheduler is not declared in the loop that the step leaves.
    private static bool IsNamedAt(SyntaxNode place, StatementSyntax target, TrainingCode code, CancellationToken cancellation)
    {
        var name = place.DescendantNodes().OfType<IdentifierNameSyntax>().FirstOrDefault();
        if (name is null || code.ModelOf(place.SyntaxTree) is not { } model || model.GetSymbolInfo(name, cancellation).Symbol is not { } holder || StepInsertion.BodyOf(target) is not { } body)
            return false;
        var end = body is BlockSyntax block ? block.CloseBraceToken.SpanStart : body.SpanStart;
        return holder is not ILocalSymbol || (model.LookupSymbols(end, name: holder.Name) is [var seen] && SymbolEqualityComparer.Default.Equals(seen, holder));
    }
}
