using Microsoft.CodeAnalysis;
using WarmupAnalyzers.Reading.Optimizers;

namespace WarmupAnalyzers.Rules;

/// <summary>WARM4013: a new optimizer over the same parameters, only to have another learning rate.</summary>
internal static class RebuiltForLearningRate
{
    public const string Id = "WARM4013";

    public static readonly DiagnosticDescriptor Descriptor = new(
        "WARM4013",
        "The optimizer is rebuilt to change the learning rate",
        "The new {0} is there only to change the learning rate, and its {1} from zero each time",
        RuleCategory.Composition,
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        description: "An optimizer keeps means of the gradients it has seen. A new one over the same parameters begins without them, so that the first steps after each change are those of a fresh training. A scheduler, or ParamGroup.LearningRate, changes the rate and keeps them.",
        helpLinkUri: HelpLink.For(Id));

    public static Diagnostic Report(RebuiltOptimizer rebuilt) => Diagnostic.Create(
        Descriptor,
        rebuilt.Creation.Syntax.GetLocation(),
        rebuilt.Kind,
        rebuilt.KeepsMomentum ? "momentum starts" : "moments start");
}
