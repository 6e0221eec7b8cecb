using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using WarmupAnalyzers.Reading.Schedules;
using WarmupAnalyzers.Reading.Steps;

namespace WarmupAnalyzers.Reading.Optimizers;

/// <summary>The schedulers of one of TorchSharp's optimizers.</summary>
internal static class OptimizerSchedulers
{
    /// <summary>Of each optimizer of this class the first scheduler that a file makes on it: what is wrong with the optimizer is one mistake.</summary>
    public static IEnumerable<SchedulerCreation> FirstOn(string optimizer, IEnumerable<SchedulerCreation> creations, TrainingCode code, CancellationToken cancellation)
    {
        // The name only spares the binding of every scheduler; what counts is the symbol.
        if (code.Names.Everywhere(optimizer, cancellation).IsEmpty)
            return [];
        return creations
            .Where(creation => !creation.IsBaseCall && creation.Optimizer is not null)
            .Select(creation => (Creation: creation, Made: BaseLearningRate.CreationOf(creation.Optimizer!, code, cancellation)))
            .Where(on => IsOf(optimizer, on.Made ?? on.Creation.Optimizer!.Unwrapped(), code.Symbols))
            .GroupBy(on => on.Made is { } made ? made.Syntax : (object?)StepReader.PlaceOf(on.Creation.Optimizer!.Unwrapped()) ?? on.Creation)
            .Select(group => group.First().Creation);
    }

    private static bool IsOf(string optimizer, IOperation value, KnownSymbols symbols) =>
        value.Type is { } type && type.Name == optimizer && symbols.IsDeclaredInTorchSharp(type) && symbols.IsOptimizer(type);
}
