using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace WarmupAnalyzers.Tests.Mutants;

/// <summary>A program whose schedulers are those of our own library, in place of TorchSharp's that do about the same.</summary>
internal sealed class OwnSchedulers : CSharpSyntaxRewriter
{
    private const string Factories = "global::WarmupSchedulers.LRSchedulers.";
    private const string Schedule = "global::WarmupSchedulers.Schedule.";

    private int _replaced;

    private OwnSchedulers()
    {
    }

    /// <summary>The program; null where nothing of it can be replaced.</summary>
    public static string? In(string source)
    {
        var rewriter = new OwnSchedulers();
        var root = rewriter.Visit(CSharpSyntaxTree.ParseText(source, new CSharpParseOptions(LanguageVersion.Latest)).GetRoot());
        return rewriter._replaced > 0 ? root.ToFullString() : null;
    }

    public override SyntaxNode? VisitInvocationExpression(InvocationExpressionSyntax node)
    {
        var name = (node.Expression as MemberAccessExpressionSyntax)?.Name.Identifier.ValueText ?? (node.Expression as IdentifierNameSyntax)?.Identifier.ValueText;
        if (Replacement(name, node.ArgumentList.Arguments) is not { } call)
            return base.VisitInvocationExpression(node);
        _replaced++;
        return SyntaxFactory.ParseExpression(call).WithTriviaFrom(node);
    }

    private static string? Replacement(string? name, IReadOnlyList<ArgumentSyntax> arguments)
    {
        string Of(string parameter, int position, string otherwise = "1") => arguments.FirstOrDefault(argument => argument.NameColon?.Name.Identifier.ValueText == parameter)?.Expression.ToString()
            ?? (position < arguments.Count && arguments[position].NameColon is null ? arguments[position].Expression.ToString() : otherwise);
        string Made(string schedule) => $"{Factories}ScheduleLR({Of("optimizer", 0)}, {Schedule}{schedule})";
        return name switch
        {
            "LambdaLR" => $"{Factories}LinearWarmupLR({Of("optimizer", 0)}, warmup_steps: 5)",
            "StepLR" => Made($"StepDecay({Of("step_size", 1)}, {Of("gamma", 2, "0.1")})"),
            "LinearLR" => Made($"Transition({Of("start_factor", 1, "0.3")}, {Of("end_factor", 2, "1.0")}, {Of("total_iters", 3, "5")})"),
            "PolynomialLR" => Made($"PolynomialDecay({Of("total_iters", 1, "5")}, {Of("power", 2)})"),
            "CosineAnnealingLR" => Made($"CosineDecay((long)({Of("T_max", 1)}))"),
            "ExponentialLR" => Made($"ExponentialDecay({Of("gamma", 1)})"),
            "OneCycleLR" => $"{Factories}OneCyclePolicyLR({Of("optimizer", 0)}, {Of("total_steps", 2)})",
            "ReduceLROnPlateau" => $"{Factories}WarmupThenPlateauLR({Of("optimizer", 0)}, warmup_steps: 3, mode: {Of("mode", 1, "\"min\"")})",
            _ => null,
        };
    }
}
