using System;
using System.Collections.Generic;
using System.Globalization;
using WarmupAnalyzers.Schedules;

namespace WarmupAnalyzers.Rules;

/// <summary>What one number given to a scheduler may be.</summary>
/// <param name="Allowed">The same in words.</param>
/// <param name="Nearest">The value that was obviously meant, as C#; null where there is none.</param>
internal sealed record ArgumentRange(string Parameter, string Allowed, Func<double, bool> Holds, Func<double, string?> Nearest)
{
    private const string Positive = "above 0";
    private const string Share = "between 0 and 1";

    /// <summary>The ranges of a scheduler's arguments that do not depend on each other.</summary>
    public static IEnumerable<ArgumentRange> Of(SchedulerKind kind) => kind switch
    {
        // A zero start is told apart: it makes the rate NaN.
        SchedulerKind.LinearLR => [new("start_factor", "above 0 and at most 1", IsShare, None), new("end_factor", Share, IsShare, NearestShare), Count("total_iters")],
        SchedulerKind.ConstantLR => [new("factor", Share, IsShare, None), Count("total_iters")],
        SchedulerKind.PolynomialLR => [Count("total_iters")],
        SchedulerKind.CosineAnnealingLR => [new("T_max", Positive, IsPositive, WithoutSign)],
        SchedulerKind.StepLR => [new("step_size", Positive, IsPositive, WithoutSign), Count("gamma")],
        SchedulerKind.MultiStepLR or SchedulerKind.ExponentialLR => [Count("gamma")],
        SchedulerKind.OneCycleLR => [new("pct_start", Share, IsShare, None)],
        SchedulerKind.CyclicLR => [Count("step_size_up")],
        SchedulerKind.ReduceLROnPlateau => [new("factor", "at least 0 and below 1", factor => factor is >= 0 and < 1, None)],
        _ => [],
    };

    private static ArgumentRange Count(string parameter) => new(parameter, Positive, IsPositive, None);

    private static bool IsPositive(double number) => number > 0;

    private static bool IsShare(double number) => number is >= 0 and <= 1;

    private static string? None(double number) => null;

    private static string? NearestShare(double number) => double.IsNaN(number) ? null : number > 1 ? "1.0" : "0.0";

    // The schedule of a negative period is that of the positive one.
    private static string? WithoutSign(double number) =>
        number < 0 && number >= -int.MaxValue && number == Math.Floor(number) ? ((int)-number).ToString(CultureInfo.InvariantCulture) : null;
}
