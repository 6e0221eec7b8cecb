using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace WarmupAnalyzers.CodeFixes.Rewriting;

/// <summary>Names for what is new, that nothing else has.</summary>
internal static class FreeNames
{
    /// <summary>The name, or with a number behind it, that no identifier of the parts and nothing visible at the places has.</summary>
    public static string For(string wanted, IEnumerable<SyntaxNode> parts, SemanticModel model, params int[] places)
    {
        var used = new HashSet<string>(parts.SelectMany(part => part.DescendantTokens()).Where(token => token.IsKind(SyntaxKind.IdentifierToken)).Select(token => token.ValueText));
        used.UnionWith(places.SelectMany(place => model.LookupSymbols(place)).Select(symbol => symbol.Name));
        var name = wanted;
        for (var number = 2; used.Contains(name); number++)
            name = wanted + number.ToString(CultureInfo.InvariantCulture);
        return name;
    }
}
