using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace WarmupAnalyzers.Reading.Source;

/// <summary>Where members are named in the source of one compilation. A name is bound once, however many members are called so.</summary>
internal sealed class SymbolMentions
{
    private readonly TrainingCode _code;
    private readonly ConcurrentDictionary<string, ILookup<ISymbol?, SimpleNameSyntax>> _known = new();

    public SymbolMentions(TrainingCode code) => _code = code;

    /// <summary>The mentions of a member, in the order of the source.</summary>
    public IEnumerable<SimpleNameSyntax> Of(ISymbol member, CancellationToken cancellation) => Named(member.Name, cancellation)[member.OriginalDefinition];

    /// <summary>What has the name and stands for nothing that is known.</summary>
    public IEnumerable<SimpleNameSyntax> Unbound(string name, CancellationToken cancellation) => Named(name, cancellation)[null];

    /// <summary>The calls of a method by its name.</summary>
    public IEnumerable<InvocationExpressionSyntax> CallsOf(IMethodSymbol method, CancellationToken cancellation) => method.IsExtensionMethod
        ? _code.Calls.Of(method.Name, cancellation) // bound to a symbol of the receiver's own
        : Of(method, cancellation).Select(name => CallsByName.CallOf(name.Identifier)).OfType<InvocationExpressionSyntax>();

    private ILookup<ISymbol?, SimpleNameSyntax> Named(string name, CancellationToken cancellation)
    {
        if (!_known.TryGetValue(name, out var known))
        {
            _known[name] = known = _code.Names.Everywhere(name, cancellation).Select(token => token.Parent).OfType<SimpleNameSyntax>()
                .ToLookup(mention => SymbolOf(mention, cancellation), SymbolEqualityComparer.Default);
        }

        return known;
    }

    private ISymbol? SymbolOf(SimpleNameSyntax mention, CancellationToken cancellation) =>
        _code.ModelOf(mention.SyntaxTree)?.GetSymbolInfo(mention, cancellation).Symbol?.OriginalDefinition;
}
