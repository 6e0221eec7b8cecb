using System;
using System.Collections.Generic;
using System.Linq;
using WarmupSchedulers;

namespace WarmupAnalyzers.CodeFixes.Refactorings;

/// <summary>The curves of the library that a user's function may be.</summary>
internal enum LibraryShape
{
    Ramp,
    ThenLinear,
    ThenCosine,
    ThenInverseSquareRoot,
    Noam,
}

/// <summary>A schedule of the library whose arguments are the user's expressions; it is computed by the library's own source.</summary>
internal sealed record LibrarySchedule(LibraryShape Shape, OwnExpression Warmup)
{
    public WarmupConvention Convention { get; init; }

    /// <summary>Null: the convention's own start.</summary>
    public OwnExpression? Start { get; init; }

    public OwnExpression? Total { get; init; }

    /// <summary>Null: zero.</summary>
    public OwnExpression? Minimum { get; init; }

    /// <summary>Null: the length of the warmup.</summary>
    public OwnExpression? Timescale { get; init; }

    /// <summary>Null: the peak is 1.</summary>
    public OwnExpression? Width { get; init; }

    /// <summary>The factory's name.</summary>
    public string Factory => Shape switch
    {
        LibraryShape.Ramp => "LinearWarmupLR",
        LibraryShape.ThenLinear => "WarmupThenLinearLR",
        LibraryShape.ThenCosine => "WarmupThenCosineLR",
        LibraryShape.ThenInverseSquareRoot => "WarmupThenInverseSquareRootLR",
        _ => "NoamLR",
    };

    /// <summary>The arguments behind the optimizer, by their parameters' names; not the convention.</summary>
    public IEnumerable<(string Parameter, OwnExpression Value)> Arguments => new (string, OwnExpression?)[]
    {
        ("warmup_steps", Warmup),
        ("total_steps", Total),
        ("min_lr_factor", Minimum),
        ("timescale", Timescale),
        ("d_model", Width),
        ("start_factor", Start),
    }.Where(argument => argument.Item2 is not null)!;

    /// <summary>What is longer to read is tried later; a start of its own last, because that explains nearly any line.</summary>
    public int Cost => Warmup.Cost + (Convention == WarmupConvention.Default ? 0 : 12) + (Start is null ? 0 : 30);

    /// <summary>Whether the arguments are numbers of the kinds that the library takes, whatever their size.</summary>
    public bool IsKnown(UserCurve curve) =>
        new[] { Warmup, Total, Timescale, Width }.All(count => count is null || IsWhole(curve.ValueOf(count)))
        && new[] { Minimum, Start }.All(factor => factor is null || !double.IsNaN(curve.ValueOf(factor)));

    /// <summary>The schedule; null where the library refuses the arguments.</summary>
    public Schedule? Under(UserCurve curve)
    {
        if (!IsAccepted(curve))
            return null;
        var warmup = Count(curve, Warmup);
        var start = Start is null ? (double?)null : curve.ValueOf(Start);
        var minimum = Minimum is null ? 0 : curve.ValueOf(Minimum);
        return Shape switch
        {
            LibraryShape.Ramp => Schedule.LinearWarmup(warmup, Convention, start),
            LibraryShape.ThenLinear => Schedule.WarmupThenLinear(warmup, Count(curve, Total!), minimum, Convention, start),
            LibraryShape.ThenCosine => Schedule.WarmupThenCosine(warmup, Count(curve, Total!), minimum, Convention, start),
            LibraryShape.ThenInverseSquareRoot => Schedule.WarmupThenInverseSquareRoot(warmup, Timescale is null ? null : Count(curve, Timescale), Convention, start),
            _ => Schedule.Noam(warmup, Width is null ? null : Count(curve, Width)),
        };
    }

    /// <summary>From where on nothing new happens; for a decay without an end, where half of it is done.</summary>
    public double Horizon(UserCurve curve) => Shape switch
    {
        LibraryShape.Ramp => curve.ValueOf(Warmup),
        LibraryShape.ThenLinear or LibraryShape.ThenCosine => curve.ValueOf(Total!),
        _ => 4 * curve.ValueOf(Timescale ?? Warmup),
    };

    private static long Count(UserCurve curve, OwnExpression count) => (long)curve.ValueOf(count);

    private static bool IsWhole(double number) => number == Math.Floor(number) && Math.Abs(number) < 1e15;

    private bool IsAccepted(UserCurve curve)
    {
        var warmup = curve.ValueOf(Warmup);
        return IsKnown(curve)
            && warmup >= 0
            && (Total is null || curve.ValueOf(Total) is >= 1 and var total && warmup <= total)
            && (Timescale is null || curve.ValueOf(Timescale) >= 1)
            && (Width is null || curve.ValueOf(Width) >= 1)
            && (Minimum is null || curve.ValueOf(Minimum) is >= 0 and <= 1)
            && (Start is null || curve.ValueOf(Start) is >= 0 and <= 1 and var start && (start > 0 || Convention != WarmupConvention.PyTorch));
    }
}
