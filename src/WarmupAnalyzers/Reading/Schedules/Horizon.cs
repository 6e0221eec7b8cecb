using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using WarmupAnalyzers.Factors;
using WarmupAnalyzers.Reading.Factors;
using WarmupAnalyzers.Reading.Steps;
using WarmupAnalyzers.Schedules;

namespace WarmupAnalyzers.Reading.Schedules;

/// <summary>The length that a decay is made for.</summary>
internal static class Horizon
{
    /// <summary>As it is written, where it is the number of steps that the loops make, whatever they are; null else.</summary>
    public static ExpressionSyntax? OfWholeTraining(SchedulerCreation creation, TrainingCode code, CancellationToken cancellation)
    {
        if (ParameterOf(creation.Kind) is not { } parameter || creation.ArgumentSyntax(parameter) is not ArgumentSyntax { Expression: var written }
            || creation.Argument(parameter) is not { } value)
            return null;
        var (horizon, steps) = (FactorReader.ReadRate(value, code, cancellation).Value, ScheduleSteps.Of(creation, code, cancellation));
        var branches = Assignments.ByBranch(horizon, System.Collections.Immutable.ImmutableHashSet<object>.Empty, double.NaN, steps.FreeVariables);
        return !branches.IsEmpty && branches.All(branch => branch.Assignments.All(IsWhole)) ? written : null;

        bool IsWhole(Assignment assignment) => horizon.Under(assignment, cancellation).FactorAt(0) is var length && length == steps.Under(assignment, cancellation).Greatest;
    }

    private static string? ParameterOf(SchedulerKind kind) => kind switch
    {
        SchedulerKind.CosineAnnealingLR => "T_max",
        SchedulerKind.PolynomialLR or SchedulerKind.LinearLR => "total_iters",
        _ => null,
    };
}
