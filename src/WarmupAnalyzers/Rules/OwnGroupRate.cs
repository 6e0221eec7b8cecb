using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using WarmupAnalyzers.Reading.Optimizers;
using WarmupAnalyzers.Schedules;

namespace WarmupAnalyzers.Rules;

/// <summary>WARM5007: a parameter group that is made from parameters alone and does not take the optimizer's rate.</summary>
internal static class OwnGroupRate
{
    public const string Id = "WARM5007";

    /// <summary>The property that holds what a fix passes as the group's rate.</summary>
    public const string Rate = "rate";

    public static readonly DiagnosticDescriptor Descriptor = new(
        "WARM5007",
        "A parameter group does not take the optimizer's learning rate",
        "A parameter group does not take the optimizer's learning rate: {0}",
        RuleCategory.TorchSharp,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description: "The constructor of a parameter group has a default learning rate of its own. The optimizer's rate is only for the groups that are made without a constructor's options.",
        helpLinkUri: HelpLink.For(Id));

    public static IEnumerable<Diagnostic> Judge(FileUnderJudgement file) => file.Has(TorchSharpDefect.GroupRate)
        ? GroupRates.In(file.Model, file.Code, file.Cancellation).Select(rate => Report(rate, file))
        : [];

    private static Diagnostic Report(GroupRate rate, FileUnderJudgement file) => Diagnostic.Create(
        Descriptor,
        rate.Group.Syntax.GetLocation(),
        rate.Written is null ? ImmutableDictionary<string, string?>.Empty : ImmutableDictionary<string, string?>.Empty.Add(Rate, rate.Written),
        $"it starts with {CurveText.Number(rate.Own)}, its own default, and not with {CurveText.Number(rate.Optimizers)} in {file.TorchSharp}");
}
