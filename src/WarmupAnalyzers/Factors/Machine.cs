using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Threading;

namespace WarmupAnalyzers.Factors;

/// <summary>
/// One evaluation's surroundings: what the free variables are, what is mended or scaled for the sake of a question, and the
/// budget. Lives as long as one run; never shared between threads.
/// </summary>
internal sealed class Machine
{
    /// <summary>Interpreter steps that one call of a factor function may take; beyond, its value is Unknown.</summary>
    public const int StepsPerCall = 100_000;

    /// <summary>Interpreter steps that one run may take with all its calls.</summary>
    public const int StepsPerRun = 1_000_000;

    // Levels of statements and expressions under one another, over all calls under way: what the smallest stack of a compiler host holds.
    private const int MaximumNesting = 600;

    private readonly CancellationToken _cancellation;
    private int _stepsLeftInRun = StepsPerRun;
    private int _granted = StepsPerCall;
    private int _stepsLeft = StepsPerCall;
    private HashSet<Value[]>? _owned; // by reference
    private Dictionary<object, Value>? _made;
    private int _nesting;

    public Machine(Assignment assignment, CancellationToken cancellation)
    {
        Assignment = assignment;
        _cancellation = cancellation;
    }

    public Assignment Assignment { get; }

    /// <summary>The integer divisions to compute as real ones: the curve that the author meant.</summary>
    public ImmutableHashSet<int> MendedDivisions { get; set; } = ImmutableHashSet<int>.Empty;

    /// <summary>The sources of values (symbols' keys, literals) to multiply by <see cref="Scale"/>: what happens when the rate is another.</summary>
    public ImmutableHashSet<object> Scaled { get; set; } = ImmutableHashSet<object>.Empty;

    public double Scale { get; set; } = 2;

    /// <summary>The outside variable that takes the index's place; null where the function is called as TorchSharp calls it.</summary>
    public object? Driver { get; set; }

    /// <summary>The index of the call under way.</summary>
    public int Index { get; private set; }

    /// <summary>Counts the calls of the factor function, so that state which outlives a call is recognised.</summary>
    public int Call { get; private set; }

    /// <summary>What has one value for the whole run and is not worth making twice.</summary>
    public Dictionary<object, Value> Made => _made ??= new();

    /// <summary>Whether the function writes to elements of arrays, so that no two calls may share one.</summary>
    public bool WritesElements { get; set; }

    /// <summary>An array that this call made, and may write to.</summary>
    public Value Own(Value[] elements)
    {
        if (WritesElements)
            (_owned ??= new()).Add(elements);
        return Value.Of(elements);
    }

    public bool Owns(Value[] elements) => _owned?.Contains(elements) == true;

    public void BeginCall(int index)
    {
        _owned?.Clear();
        _cancellation.ThrowIfCancellationRequested();
        Index = index;
        Call++;
        _stepsLeftInRun -= _granted - Math.Max(0, _stepsLeft);
        _stepsLeft = _granted = Math.Max(0, Math.Min(StepsPerCall, _stepsLeftInRun));
        _nesting = 0;
    }

    /// <summary>Takes one step of the budget; false when it is used up.</summary>
    public bool Step()
    {
        if ((_stepsLeft & 0xFFF) == 0)
            _cancellation.ThrowIfCancellationRequested();
        return --_stepsLeft > 0;
    }

    /// <summary>Takes many steps at once.</summary>
    public bool Step(int count)
    {
        _stepsLeft -= count;
        return Step();
    }

    public bool CanNest(int levels)
    {
        if (_nesting + levels > MaximumNesting)
            return false;
        try
        {
            RuntimeHelpers.EnsureSufficientExecutionStack();
            return true;
        }
        catch (InsufficientExecutionStackException)
        {
            return false;
        }
    }

    public void Enter(int levels) => _nesting += levels;

    public void Leave(int levels) => _nesting -= levels;
}
