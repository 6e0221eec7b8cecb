using System.Collections.Generic;
using System.Linq;
#if WARMUP_ANALYZERS
using Group = WarmupAnalyzers.Schedules.Simulated.ParameterGroup;
using Optimizer = WarmupAnalyzers.Schedules.Simulated.OptimizerGroups;
#else
using Group = TorchSharp.torch.optim.ILearningRateController;
using Optimizer = TorchSharp.torch.optim.Optimizer;
#endif

namespace WarmupSchedulers;

/// <summary>An optimizer's parameter groups by their numbers. TorchSharp's optimizers hold a list, and a list is read without an enumerator.</summary>
internal sealed class GroupList(Optimizer optimizer)
{
    private IEnumerable<Group>? _source;
    private IReadOnlyList<Group> _groups = [];

    /// <summary>The groups that the optimizer has now.</summary>
    internal IReadOnlyList<Group> Now()
    {
        var source = optimizer.ParamGroups;
        if (!ReferenceEquals(source, _source))
            (_source, _groups) = source is IReadOnlyList<Group> list ? (source, list) : (null, source.ToArray());

        return _groups;
    }
}
