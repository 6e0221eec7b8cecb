using Microsoft.CodeAnalysis;

namespace WarmupAnalyzers.Rules;

/// <summary>WARM1011: the factor function writes something that outlives its call.</summary>
internal static class FactorChangesState
{
    public const string Id = "WARM1011";

    public static readonly DiagnosticDescriptor Descriptor = new(
        Id,
        "The factor function changes state",
        "The factor function changes state: {0}",
        RuleCategory.Factor,
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        description: "TorchSharp calls the factor function when the scheduler is made and at every step, once for each parameter group, so what it writes depends on the number of groups.",
        helpLinkUri: HelpLink.For(Id));

    public static FactorMistake? Judge(FactorUnderJudgement factor) => factor.Group.Effects.Write is { } write
        ? new FactorMistake(
            Descriptor,
            write.Origin,
            $"it writes '{write.Name}', and TorchSharp calls it once for each parameter group at every step",
            $"it writes '{write.Name}' at every call")
        : null;
}
