using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using WarmupAnalyzers.Reading;
using WarmupAnalyzers.Reading.Optimizers;
using WarmupAnalyzers.Reading.Rounds;
using WarmupAnalyzers.Reading.Schedules;
using WarmupAnalyzers.Schedules;
using WarmupAnalyzers.Schedules.Simulated;

namespace WarmupAnalyzers.Rules;

/// <summary>WARM4009: a learning rate by hand, and a scheduler that sets it too.</summary>
internal static class FightsScheduler
{
    public const string Id = "WARM4009";

    private const int Shown = 8;
    private const int LongestRun = 1_000;

    public static readonly DiagnosticDescriptor Descriptor = new(
        "WARM4009",
        "A hand-written learning rate fights the scheduler",
        "The learning rate that is written here fights the scheduler: {0}",
        RuleCategory.Composition,
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        description: "The learning rate of a parameter group is one number, which the scheduler sets in its step() and this assignment sets too. The optimizer steps with what was set last, and the other is lost.",
        helpLinkUri: HelpLink.For(Id));

    /// <summary>The report; null where nothing is lost.</summary>
    public static Diagnostic? Judge(ContestedRate contested, TrainingCode code, CancellationToken cancellation)
    {
        var (scheduler, name) = (contested.Scheduler, contested.Scheduler.Title);
        if (contested.Contest != RateContest.WriteLost && IsConstant(scheduler, code, cancellation))
            return null;
        var run = Run(scheduler, code, cancellation);
        var effect = contested.Contest switch
        {
            RateContest.WriteLost => $"{name} sets it anew before the optimizer steps" + (run is null ? string.Empty : ", and it" + run),
            RateContest.StepsLost => $"{name} goes on from it, so that of all its steps the last one is left" + (run is null ? string.Empty : "; alone the learning rate" + run),
            _ => (contested.IsFirstRight ? "from the second round on it" : "it") + $" takes the place of what {name} sets" + (run is null ? string.Empty : ", where the learning rate" + run),
        };
        return Diagnostic.Create(Descriptor, contested.Write.Syntax.GetLocation(), [scheduler.Operation.Syntax.GetLocation()], effect);
    }

    private static bool IsConstant(SchedulerCreation creation, TrainingCode code, CancellationToken cancellation) =>
        ScheduleCurve.Of(creation, LongestRun, code, cancellation) is { } curve && curve.All(factor => factor == curve[0]);

    /// <summary>What the scheduler does when it is alone; null where its rates are not known.</summary>
    private static string? Run(SchedulerCreation creation, TrainingCode code, CancellationToken cancellation)
    {
        var rate = BaseLearningRate.Of(creation.Optimizer, code, cancellation).Value;
        if (ScheduleReader.Read(creation, code, cancellation) is not { } scheduler || scheduler is ReduceLROnPlateau || (double.IsNaN(rate) && !scheduler.IsProportional)
            || ScheduleCurve.Of(creation, Shown, code, cancellation) is not { } curve)
            return null;
        return double.IsNaN(rate)
            ? " is multiplied by " + CompositionText.Picture(curve)
            : " runs " + CompositionText.Picture(curve.Select(factor => factor * rate).ToArray());
    }
}
