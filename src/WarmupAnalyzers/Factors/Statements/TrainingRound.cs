using WarmupAnalyzers.Factors.Expressions;
using WarmupAnalyzers.Reading.Steps;

namespace WarmupAnalyzers.Factors.Statements;

/// <summary>Where a round of hand-written training keeps what it did: variables of the round's own frame.</summary>
/// <param name="Rate">The rate last written in this round; Null where none was.</param>
/// <param name="AtStep">The rate written when the optimizer stepped first in this round; Null where none was.</param>
/// <param name="HasStepped">True once the optimizer has stepped in this round.</param>
/// <param name="HasEnded">True once the round has left the training: there is none behind it.</param>
internal sealed record RoundSlots(int Rate, int AtStep, int HasStepped, int HasEnded);

/// <summary><c>group.LearningRate = value;</c></summary>
internal sealed class RateWrite : Statement
{
    private readonly RoundSlots _round;
    private readonly int _hops;
    private readonly Expression _value;

    public RateWrite(RoundSlots round, int hops, Expression value)
    {
        _round = round;
        _hops = hops;
        _value = value;
    }

    public override Flow Execute(Frame frame)
    {
        var value = NumericConversion.Convert(_value.Evaluate(frame), ValueKind.Double, isChecked: false);
        return value.Kind == ValueKind.Double && frame.TryWrite(new Slot(_hops, _round.Rate), value) ? Flow.Next : Fail(frame, value);
    }
}

/// <summary>Something else than the user's own arithmetic sets the rate: a scheduler.</summary>
internal sealed class RateTaken : Statement
{
    private readonly RoundSlots _round;
    private readonly int _hops;

    public RateTaken(RoundSlots round, int hops)
    {
        _round = round;
        _hops = hops;
    }

    public override Flow Execute(Frame frame) =>
        frame.TryWrite(new Slot(_hops, _round.Rate), HandWrittenRate.NotByHand) ? Flow.Next : Fail(frame, Value.Unknown);
}

/// <summary><c>optimizer.step();</c></summary>
internal sealed class OptimizerStep : Statement
{
    private readonly RoundSlots _round;
    private readonly int _hops;

    public OptimizerStep(RoundSlots round, int hops)
    {
        _round = round;
        _hops = hops;
    }

    public override Flow Execute(Frame frame)
    {
        var stepped = new Slot(_hops, _round.HasStepped);
        if (frame.Read(stepped).Kind == ValueKind.Boolean)
            return Flow.Next;
        return frame.TryWrite(stepped, Value.Of(true)) && frame.TryWrite(new Slot(_hops, _round.AtStep), frame.Read(new Slot(_hops, _round.Rate)))
            ? Flow.Next
            : Fail(frame, Value.Unknown);
    }
}

/// <summary><c>if (step > limit) break;</c></summary>
internal sealed class TrainingEnd : Statement
{
    private readonly RoundSlots _round;
    private readonly int _hops;

    public TrainingEnd(RoundSlots round, int hops)
    {
        _round = round;
        _hops = hops;
    }

    public override Flow Execute(Frame frame) =>
        frame.TryWrite(new Slot(_hops, _round.HasEnded), Value.Of(true)) ? Flow.Next : Fail(frame, Value.Unknown);
}

/// <summary>
/// The learning rate in force at the optimizer's step, as a function of the variable that the user computes it from: what the
/// round writes before the step, else what the rounds before it left.
/// </summary>
internal sealed class HandWrittenRate : Statement
{
    private readonly Function _round;
    private readonly RoundSlots _slots;
    private readonly ValueKind _indexKind;
    private readonly int _first;
    private readonly Expression? _before;
    private readonly bool _isCarried;
    private readonly bool _mayEnd;

    /// <param name="round">One round of the training; its parameter is the index at the beginning.</param>
    /// <param name="first">The index of the first round.</param>
    /// <param name="before">The rate in force before the first round; null where it is not known.</param>
    /// <param name="isCarried">Whether what one round leaves is certainly in force in the next, and its guards are no more than limits.</param>
    /// <param name="mayEnd">Whether a round ends the training from some index on.</param>
    public HandWrittenRate(Function round, RoundSlots slots, ValueKind indexKind, int first, Expression? before, bool isCarried, bool mayEnd)
    {
        _round = round;
        _slots = slots;
        _indexKind = indexKind;
        _first = first;
        _before = before;
        _isCarried = isCarried;
        _mayEnd = mayEnd;
    }

    /// <summary>The rate is not the user's own arithmetic there: the curve ends.</summary>
    public static Value NotByHand { get; } = Value.Thrown("the learning rate is not written by hand");

    public override Flow Execute(Frame frame)
    {
        var index = (int)frame.Read(new Slot(0, 0)).Int64;
        if (_mayEnd && index > _first && Run(frame.Machine, index - 1).HasEnded)
        {
            frame.Result = NotByHand;
            return Flow.Return;
        }

        var (failure, atStep, _, hasStepped, _) = Run(frame.Machine, index);
        if (failure.Kind != ValueKind.Null)
            return Fail(frame, failure);
        frame.Result = !hasStepped ? NotByHand : atStep.Kind == ValueKind.Null ? Carried(frame, index) : atStep;
        return Flow.Return;
    }

    private Value Carried(Frame frame, int index)
    {
        if (!_isCarried)
            return NotByHand;
        if (index <= _first)
            return _before?.Evaluate(frame) is { } before && before.Kind.IsNumber() ? before : NotByHand;
        var last = Left(frame.Machine, index - 1);
        if (last.Kind != ValueKind.Null)
            return last;
        var (written, open) = (_first, index - 1);
        if (Left(frame.Machine, written).Kind != ValueKind.Double)
            return NotByHand;
        // Written up to a limit and not behind it: the guards are limits.
        while (open - written > 1)
        {
            var middle = written + ((open - written) / 2);
            var left = Left(frame.Machine, middle);
            if (left.Kind is not (ValueKind.Double or ValueKind.Null))
                return left;
            (written, open) = left.Kind == ValueKind.Double ? (middle, open) : (written, middle);
        }

        return Left(frame.Machine, written);
    }

    /// <summary>The rate that a round leaves; Null where it writes none.</summary>
    private Value Left(Machine machine, int index)
    {
        var (failure, _, left, _, _) = Run(machine, index);
        return failure.Kind == ValueKind.Null ? left : failure;
    }

    private (Value Failure, Value AtStep, Value Left, bool HasStepped, bool HasEnded) Run(Machine machine, int index)
    {
        var variables = new Value[_round.Slots];
        variables[0] = NumericConversion.Convert(Value.Of(index), _indexKind, isChecked: false).With(Trace.Index);
        variables[_slots.Rate] = variables[_slots.AtStep] = Value.Null;
        var result = _round.Call(machine, null, variables);
        return (result, variables[_slots.AtStep], variables[_slots.Rate], variables[_slots.HasStepped].Kind == ValueKind.Boolean, variables[_slots.HasEnded].Kind == ValueKind.Boolean);
    }
}

/// <summary>A loop's body, run once: through one group for all, or through the first batch.</summary>
internal sealed class OneRound : Statement
{
    private readonly Statement _body;

    public OneRound(Statement body) => _body = body;

    public override Flow Execute(Frame frame)
    {
        var flow = _body.Execute(frame);
        return flow is Flow.Break or Flow.Continue ? Flow.Next : flow;
    }
}
