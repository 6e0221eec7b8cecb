using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using WarmupAnalyzers.Factors;
using WarmupAnalyzers.Reading.Factors;
using WarmupAnalyzers.Reading.Steps;
using WarmupAnalyzers.Schedules;

namespace WarmupAnalyzers.Reading.Schedules;

/// <summary>A real number, given to a scheduler or optimizer, that integer divisions truncate whatever the code leaves open.</summary>
/// <param name="Divisions">The divisions, wherever they stand.</param>
/// <param name="Truncated">What comes of it, under the first assignment.</param>
/// <param name="Real">What would come of real divisions.</param>
internal sealed record TruncatedArgument(string Parameter, ImmutableArray<SyntaxNode> Divisions, double Truncated, double Real)
{
    /// <summary>An argument of a scheduler; null for <c>T_max</c>, a count that is declared <c>double</c>.</summary>
    public static TruncatedArgument? OfScheduler(SchedulerCreation creation, string parameter, TrainingCode code, CancellationToken cancellation) =>
        creation.Kind == SchedulerKind.CosineAnnealingLR && parameter == "T_max" || creation.Argument(parameter) is not { } argument
            || argument.Unwrapped() is ILiteralOperation or IDefaultValueOperation
            ? null
            : Of(parameter, argument, code, cancellation);

    /// <summary>An argument, or null where nothing truncates it, or not always.</summary>
    public static TruncatedArgument? Of(string parameter, IOperation argument, TrainingCode code, CancellationToken cancellation)
    {
        var program = FactorReader.ReadRate(argument, code, cancellation).Value;
        if (program.Divisions.IsEmpty)
            return null;
        var assignments = Assignments.ByBranch(program).SelectMany(branch => branch.Assignments).ToArray();
        var divisions = new SortedSet<int>();
        TruncatedArgument? first = null;
        foreach (var assignment in assignments)
        {
            var value = program.Under(assignment, cancellation).At(0);
            var truncating = Enumerable.Range(0, program.Divisions.Length).Where(value.Trace.Holds).ToImmutableHashSet();
            var real = program.Mended(assignment, truncating, cancellation).FactorAt(0);
            if (!value.Kind.IsNumber() || truncating.IsEmpty || double.IsNaN(real) || real == value.ToDouble())
                return null;
            divisions.UnionWith(truncating);
            first ??= new TruncatedArgument(parameter, ImmutableArray<SyntaxNode>.Empty, value.ToDouble(), real);
        }

        return first is null ? null : first with { Divisions = divisions.Select(division => (SyntaxNode)program.Divisions[division].Origin).ToImmutableArray() };
    }

    /// <summary>The argument's number under the first assignment of what the code leaves open; NaN where there is none.</summary>
    public static double NumberOf(IOperation argument, TrainingCode code, CancellationToken cancellation)
    {
        var program = FactorReader.ReadRate(argument, code, cancellation).Value;
        return Assignments.ByBranch(program).SelectMany(branch => branch.Assignments).Select(assignment => program.Under(assignment, cancellation).FactorAt(0)).DefaultIfEmpty(double.NaN).First();
    }
}
