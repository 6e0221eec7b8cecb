namespace WarmupAnalyzers.Training;

/// <summary>A set of kinds of events.</summary>
internal readonly record struct EventKinds
{
    private readonly int _bits;

    private EventKinds(int bits) => _bits = bits;

    public static EventKinds None => default;

    /// <summary>The optimizer is stepped, or may be.</summary>
    public static EventKinds Training { get; } = None.With(EventKind.OptimizerStep).With(EventKind.PossibleOptimizerStep);

    public bool Contains(EventKind kind) => (_bits & Bit(kind)) != 0;

    public bool Overlaps(EventKinds other) => (_bits & other._bits) != 0;

    public EventKinds With(EventKind kind) => new(_bits | Bit(kind));

    public EventKinds With(EventKinds other) => new(_bits | other._bits);

    private static int Bit(EventKind kind) => 1 << (int)kind;
}
