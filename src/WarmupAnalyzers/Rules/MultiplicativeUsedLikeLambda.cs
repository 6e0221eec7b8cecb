using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using WarmupAnalyzers.Factors;
using WarmupAnalyzers.Reading;
using WarmupAnalyzers.Reading.Schedules;
using WarmupAnalyzers.Schedules;

namespace WarmupAnalyzers.Rules;

/// <summary>WARM2007: a function that gives a whole schedule is multiplied onto the learning rate at every step.</summary>
internal static class MultiplicativeUsedLikeLambda
{
    public const string Id = "WARM2007";

    /// <summary>The property that says whether <c>LambdaLR</c> with the same functions is what was meant.</summary>
    public const string IsMeant = "isMeant";

    public static readonly DiagnosticDescriptor Descriptor = new(
        "WARM2007",
        "MultiplicativeLR is used like LambdaLR",
        "MultiplicativeLR is used like LambdaLR: {0}",
        RuleCategory.Argument,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description: "MultiplicativeLR multiplies the learning rate in force by its function's value at every step, so training runs on the running product. A ramp or a decay written as a function of the index belongs into LambdaLR.",
        helpLinkUri: HelpLink.For(Id));

    public static ArgumentMistake? Judge(SchedulerArguments arguments)
    {
        if (arguments.Kind != SchedulerKind.MultiplicativeLR || arguments.Functions is not { } schedule)
            return null;
        var groups = schedule.Groups.Select(group => Branches(schedule, group, arguments)).ToArray();
        var wrong = groups.Where(branches => branches.Any(IsIn)).ToArray();
        if (wrong.Length == 0)
            return null;
        // In a chain, or beside another scheduler, LambdaLR would undo the others' work.
        var isMeant = groups.All(branches => !branches.IsEmpty && branches.All(IsTheSameOrIn))
            && !arguments.Creation.IsBaseCall && !arguments.Life.HasRival && arguments.Parent is not { Kind: SchedulerKind.ChainedLR };
        return new ArgumentMistake(Descriptor, arguments.Creation.Name, Effect(wrong[0]))
        {
            Properties = isMeant ? ImmutableDictionary<string, string?>.Empty.Add(IsMeant, bool.TrueString) : ImmutableDictionary<string, string?>.Empty,
        };
    }

    /// <summary>Whether a function of <c>MultiplicativeLR</c> is a whole schedule by itself, whatever the open variables are.</summary>
    public static bool IsIn(FactorUnderJudgement factor)
    {
        if (factor.Schedule.Use != FactorUse.Product || factor.Assignments.IsEmpty)
            return false;
        var culprits = IntegerDivisionInFactor.Culprits(AsLambda(factor));
        var schedules = 0;
        foreach (var assignment in factor.Assignments)
        {
            switch (factor.KindOfOwnValues(assignment, culprits))
            {
                case CurveKind.Schedule:
                    schedules++;
                    break;
                case CurveKind.TooShort:
                    break;
                default:
                    return false;
            }
        }

        return 2 * schedules > factor.Assignments.Length;
    }

    // A factor of one is one in either scheduler.
    private static bool IsTheSameOrIn(FactorUnderJudgement factor) => IsIn(factor) || !factor.Assignments.IsEmpty && factor.Assignments.All(assignment =>
        factor.KindOfOwnValues(assignment, ImmutableHashSet<int>.Empty) == CurveKind.Constant
        && factor.Number(assignment, ImmutableHashSet<int>.Empty, 1) == 1);

    private static ImmutableArray<FactorUnderJudgement> Branches(FactorSchedule schedule, GroupFactor group, SchedulerArguments arguments) =>
        schedule.BranchesOf(group)
            .Select(branch => new FactorUnderJudgement(schedule, group, branch, new WarmupOptions(AllowZeroFirstStep: true), arguments.Cancellation))
            .ToImmutableArray();

    private static string Effect(ImmutableArray<FactorUnderJudgement> branches)
    {
        var factor = branches.First(IsIn);
        var lambda = AsLambda(factor);
        var culprits = IntegerDivisionInFactor.Culprits(lambda);
        var condition = FactorJudgement.ConditionOf(
            factor.Branch, branches.Select(other => other.Branch).ToImmutableArray(), branches.Where(IsIn).Select(other => other.Branch).ToArray());
        return $"each value is multiplied onto the last learning rate, so training runs at {factor.Picture(ImmutableHashSet<int>.Empty)} "
            + $"of the base learning rate and not at {lambda.Picture(culprits)}{CurvePicture.Example(factor)}"
            + (condition.Length == 0 ? string.Empty : " when " + condition)
            + (culprits.IsEmpty ? string.Empty : $"; also, an integer division truncates the factor ({IntegerDivisionInFactor.Id})");
    }

    private static FactorUnderJudgement AsLambda(FactorUnderJudgement factor)
    {
        var group = factor.Group with { Program = factor.Program.Function };
        return factor.In(factor.Schedule with { Use = FactorUse.Factor, Groups = ImmutableArray.Create(group) }, group);
    }
}
