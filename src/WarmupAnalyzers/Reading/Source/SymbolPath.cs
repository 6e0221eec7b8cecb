using System;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace WarmupAnalyzers.Reading.Source;

/// <summary>A symbol with what it was reached through: <c>warmup</c>, <c>this.warmup</c>, <c>config.Warmup.Epochs</c>. Equal paths are the same variable.</summary>
internal sealed class SymbolPath : IEquatable<SymbolPath>
{
    private readonly string _test;

    /// <param name="test">What is asked of the symbol, where the variable is the answer to a test and not the value; else empty.</param>
    public SymbolPath(ISymbol symbol, SymbolPath? receiver, string test = "")
    {
        Symbol = symbol;
        Receiver = receiver;
        _test = test;
    }

    private SymbolPath(IObjectCreationOperation creation)
        : this(creation.Constructor!.OriginalDefinition, null)
    {
        Creation = creation;
    }

    /// <summary>An object that is made where it is used.</summary>
    public static SymbolPath? Made(IObjectCreationOperation creation) =>
        creation is { Constructor.ContainingType: { DeclaringSyntaxReferences.IsEmpty: false, TypeKind: TypeKind.Class or TypeKind.Struct } }
            ? new SymbolPath(creation)
            : null;

    public ISymbol Symbol { get; }

    /// <summary>The creation, where the path starts with an object that is made on the spot; the symbol is its constructor.</summary>
    public IObjectCreationOperation? Creation { get; }

    public SymbolPath? Receiver { get; }

    /// <summary>As a person would write it.</summary>
    public string Name => (Receiver is null ? OwnName : Receiver.Name + "." + OwnName) + _test;

    private string OwnName => Creation is null ? Symbol.Name : Symbol.ContainingType.Name;

    public bool Equals(SymbolPath? other) =>
        other is not null
        && SymbolEqualityComparer.Default.Equals(Symbol, other.Symbol)
        && _test == other._test
        && ReferenceEquals(Creation?.Syntax, other.Creation?.Syntax)
        && (Receiver is null ? other.Receiver is null : Receiver.Equals(other.Receiver));

    public override bool Equals(object? obj) => Equals(obj as SymbolPath);

    public override int GetHashCode() =>
        SymbolEqualityComparer.Default.GetHashCode(Symbol) ^ (Receiver is null ? 0 : Receiver.GetHashCode() * 31);
}
