using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using WarmupAnalyzers.Reading.Schedules;
using WarmupAnalyzers.Reading.Steps;
using WarmupAnalyzers.Schedules;

namespace WarmupAnalyzers.Rules;

/// <summary>WARM4012: a plateau waits for the accuracy to fall, or for the loss to rise.</summary>
internal static class ContradictedMode
{
    public const string Id = "WARM4012";

    /// <summary>The property that holds the mode that goes with the metric.</summary>
    public const string Mode = "mode";

    public static readonly DiagnosticDescriptor Descriptor = new(
        "WARM4012",
        "The plateau mode contradicts its metric",
        "The {0} in mode \"{1}\" takes a {2} '{3}' for a better one: while that gets better, the learning rate is lowered again and again",
        RuleCategory.Composition,
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        description: "Mode \"min\", the default, is for what falls while training goes well, a loss or an error; mode \"max\" is for what rises, an accuracy or a score.",
        helpLinkUri: HelpLink.For(Id));

    public static Diagnostic? Judge(StepCall call)
    {
        if (call.Metric is not { } metric || MetricWords.Read(metric.Value, call.Code, call.Cancellation) is not (not MetricDirection.Unknown and var direction, var name)
            || call.Schedulers is not { Creations: [_, ..] creations, Kinds: var kinds } || kinds.Count != 1 || kinds.Single() is not (SchedulerKind.ReduceLROnPlateau or SchedulerKind.WarmupThenPlateauLR))
            return null;
        var mode = direction == MetricDirection.Up ? "min" : "max";
        if (creations.Any(creation => creation.Argument("mode") is not { ConstantValue: { HasValue: true, Value: string given } } || given != mode))
            return null;
        var places = Places(creations, call).Select(place => place.GetLocation()).ToArray();
        var properties = places.Length == 0 ? ImmutableDictionary<string, string?>.Empty : ImmutableDictionary<string, string?>.Empty.Add(Mode, direction == MetricDirection.Up ? "max" : "min");
        return Diagnostic.Create(Descriptor, call.Syntax.GetLocation(), places, properties, kinds.Single(), mode, direction == MetricDirection.Up ? "lower" : "higher", name);
    }

    // The creation, and the mode where it is written there; nothing where there are several, or it stands in another file.
    private static IEnumerable<SyntaxNode> Places(ImmutableArray<SchedulerCreation> creations, StepCall call) =>
        creations is [var creation] && creation.Operation.Syntax.SyntaxTree == call.Syntax.SyntaxTree
            ? new[] { creation.Operation.Syntax, creation.ArgumentSyntax("mode") }.OfType<SyntaxNode>()
            : [];
}
