using System.Collections.Immutable;
using System.Linq;
using WarmupAnalyzers.Schedules;

namespace WarmupAnalyzers.Reading.Schedules;

/// <summary>What the factories of our own library have in common, told by their names: all of them make a scheduler of the same class.</summary>
internal static class OwnFactories
{
    private static readonly ImmutableHashSet<string> s_thenDecay = ImmutableHashSet.Create(
        "WarmupThenLinearLR", "WarmupThenCosineLR", "WarmupThenPolynomialLR", "WarmupThenHardRestartsLR", "WarmupThenInverseSquareRootLR", "WarmupStableDecayLR");

    private static readonly ImmutableHashSet<string> s_withoutParameter = ImmutableHashSet.Create("OneCyclePolicyLR", "CyclicPolicyLR", "NoamLR");

    // What is given to these may be any curve, and hold one factor for ever.
    private static readonly ImmutableHashSet<string> s_ofAnySchedule = ImmutableHashSet.Create("ScheduleLR", "PerGroupLR", "ProductLR");

    private static readonly ImmutableArray<string> s_mayBeginAtZero = ImmutableArray.Create("convention", "start_factor", "schedule", "schedules", "base_factor");

    private static readonly ImmutableArray<string> s_mayEnd = ImmutableArray.Create("total_steps", "schedule", "schedules");

    /// <summary>A scheduler that begins with a warmup and goes on with something else.</summary>
    public static bool HasWarmup(this SchedulerCreation creation) =>
        creation.Kind == SchedulerKind.ScheduleLR && (s_thenDecay.Contains(creation.Title) || s_withoutParameter.Contains(creation.Title));

    /// <summary>A scheduler that begins with a straight ramp of <c>warmup_steps</c>; another convention, or another start, is a decision of its own.</summary>
    public static bool BeginsWithRamp(this SchedulerCreation creation) =>
        (creation.Kind == SchedulerKind.WarmupThenPlateauLR || creation.Kind == SchedulerKind.ScheduleLR && (creation.Title == "LinearWarmupLR" || s_thenDecay.Contains(creation.Title)))
        && creation.ArgumentSyntax("convention") is null && creation.ArgumentSyntax("start_factor") is null;

    /// <summary>A scheduler whose factor may be the same for ever, as far as its name tells.</summary>
    public static bool MayBeConstant(this SchedulerCreation creation) => creation.Kind == SchedulerKind.ScheduleLR && s_ofAnySchedule.Contains(creation.Title);

    /// <summary>A scheduler whose first factor may be zero, as far as its arguments tell.</summary>
    public static bool MayBeginAtZero(this SchedulerCreation creation) => s_mayBeginAtZero.Any(parameter => creation.ArgumentSyntax(parameter) is not null);

    /// <summary>A scheduler that may come to an end, as far as its parameters tell.</summary>
    public static bool MayEnd(this SchedulerCreation creation) => s_mayEnd.Any(parameter => creation.Argument(parameter) is not null);
}
