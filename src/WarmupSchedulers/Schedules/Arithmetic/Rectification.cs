using System;

namespace WarmupSchedulers.Arithmetic;

/// <summary>The variance rectification of RAdam as a factor. Source: Liu et al., "On the Variance of the Adaptive Learning Rate and Beyond", section 4.</summary>
internal static class Rectification
{
    /// <summary>Up to here the variance of no step is finite: <c>2 / (1 − β₂) − 1 ≤ 4</c>.</summary>
    internal const double LeastBeta2 = 0.6;

    /// <summary>The factor at step k, which is step number k + offset of RAdam: the steps without a finite variance are left out.</summary>
    internal static double Factor(long step, double beta2, int offset)
    {
        var limit = Limit(beta2);
        var length = Length(step + (double)offset, beta2);
        var ratio = (length - 4.0) * (length - 2.0) * limit / ((limit - 4.0) * (limit - 2.0) * length);
        return Math.Min(1.0, Math.Sqrt(ratio));
    }

    /// <summary>The first step number whose variance is finite: 5 for every usual β₂. There is one for every β₂ above <see cref="LeastBeta2"/>.</summary>
    internal static int Offset(double beta2)
    {
        var number = 1;
        while (Length(number, beta2) <= 4.0)
            number++;

        return number;
    }

    // The length of the moving average after a number of steps: ρ∞ − 2 n β₂ⁿ / (1 − β₂ⁿ).
    private static double Length(double number, double beta2)
    {
        var power = Math.Pow(beta2, number);
        return Limit(beta2) - 2.0 * number * power / (1.0 - power);
    }

    private static double Limit(double beta2) => 2.0 / (1.0 - beta2) - 1.0;
}
