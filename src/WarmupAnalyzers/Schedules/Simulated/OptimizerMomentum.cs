using System.Collections.Generic;

namespace WarmupAnalyzers.Schedules.Simulated;

/// <summary>What an optimizer has, told from its groups: all of them have the same.</summary>
internal static class OptimizerMomentum
{
    public static bool HasMomentum(this IReadOnlyList<ParameterGroup> groups) =>
        groups.Count > 0 && groups[0].MomentumKind == MomentumKind.Momentum;

    public static bool HasBetas(this IReadOnlyList<ParameterGroup> groups) =>
        groups.Count > 0 && groups[0].MomentumKind == MomentumKind.Betas;
}
