using System.Linq;
using System.Threading;
using WarmupAnalyzers.Reading;

namespace WarmupAnalyzers.Schedules;

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
            case SchedulerKind.ReduceLROnPlateau:
                return false;
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
}
