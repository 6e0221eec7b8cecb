using System;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using WarmupAnalyzers.Schedules;

namespace WarmupAnalyzers;

/// <summary>Our own runtime library as one compilation sees it. Does not exist where it is not referenced.</summary>
internal sealed class OwnLibrary
{
    private const string Name = "WarmupSchedulers";

    private static readonly ImmutableArray<string> s_classes = ImmutableArray.Create(nameof(SchedulerKind.ScheduleLR), nameof(SchedulerKind.WarmupThenPlateauLR));

    private readonly INamedTypeSymbol _schedule;
    private readonly IAssemblySymbol _assembly;

    private OwnLibrary(INamedTypeSymbol schedule)
    {
        _schedule = schedule;
        _assembly = schedule.ContainingAssembly;
        FactoryNames = _assembly.GetTypeByMetadataName(LibrarySymbols.FactoriesName) is { } factories
            ? factories.GetMembers().OfType<IMethodSymbol>().Where(IsFactory).Select(factory => factory.Name).Distinct().ToImmutableArray()
            : ImmutableArray<string>.Empty;
    }

    /// <summary>The names of the factories; those that extend TorchSharp's have the same.</summary>
    public ImmutableArray<string> FactoryNames { get; }

    public static OwnLibrary? Find(Compilation compilation)
    {
        foreach (var assembly in compilation.SourceModule.ReferencedAssemblySymbols)
        {
            if (assembly.Name == Name && assembly.GetTypeByMetadataName(Name + ".Schedule") is { } schedule)
                return new OwnLibrary(schedule);
        }

        return null;
    }

    /// <summary>Whether the type is the library's <c>Schedule</c>.</summary>
    public bool IsSchedule(INamedTypeSymbol? type) => SymbolEqualityComparer.Default.Equals(type, _schedule);

    /// <summary>Whether the method makes a scheduler: a static one of the library, or of its extension of TorchSharp's factories.</summary>
    public bool IsFactory(IMethodSymbol method) => method.IsStatic && KindOf(method.ReturnType) is not null && Declares(method);

    /// <summary>What kind of scheduler the type is; null for any other.</summary>
    public SchedulerKind? KindOf(ITypeSymbol? type) =>
        type is not null && s_classes.Contains(type.Name) && Declares(type) ? (SchedulerKind)Enum.Parse(typeof(SchedulerKind), type.Name) : null;

    /// <summary>Whether the symbol is declared in the library itself.</summary>
    public bool Declares(ISymbol? symbol) => SymbolEqualityComparer.Default.Equals(symbol?.ContainingAssembly, _assembly);
}
