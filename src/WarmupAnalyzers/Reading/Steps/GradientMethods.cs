using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using WarmupAnalyzers.Training;

namespace WarmupAnalyzers.Reading.Steps;

/// <summary>What a call does for the gradients, told by its symbol.</summary>
internal static class GradientMethods
{
    public static GradientCall? KindOf(this KnownSymbols symbols, IInvocationOperation call) => call.TargetMethod switch
    {
        { Name: "step" } method when symbols.IsSchedulerStep(method) => GradientCall.SchedulerStep,
        // With a closure the gradients are made, and zeroed, by TorchSharp's call of it.
        { Name: "step" } method when symbols.IsOptimizerStep(method) => IsWithoutClosure(call) ? GradientCall.OptimizerStep : null,
        { Name: "backward" } method when symbols.IsDeclaredInTorchSharp(method) => GradientCall.Backward,
        { Name: "zero_grad" } method when symbols.IsDeclaredInTorchSharp(method) => GradientCall.Zero,
        _ => null,
    };

    private static bool IsWithoutClosure(IInvocationOperation call)
    {
        foreach (var argument in call.Arguments)
        {
            if (argument.ArgumentKind != ArgumentKind.DefaultValue && argument.Value.ConstantValue is not { HasValue: true, Value: null })
                return false;
        }

        return true;
    }
}
