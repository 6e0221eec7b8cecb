using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using Microsoft.CodeAnalysis;
using WarmupAnalyzers.Factors;
using WarmupAnalyzers.Reading.Schedules;
using WarmupAnalyzers.Schedules;

namespace WarmupAnalyzers.Rules;

/// <summary>WARM4002: the milestones of a sequence leave a scheduler out, or cut a warmup off before it is done.</summary>
internal static class MilestonesDoNotFit
{
    public const string Id = "WARM4002";

    public static readonly DiagnosticDescriptor Descriptor = new(
        "WARM4002",
        "The milestones do not fit",
        "The milestones do not fit: {0}",
        RuleCategory.Composition,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description: "SequentialLR hands over from one scheduler to the next at each milestone. It needs one milestone fewer than schedulers, in increasing order and above 0, and a warmup must have reached its end when it hands over, or the learning rate jumps.",
        helpLinkUri: HelpLink.For(Id));

    public static IEnumerable<CompositionMistake> Judge(Composition composition)
    {
        if (composition.Creation.Kind != SchedulerKind.SequentialLR || composition.Creation.ArgumentSyntax("milestones") is null)
            return [];
        var mistake = OfCount(composition) ?? OfOrder(composition) ?? OfStart(composition) ?? OfLength(composition) ?? OfName(composition);
        return mistake is null ? [] : [mistake];
    }

    private static CompositionMistake? OfCount(Composition composition)
    {
        if (composition is not { Milestones.Length: var milestones, Parts.Length: var schedulers } || milestones == schedulers - 1 || schedulers == 0)
            return null;
        var needed = Counted(schedulers, "scheduler") + (schedulers == 1 ? " needs " : " need ") + (schedulers - 1).ToString(CultureInfo.InvariantCulture);
        return Mistake(composition, List(composition), $"{needed} and there {(milestones == 1 ? "is" : "are")} {milestones}, so the constructor throws ArgumentException");
    }

    // A scheduler between two milestones of which the second is not the later is never the last whose milestone has come.
    private static CompositionMistake? OfOrder(Composition composition)
    {
        var under = Values(composition, composition.Counts);
        var counts = composition.Counts.Length;
        if (under.IsEmpty || counts < 2)
            return null;
        var leftOut = Enumerable.Range(1, counts - 1).Where(part => under.All(values => values[part] <= values[part - 1])).ToArray();
        if (leftOut.Length == 0)
            return null;
        var written = string.Join(", ", composition.Milestones!.Value.Select((milestone, i) => IsFixed(composition, i) ? CurveText.Number(under[0][i]) : milestone.Syntax.ToString()));
        return Mistake(
            composition,
            List(composition),
            $"the milestones {written} must increase; {Named(composition, leftOut)} never in force{Run(composition, under)}");
    }

    private static CompositionMistake? OfStart(Composition composition)
    {
        var under = Values(composition, composition.Counts.Take(1).ToImmutableArray());
        if (under.IsEmpty || under.Any(values => !(values[0] <= 0)))
            return null;
        return Mistake(
            composition,
            Element(composition, 0),
            $"the first milestone is {CurveText.Number(under[0][0])} and must be above 0; the second scheduler goes on from the first value of the first{Run(composition, under)}") with
        {
            Replacement = WarmupLength.Written(composition, 0),
        };
    }

    // Only a warmup that is cut off makes a jump that its own steps do not.
    private static CompositionMistake? OfLength(Composition composition)
    {
        for (var part = 0; part < composition.Counts.Length; part++)
        {
            if (CutWarmup.Of(composition, part) is not { } cut || IsNeverReached(composition, cut))
                continue;
            var place = Element(composition, part);
            var milestone = cut.IsExample && composition.Milestones is { } milestones ? milestones[part].Syntax.ToString() : CurveText.Number(cut.Milestone);
            var jump = $"the learning rate jumps from {CompositionText.Level(composition, cut.Before)} to {CompositionText.Level(composition, cut.After)}";
            var with = cut.IsExample ? $" (with {cut.Example})" : string.Empty;
            return Mistake(
                composition,
                place,
                $"milestone {milestone} comes {Counted(cut.Missing, "step")} before the warmup in front of it is done, so {jump}{with}{CompositionText.Run(composition, cut.Milestone)}") with
            {
                Replacement = WarmupLength.Written(composition, part),
            };
        }

        return null;
    }

    private static CompositionMistake? OfName(Composition composition) => WarmupLength.OtherName(composition) is not { } name
        ? null
        : Mistake(
            composition,
            Element(composition, 0),
            $"the warmup is {name.Length} steps long and hands over at {name.Milestone}; where that is less, the learning rate jumps, where it is more, it waits") with
        {
            IsLikelyOnly = true,
        };

    private static bool IsNeverReached(Composition composition, CutWarmup cut) =>
        composition.Steps.Under(Assignment.Empty, composition.Cancellation).Greatest < cut.Milestone;

    /// <summary>The milestones under each assignment of what the code leaves open; empty where one of them is not known.</summary>
    internal static ImmutableArray<double[]> Values(Composition composition, ImmutableArray<FactorProgram> programs)
    {
        if (programs.IsEmpty)
            return ImmutableArray<double[]>.Empty;
        var open = programs.SelectMany(program => program.FreeVariables).Distinct().ToImmutableArray();
        var values = Assignments.ByBranch(programs[0], ImmutableHashSet<object>.Empty, double.NaN, open)
            .SelectMany(branch => branch.Assignments)
            .Select(assignment => programs.Select(program => program.Under(assignment, composition.Cancellation).FactorAt(0)).ToArray())
            .ToImmutableArray();
        return values.Any(row => row.Any(double.IsNaN)) ? ImmutableArray<double[]>.Empty : values;
    }

    private static string Run(Composition composition, ImmutableArray<double[]> under) => CompositionText.Run(composition, under[0].Max());

    private static bool IsFixed(Composition composition, int milestone) => composition.Counts[milestone].FreeVariables.IsEmpty;

    private static string Named(Composition composition, int[] parts)
    {
        var names = parts.Select(part => (part + 1).ToString(CultureInfo.InvariantCulture)
            + (composition.KnownPartAt(part) is { } known ? $" ({known.Title})" : string.Empty)).ToArray();
        return names.Length switch
        {
            1 => $"scheduler {names[0]} is",
            <= 3 => $"schedulers {string.Join(", ", names.Take(names.Length - 1))} and {names[names.Length - 1]} are",
            _ => $"schedulers {parts[0] + 1} to {parts[parts.Length - 1] + 1} are",
        };
    }

    private static string Counted(int count, string noun) => $"{count.ToString(CultureInfo.InvariantCulture)} {noun}{(count == 1 ? string.Empty : "s")}";

    private static SyntaxNode List(Composition composition) => composition.Creation.Argument("milestones")!.Syntax;

    // Where the list stands elsewhere, the argument.
    private static SyntaxNode Element(Composition composition, int milestone) =>
        composition.Milestones is { } milestones && List(composition).Span.Contains(milestones[milestone].Syntax.Span) && milestones[milestone].Syntax.SyntaxTree == List(composition).SyntaxTree
            ? milestones[milestone].Syntax
            : List(composition);

    private static CompositionMistake Mistake(Composition composition, SyntaxNode place, string effect) => new(Descriptor, place, effect);
}
