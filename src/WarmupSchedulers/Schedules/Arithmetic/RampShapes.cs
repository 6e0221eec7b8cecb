using System;

namespace WarmupSchedulers.Arithmetic;

/// <summary>Ramps that are not straight: what becomes of the position on a straight one.</summary>
internal static class RampShapes
{
    /// <summary><c>(1 − cos(π · r)) / 2</c>.</summary>
    internal static double Cosine(double position) => 0.5 * (1.0 - Math.Cos(Math.PI * position));
}
