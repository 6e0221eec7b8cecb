namespace WarmupAnalyzers.Factors;

/// <summary>How a scheduler calls a user's function, and what it makes of the values.</summary>
internal enum FactorCalls
{
    /// <summary>With the index as an <c>int</c>; the value is the factor at that index.</summary>
    ByIndex,

    /// <summary>With 1, 2, 3 …; the factor is the product of all values so far.</summary>
    RunningProduct,

    /// <summary>With a number as a <c>double</c>; the value is the factor there.</summary>
    ByNumber,
}
