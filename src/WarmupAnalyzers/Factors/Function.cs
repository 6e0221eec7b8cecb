using WarmupAnalyzers.Factors.Statements;

namespace WarmupAnalyzers.Factors;

/// <summary>A lambda, local function or method as the compiler knows it. Parameters live in the first slots.</summary>
internal sealed class Function
{
    public Function(string name, int parameters)
    {
        Name = name;
        Parameters = parameters;
    }

    /// <summary>For people: the method's name, or the word lambda.</summary>
    public string Name { get; }

    public int Parameters { get; }

    /// <summary>How many variables a call needs. Set once, when the body has been read.</summary>
    public int Slots { get; private set; }

    /// <summary>Null until read, and for ever where the body cannot be read.</summary>
    public Statement? Body { get; private set; }

    /// <summary>Completes a function that was declared before its body was read, so that it can call itself.</summary>
    public void Complete(Statement body, int slots)
    {
        Body = body;
        Slots = slots;
    }

    public Value Call(Machine machine, Frame? outer, Value[] arguments)
    {
        if (Body is null || arguments.Length != Parameters || !machine.Step())
            return Value.Unknown;
        var frame = new Frame(machine, Slots, outer);
        for (var i = 0; i < arguments.Length; i++)
            frame.TryWrite(new Slot(0, i), arguments[i]);
        if (!machine.Enter())
            return Value.Unknown;
        var outcome = Body.Execute(frame);
        machine.Leave();
        return outcome is Flow.Return or Flow.Failed ? frame.Result : Value.Unknown;
    }
}
