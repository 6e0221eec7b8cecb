using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using WarmupAnalyzers.Reading;
using WarmupAnalyzers.Reading.Schedules;
using WarmupAnalyzers.Reading.Source;
using WarmupAnalyzers.Schedules;

namespace WarmupAnalyzers.Rules;

/// <summary>WARM2008: what is named for warmup holds a scheduler whose learning rate never rises.</summary>
internal static class NoWarmup
{
    public const string Id = "WARM2008";

    public static readonly DiagnosticDescriptor Descriptor = new(
        "WARM2008",
        "This scheduler does not warm up",
        "This scheduler does not warm up: {0}",
        RuleCategory.Argument,
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        description: "A warmup starts with a low learning rate and raises it. This scheduler starts with the full one and lowers it, whatever the variable that holds it is called.",
        helpLinkUri: HelpLink.For(Id));

    public static ArgumentMistake? Judge(SchedulerArguments arguments)
    {
        if (HolderNames.OfResult(arguments.Creation.Operation).FirstOrDefault(IsWarmup) is not { } name || Fall(arguments) is not { } fall)
            return null;
        return new ArgumentMistake(Descriptor, arguments.Creation.Operation.Syntax, $"'{name}' holds {arguments.Creation.Title}, which {fall}{Numbers(arguments)}");
    }

    // `warmupDecay` may well be both.
    private static bool IsWarmup(string name) => WarmupName.IsWarmup(name) && !WarmupName.IsDecay(name);

    /// <summary>How it goes down; null where it does not, or that is not certain.</summary>
    private static string? Fall(SchedulerArguments arguments) => arguments.Kind switch
    {
        SchedulerKind.StepLR or SchedulerKind.MultiStepLR or SchedulerKind.ExponentialLR when arguments.Number("gamma") is > 0 and < 1 =>
            "only lowers the learning rate",
        SchedulerKind.CosineAnnealingLR when IsBelowStart(arguments) => "starts with the full learning rate and lowers it",
        SchedulerKind.LinearLR when arguments.Number("start_factor") is { } start && arguments.Number("end_factor") < start => "only lowers the learning rate",
        SchedulerKind.ReduceLROnPlateau => "only lowers the learning rate, and when the metric stops improving",
        _ => null,
    };

    private static bool IsBelowStart(SchedulerArguments arguments) =>
        arguments.Number("last_epoch") == -1 && arguments.Number("eta_min") is { } least && (least == 0 || least < arguments.StartRate);

    private static string Numbers(SchedulerArguments arguments) =>
        arguments.Scheduler is { } scheduler && RunText.Numbers(scheduler, arguments) is { } numbers && numbers[numbers.Count - 1] < numbers[0] && !double.IsNaN(arguments.StartRate)
            ? ": it runs " + RunText.Picture(numbers)
            : string.Empty;
}
