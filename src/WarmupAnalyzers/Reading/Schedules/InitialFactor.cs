using System.Linq;
using System.Threading;
using WarmupAnalyzers.Factors;
using WarmupAnalyzers.Reading.Factors;
using WarmupAnalyzers.Reading.Steps;
using WarmupAnalyzers.Schedules;

namespace WarmupAnalyzers.Reading.Schedules;

/// <summary>What a new scheduler multiplies the base learning rate by before its first <c>step()</c>.</summary>
internal static class InitialFactor
{
    private const int NestingLimit = 8;

    /// <summary>Whether f(0) is certainly not zero. Unknown is false.</summary>
    public static bool IsNonzero(SchedulerCreation creation, TrainingCode code, CancellationToken cancellation) =>
        IsNonzero(creation, code, NestingLimit, cancellation);

    private static bool IsNonzero(SchedulerCreation creation, TrainingCode code, int nesting, CancellationToken cancellation)
    {
        switch (creation.Kind)
        {
            case SchedulerKind.LambdaLR:
                return ScheduleReader.Number(creation, "last_epoch", code, cancellation) is { } last
                    && FactorSchedule.Read(creation, code, cancellation) is { } schedule
                    && schedule.Groups.All(group => IsNonzero(group.Program, (int)last + 1, cancellation));
            case SchedulerKind.LinearLR:
                return IsNonzero(creation, "start_factor", code, cancellation);
            case SchedulerKind.ConstantLR:
                return IsNonzero(creation, "factor", code, cancellation);
            case SchedulerKind.ReduceLROnPlateau or SchedulerKind.WarmupThenPlateauLR:
                return false;
            case SchedulerKind.ScheduleLR:
                return ScheduleCurve.Of(creation, 1, code, cancellation) is { } curve ? curve[0] != 0 : !creation.MayBeginAtZero();
            case SchedulerKind.SequentialLR: // only the first is in force
                return nesting > 0 && SchedulerLife.Child(creation, 0, code, cancellation) is { } first && IsNonzero(first, code, nesting - 1, cancellation);
            case SchedulerKind.ChainedLR: // all of them are
                if (nesting == 0 || creation.Argument("schedulers") is not { } list || SchedulerList.Elements(list) is not { Count: > 0 } elements)
                    return false;
                return Enumerable.Range(0, elements.Count).All(index =>
                    SchedulerLife.Child(creation, index, code, cancellation) is { } child && IsNonzero(child, code, nesting - 1, cancellation));
            default:
                return true;
        }
    }

    private static bool IsNonzero(SchedulerCreation creation, string parameter, TrainingCode code, CancellationToken cancellation) =>
        creation.Argument(parameter) is { } argument
        && IsNonzero(FactorReader.ReadRate(argument, code, cancellation).Value, 0, cancellation);

    // Whatever the code leaves open.
    private static bool IsNonzero(FactorProgram program, int index, CancellationToken cancellation)
    {
        var branches = Assignments.ByBranch(program);
        return !branches.IsEmpty && branches.SelectMany(branch => branch.Assignments).All(assignment =>
            program.Under(assignment, cancellation).FactorAt(index) is < 0 or > 0);
    }
}
