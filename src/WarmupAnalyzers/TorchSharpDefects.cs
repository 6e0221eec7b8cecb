using System;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace WarmupAnalyzers;

/// <summary>What TorchSharp itself does wrong, so that code which looks right trains with other rates.</summary>
internal enum TorchSharpDefect
{
    /// <summary><c>OneCycleLR</c> takes the number of a group for that of a phase.</summary>
    OneCycleGroups,

    /// <summary><c>CyclicLR</c> adds to the momentum where it should subtract.</summary>
    CyclicMomentum,

    /// <summary><c>CyclicLR</c> throws on an optimizer without momentum, with its defaults.</summary>
    CyclicOptimizers,

    /// <summary><c>CyclicLR</c> in mode <c>ExpRange</c> scales by the cycle and not by the step.</summary>
    CyclicScale,

    /// <summary><c>ChainedLR.get_last_lr()</c> is null.</summary>
    ChainedRates,

    /// <summary><c>ChainedLR.step</c> with an index or a metric throws.</summary>
    ChainedSteps,

    /// <summary><c>ChainedLR</c> goes through a lazy list at every step.</summary>
    ChainedQueries,

    /// <summary><c>LBFGS</c> does not look at the rate of its group.</summary>
    LBFGSRate,

    /// <summary><c>RAdam</c> multiplies by the rate twice once it is rectified.</summary>
    RAdamRate,

    /// <summary>A parameter group made from parameters alone has a rate of its own.</summary>
    GroupRate,

    /// <summary>A scheduler has no state to be saved and loaded.</summary>
    SchedulerState,
}

/// <summary>Which versions of TorchSharp have which defects, by the version of the assembly. Every entry was run: see the two KnownDefectTests, managed and with real tensors.</summary>
internal static class TorchSharpDefects
{
    private static readonly ImmutableArray<TorchSharpDefect> s_all = Enum.GetValues(typeof(TorchSharpDefect)).Cast<TorchSharpDefect>().ToImmutableArray();

    /// <summary>The defects of this assembly; none where its version was not measured.</summary>
    public static ImmutableArray<TorchSharpDefect> Of(IAssemblySymbol torchSharp) =>
        torchSharp.Identity.Version is { Major: 0, Minor: 107, Build: 0, Revision: 0 } ? s_all : ImmutableArray<TorchSharpDefect>.Empty;
}
