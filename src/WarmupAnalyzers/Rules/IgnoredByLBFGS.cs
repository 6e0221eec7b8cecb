using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using WarmupAnalyzers.Reading.Optimizers;
using WarmupAnalyzers.Reading.Steps;
using WarmupAnalyzers.Schedules;

namespace WarmupAnalyzers.Rules;

/// <summary>WARM5005: a scheduler on <c>LBFGS</c>, which does not look at the rate of its group.</summary>
internal static class IgnoredByLBFGS
{
    public const string Id = "WARM5005";

    public static readonly DiagnosticDescriptor Descriptor = new(
        "WARM5005",
        "LBFGS ignores every scheduler",
        "LBFGS ignores every scheduler: {0}",
        RuleCategory.TorchSharp,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description: "A scheduler writes the learning rate of the optimizer's parameter group. TorchSharp's LBFGS keeps another in its native part, which it was made with and which nothing changes.",
        helpLinkUri: HelpLink.For(Id));

    public static IEnumerable<Diagnostic> Judge(FileUnderJudgement file) => file.Has(TorchSharpDefect.LBFGSRate)
        ? OptimizerSchedulers.FirstOn("LBFGS", file.Creations, file.Code, file.Cancellation)
            .Where(creation => !SchedulerLife.Of(creation, file.Code, file.Cancellation).IsNeverStepped)
            .Select(creation => Diagnostic.Create(
                Descriptor,
                creation.Operation.Syntax.GetLocation(),
                $"it trains with {Rate(BaseLearningRate.Of(creation.Optimizer, file.Code, file.Cancellation).Value)} throughout in {file.TorchSharp}"))
        : [];

    private static string Rate(double rate) => double.IsNaN(rate) ? "the learning rate that it is made with" : "a learning rate of " + CurveText.Number(rate);
}
