using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using WarmupAnalyzers.Reading.Schedules;
using WarmupAnalyzers.Reading.Steps;
using WarmupAnalyzers.Schedules;

namespace WarmupAnalyzers.Rules;

/// <summary>WARM3005: a metric, or an index that is no <c>int</c>, for a scheduler that does not look at it.</summary>
internal static class IgnoredStepArgument
{
    public const string Id = "WARM3005";

    /// <summary>Present where leaving the argument out leaves out something that it does.</summary>
    public const string NeedsReview = "review";

    private const int DrawnNumbers = 8;

    public static readonly DiagnosticDescriptor Descriptor = new(
        "WARM3005",
        "The argument of step is ignored",
        "The argument of step is ignored: {0}{1}",
        RuleCategory.Stepping,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description: "step(double) is for ReduceLROnPlateau, which looks at a metric. Every other scheduler takes the call as step() and drops the value; an index counts only as an int.",
        helpLinkUri: HelpLink.For(Id));

    public static Diagnostic? Judge(StepCall call)
    {
        // A ChainedLR throws at any argument, which is another mistake.
        if (call.Metric is not { } metric || call.Schedulers is not { } held
            || held.Kinds.Any(kind => kind is SchedulerKind.ReduceLROnPlateau or SchedulerKind.WarmupThenPlateauLR or SchedulerKind.ChainedLR))
            return null;
        var properties = ImmutableDictionary<string, string?>.Empty;
        if (!SideEffects.AreNoneIn(metric.Value, call.Code.Symbols))
            properties = properties.Add(NeedsReview, "true");
        return Diagnostic.Create(Descriptor, call.Syntax.GetLocation(), properties, Reason(call, metric.Value.Unwrapped(), held), Curve(call, held));
    }

    private static string Reason(StepCall call, IOperation value, HeldSchedulers held)
    {
        var kind = held.Creations.Length == 1 ? held.Creations[0].Title : held.Kinds.Count == 1 ? held.Kinds.Single().ToString() : "the scheduler";
        if (call.Index is not null)
            return $"{kind} looks at the index alone";
        return IsInteger(value.Type)
            ? $"only an int is an index, and {kind} takes a {value.Type!.ToDisplayString()} for a metric and does what step() does"
            : $"only ReduceLROnPlateau looks at a metric, and {kind} does what step() does";
    }

    private static bool IsInteger(ITypeSymbol? type) => type?.SpecialType is SpecialType.System_Int64 or SpecialType.System_UInt32 or SpecialType.System_UInt64;

    private static string Curve(StepCall call, HeldSchedulers held)
    {
        if (call.Index is not null || held.Creations.Length != 1
            || ScheduleCurve.Of(held.Creations[0], DrawnNumbers, call.Code, call.Cancellation) is not { } curve)
            return string.Empty;
        return $" (the factor runs {CurveText.Numbers(curve)} {CurveText.Sparkline(curve)} whatever is passed)";
    }
}
