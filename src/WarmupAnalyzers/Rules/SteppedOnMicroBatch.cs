using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using Microsoft.CodeAnalysis;
using WarmupAnalyzers.Reading.Steps;

namespace WarmupAnalyzers.Rules;

/// <summary>WARM3007: the optimizer steps once in several iterations, and the scheduler in each.</summary>
internal static class SteppedOnMicroBatch
{
    public const string Id = "WARM3007";

    /// <summary>Present where the step can go to the optimizer's without anything between seeing another rate.</summary>
    public const string Movable = "movable";

    public static readonly DiagnosticDescriptor Descriptor = new(
        "WARM3007",
        "The scheduler steps on every micro-batch",
        "scheduler.step() runs on every micro-batch while optimizer.step() gathers the gradients of {0}, so the schedule runs {0} times as fast as it says",
        RuleCategory.Stepping,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description: "With gradient accumulation one step of the optimizer takes several micro-batches. A schedule counts the steps of the optimizer, so the scheduler belongs under the same condition.",
        helpLinkUri: HelpLink.For(Id));

    public static IEnumerable<Diagnostic> Judge(TrainingCalls calls) => MicroBatchStep.In(calls).Select(step => Diagnostic.Create(
        Descriptor,
        step.Call.Syntax.GetLocation(),
        [step.Condition.GetLocation()],
        step.IsMovable ? ImmutableDictionary<string, string?>.Empty.Add(Movable, "true") : ImmutableDictionary<string, string?>.Empty,
        step.Every?.ToString(CultureInfo.InvariantCulture) ?? "several"));
}
