using System;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using WarmupAnalyzers.Reading.Source;

namespace WarmupAnalyzers.Reading.Factors;

/// <summary>A method as it is read: for one <c>this</c>, and for the objects that it is handed.</summary>
internal sealed class FunctionKey : IEquatable<FunctionKey>
{
    /// <param name="self">What <c>this</c> is, where it is not the <c>this</c> of the training code.</param>
    /// <param name="objects">For each parameter that takes an object, such as the settings, the path of the argument; else null.</param>
    public FunctionKey(IMethodSymbol method, SymbolPath? self, ImmutableArray<SymbolPath?> objects)
    {
        Method = method.OriginalDefinition;
        Self = self;
        Objects = objects;
    }

    public IMethodSymbol Method { get; }

    public SymbolPath? Self { get; }

    public ImmutableArray<SymbolPath?> Objects { get; }

    public bool Equals(FunctionKey? other) =>
        other is not null
        && SymbolEqualityComparer.Default.Equals(Method, other.Method)
        && Equals(Self, other.Self)
        && Objects.SequenceEqual(other.Objects);

    public override bool Equals(object? obj) => Equals(obj as FunctionKey);

    public override int GetHashCode() => SymbolEqualityComparer.Default.GetHashCode(Method) ^ (Self?.GetHashCode() ?? 0);
}
