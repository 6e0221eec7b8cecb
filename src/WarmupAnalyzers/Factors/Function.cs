using WarmupAnalyzers.Factors.Statements;
using WarmupAnalyzers.Reading.Steps;

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

    /// <summary>How deep its statements and expressions are nested: what a call costs of the host's stack.</summary>
    public int Nesting { get; private set; }

    /// <summary>Completes a function that was declared before its body was read, so that it can call itself.</summary>
    public void Complete(Statement body, int slots, int nesting)
    {
        Body = body;
        Slots = slots;
        Nesting = nesting;
    }

    /// <param name="variables">As many as <see cref="Slots"/>, the arguments first.</param>
    public Value Call(Machine machine, Frame? outer, Value[] variables)
    {
        if (Body is null || !machine.Step() || !machine.CanNest(Nesting))
            return Value.Unknown;
        var frame = new Frame(machine, variables, outer);
        machine.Enter(Nesting);
        var outcome = Body.Execute(frame);
        machine.Leave(Nesting);
        // Only a void function ends without a return.
        return outcome is Flow.Return or Flow.Failed ? frame.Result : Value.Null;
    }
}
