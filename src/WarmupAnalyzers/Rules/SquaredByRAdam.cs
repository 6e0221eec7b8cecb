using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using WarmupAnalyzers.Reading.Optimizers;
using WarmupAnalyzers.Reading.Steps;

namespace WarmupAnalyzers.Rules;

/// <summary>WARM5006: a scheduler on <c>RAdam</c>, which multiplies by the rate twice.</summary>
internal static class SquaredByRAdam
{
    public const string Id = "WARM5006";

    public static readonly DiagnosticDescriptor Descriptor = new(
        "WARM5006",
        "RAdam applies the learning rate twice",
        "RAdam applies the learning rate twice: {0}",
        RuleCategory.TorchSharp,
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        description: "Once TorchSharp's RAdam is rectified, after its first few steps, it multiplies the step by the learning rate a second time, and with it by the square of every factor of a schedule.",
        helpLinkUri: HelpLink.For(Id));

    public static IEnumerable<Diagnostic> Judge(FileUnderJudgement file) => file.Has(TorchSharpDefect.RAdamRate)
        ? OptimizerSchedulers.FirstOn("RAdam", file.Creations, file.Code, file.Cancellation)
            .Where(creation => !SchedulerLife.Of(creation, file.Code, file.Cancellation).IsNeverStepped)
            .Select(creation => Diagnostic.Create(
                Descriptor,
                creation.Operation.Syntax.GetLocation(),
                $"once it is rectified, a factor of 0.1 makes the step 0.01 times as long in {file.TorchSharp}"))
        : [];
}
