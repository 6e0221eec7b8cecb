using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using WarmupAnalyzers.Factors;
using WarmupAnalyzers.Reading;
using WarmupAnalyzers.Reading.Schedules;
using WarmupAnalyzers.Training;

namespace WarmupAnalyzers.Rules;

/// <summary>One factor function in one branch of its open variables, with its curves under every assignment of that branch.</summary>
internal sealed class FactorUnderJudgement
{
    private readonly CancellationToken _cancellation;
    private readonly Lazy<ImmutableArray<Assignment>> _reasonable;
    private readonly Dictionary<Assignment, StepRange> _steps = new();
    private readonly Dictionary<Assignment, ImmutableArray<int>> _indices = new();
    private readonly Dictionary<(Assignment, ImmutableHashSet<int>), FactorRun> _runs = new();

    public FactorUnderJudgement(FactorSchedule schedule, GroupFactor group, AssignmentBranch branch, WarmupOptions options, CancellationToken cancellation)
    {
        Schedule = schedule;
        Group = group;
        Branch = branch;
        Options = options;
        _cancellation = cancellation;
        _reasonable = new Lazy<ImmutableArray<Assignment>>(Reasonable);
    }

    public FactorSchedule Schedule { get; }

    public GroupFactor Group { get; }

    public FactorProgram Program => Group.Program;

    public AssignmentBranch Branch { get; }

    public WarmupOptions Options { get; }

    /// <summary>
    /// The assignments under which the function has a value at the first trained index: a warmup of `total / 10` steps is made
    /// for totals of ten and more. Empty where that is not the rule.
    /// </summary>
    public ImmutableArray<Assignment> Assignments => _reasonable.Value;

    /// <summary>Whether it has a value, or throws, whatever the outside variables are that move: then they do not matter to it.</summary>
    public bool IsKnown => Branch.Assignments.Any(assignment => Program.Under(assignment, _cancellation).At(FirstCall).Kind != ValueKind.Unknown);

    /// <summary>What its values are called in a message.</summary>
    public string Subject => Schedule.Use == FactorUse.Rate ? "the learning rate" : "the factor";

    /// <summary>What a warmup leads to: 1 for a factor, the optimizer's rate for a rate; NaN where that is not known.</summary>
    public double Plateau(Assignment assignment)
    {
        var rate = Schedule.BaseRate;
        if (Schedule.Use != FactorUse.Rate)
            return 1;
        return double.IsNaN(rate.Value) && Program.FreeVariables.FirstOrDefault(variable => rate.Keys.Contains(variable.Key)) is { } open
            ? assignment.ValueOf(open).ToDouble()
            : rate.Value;
    }

    public int FirstIndex => Schedule.FirstIndex;

    /// <summary>How often the schedule is provably stepped under one assignment. After so many steps its function has been called with that index.</summary>
    public StepRange Steps(Assignment assignment)
    {
        if (!_steps.TryGetValue(assignment, out var steps))
            _steps[assignment] = steps = Schedule.Steps.Under(assignment, _cancellation);
        return steps;
    }

    /// <summary>The last index that is provably trained with: what the last step sets may serve no more.</summary>
    public double LastTrained(Assignment assignment) => FirstIndex + Math.Max(0, Steps(assignment).Least - 1);

    /// <summary>The last index that is usually trained with; infinite where the loops do not tell.</summary>
    public double LastUsual(Assignment assignment) => FirstIndex + Math.Max(0, Steps(assignment).Usual - 1);

    /// <summary>The indices to look at, up to the last that counts.</summary>
    public ImmutableArray<int> IndicesUpTo(double last, Assignment assignment)
    {
        var indices = Indices(assignment);
        if (last >= indices[indices.Length - 1])
            return last < int.MaxValue && last > indices[indices.Length - 1] ? indices.Add((int)last) : indices;
        var count = 0;
        while (indices[count] < last)
            count++;
        return indices.RemoveRange(count, indices.Length - count).Add((int)last);
    }

    /// <summary>The function, as it runs under one assignment.</summary>
    public FactorRun Run(Assignment assignment, ImmutableHashSet<int> mended)
    {
        // All rules ask at the same indices: what one has computed the others need not.
        if (!_runs.TryGetValue((assignment, mended), out var run))
            _runs[(assignment, mended)] = run = Program.Mended(assignment, mended, _cancellation).Remembering();
        return run;
    }

    /// <summary>Another group's function of the same scheduler, in the first branch of its open variables.</summary>
    public FactorUnderJudgement? Beside(GroupFactor group)
    {
        var branches = Schedule.BranchesOf(group);
        return branches.IsEmpty ? null : new FactorUnderJudgement(Schedule, group, branches[0], Options, _cancellation);
    }

    /// <summary>The value at the first trained index under one assignment.</summary>
    public Value First(Assignment assignment, ImmutableHashSet<int> mended) => Run(assignment, mended).At(FirstIndex);

    /// <summary>The function of a variable that moves with the training, in the place of its index.</summary>
    public FactorRun DrivenBy(MovingVariable variable, Assignment assignment) => Program.DrivenBy(variable.Key, assignment, _cancellation);

    /// <summary>The value of a length in the function; NaN where it is not the same at every index.</summary>
    public double ValueOf(LengthSite length, Assignment assignment) => Program.FixedValue(length.Value, assignment, _cancellation);

    /// <summary>The value at any index.</summary>
    public double Number(Assignment assignment, ImmutableHashSet<int> mended, int index) =>
        Run(assignment, mended).FactorAt(index);

    /// <summary>The curve over the index range, with these integer divisions computed as real ones.</summary>
    public FactorCurve Curve(Assignment assignment, ImmutableHashSet<int> mended) =>
        FactorCurve.Of(Run(assignment, mended), Indices(assignment));

    /// <summary>The values that the function itself gives where it is called; what the curve is made of.</summary>
    public FactorCurve OwnValues(Assignment assignment, ImmutableHashSet<int> mended) => FactorCurve.Of(
        Program.Function.Mended(assignment, mended, _cancellation),
        IndexRange.Of(FirstCall, LargestCount(assignment)));

    /// <summary>What the function's own values are, with these integer divisions computed as real ones.</summary>
    public CurveKind KindOfOwnValues(Assignment assignment, ImmutableHashSet<int> mended) => AbsoluteCurve.KindOf(
        Program.Function.Mended(assignment, mended, _cancellation),
        LargestCount(assignment));

    /// <summary>The function as it would be judged in another scheduler.</summary>
    public FactorUnderJudgement In(FactorSchedule schedule, GroupFactor group) => new(schedule, group, Branch, Options, _cancellation);

    /// <summary>The curve with the values of these sources doubled.</summary>
    public FactorCurve Scaled(Assignment assignment, ImmutableHashSet<int> mended, ImmutableHashSet<object> sources) =>
        FactorCurve.Of(Program.Scaled(assignment, mended, sources, 2, _cancellation), Indices(assignment));

    private ImmutableArray<Assignment> Reasonable()
    {
        var all = Branch.Assignments;
        var values = all.Select(assignment => Run(assignment, ImmutableHashSet<int>.Empty).At(FirstCall)).ToArray();
        if (values.Any(value => value.Kind is not ValueKind.Thrown && !value.Kind.IsNumber()))
            return ImmutableArray<Assignment>.Empty;
        var reasonable = all.Where((_, i) => values[i].Kind.IsNumber() && !double.IsNaN(values[i].ToDouble())).ToImmutableArray();
        return 2 * reasonable.Length > all.Length ? reasonable : ImmutableArray<Assignment>.Empty;
    }

    /// <summary>The number that TorchSharp calls the function with first: when the scheduler is made, or at the first step.</summary>
    public int FirstNumber => Schedule.Use == FactorUse.CycleScale ? FirstIndex : 0;

    // A running product has a first value that no call made.
    private int FirstCall => Program.Calls == FactorCalls.RunningProduct ? Math.Max(1, FirstIndex) : FirstIndex;

    private ImmutableArray<int> Indices(Assignment assignment)
    {
        if (!_indices.TryGetValue(assignment, out var indices))
            _indices[assignment] = indices = IndexRange.Of(FirstIndex, LargestCount(assignment), Program.LastIndex);
        return indices;
    }

    /// <summary>The largest count that the function knows of.</summary>
    public double LargestCount(Assignment assignment) => Math.Max(Program.LargestConstant, assignment.LargestCount(Program.FreeVariables));

    /// <summary>The first factors as numbers and bars, and for which values of the open variables.</summary>
    public string Picture(ImmutableHashSet<int> mended) => Picture(Assignments[0], mended);

    /// <summary>The same under one assignment.</summary>
    public string Picture(Assignment assignment, ImmutableHashSet<int> mended) => CurvePicture.Of(this, assignment, mended, _cancellation);
}
