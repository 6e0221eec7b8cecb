using System.Linq;
using Microsoft.CodeAnalysis;

namespace WarmupAnalyzers;

/// <summary>The package WarmupSchedulers as one compilation sees it. Does not exist where it is not referenced.</summary>
internal sealed class LibrarySymbols
{
    /// <summary>The static class of the factories, under the name by which code may always call it.</summary>
    public const string FactoriesName = "WarmupSchedulers.LRSchedulers";

    private const string Assembly = "WarmupSchedulers";

    private readonly INamedTypeSymbol _factories;

    private LibrarySymbols(INamedTypeSymbol factories) => _factories = factories;

    /// <summary>Binds the library's symbols, or gives null when this compilation does not reference it.</summary>
    public static LibrarySymbols? Find(Compilation compilation)
    {
        var factories = compilation.GetTypesByMetadataName(FactoriesName)
            .Where(type => type.ContainingAssembly.Name == Assembly && !SymbolEqualityComparer.Default.Equals(type.ContainingAssembly, compilation.Assembly))
            .ToArray();
        return factories.Length == 1 ? new LibrarySymbols(factories[0]) : null;
    }

    /// <summary>Whether the version that is referenced has this factory.</summary>
    public bool Has(string factory) => _factories.GetMembers(factory).OfType<IMethodSymbol>().Any(method => method.IsStatic);

    /// <summary>Whether the method is one of the factories.</summary>
    public bool IsFactory(IMethodSymbol method) => SymbolEqualityComparer.Default.Equals(method.ContainingType, _factories);
}
