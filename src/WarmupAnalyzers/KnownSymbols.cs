using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace WarmupAnalyzers;

/// <summary>TorchSharp as one compilation sees it. Does not exist where TorchSharp is not referenced.</summary>
internal sealed class KnownSymbols
{
    private const string TorchSharpAssembly = "TorchSharp";

    private KnownSymbols(INamedTypeSymbol schedulerFactories, INamedTypeSymbol scheduler, INamedTypeSymbol optimizer, INamedTypeSymbol optim, OwnLibrary? own)
    {
        Assembly = optim.ContainingAssembly;
        SchedulerFactories = schedulerFactories;
        Scheduler = scheduler;
        Optimizer = optimizer;
        OptimizerFactories = optim;
        SchedulerImplementations = SingleType(schedulerFactories, "impl");
        LearningRateController = SingleType(optim, "ILearningRateController");
        OptimizerNames = optim.MemberNames.Append("ParamGroup").ToImmutableArray();
        Momentum = SingleType(optim, "IMomentum");
        Betas = SingleType(optim, "IBetas");
        Own = own;
    }

    /// <summary>The TorchSharp assembly that this compilation references.</summary>
    public IAssemblySymbol Assembly { get; }

    /// <summary><c>torch.optim.lr_scheduler</c>, the static class of the factories.</summary>
    public INamedTypeSymbol SchedulerFactories { get; }

    /// <summary><c>torch.optim.lr_scheduler.impl</c>, the container of the scheduler classes.</summary>
    public INamedTypeSymbol? SchedulerImplementations { get; }

    /// <summary><c>torch.optim.lr_scheduler.LRScheduler</c>, the base of every scheduler.</summary>
    public INamedTypeSymbol Scheduler { get; }

    /// <summary><c>torch.optim.Optimizer</c>, the base of every optimizer.</summary>
    public INamedTypeSymbol Optimizer { get; }

    /// <summary><c>torch.optim</c>, the static class of the optimizer factories.</summary>
    public INamedTypeSymbol OptimizerFactories { get; }

    /// <summary><c>torch.optim.ILearningRateController</c>, a parameter group as seen from outside.</summary>
    public INamedTypeSymbol? LearningRateController { get; }

    /// <summary>The names of the optimizers that come with TorchSharp, and of their groups; only to spare work.</summary>
    public ImmutableArray<string> OptimizerNames { get; }

    /// <summary><c>torch.optim.IMomentum</c>, an optimizer or group with a momentum.</summary>
    public INamedTypeSymbol? Momentum { get; }

    /// <summary><c>torch.optim.IBetas</c>, an optimizer or group with betas.</summary>
    public INamedTypeSymbol? Betas { get; }

    /// <summary>Our own runtime library, where it is referenced too.</summary>
    public OwnLibrary? Own { get; }

    /// <summary>Whether the compilation references an assembly of TorchSharp's name; nothing of it is loaded.</summary>
    public static bool MayBeIn(Compilation compilation) =>
        compilation.SourceModule.ReferencedAssemblies.Any(assembly => assembly.Name == TorchSharpAssembly);

    /// <summary>Binds TorchSharp's symbols, or gives null when this compilation does not reference TorchSharp.</summary>
    public static KnownSymbols? Find(Compilation compilation)
    {
        // Not by the type's name in all references: that loads every one of them.
        foreach (var assembly in compilation.SourceModule.ReferencedAssemblySymbols)
        {
            if (assembly.Name == TorchSharpAssembly
                && assembly.GetTypeByMetadataName("TorchSharp.torch") is { } torch
                && SingleType(torch, "optim") is { } optim
                && SingleType(optim, "Optimizer") is { } optimizer
                && SingleType(optim, "lr_scheduler") is { } factories
                && SingleType(factories, "LRScheduler") is { } scheduler)
                return new KnownSymbols(factories, scheduler, optimizer, optim, OwnLibrary.Find(compilation));
        }

        return null;
    }

    /// <summary>Whether the type is TorchSharp's scheduler base or derives from it.</summary>
    public bool IsScheduler(ITypeSymbol? type) => DerivesFrom(type, Scheduler);

    /// <summary>Whether the method makes a scheduler: a factory of TorchSharp, or the constructor of a class of its own.</summary>
    public bool IsSchedulerMember(ISymbol? method) => method?.ContainingType is { } type
        && (SymbolEqualityComparer.Default.Equals(type, SchedulerFactories)
            || (SchedulerImplementations is not null && SymbolEqualityComparer.Default.Equals(type.ContainingType, SchedulerImplementations)));

    /// <summary>Whether the type is TorchSharp's optimizer base or derives from it.</summary>
    public bool IsOptimizer(ITypeSymbol? type) => DerivesFrom(type, Optimizer);

    /// <summary>Whether the symbol is declared in TorchSharp itself.</summary>
    public bool IsDeclaredInTorchSharp(ISymbol? symbol) =>
        SymbolEqualityComparer.Default.Equals(symbol?.ContainingAssembly, Assembly);

    /// <summary>Whether the symbol is declared in TorchSharp or in our own library: what it does is known.</summary>
    public bool IsKnown(ISymbol? symbol) => IsDeclaredInTorchSharp(symbol) || Own?.Declares(symbol) == true;

    private static bool DerivesFrom(ITypeSymbol? type, INamedTypeSymbol ancestor)
    {
        for (var current = type; current is not null; current = current.BaseType)
        {
            if (SymbolEqualityComparer.Default.Equals(current.OriginalDefinition, ancestor))
                return true;
        }

        return type is ITypeParameterSymbol parameter && AnyConstraintDerivesFrom(parameter, ancestor);
    }

    private static bool AnyConstraintDerivesFrom(ITypeParameterSymbol parameter, INamedTypeSymbol ancestor)
    {
        var seen = new HashSet<ITypeSymbol>(SymbolEqualityComparer.Default) { parameter }; // half-typed constraints may go round
        var open = new Stack<ITypeParameterSymbol>();
        open.Push(parameter);
        while (open.Count > 0)
        {
            foreach (var constraint in open.Pop().ConstraintTypes)
            {
                if (constraint is not ITypeParameterSymbol bound)
                {
                    if (DerivesFrom(constraint, ancestor))
                        return true;
                }
                else if (seen.Add(bound))
                {
                    open.Push(bound);
                }
            }
        }

        return false;
    }

    private static INamedTypeSymbol? SingleType(INamedTypeSymbol container, string name)
    {
        var found = container.GetTypeMembers(name);
        return found.Length == 1 ? found[0] : null;
    }
}
