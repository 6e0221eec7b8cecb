using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using WarmupAnalyzers.Factors;
using WarmupAnalyzers.Reading;
using WarmupAnalyzers.Reading.Schedules;
using WarmupAnalyzers.Schedules;

namespace WarmupAnalyzers.Rules;

/// <summary>WARM1003: the optimizer's learning rate is multiplied into the factor, which multiplies it already.</summary>
internal static class BaseLearningRateInFactor
{
    public const string Id = "WARM1003";

    private const double Tolerance = 1e-12;

    public static readonly DiagnosticDescriptor Descriptor = new(
        Id,
        "The base learning rate is multiplied in the factor",
        "The base learning rate is multiplied in the factor: {0}",
        RuleCategory.Factor,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description: "LambdaLR multiplies the optimizer's learning rate by the factor. A factor that holds the learning rate squares it.",
        helpLinkUri: HelpLink.For(Id));

    public static FactorMistake? Judge(FactorUnderJudgement factor, ImmutableHashSet<int> mended)
    {
        var source = SourceOf(factor, mended);
        if (source is null || !IsInEveryGroup(factor, mended))
            return null;
        return new FactorMistake(Descriptor, source.Origin, Effect(factor, mended, source), "the base learning rate is multiplied in");
    }

    /// <summary>Where the rate enters the factor; null where it does not, or is no mistake.</summary>
    public static RateSource? SourceOf(FactorUnderJudgement factor, ImmutableHashSet<int> mended)
    {
        var rate = factor.Schedule.BaseRate;
        if (rate.Value is 1.0 or 0.0 || factor.Assignments.IsEmpty)
            return null;
        var symbols = factor.Program.Symbols.Where(site => rate.Keys.Contains(site.Key)).ToImmutableArray();
        if (!symbols.IsEmpty
            && Classify(factor, mended, symbols.Select(site => site.Key).ToImmutableHashSet(), symbols[0].Place, isSymbol: true) is { } bySymbol)
            return bySymbol;
        return double.IsNaN(rate.Value) ? null : ByLiteral(factor, mended, rate.Value);
    }

    private static RateSource? ByLiteral(FactorUnderJudgement factor, ImmutableHashSet<int> mended, double rate)
    {
        var equal = factor.Program.Literals.Where(site => site.Value == rate).ToImmutableArray();
        IEnumerable<ImmutableArray<LiteralSite>> choices = equal.Select(site => ImmutableArray.Create(site));
        if (equal.Length > 1)
            choices = choices.Append(equal);
        return choices
            .Select(choice => Classify(factor, mended, choice.Select(site => (object)site.Literal).ToImmutableHashSet(), choice[0].Place, isSymbol: false))
            .FirstOrDefault(found => found is not null);
    }

    private static RateSource? Classify(
        FactorUnderJudgement factor, ImmutableHashSet<int> mended, ImmutableHashSet<object> sources, object origin, bool isSymbol)
    {
        var rate = factor.Schedule.BaseRate.Value;
        var isFactor = true;
        var isPeak = !double.IsNaN(rate);
        foreach (var assignment in factor.Assignments)
        {
            var curve = factor.Curve(assignment, mended);
            var doubled = factor.Scaled(assignment, mended, sources);
            if (curve.MeetsUnknown || doubled.MeetsUnknown || curve.Length == 0 || doubled.Length == 0 || !curve.DependsOnIndex)
                return null;
            var reachesRate = AreClose(curve.Maximum, rate);
            if (!isSymbol && !reachesRate)
                return null;
            isFactor &= IsProportional(curve, doubled);
            isPeak &= reachesRate && AreClose(doubled.Maximum, 2 * curve.Maximum);
        }

        return isFactor || isPeak ? new RateSource(sources, origin, isFactor, isSymbol) : null;
    }

    // Every value that is computed from the index doubles; a constant one may stay.
    private static bool IsProportional(FactorCurve curve, FactorCurve doubled)
    {
        var proportional = false;
        for (var i = 0; i < curve.Length && i < doubled.Length; i++)
        {
            var doubles = AreClose(doubled.NumberAt(i), 2 * curve.NumberAt(i));
            if (!doubles && (curve[i].Trace.DependsOnIndex || !AreClose(doubled.NumberAt(i), curve.NumberAt(i))))
                return false;
            proportional |= doubles && curve[i].Trace.DependsOnIndex && curve.NumberAt(i) != 0;
        }

        return proportional;
    }

    // One group's factor of 0.1 with a rate of 0.1 is a choice; all groups' is a mistake.
    private static bool IsInEveryGroup(FactorUnderJudgement factor, ImmutableHashSet<int> mended) =>
        factor.Schedule.Groups.All(group => group == factor.Group || IsIn(group, factor, mended));

    private static bool IsIn(GroupFactor group, FactorUnderJudgement factor, ImmutableHashSet<int> mended)
    {
        return factor.Beside(group) is { } other && SourceOf(other, group.Program == factor.Program ? mended : IntegerDivisionInFactor.Culprits(other)) is not null;
    }

    private static string Effect(FactorUnderJudgement factor, ImmutableHashSet<int> mended, RateSource source)
    {
        var rate = factor.Schedule.BaseRate;
        // What the function reads from the optimizer changes with every step: no curve can be shown.
        if (double.IsNaN(rate.Value) || source.Sources.Contains(WarmupAnalyzers.Reading.Factors.FactorReader.OwnRate))
            return $"the scheduler multiplies by {rate.Name ?? "it"} again, so the learning rate is squared";
        var curve = factor.Curve(factor.Assignments[0], mended);
        var peak = curve.NumberAt(curve.Length - 1) >= curve.Maximum && !AreClose(curve.NumberAt(curve.Length - 2), curve.Maximum)
            ? string.Empty
            : $", so the learning rate peaks at {CurveText.Number(curve.Maximum * rate.Value)}";
        return $"the factor runs {factor.Picture(mended)} and is multiplied by {CurveText.Number(rate.Value)} again{peak}{CurvePicture.Example(factor)}";
    }

    private static bool AreClose(double left, double right) =>
        left == right || Math.Abs(left - right) <= Tolerance * Math.Max(Math.Abs(left), Math.Abs(right));
}

/// <summary>Where the base learning rate enters a factor.</summary>
/// <param name="Sources">What to scale to change it: symbols' keys or literals.</param>
/// <param name="Origin">The first place where it stands.</param>
/// <param name="IsFactor">Whether it can be dropped: the rest is the factor that was meant. Else the function gives an absolute rate.</param>
/// <param name="IsSymbol">Whether it is the optimizer's own variable, not a number that equals it.</param>
internal sealed record RateSource(ImmutableHashSet<object> Sources, object Origin, bool IsFactor, bool IsSymbol);
