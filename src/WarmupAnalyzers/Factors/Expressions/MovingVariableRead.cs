using WarmupAnalyzers.Reading.Steps;

namespace WarmupAnalyzers.Factors.Expressions;

/// <summary>A variable of the training code that is another from one step to the next: known only to a run that is driven by it.</summary>
internal sealed class MovingVariableRead : Expression
{
    private readonly object _key;
    private readonly ValueKind _type;

    public MovingVariableRead(object key, ValueKind type)
    {
        _key = key;
        _type = type;
    }

    public override Value Evaluate(Frame frame) => _key.Equals(frame.Machine.Driver)
        ? NumericConversion.Convert(Value.Of(frame.Machine.Index), _type, isChecked: false).With(Trace.Index)
        : Value.Unknown;
}
