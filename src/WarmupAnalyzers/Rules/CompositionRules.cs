using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using WarmupAnalyzers.Reading.Schedules;
using WarmupAnalyzers.Schedules;

namespace WarmupAnalyzers.Rules;

/// <summary>The rules about schedulers that are made of others, in the order in which one of them is reported.</summary>
internal static class CompositionRules
{
    private static readonly ImmutableArray<CompositionRule> s_rules = ImmutableArray.Create(
        new CompositionRule(MilestonesDoNotFit.Descriptor, MilestonesDoNotFit.Judge),
        new CompositionRule(PartSteppedByHand.Descriptor, PartSteppedByHand.Judge),
        new CompositionRule(PartOfAnotherOptimizer.Descriptor, PartOfAnotherOptimizer.Judge),
        new CompositionRule(PlateauInComposition.Descriptor, PlateauInComposition.Judge));

    public static ImmutableArray<DiagnosticDescriptor> Descriptors { get; } = s_rules.Select(rule => rule.Descriptor).ToImmutableArray();

    /// <summary>All mistakes of a composition, those of the first rule first.</summary>
    public static IEnumerable<CompositionMistake> Mistakes(Composition composition) =>
        composition.Creation.HoldsError ? [] : s_rules.SelectMany(rule => rule.Judge(composition));

    /// <summary>Whether it is made of other schedulers.</summary>
    public static bool IsComposition(SchedulerCreation creation) => creation.Kind is SchedulerKind.SequentialLR or SchedulerKind.ChainedLR;
}

/// <summary>A rule and how it looks at one composition.</summary>
internal sealed record CompositionRule(DiagnosticDescriptor Descriptor, Func<Composition, IEnumerable<CompositionMistake>> Judge);
