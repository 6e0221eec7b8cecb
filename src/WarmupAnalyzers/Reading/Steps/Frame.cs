using System.Collections.Generic;
using Microsoft.CodeAnalysis;
using WarmupAnalyzers.Training;

namespace WarmupAnalyzers.Reading.Steps;

/// <summary>One function under one binding of its parameters: what its variables hold, and where its jumps lead.</summary>
internal sealed class Frame
{
    public Frame(ISymbol? function, Frame? parent, bool leaves)
    {
        Function = function;
        Parent = parent;
        Leaves = leaves;
    }

    /// <summary>The method, local function or lambda; null for an initializer.</summary>
    public ISymbol? Function { get; }

    /// <summary>The frame of the function round it, for local functions and lambdas.</summary>
    public Frame? Parent { get; }

    /// <summary>It is a delegate that is handed to code which is not read.</summary>
    public bool Leaves { get; }

    /// <summary>The parameters and locals that hold a subject.</summary>
    public Dictionary<ISymbol, Subject> Variables { get; } = new(SymbolEqualityComparer.Default);

    public Dictionary<ILabelSymbol, Label> Labels { get; } = new(SymbolEqualityComparer.Default);

    /// <summary>Something in it has no place in the model (goto).</summary>
    public bool IsIrregular { get; set; }

    /// <summary>The type whose code this is.</summary>
    public INamedTypeSymbol? Type => Function?.ContainingType ?? Parent?.Type;

    /// <summary>The frame that owns a variable: the one of the function that declares it, else this one.</summary>
    public Frame OwnerOf(ISymbol variable)
    {
        for (var frame = this; frame is not null; frame = frame.Parent)
        {
            if (SymbolEqualityComparer.Default.Equals(frame.Function, variable.ContainingSymbol))
                return frame;
        }

        return this;
    }
}
