using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using WarmupAnalyzers.Reading;
using WarmupAnalyzers.Reading.Steps;

namespace WarmupAnalyzers.Rules;

/// <summary>The rules about a scheduler's steps, in the order in which one of them is reported at a place.</summary>
internal static class SteppingRules
{
    private static readonly ImmutableArray<SteppingRule> s_rules = ImmutableArray.Create(
        new SteppingRule(NeverStepped.Descriptor, Single(NeverStepped.Judge)),
        new SteppingRule(SteppedBeforeOptimizer.Descriptor, Single(SteppedBeforeOptimizer.Judge)),
        new SteppingRule(CreatedAnew.Descriptor, Single(CreatedAnew.Judge)),
        new SteppingRule(SteppedTwice.Descriptor, SteppedTwice.Judge),
        new SteppingRule(SteppedOutsideTraining.Descriptor, SteppedOutsideTraining.Judge),
        new SteppingRule(BatchesAndEpochsMixedUp.Descriptor, Single(BatchesAndEpochsMixedUp.Judge)));

    public static ImmutableArray<DiagnosticDescriptor> Descriptors { get; } = s_rules.Select(rule => rule.Descriptor).ToImmutableArray();

    /// <summary>All mistakes in the life of a scheduler.</summary>
    public static IEnumerable<Diagnostic> Mistakes(SchedulerLife life, TrainingCode code, CancellationToken cancellation) =>
        s_rules.SelectMany(rule => rule.Judge(life, code, cancellation));

    private static Func<SchedulerLife, TrainingCode, CancellationToken, IEnumerable<Diagnostic>> Single(
        Func<SchedulerLife, TrainingCode, CancellationToken, Diagnostic?> judge) =>
        (life, code, cancellation) => judge(life, code, cancellation) is { } diagnostic ? [diagnostic] : [];
}

/// <summary>A rule and how it looks at the life of one scheduler.</summary>
internal sealed record SteppingRule(DiagnosticDescriptor Descriptor, Func<SchedulerLife, TrainingCode, CancellationToken, IEnumerable<Diagnostic>> Judge);
