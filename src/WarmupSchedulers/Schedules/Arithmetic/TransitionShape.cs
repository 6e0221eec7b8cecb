namespace WarmupSchedulers;

/// <summary>
/// How a factor goes from one value to another. With p the share of the way that is behind, from 0 to 1, a fall from 1 to 0 has the
/// value that is named here; a rise is the same curve read backwards.
/// </summary>
#if WARMUP_ANALYZERS
internal
#else
public
#endif
enum TransitionShape
{
    /// <summary><c>1 − p</c>.</summary>
    Linear = 0,

    /// <summary><c>(1 + cos(π · p)) / 2</c>.</summary>
    Cosine = 1,

    /// <summary><c>1 − √p</c>: fast at first. Source: Hägele et al., "Scaling Laws and Compute-Optimal Training Beyond Fixed Training Durations".</summary>
    OneMinusSquareRoot = 2,

    /// <summary>The same ratio at every step: from a to b it is <c>a · (b / a)^p</c>, so neither end may be 0.</summary>
    Exponential = 3,
}
