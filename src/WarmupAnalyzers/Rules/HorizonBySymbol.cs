using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using WarmupAnalyzers.Factors;
using WarmupAnalyzers.Reading.Factors;
using WarmupAnalyzers.Reading.Schedules;
using WarmupAnalyzers.Reading.Steps;
using WarmupAnalyzers.Schedules;

namespace WarmupAnalyzers.Rules;

/// <summary>WARM4007 where the code leaves the horizon and the loop open: both are made of the same variables, and never of the same length.</summary>
internal static class HorizonBySymbol
{
    private const double Tolerance = 1e-9;
    private const int LeastSteps = 4;

    public static ArgumentMistake? Judge(SchedulerArguments arguments) => Parameter(arguments) is { } parameter && arguments.Creation.Argument(parameter) is { } horizon
        && Compared(arguments, FactorReader.ReadRate(horizon, arguments.Code, arguments.Cancellation).Value) is { } lengths
        && (arguments.Kind == SchedulerKind.OneCycleLR ? OfOneCycle(lengths) : OfCosine(arguments, lengths)) is var (effect, isLikelyOnly)
        && IsCertain(arguments)
            ? new ArgumentMistake(HorizonNotLoopLength.Descriptor, arguments.PlaceOf(parameter), effect) { IsLikelyOnly = isLikelyOnly }
            : null;

    private static string? Parameter(SchedulerArguments arguments) => arguments.Kind switch
    {
        SchedulerKind.CosineAnnealingLR when arguments.Number("eta_min") == 0 => "T_max",
        SchedulerKind.OneCycleLR when arguments.Creation.ArgumentSyntax("total_steps") is not null => "total_steps",
        _ => null,
    };

    /// <summary>Both under all assignments, with the example for the first; null where one is a number, not certain, or has a variable that the other has not: then it may count something else.</summary>
    private static Lengths? Compared(SchedulerArguments arguments, FactorProgram horizon)
    {
        if (horizon.FreeVariables.IsEmpty || arguments.Steps is not { Bound: not null, FreeVariables: { IsEmpty: false } open } steps)
            return null;
        var lengths = new OpenLengths(horizon, open, ImmutableArray<FreeVariable>.Empty, arguments);
        if (!lengths.AreOfTheSameVariables)
            return null;
        var rows = new List<(double Horizon, double Steps)>();
        string? example = null;
        foreach (var assignment in lengths.Assignments)
        {
            var made = steps.Under(assignment, arguments.Cancellation);
            var length = horizon.Under(assignment, arguments.Cancellation).FactorAt(0);
            if (!made.Least.Equals(made.Greatest) || double.IsNaN(length))
                return null;
            // One step more or less is no other length, and of a few steps nothing else is possible.
            if (made.Least < LeastSteps || length < 1)
                continue;
            rows.Add((length, made.Least));
            example ??= lengths.Example(assignment);
        }

        return rows.Count == 0 ? null : new Lengths(rows, example!);
    }

    private static (string Effect, bool IsLikelyOnly)? OfOneCycle(Lengths lengths) => lengths.Rows.All(row => row.Horizon < row.Steps)
        ? (string.Format(CultureInfo.InvariantCulture, "step() number {0} of {1} throws{2}", lengths.Rows[0].Horizon + 1, lengths.Rows[0].Steps, lengths.Example), false)
        : null;

    // At the same share of the horizon the rate is the same, however long both are.
    private static (string Effect, bool IsLikelyOnly)? OfCosine(SchedulerArguments arguments, Lengths lengths)
    {
        var (horizon, steps) = lengths.Rows[0];
        var share = steps / horizon;
        if (lengths.Rows.Any(row => Math.Abs(row.Steps / row.Horizon - share) > Tolerance || Math.Abs(row.Steps - row.Horizon) <= 1))
            return null;
        var cycles = share > 1 && share == Math.Floor(share);
        var end = CurveText.Number((1 + Math.Cos(Math.PI * share)) / 2);
        var form = share < 1 ? "after {0} of {1} steps the rate ends at {2} of the base learning rate{3}"
            : cycles ? "the rate runs up and down every {1} steps and ends at {2} of the base learning rate after {0}{3}"
            : "the rate climbs back from step {1} on and ends at {2} of the base learning rate after {0}{3}";
        return (string.Format(CultureInfo.InvariantCulture, form, steps, horizon.ToString("0.##", CultureInfo.InvariantCulture), end, lengths.Example), share < 1 || cycles);
    }

    private static bool IsCertain(SchedulerArguments arguments) =>
        arguments.Number("last_epoch") == -1 && arguments.Parent is null && !arguments.Life.HasRival && !StepMistake.IsIn(arguments.Life, arguments.Code, arguments.Cancellation)
        && !arguments.Code.RateWrites.CanFollow(arguments.Creation, arguments.Cancellation)
        && SingleRun.IsCertain(arguments.Life, arguments.Code, arguments.Cancellation)
        && ArgumentOutOfRange.Judge(arguments) is null;

    private sealed record Lengths(IReadOnlyList<(double Horizon, double Steps)> Rows, string Example);
}
