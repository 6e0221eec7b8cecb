using System;

namespace WarmupSchedulers;

internal sealed class CyclicSchedule(double foot, double top, long stepsUp, long stepsDown, CyclicMode mode, double gamma) : Schedule
{
    public override long? Length => null;

    private protected override string Call => Signature.Of("Cyclic", ("foot", foot), ("top", top), ("step_size_up", stepsUp), ("step_size_down", stepsDown), ("mode", mode), ("gamma", gamma));

    private protected override double FactorAt(long step)
    {
        // In double: the sum of both does not overflow.
        var length = (double)stepsUp + stepsDown;
        var cycle = Math.Floor(step / length);
        var position = step - cycle * length;
        var height = position <= stepsUp ? position / stepsUp : (length - position) / stepsDown;
        return foot + (top - foot) * (Math.Max(0.0, height) * Scale(cycle, step));
    }

    private double Scale(double cycle, long step) => mode switch
    {
        CyclicMode.Triangular2 => Math.Pow(0.5, cycle),
        CyclicMode.ExpRange => Math.Pow(gamma, step),
        _ => 1.0,
    };
}
