using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using WarmupAnalyzers.Reading;
using WarmupAnalyzers.Reading.Schedules;

namespace WarmupAnalyzers.Rules;

/// <summary>The rules about a scheduler's arguments, in the order in which one of them is reported.</summary>
internal static class ArgumentRules
{
    private static readonly ImmutableArray<ArgumentRule> s_rules = ImmutableArray.Create(
        new ArgumentRule(ZeroStartFactor.Descriptor, ZeroStartFactor.Judge),
        new ArgumentRule(ArgumentOutOfRange.Descriptor, ArgumentOutOfRange.Judge),
        new ArgumentRule(LastEpochOnFreshOptimizer.Descriptor, LastEpochOnFreshOptimizer.Judge),
        new ArgumentRule(DiscardedLearningRate.Descriptor, DiscardedLearningRate.Judge),
        new ArgumentRule(NumberOfLambdas.Descriptor, NumberOfLambdas.Judge),
        new ArgumentRule(MultiplicativeUsedLikeLambda.Descriptor, MultiplicativeUsedLikeLambda.Judge),
        new ArgumentRule(DecayUnderflows.Descriptor, DecayUnderflows.Judge),
        new ArgumentRule(NoWarmup.Descriptor, NoWarmup.Judge));

    public static ImmutableArray<DiagnosticDescriptor> Descriptors { get; } = s_rules.Select(rule => rule.Descriptor).ToImmutableArray();

    /// <summary>All mistakes of a creation, one a rule; the first is the one to report.</summary>
    public static IEnumerable<ArgumentMistake> Mistakes(SchedulerArguments arguments) =>
        arguments.Creation.HoldsError ? [] : s_rules.Select(rule => rule.Judge(arguments)).OfType<ArgumentMistake>();
}

/// <summary>A rule and how it looks at one creation.</summary>
internal sealed record ArgumentRule(DiagnosticDescriptor Descriptor, Func<SchedulerArguments, ArgumentMistake?> Judge);
