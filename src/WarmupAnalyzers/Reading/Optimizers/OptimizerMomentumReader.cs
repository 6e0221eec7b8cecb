using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using WarmupAnalyzers.Reading.Steps;
using WarmupAnalyzers.Schedules.Simulated;

namespace WarmupAnalyzers.Reading.Optimizers;

/// <summary>Whether an optimizer has a momentum or betas for schedulers to cycle.</summary>
internal static class OptimizerMomentumReader
{
    /// <summary>Told from the type it is made with, or that of the variable; null where that may be any optimizer.</summary>
    public static MomentumKind? Of(IOperation? optimizer, TrainingCode code, CancellationToken cancellation)
    {
        if (optimizer is null)
            return null;
        var type = (BaseLearningRate.CreationOf(optimizer, code, cancellation) ?? optimizer.Unwrapped()).Type;
        if (Implements(type, code.Symbols.Momentum))
            return MomentumKind.Momentum;
        if (Implements(type, code.Symbols.Betas))
            return MomentumKind.Betas;
        // An abstract type may hold any of them.
        return type is { IsAbstract: false } && code.Symbols.IsDeclaredInTorchSharp(type) && !IsBase(type, code.Symbols) ? MomentumKind.None : null;
    }

    private static bool IsBase(ITypeSymbol type, KnownSymbols symbols) =>
        SymbolEqualityComparer.Default.Equals(type, symbols.Optimizer) || type.Name == "OptimizerHelper";

    private static bool Implements(ITypeSymbol? type, INamedTypeSymbol? contract) =>
        contract is not null && type?.AllInterfaces.Contains(contract, SymbolEqualityComparer.Default) == true;
}
