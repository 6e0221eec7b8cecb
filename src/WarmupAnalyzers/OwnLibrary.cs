using Microsoft.CodeAnalysis;

namespace WarmupAnalyzers;

/// <summary>Our own runtime library as one compilation sees it. Does not exist where it is not referenced.</summary>
internal sealed class OwnLibrary
{
    private const string Name = "WarmupSchedulers";

    private readonly INamedTypeSymbol _schedule;
    private readonly IAssemblySymbol _assembly;

    private OwnLibrary(INamedTypeSymbol schedule)
    {
        _schedule = schedule;
        _assembly = schedule.ContainingAssembly;
    }

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
    public bool IsFactory(IMethodSymbol method) => method.IsStatic
        && SymbolEqualityComparer.Default.Equals(method.ContainingAssembly, _assembly)
        && method.ReturnType.Name == "ScheduleLR";
}
