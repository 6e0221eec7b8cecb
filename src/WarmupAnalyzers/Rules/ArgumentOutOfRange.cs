using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using WarmupAnalyzers.Reading;
using WarmupAnalyzers.Reading.Schedules;
using WarmupAnalyzers.Schedules;
using WarmupAnalyzers.Schedules.Simulated;

namespace WarmupAnalyzers.Rules;

/// <summary>WARM2002: a constant that PyTorch does not accept, or with which the schedule does not work.</summary>
internal static class ArgumentOutOfRange
{
    public const string Id = "WARM2002";

    public static readonly DiagnosticDescriptor Descriptor = new(
        "WARM2002",
        "An argument is out of range",
        "An argument is out of range: {0}",
        RuleCategory.Argument,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description: "TorchSharp checks few of a scheduler's arguments. What PyTorch would refuse gives a learning rate that is negative, not a number or never moves, or an exception in the middle of the training.",
        helpLinkUri: HelpLink.For(Id));

    public static ArgumentMistake? Judge(SchedulerArguments arguments) => Mistakes(arguments).FirstOrDefault();

    private static IEnumerable<ArgumentMistake> Mistakes(SchedulerArguments arguments)
    {
        foreach (var range in ArgumentRange.Of(arguments.Kind))
        {
            if (arguments.Number(range.Parameter) is { } number && !range.Holds(number))
                yield return Mistake(arguments, range.Parameter, $"{range.Parameter} is {CurveText.Number(number)} and must be {range.Allowed}", range.Nearest(number));
        }

        var others = arguments.Kind switch
        {
            SchedulerKind.OneCycleLR => OfOneCycle(arguments),
            SchedulerKind.CyclicLR => OfCyclic(arguments),
            SchedulerKind.MultiStepLR => OfMilestones(arguments),
            SchedulerKind.ReduceLROnPlateau => OfPlateau(arguments),
            _ => [],
        };
        foreach (var mistake in others)
            yield return mistake;
    }

    private static IEnumerable<ArgumentMistake> OfOneCycle(SchedulerArguments arguments)
    {
        // TorchSharp looks at the other two only where no total is given.
        if (arguments.Number("total_steps") is not { } total)
            yield break;
        var (epochs, batches) = (arguments.Number("epochs"), arguments.Number("steps_per_epoch"));
        if (total == -1 && epochs == -1 && batches == -1)
            yield return Mistake(arguments, "total_steps", "total_steps, or epochs and steps_per_epoch, must be given");
        else if (total != -1 && total <= 0)
            yield return Mistake(arguments, "total_steps", $"total_steps is {CurveText.Number(total)} and must be above 0");
        else if (total == -1 && epochs <= 0)
            yield return Mistake(arguments, "epochs", $"epochs is {CurveText.Number(epochs.Value)} and must be above 0");
        else if (total == -1 && batches <= 0)
            yield return Mistake(arguments, "steps_per_epoch", $"steps_per_epoch is {CurveText.Number(batches.Value)} and must be above 0");
        else if (arguments.Number("pct_start") is { } share && share * (total == -1 ? epochs * batches : total) == 1)
            yield return Mistake(arguments, "pct_start", $"pct_start is {CurveText.Number(share)} and one step long, which is computed as 0 / 0");
    }

    private static IEnumerable<ArgumentMistake> OfCyclic(SchedulerArguments arguments)
    {
        if (arguments.Number("max_lr") is { } maximum && arguments.Number("base_lr") is { } least && !(maximum > least))
            yield return Mistake(arguments, "max_lr", $"max_lr is {CurveText.Number(maximum)} and must be above base_lr, which is {CurveText.Number(least)}");
        // The other modes do not look at it.
        if (arguments.Number("gamma") is { } gamma && !(gamma > 0) && arguments.Constant("mode") is (int)CyclicMode.ExpRange && arguments.IsNull("scale_fn"))
            yield return Mistake(arguments, "gamma", $"gamma is {CurveText.Number(gamma)} and must be above 0");
    }

    private static IEnumerable<ArgumentMistake> OfMilestones(SchedulerArguments arguments)
    {
        if (arguments.Milestones is not { IsDefault: false } milestones || milestones.Zip(milestones.Skip(1), (one, next) => one < next).All(rises => rises))
            yield break;
        var written = string.Join(", ", milestones);
        var sorted = string.Join(", ", milestones.Distinct().OrderBy(milestone => milestone));
        yield return milestones.Distinct().Count() == milestones.Length
            ? Mistake(arguments, "milestones", $"the milestones {written} must increase; they work as {sorted}", SortedList.Of(arguments.Creation.Argument("milestones"), milestones), says: string.Empty)
            : Mistake(arguments, "milestones", $"the milestones {written} must increase; one that is named twice counts once, so they work as {sorted}", says: string.Empty);
    }

    private static IEnumerable<ArgumentMistake> OfPlateau(SchedulerArguments arguments)
    {
        foreach (var (parameter, texts) in new[] { ("mode", new[] { "min", "max" }), ("threshold_mode", new[] { "rel", "abs" }) })
        {
            if (!arguments.IsNoneOf(parameter, texts))
                continue;
            var text = arguments.Creation.Argument(parameter)!.ConstantValue is { HasValue: true, Value: string written } ? written : null;
            var meant = text is null ? null : texts.FirstOrDefault(known => text.Trim().StartsWith(known, StringComparison.OrdinalIgnoreCase));
            yield return Mistake(
                arguments,
                parameter,
                $"{parameter} is {(text is null ? "another text" : "\"" + text + "\"")} and must be \"{texts[0]}\" or \"{texts[1]}\"",
                meant is null ? null : "\"" + meant + "\"",
                "the constructor throws ArgumentException");
        }
    }

    private static ArgumentMistake Mistake(SchedulerArguments arguments, string parameter, string what, string? replacement = null, string? says = null)
    {
        says ??= Effect(arguments);
        var properties = ImmutableDictionary<string, string?>.Empty.Add(ArgumentMistake.Parameter, parameter);
        if (replacement is not null && arguments.Creation.ArgumentSyntax(parameter) is not null)
            properties = properties.Add(ArgumentMistake.Replacement, replacement);
        return new ArgumentMistake(Descriptor, arguments.PlaceOf(parameter), string.IsNullOrEmpty(says) ? what : what + "; " + says) { Properties = properties };
    }

    private static string? Effect(SchedulerArguments arguments) => arguments.Kind switch
    {
        SchedulerKind.OneCycleLR => EffectOfOneCycle(arguments),
        // It moves with a metric only; its constructor does not look at the optimizer.
        SchedulerKind.ReduceLROnPlateau => new ReduceLROnPlateau("min", arguments.Number("factor") ?? 0).Start([new ParameterGroup(1)]).Exception is null
            ? null
            : "the constructor throws ArgumentException",
        _ => RunText.Of(arguments.Scheduler, arguments),
    };

    // Whatever the rates are: an exception, or a first rate that is none.
    private static string? EffectOfOneCycle(SchedulerArguments arguments)
    {
        var group = new ParameterGroup(1);
        int Count(string parameter) => (int)(arguments.Number(parameter) ?? 10);
        var run = new OneCycleLR(1.0, Count("total_steps"))
        {
            Epochs = Count("epochs"),
            StepsPerEpoch = Count("steps_per_epoch"),
            PctStart = arguments.Number("pct_start") ?? 0.3,
            CyclesMomentum = false,
        }.Start([group]);
        if (run.Exception is not null)
            return "the constructor throws ArgumentException";
        return double.IsNaN(group.LearningRate) ? "the first step trains with a learning rate of NaN" : null;
    }
}
