using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace WarmupAnalyzers.Reading.Source;

/// <summary>A symbol's name as code has to write it.</summary>
internal static class WrittenName
{
    public static string Of(ISymbol symbol) => SyntaxFacts.GetKeywordKind(symbol.Name) == SyntaxKind.None ? symbol.Name : "@" + symbol.Name;

    /// <summary>Whether the name means the symbol at a place, and nothing else.</summary>
    public static bool Means(ISymbol symbol, SemanticModel model, int place) =>
        model.LookupSymbols(place, name: symbol.Name) is [var seen] && SymbolEqualityComparer.Default.Equals(seen, symbol);
}
