using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using WarmupAnalyzers.Reading.Schedules;

namespace WarmupAnalyzers.Rules;

/// <summary>The rules about a schedule's length, in the order in which one of them is reported.</summary>
internal static class HorizonRules
{
    private static readonly ImmutableArray<ArgumentRule> s_rules = ImmutableArray.Create(
        new ArgumentRule(WarmupNotShorter.Descriptor, WarmupNotShorter.Judge),
        new ArgumentRule(HorizonIgnoresWarmup.Descriptor, HorizonIgnoresWarmup.Judge),
        new ArgumentRule(HorizonNotLoopLength.Descriptor, HorizonNotLoopLength.Judge),
        new ArgumentRule(HorizonNotLoopLength.Descriptor, HorizonBySymbol.Judge));

    public static ImmutableArray<DiagnosticDescriptor> Descriptors { get; } = s_rules.Select(rule => rule.Descriptor).Distinct().ToImmutableArray();

    /// <summary>All mistakes of a creation, one a rule; the first is the one to report.</summary>
    public static IEnumerable<ArgumentMistake> Mistakes(SchedulerArguments arguments) =>
        arguments.Creation.HoldsError ? [] : s_rules.Select(rule => rule.Judge(arguments)).OfType<ArgumentMistake>();
}
