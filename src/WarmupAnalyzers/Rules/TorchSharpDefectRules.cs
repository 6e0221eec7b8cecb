using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace WarmupAnalyzers.Rules;

/// <summary>The rules about defects of TorchSharp.</summary>
internal static class TorchSharpDefectRules
{
    private static readonly ImmutableArray<TorchSharpDefectRule> s_rules = ImmutableArray.Create(
        new TorchSharpDefectRule(OneCycleOfGroups.Descriptor, OneCycleOfGroups.Judge),
        new TorchSharpDefectRule(BrokenCyclicLR.Descriptor, BrokenCyclicLR.Judge),
        new TorchSharpDefectRule(BrokenChainedLR.Descriptor, BrokenChainedLR.Judge),
        new TorchSharpDefectRule(IgnoredByLBFGS.Descriptor, IgnoredByLBFGS.Judge),
        new TorchSharpDefectRule(SquaredByRAdam.Descriptor, SquaredByRAdam.Judge),
        new TorchSharpDefectRule(OwnGroupRate.Descriptor, OwnGroupRate.Judge));

    public static ImmutableArray<DiagnosticDescriptor> Descriptors { get; } = s_rules.Select(rule => rule.Descriptor).ToImmutableArray();

    public static IEnumerable<Diagnostic> Mistakes(FileUnderJudgement file) => s_rules.SelectMany(rule => rule.Judge(file));
}

/// <summary>A rule and what it finds in a file.</summary>
internal sealed record TorchSharpDefectRule(DiagnosticDescriptor Descriptor, Func<FileUnderJudgement, IEnumerable<Diagnostic>> Judge);
