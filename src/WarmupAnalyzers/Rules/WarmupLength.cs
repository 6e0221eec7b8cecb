using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using WarmupAnalyzers.Factors;
using WarmupAnalyzers.Reading.Factors;
using WarmupAnalyzers.Reading.Schedules;
using WarmupAnalyzers.Reading.Source;
using WarmupAnalyzers.Schedules;

namespace WarmupAnalyzers.Rules;

/// <summary>How long the warmup of a sequence is, in the user's own words.</summary>
internal static class WarmupLength
{
    private const string Parameter = "total_iters";

    /// <summary>What the milestone behind a warmup should be; null where that cannot be written in its place.</summary>
    public static string? Written(Composition composition, int part)
    {
        if (composition.KnownPartAt(part) is not { Kind: SchedulerKind.LinearLR } linear || ScheduleReader.Number(linear, Parameter, composition.Code, composition.Cancellation) is <= 0)
            return null;
        var length = Text(composition, linear);
        if (part == 0 || length is null)
            return length;
        var before = composition.Milestones is { } milestones ? Plain(milestones[part - 1].Syntax) : null;
        if (before is null)
            return null;
        return int.TryParse(before, out var start) && int.TryParse(length, out var steps) ? (start + steps).ToString(System.Globalization.CultureInfo.InvariantCulture) : $"{before} + {length}";
    }

    /// <summary>The warmup's length and its milestone, where both are open and have different names; null else.</summary>
    public static (string Length, string Milestone)? OtherName(Composition composition)
    {
        if (composition.Milestones is not { Length: > 0 } milestones || composition.KnownPartAt(0) is not { Kind: SchedulerKind.LinearLR } linear
            || linear.Argument(Parameter) is not { } total || !IsName(total.Syntax) || !IsName(milestones[0].Syntax) || WarmupName.IsAfterWarmup(milestones[0].Syntax.ToString()))
            return null;
        var (length, lengthKeys) = FactorReader.ReadRate(total, composition.Code, composition.Cancellation);
        var (milestone, milestoneKeys) = FactorReader.ReadRate(milestones[0], composition.Code, composition.Cancellation);
        var keys = lengthKeys.Union(KeptSettings.Of(lengthKeys, composition.Code, composition.Cancellation));
        var others = milestoneKeys.Union(KeptSettings.Of(milestoneKeys, composition.Code, composition.Cancellation));
        return IsOneNumber(length) && IsOneNumber(milestone) && !keys.Overlaps(others) && IsMeantForWarmup(milestones[0].Syntax)
            ? (total.Syntax.ToString(), milestones[0].Syntax.ToString())
            : null;
    }

    // A milestone of another name may well be the end of a hold.
    private static bool IsMeantForWarmup(SyntaxNode milestone) => WarmupName.IsWarmup(milestone.ToString());

    private static bool IsOneNumber(FactorProgram program) => program.FreeVariables is [{ IsDiscrete: false }];

    private static bool IsName(SyntaxNode node) => node is NameSyntax or MemberAccessExpressionSyntax;

    private static string? Text(Composition composition, SchedulerCreation linear)
    {
        if (linear.ArgumentSyntax(Parameter) is not ArgumentSyntax { Expression: var total })
            return linear.ArgumentSyntax(Parameter) is null && ScheduleReader.Number(linear, Parameter, composition.Code, composition.Cancellation) is { } count
                ? count.ToString(System.Globalization.CultureInfo.InvariantCulture)
                : null;
        return Plain(total);
    }

    // What has no effect of its own and reads the same in either place.
    private static string? Plain(SyntaxNode expression) => expression.DescendantNodesAndSelf().All(node => node is LiteralExpressionSyntax or NameSyntax or MemberAccessExpressionSyntax
        or ThisExpressionSyntax or ParenthesizedExpressionSyntax or BinaryExpressionSyntax or CastExpressionSyntax or PredefinedTypeSyntax)
        && !expression.DescendantTrivia().Any(trivia => trivia.IsKind(SyntaxKind.SingleLineCommentTrivia))
            ? expression.WithoutTrivia().ToString()
            : null;
}
