using System;

namespace WarmupSchedulers;

/// <summary>How far a learning rate is reduced: by a factor, to a least rate, and not at all where it would hardly change.</summary>
internal sealed class Reduction(double factor, double minRate, double eps)
{
    /// <inheritdoc />
    public override string ToString() => Signature.Of("Reduction", ("factor", factor), ("min_lr", minRate), ("eps", eps));

    internal void Apply(GroupList groups)
    {
        var now = groups.Now();
        for (var i = 0; i < now.Count; i++)
        {
            var rate = now[i].LearningRate;
            var reduced = Math.Max(rate * factor, minRate);
            if (rate - reduced > eps)
                now[i].LearningRate = reduced;
        }
    }
}
