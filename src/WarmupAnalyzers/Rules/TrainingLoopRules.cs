using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using WarmupAnalyzers.Reading.Steps;

namespace WarmupAnalyzers.Rules;

/// <summary>The rules about what a training loop does with its gradients.</summary>
internal static class TrainingLoopRules
{
    private static readonly ImmutableArray<TrainingLoopRule> s_rules = ImmutableArray.Create(
        new TrainingLoopRule(OptimizerNeverStepped.Descriptor, OptimizerNeverStepped.Judge),
        new TrainingLoopRule(NeverZeroed.Descriptor, NeverZeroed.Judge),
        new TrainingLoopRule(SteppedWithoutGradients.Descriptor, SteppedWithoutGradients.Judge),
        new TrainingLoopRule(CounterOfOuterLoop.Descriptor, CounterOfOuterLoop.Judge));

    public static ImmutableArray<DiagnosticDescriptor> Descriptors { get; } = s_rules.Select(rule => rule.Descriptor).ToImmutableArray();

    /// <summary>All mistakes of the loops of a file.</summary>
    public static IEnumerable<Diagnostic> Mistakes(TrainingCalls calls) => s_rules.SelectMany(rule => rule.Judge(calls));
}

/// <summary>A rule and how it looks at the training calls of one file.</summary>
internal sealed record TrainingLoopRule(DiagnosticDescriptor Descriptor, Func<TrainingCalls, IEnumerable<Diagnostic>> Judge);
