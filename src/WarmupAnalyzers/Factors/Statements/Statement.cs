using System.Collections.Immutable;
using WarmupAnalyzers.Factors.Expressions;
using WarmupAnalyzers.Reading.Steps;

namespace WarmupAnalyzers.Factors.Statements;

/// <summary>How a statement ended. After Failed the frame's result holds Unknown or the exception.</summary>
internal enum Flow
{
    Next,
    Break,
    Continue,
    Return,
    Failed,

    /// <summary>To the section of a switch round it whose label is the frame's.</summary>
    GoTo,
}

/// <summary>A C# statement as the factor compiler knows it.</summary>
internal abstract class Statement
{
    public abstract Flow Execute(Frame frame);

    protected static Flow Fail(Frame frame, Value value)
    {
        frame.Result = value.Kind == ValueKind.Thrown ? value : Value.Unknown;
        return Flow.Failed;
    }
}

/// <summary>What the compiler could not read.</summary>
internal sealed class UnknownStatement : Statement
{
    public static readonly UnknownStatement Instance = new();

    public override Flow Execute(Frame frame) => Fail(frame, Value.Unknown);
}

internal sealed class Block : Statement
{
    private readonly ImmutableArray<Statement> _statements;

    public Block(ImmutableArray<Statement> statements) => _statements = statements;

    public override Flow Execute(Frame frame)
    {
        foreach (var statement in _statements)
        {
            if (!frame.Machine.Step())
                return Fail(frame, Value.Unknown);
            var flow = statement.Execute(frame);
            if (flow != Flow.Next)
                return flow;
        }

        return Flow.Next;
    }
}

/// <summary>An expression for its effect: an assignment, an increment, a call.</summary>
internal sealed class Evaluation : Statement
{
    private readonly Expression _expression;

    public Evaluation(Expression expression) => _expression = expression;

    public override Flow Execute(Frame frame)
    {
        var value = _expression.Evaluate(frame);
        return value.Kind <= ValueKind.Thrown ? Fail(frame, value) : Flow.Next;
    }
}

/// <summary>A local's declaration. An initializer that is Unknown fails only where the local is read.</summary>
internal sealed class Declaration : Statement
{
    private readonly Slot _slot;
    private readonly Expression _value;

    public Declaration(Slot slot, Expression value)
    {
        _slot = slot;
        _value = value;
    }

    public override Flow Execute(Frame frame)
    {
        var value = _value.Evaluate(frame);
        if (value.Kind == ValueKind.Thrown)
            return Fail(frame, value);
        frame.TryWrite(_slot, value);
        return Flow.Next;
    }
}

internal sealed class Return : Statement
{
    private readonly Expression _value;

    public Return(Expression value) => _value = value;

    public override Flow Execute(Frame frame)
    {
        frame.Result = _value.Evaluate(frame);
        return Flow.Return;
    }
}

internal sealed class Throw : Statement
{
    private readonly string _exception;
    private readonly object _origin;

    public Throw(string exception, object origin)
    {
        _exception = exception;
        _origin = origin;
    }

    public override Flow Execute(Frame frame) => Fail(frame, Value.Thrown(_exception).From(_origin));
}

internal sealed class Jump : Statement
{
    private readonly Flow _flow;

    public Jump(Flow flow) => _flow = flow;

    public override Flow Execute(Frame frame) => _flow;
}

/// <summary><c>goto case 2</c>, <c>goto default</c>.</summary>
internal sealed class GoToSection : Statement
{
    private readonly object _label;

    public GoToSection(object label) => _label = label;

    public override Flow Execute(Frame frame)
    {
        frame.Label = _label;
        return frame.Machine.Step() ? Flow.GoTo : Fail(frame, Value.Unknown);
    }
}

internal sealed class If : Statement
{
    private readonly Expression _condition;
    private readonly Statement _whenTrue;
    private readonly Statement? _whenFalse;

    public If(Expression condition, Statement whenTrue, Statement? whenFalse)
    {
        _condition = condition;
        _whenTrue = whenTrue;
        _whenFalse = whenFalse;
    }

    public override Flow Execute(Frame frame)
    {
        var condition = _condition.Evaluate(frame);
        if (condition.Kind != ValueKind.Boolean)
            return Fail(frame, condition);
        return condition.Boolean ? _whenTrue.Execute(frame) : _whenFalse?.Execute(frame) ?? Flow.Next;
    }
}

/// <summary>Every loop of C# but foreach over something unknown: a condition at the top or at the bottom, and what runs between rounds.</summary>
internal sealed class Loop : Statement
{
    private readonly Expression? _condition;
    private readonly Statement _body;
    private readonly Statement? _betweenRounds;
    private readonly bool _conditionAtBottom;

    public Loop(Expression? condition, Statement body, Statement? betweenRounds, bool conditionAtBottom)
    {
        _condition = condition;
        _body = body;
        _betweenRounds = betweenRounds;
        _conditionAtBottom = conditionAtBottom;
    }

    public override Flow Execute(Frame frame)
    {
        for (var first = true; frame.Machine.Step(); first = false)
        {
            if (_condition is not null && !(first && _conditionAtBottom))
            {
                var condition = _condition.Evaluate(frame);
                if (condition.Kind != ValueKind.Boolean)
                    return Fail(frame, condition);
                if (!condition.Boolean)
                    return Flow.Next;
            }

            var flow = _body.Execute(frame);
            if (flow == Flow.Break)
                return Flow.Next;
            if (flow is Flow.Return or Flow.Failed or Flow.GoTo)
                return flow;
            if (_betweenRounds?.Execute(frame) == Flow.Failed)
                return Flow.Failed;
        }

        return Fail(frame, Value.Unknown);
    }
}

/// <summary><c>foreach</c> over an array of known values.</summary>
internal sealed class ForEach : Statement
{
    private readonly Slot _variable;
    private readonly Expression _array;
    private readonly ValueKind? _conversion;
    private readonly Statement _body;

    /// <param name="conversion">What each element is converted to, where the variable is of another type.</param>
    public ForEach(Slot variable, Expression array, ValueKind? conversion, Statement body)
    {
        _variable = variable;
        _array = array;
        _conversion = conversion;
        _body = body;
    }

    public override Flow Execute(Frame frame)
    {
        var array = _array.Evaluate(frame);
        if (array.Kind != ValueKind.Array)
            return Fail(frame, array);
        foreach (var element in array.Elements)
        {
            var value = _conversion is { } target ? Conversion.Apply(element, target, toNullable: true, isChecked: false, isImplicit: true) : element;
            if (!frame.Machine.Step() || !frame.TryWrite(_variable, value))
                return Fail(frame, Value.Unknown);
            var flow = _body.Execute(frame);
            if (flow == Flow.Break)
                break;
            if (flow is Flow.Return or Flow.Failed or Flow.GoTo)
                return flow;
        }

        return Flow.Next;
    }
}

/// <summary>A switch statement; the first section with a matching label runs.</summary>
internal sealed class Switch : Statement
{
    private readonly Expression _value;
    private readonly ImmutableArray<(ImmutableArray<Arm> Labels, Statement Body)> _sections;

    public Switch(Expression value, ImmutableArray<(ImmutableArray<Arm> Labels, Statement Body)> sections)
    {
        _value = value;
        _sections = sections;
    }

    public override Flow Execute(Frame frame)
    {
        var value = _value.Evaluate(frame);
        if (value.Kind <= ValueKind.Thrown)
            return Fail(frame, value);
        Statement? otherwise = null;
        foreach (var (labels, body) in _sections)
        {
            foreach (var label in labels)
            {
                if (label.Pattern is null)
                {
                    otherwise = body;
                    continue;
                }

                var matches = label.Matches(value, frame);
                if (matches.Kind != ValueKind.Boolean)
                    return Fail(frame, matches);
                if (matches.Boolean)
                    return Run(body, frame);
            }
        }

        return otherwise is null ? Flow.Next : Run(otherwise, frame);
    }

    private Flow Run(Statement body, Frame frame)
    {
        var flow = body.Execute(frame);
        while (flow == Flow.GoTo && SectionAt(frame.Label) is { } section)
            flow = section.Execute(frame);
        return flow == Flow.Break ? Flow.Next : flow;
    }

    private Statement? SectionAt(object? label)
    {
        foreach (var (labels, body) in _sections)
        {
            foreach (var arm in labels)
            {
                if (arm.Label is not null && arm.Label.Equals(label))
                    return body;
            }
        }

        return null;
    }
}
