using System.Threading;

namespace WarmupAnalyzers.Tests.Robustness;

/// <summary>What a run has seen.</summary>
internal sealed class FuzzFigures
{
    /// <summary>Of one mutant in so many it is asked whether it compiles; of the others only where something is offered for them.</summary>
    public const int SharePeriod = 8;

    private int _mutants;
    private int _reports;
    private int _fixes;
    private int _fixAlls;
    private int _refactorings;
    private int _looked;
    private int _compiling;

    public void AddMutant() => Interlocked.Increment(ref _mutants);

    public void AddReports(int reports) => Interlocked.Add(ref _reports, reports);

    public void AddFix() => Interlocked.Increment(ref _fixes);

    public void AddFixAll() => Interlocked.Increment(ref _fixAlls);

    public void AddRefactoring() => Interlocked.Increment(ref _refactorings);

    public void AddLooked(bool compiles)
    {
        Interlocked.Increment(ref _looked);
        if (compiles)
            Interlocked.Increment(ref _compiling);
    }

    public override string ToString() =>
        $"{_mutants} mutants ({100.0 * _compiling / System.Math.Max(1, _looked):0} % of {_looked} compile), {_reports} reports, {_fixes} fixes, {_fixAlls} times Fix All, {_refactorings} refactorings";
}
