using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using WarmupAnalyzers.Reading.Source;
using WarmupAnalyzers.Training;

namespace WarmupAnalyzers.Reading.Steps;

/// <summary>Reads what happens in every iteration of a loop: its statements in their order, and those of the methods they call.</summary>
internal sealed class IterationReader
{
    private const int MaximumDepth = 6;

    /// <summary>Of operations in the methods that are called: those that call each other are many ways to the same.</summary>
    private const int CalledBudget = 50_000;

    private readonly StatementSyntax _loop;
    private readonly TrainingCode _code;
    private readonly CancellationToken _cancellation;
    private readonly ImmutableArray<GradientEvent>.Builder _events = ImmutableArray.CreateBuilder<GradientEvent>();
    private readonly Stack<SyntaxNode> _running = new();
    private bool _isLeft;
    private int _called;

    private IterationReader(StatementSyntax loop, TrainingCode code, CancellationToken cancellation)
    {
        _loop = loop;
        _code = code;
        _cancellation = cancellation;
    }

    public static TrainingIteration? Read(ILoopOperation loop, TrainingCode code, CancellationToken cancellation)
    {
        if (loop.Syntax is not StatementSyntax syntax)
            return null;
        var reader = new IterationReader(syntax, code, cancellation);
        reader.Statement(loop.Body, null);
        return reader._called > CalledBudget ? null : new TrainingIteration(reader._events.ToImmutable(), !reader._isLeft);
    }

    private void Statement(IOperation? statement, SyntaxNode? guard)
    {
        _cancellation.ThrowIfCancellationRequested();
        switch (statement)
        {
            case null or ILocalFunctionOperation:
                break;
            case IBlockOperation block:
                foreach (var inner in block.Operations)
                    Statement(inner, guard);
                break;
            case IUsingOperation holding:
                Expression(holding.Resources, guard);
                Statement(holding.Body, guard);
                break;
            case ILockOperation holding:
                Statement(holding.Body, guard);
                break;
            case ITryOperation attempt:
                Statement(attempt.Body, guard);
                Statement(attempt.Finally, guard);
                break;
            case IConditionalOperation choice when SteadyCondition.Is(choice.Condition, _loop, _code, _cancellation):
                Statement(choice.WhenTrue, choice.Syntax);
                Statement(choice.WhenFalse, choice.WhenFalse?.Syntax);
                break;
            case IConditionalOperation or ILoopOperation or ISwitchOperation or ILabeledOperation:
                NoteJumps(statement, guard);
                break;
            case IBranchOperation { BranchKind: BranchKind.Continue }:
                Add(GradientCall.Jump, statement.Syntax, guard);
                break;
            case IBranchOperation or IThrowOperation or IReturnOperation:
                Leave(statement, guard);
                break;
            default:
                Expression(statement, guard);
                break;
        }
    }

    // A return at the end of a method that is called leads back to the caller; one in the loop's own body ends the loop.
    private void Leave(IOperation statement, SyntaxNode? guard)
    {
        if (statement is IReturnOperation { ReturnedValue: { } value })
            Expression(value, guard);
        if (_running.Count > 0 && statement is IReturnOperation)
            return;
        if (guard is null)
            _isLeft = true;
        Add(GradientCall.Jump, statement.Syntax, guard);
    }

    private void NoteJumps(IOperation statement, SyntaxNode? guard)
    {
        if (LoopJumps.In(statement.Syntax, _running.Count == 0 ? _loop : null).Any())
            Add(GradientCall.Jump, statement.Syntax, guard);
    }

    /// <summary>What the value of an expression always takes to compute, arguments first.</summary>
    private void Expression(IOperation operation, SyntaxNode? guard)
    {
        if (_running.Count > 0 && ++_called > CalledBudget)
            return;
        switch (operation)
        {
            case IAnonymousFunctionOperation or INameOfOperation:
                return;
            case IConditionalOperation choice:
                Expression(choice.Condition, guard);
                return;
            case IConditionalAccessOperation access:
                Expression(access.Operation, guard);
                return;
            case ICoalesceOperation coalesce:
                Expression(coalesce.Value, guard);
                return;
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd or BinaryOperatorKind.ConditionalOr } test:
                Expression(test.LeftOperand, guard);
                return;
            case ISwitchExpressionOperation choice:
                Expression(choice.Value, guard);
                return;
        }

        foreach (var child in operation.ChildOperations)
            Expression(child, guard);
        if (operation is IInvocationOperation call)
            Call(call, guard);
    }

    private void Call(IInvocationOperation call, SyntaxNode? guard)
    {
        if (_code.Symbols.KindOf(call) is { } kind)
        {
            Add(kind, call.Syntax, guard);
            return;
        }

        if (call.TargetMethod.DeclaringSyntaxReferences.IsEmpty || call.TargetMethod.MethodKind == MethodKind.DelegateInvoke || TargetOf(call) is not { } method
            || _running.Count == MaximumDepth || _code.BodyOf(method, _cancellation) is not { } body || _running.Contains(body.Syntax)
            || !SteadyObject.Is(call.Instance, Parts(), _code, _cancellation)) // another trainer in each iteration
            return;
        _running.Push(body.Syntax);
        Statement(body, guard);
        _running.Pop();
    }

    // What several types do each in their own way is done in none for certain.
    private IMethodSymbol? TargetOf(IInvocationOperation call) => StepMethods.IsFinal(call.TargetMethod, call.IsVirtual)
        ? call.TargetMethod
        : Dispatch.Of(call.TargetMethod, call.Instance?.Type, _code, _cancellation) is [var only] ? only : null;

    private SyntaxNode[] Parts() => _running.Select(body => body.Parent).OfType<SyntaxNode>().Append(_loop).ToArray();

    private void Add(GradientCall call, SyntaxNode location, SyntaxNode? guard) => _events.Add(new GradientEvent(call, location, guard));
}
