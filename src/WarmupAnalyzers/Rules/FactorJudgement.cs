using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using WarmupAnalyzers.Factors;
using WarmupAnalyzers.Reading;
using WarmupAnalyzers.Reading.Schedules;

namespace WarmupAnalyzers.Rules;

/// <summary>All factor rules on one factor function: the mistakes in the order in which one of them is reported.</summary>
/// <param name="Mistakes">The first is reported, the others are named with it.</param>
/// <param name="Condition">The branch of the open variables in which it is wrong; empty where it is wrong in all.</param>
/// <param name="Branch">The function in that branch.</param>
/// <param name="TruncatingDivisions">The integer divisions that truncate, to be computed as real ones by a fix.</param>
internal sealed record FactorJudgement(
    ImmutableArray<FactorMistake> Mistakes,
    string Condition,
    FactorUnderJudgement Branch,
    ImmutableHashSet<int> TruncatingDivisions)
{
    /// <summary>The mistakes of a group's function, or null where there is none.</summary>
    public static FactorJudgement? Of(FactorSchedule schedule, GroupFactor group, WarmupOptions options, CancellationToken cancellation)
    {
        var branches = schedule.BranchesOf(group);
        var judged = new List<FactorJudgement>();
        foreach (var branch in branches)
        {
            cancellation.ThrowIfCancellationRequested();
            var judgement = InBranch(new FactorUnderJudgement(schedule, group, branch, options, cancellation));
            if (!judgement.Mistakes.IsEmpty)
                judged.Add(judgement);
        }

        if (judged.Count == 0)
            return null;
        var worst = judged.OrderBy(judgement => FactorRules.RankOf(judgement.Mistakes[0].Rule)).First();
        var alike = judged.Where(other => other.Mistakes[0].Id == worst.Mistakes[0].Id).Select(other => other.Branch.Branch).ToArray();
        return worst with { Condition = ConditionOf(worst.Branch.Branch, branches, alike) };
    }

    /// <summary>In which branch of all something is wrong, where others are wrong alike. A variable that may be anything there is not named.</summary>
    public static string ConditionOf(AssignmentBranch wrong, ImmutableArray<AssignmentBranch> all, IReadOnlyCollection<AssignmentBranch> alike) => string.Join(
        " and ",
        wrong.Choices
            .Where(choice => all.Where(other => wrong.DiffersOnlyIn(choice.Variable, other)).Any(other => !alike.Contains(other)))
            .Select(choice => choice.Choice.Condition));

    private static FactorJudgement InBranch(FactorUnderJudgement factor)
    {
        var truncating = IntegerDivisionInFactor.Culprits(factor);
        var mistakes = FactorRules.InOrder.Select(rule => rule.Judge(factor, truncating)).OfType<FactorMistake>().ToImmutableArray();
        // Where the schedule goes out of sight its end may be cut off there; beside another mistake it is mended with it.
        if (factor.Schedule.Steps.AreOutOfSight && mistakes.All(mistake => mistake.Id is WarmupWithoutCap.Id or NegativeFactor.Id))
            mistakes = ImmutableArray<FactorMistake>.Empty;
        return new FactorJudgement(mistakes, string.Empty, factor, truncating);
    }
}
