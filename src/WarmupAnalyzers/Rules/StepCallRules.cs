using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using WarmupAnalyzers.Reading.Steps;

namespace WarmupAnalyzers.Rules;

/// <summary>The rules about a call of <c>step</c>, in the order in which one of them is reported.</summary>
internal static class StepCallRules
{
    private static readonly ImmutableArray<StepCallRule> s_rules = ImmutableArray.Create(
        new StepCallRule(PlateauWithoutMetric.Descriptor, PlateauWithoutMetric.Judge),
        new StepCallRule(IgnoredStepArgument.Descriptor, IgnoredStepArgument.Judge));

    public static ImmutableArray<DiagnosticDescriptor> Descriptors { get; } = s_rules.Select(rule => rule.Descriptor).ToImmutableArray();

    /// <summary>All mistakes of a call, one a rule; the first is the one to report.</summary>
    public static IEnumerable<Diagnostic> Mistakes(StepCall call) => s_rules.Select(rule => rule.Judge(call)).OfType<Diagnostic>();
}

/// <summary>A rule and how it looks at one call.</summary>
internal sealed record StepCallRule(DiagnosticDescriptor Descriptor, Func<StepCall, Diagnostic?> Judge);
