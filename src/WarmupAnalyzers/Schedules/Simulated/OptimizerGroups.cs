using System.Collections.Generic;

namespace WarmupAnalyzers.Schedules.Simulated;

/// <summary>The optimizer as our own schedulers see it.</summary>
internal sealed class OptimizerGroups(IReadOnlyList<ParameterGroup> groups)
{
    public IReadOnlyList<ParameterGroup> ParamGroups { get; } = groups;
}
