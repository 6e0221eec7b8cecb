namespace WarmupAnalyzers.Factors;

/// <summary>
/// What reached a value by arithmetic: the schedule index, and which truncating integer divisions. A set of bits; control
/// (a comparison, a switch) leaves no trace.
/// </summary>
internal readonly struct Trace
{
    private const int MaximumDivisions = 62;
    private readonly ulong _bits;

    private Trace(ulong bits) => _bits = bits;

    /// <summary>The schedule index itself.</summary>
    public static Trace Index => new(1);

    public bool DependsOnIndex => (_bits & 1) != 0;

    public bool HasDivisions => (_bits & ~1ul) != 0;

    /// <summary>A truncating division, by its number in the program; divisions beyond the sixty-second leave no trace.</summary>
    public static Trace Division(int number) => number < MaximumDivisions ? new Trace(2ul << number) : default;

    public bool Holds(int division) => division < MaximumDivisions && (_bits & (2ul << division)) != 0;

    /// <summary>The same without the divisions: what feeds an exponent, an index, <c>%</c> or a shift is truncated on purpose.</summary>
    public Trace WithoutDivisions() => new(_bits & 1);

    public static Trace operator |(Trace left, Trace right) => new(left._bits | right._bits);
}
