using System;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using Microsoft.CodeAnalysis;
using WarmupAnalyzers.Factors;
using WarmupAnalyzers.Reading.Schedules;
using WarmupAnalyzers.Reading.Source;
using WarmupAnalyzers.Reading.Steps;
using WarmupAnalyzers.Schedules;

namespace WarmupAnalyzers.Rules;

/// <summary>WARM4008: a warmup that the training, or the decay beside it, does not outlast.</summary>
internal static class WarmupNotShorter
{
    public const string Id = "WARM4008";

    private const int LeastSteps = 2;
    private const int MaximumBars = 24;

    public static readonly DiagnosticDescriptor Descriptor = new(
        "WARM4008",
        "The warmup is not shorter than the training",
        "The warmup is not shorter than {0}",
        RuleCategory.Composition,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description: "A warmup leads to the full learning rate, with which most of the training is done. Where it takes as many steps as there are, the full rate is never trained with.",
        helpLinkUri: HelpLink.For(Id));

    public static ArgumentMistake? Judge(SchedulerArguments arguments) =>
        Warmup.Of(arguments) is { } warmup && !IsRangeTest(arguments.Creation)
        && (OfTraining(arguments, warmup) ?? WarmupBesideDecay.Text(arguments, warmup)) is { } compared && !HasOtherMistake(arguments)
            ? new ArgumentMistake(Descriptor, warmup.Place, compared)
            : null;

    private static bool IsRangeTest(SchedulerCreation creation) =>
        HolderNames.OfResult(creation.Operation).Concat(SurroundingNames.Of(creation.Operation.Syntax)).Any(RangeTestName.IsRangeTest);

    /// <summary>What to say where the warmup is not over when the training is, whatever the code leaves open; null else.</summary>
    private static string? OfTraining(SchedulerArguments arguments, Warmup warmup)
    {
        if (TrainingLength.Of(arguments.Creation, arguments.Code, arguments.Cancellation) is not { } training)
            return null;
        var none = ImmutableArray<FreeVariable>.Empty;
        var texts = warmup.Programs.Select(program => OfTraining(arguments, warmup, training, new OpenLengths(program, training.Steps.FreeVariables, none, arguments))).ToArray();
        return !texts.Contains(null) && training.IsCertain(arguments.Code, arguments.Cancellation) ? texts[0] : null;
    }

    private static string? OfTraining(SchedulerArguments arguments, Warmup warmup, TrainingLength training, OpenLengths lengths)
    {
        if (!lengths.AreRelated)
            return null;
        string? first = null;
        var (all, reasonable) = (0, 0);
        foreach (var assignment in lengths.Assignments)
        {
            if (training.Under(assignment, arguments.Cancellation) is not { } steps || warmup.Under(assignment, arguments.Cancellation) is not { } run)
                return null;
            all++;
            // A training of `epochs - start` is one where the first is the larger.
            if (steps < LeastSteps)
                continue;
            if (run.LengthFrom(steps) is not { } length)
                return null;
            reasonable++;
            first ??= Text(arguments, training, run, length, steps) + lengths.Example(assignment);
        }

        return 2 * reasonable > all ? first : null;
    }

    private static string Text(SchedulerArguments arguments, TrainingLength training, IWarmupRun run, double length, int steps)
    {
        var rate = arguments.BaseRate;
        var isRate = !double.IsNaN(rate) && training.Whole.Kind != SchedulerKind.ChainedLR;
        var factors = Enumerable.Range(0, Math.Min(steps, MaximumBars)).Select(step => run.FactorAt(step) * (isRate ? rate : 1)).ToArray();
        var last = CurveText.Number(run.FactorAt(steps - 1) * (isRate ? rate : 1));
        return string.Format(
            CultureInfo.InvariantCulture,
            "the training: it takes {0} steps and {1} are made, so {2}; {3} {4}",
            length,
            steps,
            isRate ? $"the learning rate gets no further than {last}" : $"it gets no further than {last} of the base learning rate",
            isRate ? "the learning rate runs" : "the learning rate is multiplied by",
            CompositionText.Picture(factors));
    }

    // What is wrong with the numbers, the functions or the milestones has a report of its own.
    private static bool HasOtherMistake(SchedulerArguments arguments)
    {
        if (ArgumentRules.Mistakes(arguments).Any() || HasFactorMistake(arguments) || StepMistake.IsInWrongLoop(arguments.Life, arguments.Code, arguments.Cancellation))
            return true;
        for (var life = arguments.Life; life.Parent is { } parent; life = SchedulerLife.Of(parent, arguments.Code, arguments.Cancellation))
        {
            var composition = new Composition(parent, arguments.Code, arguments.Cancellation);
            if (CompositionRules.Mistakes(composition).Any() || composition.Parts is { } parts && Enumerable.Range(0, parts.Length).Any(part => HasBadNumber(composition, part)))
                return true;
        }

        return false;
    }

    private static bool HasBadNumber(Composition composition, int part) => composition.KnownPartAt(part) is { } known
        && ArgumentOutOfRange.Judge(new SchedulerArguments(known, composition.Code, composition.Cancellation)) is not null;

    private static bool HasFactorMistake(SchedulerArguments arguments) => arguments.Functions is { } functions
        && functions.Groups.Any(group => FactorJudgement.Of(functions, group, new WarmupOptions(AllowZeroFirstStep: false), arguments.Cancellation) is not null);
}
