using System;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using Microsoft.CodeAnalysis;
using WarmupAnalyzers.Factors;
using WarmupAnalyzers.Reading;
using WarmupAnalyzers.Reading.Optimizers;
using WarmupAnalyzers.Reading.Schedules;
using WarmupAnalyzers.Schedules;

namespace WarmupAnalyzers.Rules;

/// <summary>WARM2006: a decay goes on for so long that nothing is left of the learning rate.</summary>
internal static class DecayUnderflows
{
    public const string Id = "WARM2006";

    /// <summary>Below this share of the base learning rate nothing is trained.</summary>
    private const double Nothing = 1e-8;

    // What jumps so far at once was written down so.
    private const double LargestDrop = 1e5;

    public static readonly DiagnosticDescriptor Descriptor = new(
        "WARM2006",
        "The decay underflows",
        "The decay underflows: {0}",
        RuleCategory.Argument,
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        description: "The learning rate falls below a hundred-millionth of its base while the training still goes on, so the rest of the training changes nothing. A decay per epoch that is stepped per batch does this.",
        helpLinkUri: HelpLink.For(Id));

    public static ArgumentMistake? Judge(SchedulerArguments arguments) => arguments.Kind switch
    {
        SchedulerKind.ExponentialLR or SchedulerKind.StepLR or SchedulerKind.MultiStepLR => OfClosedForm(arguments),
        SchedulerKind.LambdaLR or SchedulerKind.MultiplicativeLR => OfFunctions(arguments),
        _ => null,
    };

    private static ArgumentMistake? OfClosedForm(SchedulerArguments arguments)
    {
        if (arguments.Number("gamma") is not (> 0 and < 1) || arguments.Decay is not { } decay)
            return null;
        var steps = arguments.Steps;
        return steps.FreeVariables.IsEmpty && At(decay, (int)Math.Min(int.MaxValue, steps.Under(Assignment.Empty, arguments.Cancellation).Least)) is { } underflow
            && StandsForItself(arguments)
            ? new ArgumentMistake(Descriptor, arguments.PlaceOf("gamma"), Effect(underflow, arguments))
            : null;
    }

    private static ArgumentMistake? OfFunctions(SchedulerArguments arguments)
    {
        if (arguments.Functions is not { } schedule)
            return null;
        foreach (var group in schedule.Groups)
        {
            var assignments = schedule.BranchesOf(group).SelectMany(branch => branch.Assignments).ToImmutableArray();
            if (!assignments.IsEmpty && assignments.All(assignment => Of(group, assignment, schedule, arguments) is not null) && StandsForItself(arguments))
                return new ArgumentMistake(Descriptor, group.Delegate.Syntax, Effect(Of(group, assignments[0], schedule, arguments)!.Value, arguments));
        }

        return null;
    }

    private static (int Index, int Steps, double Last)? Of(GroupFactor group, Assignment assignment, FactorSchedule schedule, SchedulerArguments arguments)
    {
        var steps = Math.Min(schedule.Steps.Under(assignment, arguments.Cancellation).Least, group.Program.LastIndex / 2);
        return At(group.Program.Under(assignment, arguments.Cancellation).FactorAt, (int)Math.Min(int.MaxValue, steps));
    }

    // What another scheduler works on too, or what is clamped by hand, is not known from this one.
    private static bool StandsForItself(SchedulerArguments arguments) =>
        arguments.Number("last_epoch") == -1 && arguments.Parent is null && !arguments.Life.HasRival
        && !arguments.Code.RateWrites.CanFollow(arguments.Creation, arguments.Cancellation);

    /// <summary>Where a curve that is trained with up to this step falls below; null where it does not, or ends there on purpose.</summary>
    private static (int Index, int Steps, double Last)? At(Func<int, double> factor, int steps)
    {
        // The last training step is made before the last step of the scheduler.
        if (steps < 2 || !IsNothing(factor(steps - 1)))
            return null;
        var (before, at) = (0, steps - 1);
        while (at - before > 1)
        {
            var middle = before + (at - before) / 2;
            if (IsNothing(factor(middle)))
                at = middle;
            else
                before = middle;
        }

        return IsNothing(factor(0)) || !GoesOnFalling(factor, at) ? null : (at, steps, factor(steps));
    }

    private static bool IsNothing(double factor) => Math.Abs(factor) < Nothing;

    // A cosine, a line, a polynomial has its end there: it is zero soon, or climbs again. A decay by a ratio goes on as before.
    private static bool GoesOnFalling(Func<int, double> factor, int at)
    {
        var (before, there, later) = (factor(at - 1), factor(at), factor((int)Math.Min(int.MaxValue, 2L * at)));
        return there > 0 && before <= LargestDrop * there && later > 0 && later <= there;
    }

    private static string Effect((int Index, int Steps, double Last) underflow, SchedulerArguments arguments)
    {
        var rate = arguments.StartRate;
        var last = double.IsNaN(rate) ? CurveText.Number(underflow.Last) + " of its base" : CurveText.Number(underflow.Last * rate);
        return string.Format(
            CultureInfo.InvariantCulture,
            "the learning rate falls below 1e-8 of its base at step {0} and is {1} after {2} steps",
            underflow.Index,
            last,
            underflow.Steps);
    }
}
