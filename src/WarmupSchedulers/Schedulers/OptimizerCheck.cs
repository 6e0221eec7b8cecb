using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using static TorchSharp.torch.optim;

namespace WarmupSchedulers;

/// <summary>Refuses optimizers whose learning rate a scheduler cannot set, or would set wrongly.</summary>
internal static class OptimizerCheck
{
    internal static Optimizer Schedulable(Optimizer? optimizer, string name)
    {
        var given = Argument.NotNull(optimizer, name);
        if (given is TorchSharp.Modules.LBFGS)
            throw new ArgumentException($"'{name}' is an LBFGS optimizer, which trains with the rate it was made with and ignores every scheduler.", name);

        var groups = given.ParamGroups.ToList();
        if (groups.Count == 0)
            throw new ArgumentException($"'{name}' has 0 parameter groups, so there is no learning rate to schedule.", name);

        ThrowIfShared(groups, name);
        return given;
    }

    // Groups that share their options share one learning rate: the last group's would win for all of them.
    private static void ThrowIfShared(List<ILearningRateController> groups, string name)
    {
        var owners = new Dictionary<object, int>(ReferenceComparer.Instance);
        for (var i = 0; i < groups.Count; i++)
        {
            var holder = groups[i] is TorchSharp.Modules.ParamGroup { Options: { } options } ? options : (object)groups[i];
            if (owners.TryGetValue(holder, out var owner))
                throw new ArgumentException($"'{name}' has parameter groups {owner} and {i} that share one Options object, and with it one learning rate.", name);

            owners.Add(holder, i);
        }
    }

    private sealed class ReferenceComparer : IEqualityComparer<object>
    {
        internal static readonly ReferenceComparer Instance = new();

        bool IEqualityComparer<object>.Equals(object? x, object? y) => ReferenceEquals(x, y);

        int IEqualityComparer<object>.GetHashCode(object obj) => RuntimeHelpers.GetHashCode(obj);
    }
}
