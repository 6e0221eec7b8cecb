using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Microsoft.CodeAnalysis;
using WarmupAnalyzers.Factors;
using WarmupAnalyzers.Reading.Schedules;
using WarmupAnalyzers.Schedules;

namespace WarmupAnalyzers.Rules;

/// <summary>WARM4005: a scheduler that needs a metric, in the hands of one that has none to give.</summary>
internal static class PlateauInComposition
{
    public const string Id = "WARM4005";

    private const string Exception = "InvalidOperationException";
    private const double LongestRun = 10_000;

    public static readonly DiagnosticDescriptor Descriptor = new(
        "WARM4005",
        "A plateau scheduler inside Sequential or Chained",
        "The {0}",
        RuleCategory.Composition,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description: "SequentialLR and ChainedLR call step() on their schedulers, without a metric. ReduceLROnPlateau needs one and throws, often in the middle of the training.",
        helpLinkUri: HelpLink.For(Id));

    public static IEnumerable<CompositionMistake> Judge(Composition composition)
    {
        if (composition.Parts is not { } parts)
            return [];
        return Enumerable.Range(0, parts.Length)
            .Where(part => composition.KnownPartAt(part) is { Kind: SchedulerKind.ReduceLROnPlateau or SchedulerKind.WarmupThenPlateauLR } && IsReached(composition, part))
            .Select(part => new CompositionMistake(Descriptor, composition.PlaceOf(part), $"{composition.KnownPartAt(part)!.Title} cannot be part of {composition.Creation.Kind}, which has no metric to give: {Effect(composition, part)}"));
    }

    private static string Effect(Composition composition, int part) => Milestone(composition, part) switch
    {
        null when part == 0 && composition.Creation.Kind == SchedulerKind.SequentialLR => $"the constructor throws {Exception}",
        null when composition.Creation.Kind == SchedulerKind.ChainedLR => $"the first step() throws {Exception}",
        { } milestone and >= 1 and < LongestRun => Run(composition, (int)milestone),
        _ => $"step() throws {Exception} at its milestone",
    };

    private static string Run(Composition composition, int milestone)
    {
        var (rates, exception) = composition.Run(milestone + 2);
        var step = exception is null || rates.Count == 0 ? milestone : rates.Count;
        var trained = exception is null || rates.Count == 0 ? string.Empty : $"{CompositionText.Subject(composition)} {CurveText.Numbers(rates.ToArray())} and then ";
        return $"{trained}step() number {step.ToString(CultureInfo.InvariantCulture)} throws {Exception}";
    }

    // It does no harm where training provably ends before it.
    private static bool IsReached(Composition composition, int part) => Milestone(composition, part) is not { } milestone
        || !(composition.Steps.Under(Assignment.Empty, composition.Cancellation).Greatest < milestone);

    private static double? Milestone(Composition composition, int part)
    {
        if (part == 0 || composition.Creation.Kind != SchedulerKind.SequentialLR || part > composition.Counts.Length || !composition.Counts[part - 1].FreeVariables.IsEmpty)
            return null;
        var milestone = composition.Counts[part - 1].Under(Assignment.Empty, composition.Cancellation).FactorAt(0);
        return double.IsNaN(milestone) ? null : milestone;
    }
}
