using System;

namespace WarmupSchedulers.Arithmetic;

/// <summary>The way from one factor to another, in closed form, clamped past its end.</summary>
internal static class Transitions
{
    /// <summary>The factor at a step: <paramref name="start"/> at step 0, <paramref name="end"/> from <paramref name="steps"/> on.</summary>
    internal static double Factor(long step, double start, double end, long steps, TransitionShape shape)
    {
        if (step >= steps)
            return end;

        var behind = step / (double)steps;
        var ahead = (steps - step) / (double)steps;
        if (shape == TransitionShape.Exponential)
            return Math.Pow(start, ahead) * Math.Pow(end, behind);

        return start > end ? end + (start - end) * Fall(behind, ahead, shape) : start + (end - start) * Fall(ahead, behind, shape);
    }

    private static double Fall(double behind, double ahead, TransitionShape shape) => shape switch
    {
        TransitionShape.Cosine => 0.5 * (1.0 + Math.Cos(Math.PI * behind)),
        TransitionShape.OneMinusSquareRoot => 1.0 - Math.Sqrt(behind),
        _ => ahead,
    };
}
