using WarmupAnalyzers.Reading.Steps;

namespace WarmupAnalyzers.Factors;

/// <summary>The variables of one call, with the frame of the enclosing function behind them.</summary>
internal sealed class Frame
{
    private readonly Value[] _slots;
    private readonly Frame? _outer;
    private readonly int _call;

    public Frame(Machine machine, Value[] variables, Frame? outer)
    {
        Machine = machine;
        _slots = variables;
        _outer = outer;
        _call = machine.Call;
    }

    public Machine Machine { get; }

    /// <summary>What a return, a throw or a failure left.</summary>
    public Value Result { get; set; }

    /// <summary>Where a <c>goto case</c> leads to.</summary>
    public object? Label { get; set; }

    public Value Read(Slot slot) => Outward(slot.Hops)._slots[slot.Index];

    /// <summary>False where the variable outlives the call of the factor function: then its value depends on how often it was called.</summary>
    public bool TryWrite(Slot slot, Value value)
    {
        var frame = Outward(slot.Hops);
        if (frame._call != Machine.Call)
            return false;
        frame._slots[slot.Index] = value;
        return true;
    }

    /// <summary>The frame so many functions out.</summary>
    public Frame Outward(int hops)
    {
        var frame = this;
        for (; hops > 0; hops--)
            frame = frame._outer!;
        return frame;
    }
}

/// <summary>Where a variable lives: so many frames out, at that index.</summary>
internal readonly record struct Slot(int Hops, int Index);

/// <summary>A delegate's value: a function and the frame it was made in.</summary>
internal sealed record Closure(Function Function, Frame? Frame);
