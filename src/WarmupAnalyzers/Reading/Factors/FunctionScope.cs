using System.Collections.Generic;
using Microsoft.CodeAnalysis;
using WarmupAnalyzers.Factors;
using WarmupAnalyzers.Reading.Source;

namespace WarmupAnalyzers.Reading.Factors;

/// <summary>The variables of a function while it is read, with the enclosing function's behind them.</summary>
internal sealed class FunctionScope
{
    private readonly Dictionary<ISymbol, int> _slots = new(SymbolEqualityComparer.Default);
    private readonly Dictionary<ISymbol, SymbolPath> _objects = new(SymbolEqualityComparer.Default);
    private readonly Dictionary<ISymbol, Function> _localFunctions = new(SymbolEqualityComparer.Default);

    public FunctionScope(FunctionScope? outer, SymbolPath? self)
    {
        Outer = outer;
        Self = self;
    }

    public FunctionScope? Outer { get; }

    /// <summary>What <c>this</c> is here, where it is not the <c>this</c> of the training code.</summary>
    public SymbolPath? Self { get; }

    public int Slots { get; private set; }

    /// <summary>Loops round the operation being read.</summary>
    public int LoopDepth { get; set; }

    /// <summary>Whether a loop of this function or of one round it is being read.</summary>
    public bool IsInLoop => LoopDepth > 0 || Outer is { IsInLoop: true };

    public Slot Declare(ISymbol? symbol)
    {
        if (symbol is not null)
            _slots[symbol] = Slots;
        return new Slot(0, Slots++);
    }

    /// <summary>The slot of a variable that the block may have declared already, for the local functions in it.</summary>
    public Slot DeclareOnce(ISymbol symbol) => _slots.TryGetValue(symbol, out var index) ? new Slot(0, index) : Declare(symbol);

    public void Declare(IMethodSymbol localFunction, Function function) => _localFunctions[localFunction] = function;

    /// <summary>The variable's slot seen from this scope, or null where it belongs to none of the functions being read.</summary>
    public Slot? Find(ISymbol symbol)
    {
        var hops = 0;
        for (var scope = this; scope is not null; scope = scope.Outer, hops++)
        {
            if (scope._slots.TryGetValue(symbol, out var index))
                return new Slot(hops, index);
        }

        return null;
    }

    /// <summary>Says which object of the training code a parameter is.</summary>
    public void Name(IParameterSymbol parameter, SymbolPath? path)
    {
        if (path is not null)
            _objects[parameter] = path;
    }

    /// <summary>The object of the training code that a parameter is, or null.</summary>
    public SymbolPath? ObjectOf(IParameterSymbol parameter)
    {
        for (var scope = this; scope is not null; scope = scope.Outer)
        {
            if (scope._objects.TryGetValue(parameter, out var path))
                return path;
        }

        return null;
    }

    public (Function Function, int Hops)? FindFunction(IMethodSymbol localFunction)
    {
        var hops = 0;
        for (var scope = this; scope is not null; scope = scope.Outer, hops++)
        {
            if (scope._localFunctions.TryGetValue(localFunction, out var function))
                return (function, hops);
        }

        return null;
    }
}
