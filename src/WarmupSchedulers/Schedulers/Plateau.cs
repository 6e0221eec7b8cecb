using System;

namespace WarmupSchedulers;

/// <summary>Whether a metric still gets better: what <c>ReduceLROnPlateau</c> of PyTorch counts.</summary>
internal sealed class Plateau(bool isMax, int patience, double threshold, bool isRelative, int cooldown)
{
    /// <summary>The best metric there was; the worst there can be before the first.</summary>
    internal double Best { get; set; } = isMax ? double.NegativeInfinity : double.PositiveInfinity;

    /// <summary>How often in a row the metric was not better.</summary>
    internal int BadSteps { get; set; }

    /// <summary>How many steps are left in which bad ones are not counted.</summary>
    internal int CooldownLeft { get; set; }

    /// <inheritdoc />
    public override string ToString() => Signature.Of(
        "Plateau", ("mode", isMax ? "max" : "min"), ("patience", patience), ("threshold", threshold), ("threshold_mode", isRelative ? "rel" : "abs"), ("cooldown", cooldown));

    /// <summary>Takes a metric in, and says whether the learning rate is to be reduced.</summary>
    internal bool IsReached(double metric)
    {
        if (IsBetter(metric))
            (Best, BadSteps) = (metric, 0);
        else
            BadSteps++;
        if (CooldownLeft > 0)
            (CooldownLeft, BadSteps) = (CooldownLeft - 1, 0);
        if (BadSteps <= patience)
            return false;

        (CooldownLeft, BadSteps) = (cooldown, 0);
        return true;
    }

    private bool IsBetter(double metric)
    {
        // Nothing is better than the worst by a share of it.
        var margin = isRelative ? (double.IsInfinity(Best) ? 0.0 : Math.Abs(Best) * threshold) : threshold;
        return isMax ? metric > Best + margin : metric < Best - margin;
    }
}
