using System.Collections.Immutable;
using System.Threading;

namespace WarmupAnalyzers.Factors;

/// <summary>
/// One evaluation's surroundings: what the free variables are, what is mended or scaled for the sake of a question, and the
/// budget. Lives as long as one run; never shared between threads.
/// </summary>
internal sealed class Machine
{
    /// <summary>Interpreter steps that one call of a factor function may take; beyond, its value is Unknown.</summary>
    public const int StepsPerCall = 200_000;

    private const int MaximumDepth = 100;
    private readonly CancellationToken _cancellation;
    private int _stepsLeft;
    private int _depth;

    public Machine(Assignment assignment, CancellationToken cancellation)
    {
        Assignment = assignment;
        _cancellation = cancellation;
        _stepsLeft = StepsPerCall;
    }

    public Assignment Assignment { get; }

    /// <summary>The integer divisions to compute as real ones: the curve that the author meant.</summary>
    public ImmutableHashSet<int> MendedDivisions { get; set; } = ImmutableHashSet<int>.Empty;

    /// <summary>The sources of values (symbols' keys, literals) to multiply by <see cref="Scale"/>: what happens when the rate is another.</summary>
    public ImmutableHashSet<object> Scaled { get; set; } = ImmutableHashSet<object>.Empty;

    public double Scale { get; set; } = 2;

    /// <summary>Counts the calls of the factor function, so that state which outlives a call is recognised.</summary>
    public int Call { get; private set; }

    public void BeginCall()
    {
        Call++;
        _stepsLeft = StepsPerCall;
        _depth = 0;
    }

    /// <summary>Takes one step of the budget; false when it is used up.</summary>
    public bool Step()
    {
        if ((_stepsLeft & 0xFFF) == 0)
            _cancellation.ThrowIfCancellationRequested();
        return --_stepsLeft > 0;
    }

    public bool Enter() => ++_depth <= MaximumDepth;

    public void Leave() => _depth--;
}
