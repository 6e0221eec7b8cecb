namespace WarmupSchedulers;

/// <summary>What becomes of the height of a cyclic schedule from one cycle to the next.</summary>
#if WARMUP_ANALYZERS
internal
#else
public
#endif
enum CyclicMode
{
    /// <summary>Every cycle is as high as the first.</summary>
    Triangular = 0,

    /// <summary>Every cycle is half as high as the one before.</summary>
    Triangular2 = 1,

    /// <summary>The height falls with every step, by a ratio.</summary>
    ExpRange = 2,
}
