using System;
using System.Linq;
using Microsoft.CodeAnalysis;
using WarmupAnalyzers.Factors;
using WarmupAnalyzers.Reading.Factors;
using WarmupAnalyzers.Schedules;

namespace WarmupAnalyzers.Reading.Schedules;

/// <summary>A scheduler that goes down over a horizon, with the horizon as the code says it.</summary>
/// <param name="Parameter">The name of the horizon's parameter.</param>
/// <param name="Horizon">The horizon.</param>
/// <param name="Share">What part of the way down is left at so many horizons: 1 is nothing done, 0 all of it.</param>
internal sealed record Decay(SchedulerArguments Arguments, string Parameter, FactorProgram Horizon, Func<double, double> Share)
{
    /// <summary>The factor where it ends; of a cosine that ends at an absolute rate, that rate.</summary>
    public double End { get; private init; }

    /// <summary>Whether it ends at an absolute rate and not at a part of the base rate.</summary>
    public bool IsAbsolute { get; private init; }

    /// <summary>Whether it climbs again behind its horizon.</summary>
    public bool ClimbsBack => Arguments.Kind == SchedulerKind.CosineAnnealingLR;

    /// <summary>The horizon where it is written, or the creation where its default is taken.</summary>
    public SyntaxNode Place => Arguments.PlaceOf(Parameter);

    /// <summary>What the base rate is multiplied by at so many horizons; NaN where that hangs on a base rate that is not known.</summary>
    public double FactorAt(double horizons) => IsAbsolute
        ? ((Share(horizons) * (Arguments.BaseRate - End)) + End) / Arguments.BaseRate
        : End + ((1 - End) * Share(horizons));

    /// <summary>A cosine, a polynomial or a straight line that goes down from the base rate; null for any other scheduler.</summary>
    public static Decay? Of(SchedulerArguments arguments) => arguments.Kind switch
    {
        SchedulerKind.CosineAnnealingLR when arguments.Number("eta_min") is { } least =>
            Of(arguments, "T_max", horizons => (1 + Math.Cos(Math.PI * horizons)) / 2) is { } cosine ? cosine with { End = least, IsAbsolute = least != 0 } : null,
        SchedulerKind.PolynomialLR when arguments.Number("power") is > 0 and var power =>
            Of(arguments, "total_iters", horizons => Math.Pow(1 - Math.Min(1, horizons), power)),
        SchedulerKind.LinearLR when arguments.Number("start_factor") == 1 && arguments.Number("end_factor") is >= 0 and < 1 and var end =>
            Of(arguments, "total_iters", horizons => 1 - Math.Min(1, horizons)) is { } line ? line with { End = end } : null,
        _ => null,
    };

    private static Decay? Of(SchedulerArguments arguments, string parameter, Func<double, double> share) => arguments.Creation.Argument(parameter) is { } horizon
        ? new Decay(arguments, parameter, FactorReader.ReadRate(horizon, arguments.Code, arguments.Cancellation).Value, share)
        : null;
}
