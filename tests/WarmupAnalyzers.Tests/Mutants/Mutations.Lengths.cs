using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace WarmupAnalyzers.Tests.Mutants;

/// <summary>Warmups and decays that do not fit the training together.</summary>
internal static partial class Mutations
{
    private static ImmutableArray<Mutation> OfLengths =>
    [
        new("warmup as long as the training", "WARM4008", program => WarmupStretched(program, steps => steps)),
        new("warmup of twice the training", "WARM4008", program => WarmupStretched(program, steps => 2 * steps)),
        new("horizon of the whole training behind a warmup", "WARM4006", WarmupForgotten),
    ];

    // The sequence hands over when the warmup is done, as it did.
    private static IEnumerable<IReadOnlyList<TextChange>> WarmupStretched(TrainingProgram program, System.Func<int, int> length) =>
        from warmup in Warmups(program)
        let text = length(warmup.Steps).ToString(CultureInfo.InvariantCulture)
        select warmup.Milestone is null
            ? [Edits.Replace(warmup.Length, text)]
            : new[] { Edits.Replace(warmup.Length, text), Edits.Replace(warmup.Milestone, text) };

    // `total - warmup` becomes `total`.
    private static IEnumerable<IReadOnlyList<TextChange>> WarmupForgotten(TrainingProgram program) =>
        from part in Parts(program)
        where part.Whole.Kind == "SequentialLR" && !part.IsFirst && part.IsBehindWarmup
        let parameter = program.SymbolOf(part.Call)!.Name switch { "CosineAnnealingLR" => "T_max", "PolynomialLR" => "total_iters", _ => null }
        where parameter is not null && program.Argument(part.Call, parameter)?.Expression is BinaryExpressionSyntax { OperatorToken.ValueText: "-" }
        let horizon = program.Argument(part.Call, parameter)!.Expression
        select new[] { Edits.Replace(horizon, Minuend(horizon).ToString()) };

    private static ExpressionSyntax Minuend(ExpressionSyntax difference) =>
        difference is BinaryExpressionSyntax { OperatorToken.ValueText: "-" } minus ? Minuend(minus.Left) : difference;

    // Alone or the first part of a sequence of two, and stepped in loops that count to constants.
    private static IEnumerable<(SyntaxNode Length, SyntaxNode? Milestone, int Steps)> Warmups(TrainingProgram program) =>
        from creation in program.Creations
        where creation.Kind is "LinearLR" or "ConstantLR" && IsRise(program, creation.Call)
        let argument = program.Argument(creation.Call, "total_iters")
        where argument is not null
        let whole = Wholes(program, creation.Call)
        where whole is null or { Kind: "SequentialLR" }
        let milestones = whole is null ? [] : Milestones(program).Where(milestone => whole.Value.Call.Span.Contains(milestone.Place.Span)).ToArray()
        where whole is null || milestones.Length == 1 && program.Argument(whole.Value.Call, "schedulers")!.DescendantNodes().OfType<ExpressionSyntax>().Any(node => IsMade(program, node, creation.Call))
        let holder = program.Holder(whole?.Call ?? creation.Call)
        where holder is not null
        let steps = PlainSteps(program).Where(step => SymbolEqualityComparer.Default.Equals(program.Receiver(step), holder)).ToArray()
        where steps.Length == 1 && Rounds(program, steps[0]) is > 1
        select ((SyntaxNode)argument.Expression, whole is null ? null : milestones[0].Place, Rounds(program, steps[0])!.Value);

    private static bool IsRise(TrainingProgram program, InvocationExpressionSyntax creation) => program.SymbolOf(creation)!.Name == "ConstantLR"
        ? program.Argument(creation, "factor") is { } factor && program.Constant(factor.Expression) is < 1.0
        : program.Argument(creation, "start_factor") is { } start && program.Constant(start.Expression) is < 1.0
            && (program.Argument(creation, "end_factor") is not { } end || program.Constant(end.Expression) is 1 or 1.0);

    private static (InvocationExpressionSyntax Call, string Kind)? Wholes(TrainingProgram program, InvocationExpressionSyntax part) =>
        Parts(program).Where(candidate => candidate.Call == part).Select(candidate => ((InvocationExpressionSyntax, string)?)candidate.Whole).FirstOrDefault();

    private static bool IsMade(TrainingProgram program, ExpressionSyntax node, InvocationExpressionSyntax creation) =>
        node == creation || program.Holder(creation) is { } holder && SymbolEqualityComparer.Default.Equals(program.SymbolOf(node), holder);

    private static int? Rounds(TrainingProgram program, SyntaxNode step)
    {
        var rounds = 1;
        for (var loop = TrainingProgram.LoopOf(step); loop is not null; loop = TrainingProgram.LoopOf(loop))
        {
            if (loop is not ForStatementSyntax { Condition: BinaryExpressionSyntax bound, Declaration.Variables: [{ Initializer.Value: { } start }] }
                || program.Constant(bound.Right) is not int last || program.Constant(start) is not int first)
                return null;
            rounds *= last - first + (bound.OperatorToken.ValueText == "<=" ? 1 : 0);
        }

        return rounds;
    }
}
