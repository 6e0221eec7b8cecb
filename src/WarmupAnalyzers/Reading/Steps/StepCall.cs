using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using WarmupAnalyzers.Schedules;

namespace WarmupAnalyzers.Reading.Steps;

/// <summary>A call of a scheduler's <c>step</c>, with what the rules about such a call ask of it.</summary>
internal sealed class StepCall
{
    private static readonly ImmutableArray<string> s_plateaus = ImmutableArray.Create(nameof(SchedulerKind.ReduceLROnPlateau), nameof(SchedulerKind.WarmupThenPlateauLR));

    private readonly IInvocationOperation _operation;
    private HeldSchedulers? _schedulers;
    private bool _isRead;

    private StepCall(IInvocationOperation operation, TrainingCode code, CancellationToken cancellation)
    {
        _operation = operation;
        Code = code;
        Cancellation = cancellation;
    }

    public TrainingCode Code { get; }

    /// <summary>Cancels what takes long.</summary>
    public CancellationToken Cancellation { get; }

    public IInvocationOperation Operation => _operation;

    public InvocationExpressionSyntax Syntax => (InvocationExpressionSyntax)_operation.Syntax;

    /// <summary>The value given to <c>step(double, int?)</c>; null where it is another overload.</summary>
    public IArgumentOperation? Metric => _operation.Arguments.FirstOrDefault(argument => argument.Parameter?.Type.SpecialType == SpecialType.System_Double);

    /// <summary>The index as it is written; null where there is none, or it is null.</summary>
    public IArgumentOperation? Index => _operation.Arguments.FirstOrDefault(argument =>
        argument.ArgumentKind == ArgumentKind.Explicit
        && StepMethods.IsIndex(argument.Parameter)
        && !IsNull(argument.Value.Unwrapped()));

    /// <summary>What is stepped, where that is certain.</summary>
    public HeldSchedulers? Schedulers
    {
        get
        {
            if (!_isRead)
                _schedulers = Receiver(_operation) is { } receiver ? HeldSchedulers.Of(receiver, Code, Cancellation) : null;
            _isRead = true;
            return _schedulers;
        }
    }

    /// <summary>The calls in a file that a rule may have something to say of.</summary>
    public static IEnumerable<StepCall> In(SemanticModel file, TrainingCode code, CancellationToken cancellation)
    {
        // Without an argument only a plateau's step is wrong, and nobody holds one without naming it.
        var arePlateaus = s_plateaus.Any(plateau => !code.Names.Everywhere(plateau, cancellation).IsEmpty);
        foreach (var call in code.Calls.In(file.SyntaxTree.GetRoot(cancellation), "step"))
        {
            if ((arePlateaus || call.ArgumentList.Arguments.Count > 0) && Read(call, code, cancellation) is { } step)
                yield return step;
        }
    }

    /// <summary>Reads a call; null where it steps no scheduler, or is half typed.</summary>
    public static StepCall? Read(InvocationExpressionSyntax call, TrainingCode code, CancellationToken cancellation)
    {
        if (call.ContainsDiagnostics
            || code.OperationOf(call, cancellation) is not IInvocationOperation { TargetMethod: var method } operation
            || !code.Symbols.IsSchedulerStep(method) || !code.Symbols.IsKnown(method)
            || operation.DescendantsAndSelf().Any(part => part is IInvalidOperation || part.Kind == OperationKind.Invalid))
            return null;
        return new StepCall(operation, code, cancellation);
    }

    private static bool IsNull(IOperation value) => value is IDefaultValueOperation { Type.OriginalDefinition.SpecialType: SpecialType.System_Nullable_T }
        || value.ConstantValue is { HasValue: true, Value: null };

    private static IOperation? Receiver(IInvocationOperation step)
    {
        switch (step.Instance)
        {
            case IInstanceReferenceOperation: // `base.step(…)` in a class of the user's own
                return null;
            case IConditionalAccessInstanceOperation instance:
                for (IOperation? current = instance; current is not null; current = current.Parent)
                {
                    if (current.Parent is IConditionalAccessOperation access && ReferenceEquals(access.WhenNotNull, current))
                        return access.Operation;
                }

                return null;
            default:
                return step.Instance;
        }
    }
}
