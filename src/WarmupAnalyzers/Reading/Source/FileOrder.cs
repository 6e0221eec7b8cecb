using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace WarmupAnalyzers.Reading.Source;

/// <summary>The order of what stands in several files: by their paths. The order in which the compiler is given the files means nothing.</summary>
internal static class FileOrder
{
    public static IEnumerable<SyntaxTree> Of(Compilation compilation) => compilation.SyntaxTrees.OrderBy(tree => tree.FilePath, StringComparer.Ordinal);

    /// <summary>The parts of a type.</summary>
    public static IEnumerable<SyntaxReference> PartsOf(INamedTypeSymbol type) => type.DeclaringSyntaxReferences.Length < 2
        ? type.DeclaringSyntaxReferences
        : type.DeclaringSyntaxReferences.OrderBy(part => part.SyntaxTree.FilePath, StringComparer.Ordinal);

    /// <summary>The members of a type, part by part.</summary>
    public static IEnumerable<ISymbol> MembersOf(INamedTypeSymbol type) => type.DeclaringSyntaxReferences.Length < 2
        ? type.GetMembers()
        : type.GetMembers().OrderBy(member => member.DeclaringSyntaxReferences.FirstOrDefault()?.SyntaxTree.FilePath ?? string.Empty, StringComparer.Ordinal);
}
