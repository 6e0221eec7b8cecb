using System;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using WarmupAnalyzers.Reading;
using WarmupAnalyzers.Reading.Schedules;

namespace WarmupAnalyzers.Rules;

/// <summary>The rules about what a factor function computes, in the order in which one of several mistakes is reported.</summary>
internal static class FactorRules
{
    public static ImmutableArray<FactorRule> InOrder { get; } = ImmutableArray.Create(
        new FactorRule(FactorNotFinite.Descriptor, FactorNotFinite.Judge, FactorUse.Factor, FactorUse.Rate, FactorUse.Product, FactorUse.CycleScale),
        new FactorRule(IntegerDivisionInFactor.Descriptor, IntegerDivisionInFactor.Judge, FactorUse.Factor, FactorUse.Rate, FactorUse.Product, FactorUse.CycleScale),
        new FactorRule(BaseLearningRateInFactor.Descriptor, BaseLearningRateInFactor.Judge, FactorUse.Factor),
        new FactorRule(ZeroAtFirstStep.Descriptor, ZeroAtFirstStep.Judge, FactorUse.Factor, FactorUse.Rate),
        new FactorRule(WarmupWithoutCap.Descriptor, WarmupWithoutCap.Judge, FactorUse.Factor, FactorUse.Rate),
        new FactorRule(NegativeFactor.Descriptor, NegativeFactor.Judge, FactorUse.Factor),
        new FactorRule(IgnoredIndex.Descriptor, (factor, _) => IgnoredIndex.Judge(factor), FactorUse.Factor, FactorUse.Product, FactorUse.CycleScale),
        new FactorRule(FactorFunctionThrows.Descriptor, FactorFunctionThrows.Judge, FactorUse.Factor, FactorUse.Product, FactorUse.CycleScale),
        new FactorRule(DecreasingWarmup.Descriptor, DecreasingWarmup.Judge, FactorUse.Factor),
        new FactorRule(StepInsteadOfRamp.Descriptor, StepInsteadOfRamp.Judge, FactorUse.Factor),
        new FactorRule(JumpAtHandover.Descriptor, JumpAtHandover.Judge, FactorUse.Factor),
        new FactorRule(FactorChangesState.Descriptor, (factor, _) => FactorChangesState.Judge(factor), FactorUse.Factor, FactorUse.Product, FactorUse.CycleScale));

    /// <summary>The place of a rule in that order.</summary>
    public static int RankOf(DiagnosticDescriptor rule) => InOrder.Select(other => other.Descriptor).ToImmutableArray().IndexOf(rule);
}

/// <summary>One rule about factor functions.</summary>
internal sealed class FactorRule
{
    private readonly Func<FactorUnderJudgement, ImmutableHashSet<int>, FactorMistake?> _judge;
    private readonly FactorUse[] _uses;

    /// <param name="judge">Judges a function whose truncating divisions are computed as real ones: what they cause is theirs.</param>
    /// <param name="uses">What the rule looks at.</param>
    public FactorRule(DiagnosticDescriptor descriptor, Func<FactorUnderJudgement, ImmutableHashSet<int>, FactorMistake?> judge, params FactorUse[] uses)
    {
        Descriptor = descriptor;
        _judge = judge;
        _uses = uses;
    }

    public DiagnosticDescriptor Descriptor { get; }

    /// <summary>The mistake, or null where there is none or the rule does not look at such a function.</summary>
    public FactorMistake? Judge(FactorUnderJudgement factor, ImmutableHashSet<int> truncating) =>
        _uses.Contains(factor.Schedule.Use) ? _judge(factor, truncating) : null;
}
