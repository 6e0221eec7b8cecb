using System;
using System.Collections.Generic;
using System.Linq;
using static TorchSharp.torch.optim;

namespace WarmupSchedulers;

/// <summary>β₂ of each parameter group, which says how long Adam and its kin need to know their step sizes.</summary>
internal static class SecondBetas
{
    internal static IReadOnlyList<double> Of(Optimizer? optimizer, string name) =>
        [.. OptimizerCheck.Schedulable(optimizer, name).ParamGroups.Select((group, i) => group is IBetas betas
            ? betas.Betas.Item2
            : throw new ArgumentException($"'{name}' has no betas in parameter group {i}: this warmup is one for Adam and its kin.", name))];
}
