using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using WarmupAnalyzers.Reading;

namespace WarmupAnalyzers.Rules;

/// <summary>The rules about a scheduler's arguments, in the order in which one of them is reported.</summary>
internal static class ArgumentRules
{
    private static readonly ImmutableArray<(DiagnosticDescriptor Descriptor, Func<SchedulerArguments, ArgumentMistake?> Judge)> s_rules = ImmutableArray.Create<(DiagnosticDescriptor, Func<SchedulerArguments, ArgumentMistake?>)>(
        (ZeroStartFactor.Descriptor, ZeroStartFactor.Judge),
        (NumberOfLambdas.Descriptor, NumberOfLambdas.Judge),
        (MultiplicativeUsedLikeLambda.Descriptor, MultiplicativeUsedLikeLambda.Judge),
        (DecayUnderflows.Descriptor, DecayUnderflows.Judge),
        (NoWarmup.Descriptor, NoWarmup.Judge));

    public static ImmutableArray<DiagnosticDescriptor> Descriptors { get; } = s_rules.Select(rule => rule.Descriptor).ToImmutableArray();

    /// <summary>All mistakes of a creation, one a rule; the first is the one to report.</summary>
    public static IEnumerable<ArgumentMistake> Mistakes(SchedulerArguments arguments) =>
        arguments.Creation.HoldsError ? [] : s_rules.Select(rule => rule.Judge(arguments)).OfType<ArgumentMistake>();
}
