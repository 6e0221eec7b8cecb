using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using WarmupAnalyzers.Factors;
using WarmupAnalyzers.Reading;

namespace WarmupAnalyzers.Rules;

/// <summary>One factor function in one branch of its open variables, with its curves under every assignment of that branch.</summary>
internal sealed class FactorUnderJudgement
{
    private readonly CancellationToken _cancellation;

    public FactorUnderJudgement(FactorSchedule schedule, GroupFactor group, ImmutableArray<Assignment> assignments, CancellationToken cancellation)
    {
        Schedule = schedule;
        Group = group;
        Assignments = assignments;
        _cancellation = cancellation;
    }

    public FactorSchedule Schedule { get; }

    public GroupFactor Group { get; }

    public FactorProgram Program => Group.Program;

    public ImmutableArray<Assignment> Assignments { get; }

    public int FirstIndex => Schedule.FirstIndex;

    /// <summary>The value at the first trained index under one assignment.</summary>
    public Value First(Assignment assignment, ImmutableHashSet<int> mended) =>
        Program.Mended(assignment, mended, _cancellation).At(FirstIndex);

    /// <summary>The curve over the index range, with these integer divisions computed as real ones.</summary>
    public FactorCurve Curve(Assignment assignment, ImmutableHashSet<int> mended) =>
        FactorCurve.Of(Program.Mended(assignment, mended, _cancellation), Indices(assignment));

    /// <summary>The curve with the values of these sources doubled.</summary>
    public FactorCurve Scaled(Assignment assignment, ImmutableHashSet<int> mended, ImmutableHashSet<object> sources) =>
        FactorCurve.Of(Program.Scaled(assignment, mended, sources, 2, _cancellation), Indices(assignment));

    private ImmutableArray<int> Indices(Assignment assignment) =>
        IndexRange.Of(FirstIndex, System.Math.Max(Program.LargestConstant, assignment.LargestCount()));

    /// <summary>The first factors as numbers and bars, and for which values of the open variables.</summary>
    public string Picture(ImmutableHashSet<int> mended) => CurvePicture.Of(this, mended, _cancellation);
}
