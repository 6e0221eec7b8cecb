using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using WarmupAnalyzers.Reading.Schedules;
using WarmupAnalyzers.Reading.Steps;
using WarmupAnalyzers.Schedules;

namespace WarmupAnalyzers.Rules;

/// <summary>WARM3004: a plateau scheduler is stepped as the others are, and throws.</summary>
internal static class PlateauWithoutMetric
{
    public const string Id = "WARM3004";

    /// <summary>The property that holds the name of the one number in scope that may be the metric.</summary>
    public const string Metric = "metric";

    public static readonly DiagnosticDescriptor Descriptor = new(
        "WARM3004",
        "ReduceLROnPlateau is stepped without a metric",
        "The {0} throws InvalidOperationException at {1}: it lowers the learning rate by a metric, step(metric)",
        RuleCategory.Stepping,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description: "ReduceLROnPlateau, and WarmupThenPlateauLR of WarmupSchedulers, need the number that they watch: step(double). The other two overloads compile, because every scheduler has them, and throw.",
        helpLinkUri: HelpLink.For(Id));

    public static Diagnostic? Judge(StepCall call)
    {
        if (call.Metric is not null || call.Schedulers is not { Kinds: var kinds } || kinds.Count != 1 || kinds.Single() is not (SchedulerKind.ReduceLROnPlateau or SchedulerKind.WarmupThenPlateauLR) || IsRefused(call))
            return null;
        var properties = ImmutableDictionary<string, string?>.Empty;
        if (MetricInScope.NameOf(call) is { } name)
            properties = properties.Add(Metric, name);
        var isIndexed = call.Operation.Arguments.Any(argument => argument.ArgumentKind == ArgumentKind.Explicit);
        return Diagnostic.Create(Descriptor, call.Syntax.GetLocation(), properties, kinds.Single(), isIndexed ? "step(int?)" : "step()");
    }

    // Where the constructor throws nothing is stepped.
    private static bool IsRefused(StepCall call) => call.Schedulers!.Creations.Any(creation =>
        ArgumentOutOfRange.Judge(new SchedulerArguments(creation, call.Code, call.Cancellation)) is not null);
}
