using System;
using System.Linq;

namespace WarmupSchedulers.Tests.Parity.Libraries;

/// <summary>The way from one number to another with a power of what is left of it, which several libraries have, up as well as down.</summary>
internal static class Powers
{
    internal static Schedule Between(double start, double end, long steps, double power)
    {
        if (power == 1.0)
            return Schedule.Transition(start, end, steps);

        return start >= end
            ? (start - end) * Schedule.PolynomialDecay(steps, power) + Schedule.Constant(end)
            : Schedule.Constant(start) + (end - start) * Rising(steps, power);
    }

    // 1 − qⁿ, with q what is left of the way, is (1 − q) · (1 + q + q² + …).
    private static Schedule Rising(long steps, double power)
    {
        if (power != Math.Floor(power))
            throw new NotMappedException("a power that rises and is no whole number");

        var left = Enumerable.Range(1, (int)power - 1).Select(exponent => Schedule.PolynomialDecay(steps, exponent));
        return Schedule.Transition(0.0, 1.0, steps) * left.Aggregate(Schedule.Constant(), (sum, next) => sum + next);
    }
}
