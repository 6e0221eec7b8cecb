using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using WarmupAnalyzers.Reading;
using WarmupAnalyzers.Reading.Schedules;
using WarmupAnalyzers.Reading.Steps;
using WarmupAnalyzers.Schedules;
using WarmupAnalyzers.Training;

namespace WarmupAnalyzers.Rules;

/// <summary>WARM3003: a new scheduler in every iteration, or at each access, where one should live on.</summary>
internal static class CreatedAnew
{
    public const string Id = "WARM3003";

    /// <summary>The property that says that the declaration can go in front of the loop.</summary>
    public const string Hoist = "hoist";

    private const int ShownNumbers = 3;
    private const int DrawnNumbers = 8;

    /// <summary>So many rounds without a difference are no mistake.</summary>
    private const int ComparedRounds = 4096;

    public static readonly DiagnosticDescriptor Descriptor = new(
        "WARM3003",
        "The scheduler is created anew where it should live on",
        "The scheduler is created anew {0}, so {1}",
        RuleCategory.Stepping,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description: "A new scheduler starts at the beginning of its schedule. Where one is made for every step() the schedule never gets further than its first step.",
        helpLinkUri: HelpLink.For(Id));

    public static Diagnostic? Judge(SchedulerLife life, TrainingCode code, CancellationToken cancellation)
    {
        if (life.Creation.HoldsError)
            return null;
        if (SchedulerProperty.IsStepped(life.Creation, code, cancellation))
            return IsLost(life, code, cancellation)
                ? Diagnostic.Create(Descriptor, life.Creation.Operation.Syntax.GetLocation(), "at each access of the property", "every step() starts at the beginning of the schedule")
                : null;
        if (life.Recreation is not { } recreation || recreation.Loop.Site?.Location is not SyntaxNode loop)
            return null;
        var place = new CreationInLoop(life, code, cancellation);
        return place.IsIndependentOf(loop) && IsLost(life, code, cancellation) ? ToDiagnostic(life, recreation, place, code, cancellation) : null;
    }

    private static Diagnostic ToDiagnostic(SchedulerLife life, Recreation recreation, CreationInLoop place, TrainingCode code, CancellationToken cancellation)
    {
        var location = life.Creation.Operation.Syntax.GetLocation();
        object[] arguments = ["in every iteration", "the schedule starts again every time" + Numbers(life, recreation, code, cancellation)];
        return place.Hoist() is var (loop, statement)
            ? Diagnostic.Create(Descriptor, location, [loop.GetLocation(), statement.GetLocation()], ImmutableDictionary<string, string?>.Empty.Add(Hoist, "true"), arguments)
            : Diagnostic.Create(Descriptor, location, arguments);
    }

    /// <summary>
    /// Whether it makes a difference. What multiplies the rate in force by the same number at every step does the same when it is
    /// made anew.
    /// </summary>
    private static bool IsLost(SchedulerLife life, TrainingCode code, CancellationToken cancellation)
    {
        var kind = life.Creation.Kind;
        if (kind is SchedulerKind.ExponentialLR or SchedulerKind.MultiplicativeLR)
            return false;
        if (kind is SchedulerKind.ReduceLROnPlateau or SchedulerKind.WarmupThenPlateauLR)
            return true;
        if (ScheduleCurve.Renewed(life.Creation, 1, 0, code, cancellation) is null)
            return kind is not (SchedulerKind.SequentialLR or SchedulerKind.ChainedLR or SchedulerKind.LambdaLR) && !life.Creation.MayBeConstant();
        for (var rounds = DrawnNumbers; rounds <= ComparedRounds; rounds *= 8)
        {
            if (ScheduleCurve.Of(life.Creation, rounds, code, cancellation) is not { } kept)
                return true; // it gets to where it throws
            if (ScheduleCurve.Renewed(life.Creation, rounds, 0, code, cancellation) is not { } renewed || !kept.SequenceEqual(renewed))
                return true;
        }

        return false;
    }

    private static string Numbers(SchedulerLife life, Recreation recreation, TrainingCode code, CancellationToken cancellation)
    {
        var first = life.First.Index;
        if (recreation.StepsPerRound != 1 || !life.First.IsKnown || first > 1
            || ScheduleCurve.Of(life.Creation, first + DrawnNumbers, code, cancellation) is not { } kept
            || ScheduleCurve.Renewed(life.Creation, DrawnNumbers, first, code, cancellation) is not { } renewed)
            return string.Empty;
        var instead = kept.Skip(first).ToArray();
        // The numbers of a schedule that begins with a hold tell nothing.
        return Start(renewed) == Start(instead) ? string.Empty : $" (trains with {Start(renewed)} instead of {Start(instead)} {CurveText.Sparkline(renewed)})";
    }

    private static string Start(IEnumerable<double> curve) => CurveText.Numbers(curve.Take(ShownNumbers).ToArray()) + ", …";
}
