using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using WarmupAnalyzers.Factors;
using WarmupAnalyzers.Reading.Schedules;
using WarmupAnalyzers.Reading.Steps;
using WarmupAnalyzers.Schedules;

namespace WarmupAnalyzers.Rules;

/// <summary>A warmup and a decay that are stepped together, of which the decay is done before the warmup is.</summary>
internal static class WarmupBesideDecay
{
    private const int LongestRun = 100_000;
    private const int MaximumBars = 24;

    /// <summary>What to say of a warmup that the decay beside it does not outlast, whatever the code leaves open; null where there is none.</summary>
    public static string? Text(SchedulerArguments arguments, Warmup warmup) => warmup.Programs.Length == 1 && arguments.Kind != SchedulerKind.LambdaLR && Beside(arguments) is { IsAbsolute: false } decay
        ? Text(arguments, warmup, decay)
        : null;

    private static string? Text(SchedulerArguments arguments, Warmup warmup, Decay decay)
    {
        var steps = ScheduleSteps.Of(arguments.Creation, arguments.Code, arguments.Cancellation);
        var lengths = new OpenLengths(warmup.Programs[0], decay.Horizon.FreeVariables, decay.ClimbsBack ? steps.FreeVariables : ImmutableArray<FreeVariable>.Empty, arguments);
        if (!lengths.AreRelated)
            return null;
        string? first = null;
        foreach (var assignment in lengths.Assignments)
        {
            var horizon = decay.Horizon.Under(assignment, arguments.Cancellation).FactorAt(0);
            if (!(horizon >= 1) || warmup.Under(assignment, arguments.Cancellation) is not { } run
                || run.LengthFrom((int)Math.Min(LongestRun, Math.Ceiling(horizon))) is not (<= LongestRun and var length)
                || decay.ClimbsBack && IsFullAgain(horizon, length, steps.Under(assignment, arguments.Cancellation).Greatest))
                return null;
            first ??= Text(arguments, run, decay, length, horizon) + lengths.Example(assignment);
        }

        return first;
    }

    // A cosine is back at the full rate after two horizons.
    private static bool IsFullAgain(double horizon, double length, double steps) => Math.Ceiling(length / (2 * horizon)) * 2 * horizon < steps;

    private static string Text(SchedulerArguments arguments, IWarmupRun run, Decay decay, double length, double horizon)
    {
        var (rate, isRate) = double.IsNaN(arguments.BaseRate) ? (1.0, false) : (arguments.BaseRate, true);
        var rates = Enumerable.Range(0, (int)length + 1).Select(step => rate * run.FactorAt(step) * decay.FactorAt(step / horizon)).ToArray();
        return string.Format(
            CultureInfo.InvariantCulture,
            "the decay beside it: it takes {0} steps and {1} takes {2}, so the learning rate gets no further than {3}{4}; the learning rate {5} {6}",
            length,
            decay.Arguments.Kind,
            horizon,
            CurveText.Number(rates.Max()),
            isRate ? string.Empty : " of the base learning rate",
            isRate ? "runs" : "is multiplied by",
            CompositionText.Picture(rates.Take(MaximumBars).ToArray()));
    }

    /// <summary>The only other scheduler that is stepped with it, where that goes down.</summary>
    private static Decay? Beside(SchedulerArguments arguments) => Partner(arguments) is { } partner && !partner.HoldsError
        && new SchedulerArguments(partner, arguments.Code, arguments.Cancellation) is var other && ArgumentOutOfRange.Judge(other) is null && other.Number("last_epoch") == -1
        ? Decay.Of(other)
        : null;

    private static SchedulerCreation? Partner(SchedulerArguments arguments)
    {
        if (arguments.Number("last_epoch") != -1 || arguments.Code.RateWrites.CanFollow(arguments.Creation, arguments.Cancellation))
            return null;
        if (arguments.Parent is { } parent)
            return parent.Kind == SchedulerKind.ChainedLR && new Composition(parent, arguments.Code, arguments.Cancellation) is { Parts.Length: 2 } chain
                && TrainingSteps.AreInOrder(parent, arguments.Code, arguments.Cancellation)
                    ? Enumerable.Range(0, 2).Select(chain.KnownPartAt).FirstOrDefault(part => part is not null && part.Operation.Syntax != arguments.Creation.Operation.Syntax)
                    : null;
        return Pairs(arguments).Take(2).ToArray() is [var only] ? only : null;
    }

    private static IEnumerable<SchedulerCreation> Pairs(SchedulerArguments arguments)
    {
        if (arguments.Code.ModelOf(arguments.Creation.Operation.Syntax.SyntaxTree) is not { } model || !arguments.Life.HasRival)
            yield break;
        var all = arguments.Code.Creations.For(arguments.Creation.Optimizer, model, arguments.Cancellation).ToArray();
        if (!SchedulerPair.AreTwo(all, arguments.Code, arguments.Cancellation))
            yield break;
        foreach (var other in all.Where(other => other.Operation.Syntax != arguments.Creation.Operation.Syntax))
        {
            var isFirst = arguments.Creation.Operation.Syntax.SpanStart < other.Operation.Syntax.SpanStart;
            var (first, second) = isFirst ? (arguments.Creation, other) : (other, arguments.Creation);
            if (SchedulerPair.Of(first, second, arguments.Code, arguments.Cancellation) is { IsAlone: true })
                yield return other;
        }
    }
}
