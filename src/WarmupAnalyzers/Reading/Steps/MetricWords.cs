using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using WarmupAnalyzers.Schedules;

namespace WarmupAnalyzers.Reading.Steps;

/// <summary>The names that say what a metric is, in an expression that goes the way they go.</summary>
internal sealed class MetricWords
{
    private static readonly ImmutableHashSet<string> s_sequenceReads = ImmutableHashSet.Create("Average", "Sum", "Min", "Max", "Last", "First");

    private static readonly ImmutableHashSet<string> s_numberReads = ImmutableHashSet.Create("Round", "ToDouble", "ToSingle");

    private static readonly ImmutableHashSet<string> s_tensorReads = ImmutableHashSet.Create("item", "ToSingle", "ToDouble", "mean", "sum", "detach", "cpu", "data");

    private readonly TrainingCode _code;
    private readonly CancellationToken _cancellation;
    private readonly List<string> _names = new();
    private readonly List<string> _beside = new();
    private bool _isOpen;

    private MetricWords(TrainingCode code, CancellationToken cancellation)
    {
        _code = code;
        _cancellation = cancellation;
    }

    /// <summary>Which way a value goes while training goes well, and the name that says so; unknown where it may go against its names.</summary>
    public static (MetricDirection Direction, string Name) Read(IOperation value, TrainingCode code, CancellationToken cancellation)
    {
        var words = new MetricWords(code, cancellation);
        words.Read(value);
        var direction = words._isOpen || value.DescendantsAndSelf().Any(IsTurn) ? MetricDirection.Unknown : MetricName.DirectionOf(words._names);
        return direction == MetricDirection.Unknown || words._beside.Any(name => MetricName.DirectionOf([name]) is not MetricDirection.Unknown and var other && other != direction)
            ? (MetricDirection.Unknown, string.Empty)
            : (direction, words._names.First(name => MetricName.DirectionOf([name]) == direction));
    }

    // `losses[losses.Count - 1]` turns nothing.
    private static bool IsTurn(IOperation? part) => part is { Type.SpecialType: not SpecialType.System_Int32 }
        and (IUnaryOperation { OperatorKind: UnaryOperatorKind.Minus } or IBinaryOperation { OperatorKind: BinaryOperatorKind.Subtract });

    private void Read(IOperation? operation)
    {
        switch (operation?.Unwrapped())
        {
            case null or IInstanceReferenceOperation or ILiteralOperation:
                break;
            case ILocalReferenceOperation { Local: var local }:
                _names.Add(local.Name);
                _isOpen |= IsTurn(_code.InitializerOf(local, _cancellation)?.Unwrapped());
                break;
            case IParameterReferenceOperation { Parameter.Name: var name }:
                _names.Add(name);
                break;
            case IMemberReferenceOperation { Member: IFieldSymbol or IPropertySymbol } member:
                ReadMember(member);
                break;
            case IArrayElementReferenceOperation element:
                Read(element.ArrayReference);
                break;
            case IAwaitOperation waiting:
                Read(waiting.Operation);
                break;
            case IInvocationOperation call:
                ReadCall(call);
                break;
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.Add } sum:
                Read(sum.LeftOperand);
                Read(sum.RightOperand);
                break;
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.Divide } quotient:
                Read(quotient.LeftOperand);
                ReadBeside(quotient.RightOperand);
                break;
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.Multiply } product when IsScale(product.LeftOperand):
                Read(product.RightOperand);
                break;
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.Multiply } product when IsScale(product.RightOperand):
                Read(product.LeftOperand);
                break;
            default:
                _isOpen = true;
                break;
        }
    }

    // `metrics["val_loss"]`, `result.Accuracy`, `loss.Value`.
    private void ReadMember(IMemberReferenceOperation member)
    {
        if (member is IPropertyReferenceOperation { Arguments: { IsEmpty: false } indices })
            _names.AddRange(indices.Select(index => index.Value.ConstantValue.Value).OfType<string>());
        else
            _names.Add(member.Member.Name);
        if (MetricName.DirectionOf([member.Member.Name]) == MetricDirection.Unknown)
            Read(member.Instance);
        else
            ReadBeside(member.Instance);
    }

    private void ReadCall(IInvocationOperation call)
    {
        var method = call.TargetMethod;
        if (_code.Symbols.IsDeclaredInTorchSharp(method))
        {
            _isOpen |= !s_tensorReads.Contains(method.Name);
            Read(call.Instance ?? call.Arguments.FirstOrDefault()?.Value);
        }
        else if (StepMethods.IsFramework(method))
        {
            _isOpen |= !(method.IsExtensionMethod ? s_sequenceReads : s_numberReads).Contains(method.Name);
            Read(call.Arguments.FirstOrDefault()?.Value);
        }
        else
        {
            ReadOwn(call);
        }
    }

    // What a method gives is told by its name; what it is given may only contradict it.
    private void ReadOwn(IInvocationOperation call)
    {
        _isOpen |= MetricName.DirectionOf([call.TargetMethod.Name]) == MetricDirection.Unknown;
        _names.Add(call.TargetMethod.Name);
        ReadBeside(call.Instance);
        foreach (var argument in call.Arguments)
            ReadBeside(argument.Value);
    }

    // A value that the metric is measured by or read from; it may only contradict it.
    private void ReadBeside(IOperation? value) => _beside.AddRange(value is null ? [] : value.DescendantsAndSelf().Select(NameOf));

    private static string NameOf(IOperation part) => part switch
    {
        ILocalReferenceOperation local => local.Local.Name,
        IParameterReferenceOperation parameter => parameter.Parameter.Name,
        IMemberReferenceOperation member => member.Member.Name,
        IInvocationOperation call => call.TargetMethod.Name,
        _ => string.Empty,
    };

    private static bool IsScale(IOperation operand) => operand.Unwrapped().ConstantValue is { HasValue: true, Value: int and > 0 or double and > 0 or float and > 0 };
}
