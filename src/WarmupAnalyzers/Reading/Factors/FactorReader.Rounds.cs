using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using WarmupAnalyzers.Factors;
using WarmupAnalyzers.Factors.Expressions;
using WarmupAnalyzers.Factors.Statements;
using WarmupAnalyzers.Reading.Optimizers;
using WarmupAnalyzers.Reading.Rounds;
using WarmupAnalyzers.Reading.Source;

namespace WarmupAnalyzers.Reading.Factors;

/// <summary>One round of training as a function of its index: of all that it does, only what leads to a learning rate.</summary>
internal sealed partial class FactorReader
{
    private readonly Dictionary<FunctionKey, Function> _roundFunctions = new();
    private RoundReading? _round;

    /// <summary>Reads the learning rate that a round of training is run with, as a function of the variable it is computed from.</summary>
    /// <param name="before">The rate in force before the first round; null where it is not known.</param>
    /// <param name="isCarried">Whether a rate stays in force until this code writes another.</param>
    public static FactorProgram ReadRound(
        TrainingRound round, RoundVariables variables, IOperation? before, bool isCarried, TrainingCode code, CancellationToken cancellation)
    {
        var reader = new FactorReader(code, null, cancellation);
        var initial = before is null ? null : reader.ReadExpression(before, null);
        // What the optimizer is made with does not stand in the rate.
        reader._symbols.Clear();
        reader._literals.Clear();
        reader._largestConstant = 0;
        var scope = new FunctionScope(null, null);
        scope.Declare(variables.Index.Variable);
        foreach (var variable in variables.Varying)
            scope.Declare(variable);
        var slots = new RoundSlots(scope.Declare(null).Index, scope.Declare(null).Index, scope.Declare(null).Index, scope.Declare(null).Index);
        reader._round = new RoundReading(round, variables, scope, slots);
        var function = new Function("round", 1);
        function.Complete(reader.ReadRoundStep(round.Body, scope), scope.Slots, reader._deepest + 1);
        var rate = new Function("rate", 1);
        rate.Complete(new HandWrittenRate(function, slots, variables.Index.Kind, variables.Index.First, initial, isCarried, round.Content.Jumps.Any(variables.IsLimit)), 1, 1);
        return reader.Program(new FunctionValue(rate, null));
    }

    private Statement ReadRoundStep(IOperation operation, FunctionScope scope)
    {
        var statement = Enter() ? ReadKnownRoundStep(operation, scope) : UnknownStep();
        Leave();
        return statement;
    }

    private Statement ReadKnownRoundStep(IOperation operation, FunctionScope scope)
    {
        if (!_round!.Matters(operation))
            return Nothing();
        switch (operation)
        {
            case IBranchOperation or IReturnOperation when _round.Variables.IsLimit(operation):
                return ReadRoundSteps(ImmutableArray.Create<Statement>(new TrainingEnd(_round.Slots, _round.HopsFrom(scope)), new Return(new Literal(Value.Null))));
            case IBlockOperation block:
                return ReadRoundSteps(block.Operations, scope);
            case IConditionalOperation conditional:
                return ReadRoundBranch(conditional, scope);
            case ISwitchOperation choice:
                var value = ReadSubject(choice.Value, scope);
                return new Switch(value, choice.Cases
                    .Select(section => (section.Clauses.Select(clause => ReadClause(clause, value, scope)).ToImmutableArray(), ReadRoundSteps(section.Body, scope)))
                    .ToImmutableArray());
            case IUsingOperation used:
                return new Block(ImmutableArray.Create(ReadRoundStep(used.Resources, scope), ReadRoundStep(used.Body, scope)));
            case ILockOperation locked:
                return ReadRoundStep(locked.Body, scope);
            case ITryOperation { Finally: null } tried when !tried.Catches.Any(_round.Matters):
                return ReadRoundStep(tried.Body, scope);
            case ILoopOperation loop:
                return ReadRoundLoop(loop, scope);
            case IBranchOperation { BranchKind: BranchKind.Break }:
                return new Jump(Flow.Break);
            case IBranchOperation { BranchKind: BranchKind.Continue }:
                return new Jump(Flow.Continue);
            case IReturnOperation { IsImplicit: false } returned:
                return ReadRoundSteps(EventsIn(returned, scope).Add(new Return(new Literal(Value.Null))));
            default:
                return ReadRoundLeaf(operation, scope);
        }
    }

    private Statement ReadRoundSteps(ImmutableArray<IOperation> operations, FunctionScope scope) =>
        new Block(operations.Select(step => ReadRoundStep(step, scope)).ToImmutableArray());

    private static Statement ReadRoundSteps(ImmutableArray<Statement> steps) => new Block(steps);

    private static Statement Nothing() => new Block(ImmutableArray<Statement>.Empty);

    private Statement ReadRoundBranch(IConditionalOperation conditional, FunctionScope scope)
    {
        switch (_round!.Pass(conditional))
        {
            case RoundPass.Open:
                return new Block(ImmutableArray.Create(
                    ReadRoundStep(conditional.WhenTrue, scope),
                    conditional.WhenFalse is null ? Nothing() : ReadRoundStep(conditional.WhenFalse, scope)));
            case RoundPass.Unclear:
                return UnknownStep();
            default:
                return new If(
                    ReadExpression(conditional.Condition, scope),
                    ReadRoundStep(conditional.WhenTrue, scope),
                    conditional.WhenFalse is null ? null : ReadRoundStep(conditional.WhenFalse, scope));
        }
    }

    private Statement ReadRoundLoop(ILoopOperation loop, FunctionScope scope)
    {
        if (!_round!.HoldsEvents(loop))
            return ReadStatement(loop, scope);
        if (_round.CountsInside(loop))
            return UnknownStep();
        // Once through a loop over the groups is through all of them; once through the batches is the first.
        return _round.Holds(loop, RoundEvent.Step) && !_round.Writes(loop)
            ? new OptimizerStep(_round.Slots, _round.HopsFrom(scope))
            : new OneRound(ReadRoundStep(loop.Body, scope));
    }

    private Statement ReadRoundLeaf(IOperation operation, FunctionScope scope)
    {
        var events = EventsIn(operation, scope);
        if (!_round!.Assigns(operation))
            return new Block(events);
        if (!events.IsEmpty)
            return _round.AssignsOnlyWhatIsRead(operation) ? new Block(events) : UnknownStep();
        return operation is IExpressionStatementOperation { Operation: not (IAssignmentOperation or IIncrementOrDecrementOperation) }
            ? ReadAssignmentsIn(operation, scope)
            : ReadStatement(operation, scope);
    }

    // `Console.WriteLine($"{++step}");`
    private Statement ReadAssignmentsIn(IOperation statement, FunctionScope scope)
    {
        var steps = ImmutableArray.CreateBuilder<Statement>();
        foreach (var operation in RoundContent.Running(statement))
        {
            if (operation is IConditionalOperation or ICoalesceOperation or IConditionalAccessOperation or ISwitchExpressionOperation
                or IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd or BinaryOperatorKind.ConditionalOr })
                return UnknownStep();
            if (_round!.IsAssignment(operation))
                steps.Add(new Evaluation(ReadExpression(operation, scope)));
        }

        return new Block(steps.ToImmutable());
    }

    /// <summary>What one statement does to the rate, in the order of the source.</summary>
    private ImmutableArray<Statement> EventsIn(IOperation statement, FunctionScope scope)
    {
        var steps = ImmutableArray.CreateBuilder<Statement>();
        foreach (var operation in RoundContent.Running(statement))
        {
            if (!_round!.Round.Content.Events.TryGetValue(operation.Syntax, out var kind) || operation is IExpressionStatementOperation)
                continue;
            var hops = _round.HopsFrom(scope);
            switch (kind)
            {
                case RoundEvent.Write when operation is ISimpleAssignmentOperation write:
                    steps.Add(new RateWrite(_round.Slots, hops, ReadExpression(write.Value, scope)));
                    break;
                case RoundEvent.Step when operation is IInvocationOperation:
                    steps.Add(new OptimizerStep(_round.Slots, hops));
                    break;
                case RoundEvent.Taken when operation is IInvocationOperation or IAssignmentOperation:
                    steps.Add(new RateTaken(_round.Slots, hops));
                    break;
                case RoundEvent.Call when operation is IInvocationOperation call:
                    steps.Add(ReadRoundCall(call, scope));
                    break;
                case RoundEvent.Unclear:
                    steps.Add(UnknownStep());
                    break;
            }
        }

        return steps.ToImmutable();
    }

    private Statement ReadRoundCall(IInvocationOperation call, FunctionScope scope)
    {
        var (method, body) = _round!.Round.Content.Calls[call.Syntax];
        var definition = method.OriginalDefinition;
        if (call.Arguments.Any(argument => argument.Parameter is not { RefKind: RefKind.None or RefKind.In }))
            return UnknownStep();
        var objects = ObjectsOf(call, scope);
        var arguments = call.Arguments.Select(argument => _round.Variables.Needed.Contains(argument.Parameter!.OriginalDefinition, SymbolEqualityComparer.Default)
            && (objects.IsEmpty || objects[argument.Parameter!.Ordinal] is null)
                ? ReadExpression(argument.Value, scope)
                : new Literal(Value.Null)).ToImmutableArray();
        var function = new Function(method.Name, definition.Parameters.Length);
        var inner = new FunctionScope(scope, SelfOf(call, scope));
        foreach (var parameter in definition.Parameters)
        {
            inner.Declare(parameter);
            inner.Name(parameter, objects.IsEmpty ? null : objects[parameter.Ordinal]);
        }

        var deepest = _deepest;
        _deepest = _nesting;
        var statement = ReadRoundStep(body, inner);
        function.Complete(statement, inner.Slots, _deepest - _nesting + 1);
        _deepest = System.Math.Max(deepest, _deepest);
        return new Evaluation(new FunctionCall(function, 0, arguments, ParametersOf(call)));
    }

    private SymbolPath? SelfOf(IInvocationOperation call, FunctionScope scope) => call.Instance switch
    {
        null => call.TargetMethod.MethodKind == MethodKind.LocalFunction ? scope.Self : null,
        IInstanceReferenceOperation => scope.Self,
        var other => PathOf(other, scope),
    };

    /// <summary>A method of the same object reads the counters that are variables here.</summary>
    private (Function Function, int? Hops)? RoundFunctionOf(IMethodSymbol method, FunctionScope? scope, ImmutableArray<SymbolPath?> objects)
    {
        if (_round is null || scope is null || !_round.IsRoundOf(scope) || _code.BodyOf(method, _cancellation) is not { } body || method.IsAsync)
            return null;
        var key = new FunctionKey(method, scope.Self, objects);
        if (!_roundFunctions.TryGetValue(key, out var function))
        {
            function = new Function(method.Name, method.Parameters.Length);
            _roundFunctions.Add(key, function);
            Complete(function, method.OriginalDefinition.Parameters, body, _round.Scope, key.Self, objects);
        }

        return (function, _round.HopsFrom(scope));
    }

    /// <summary>The rate that is written is not a setting: its value depends on what was written before.</summary>
    private bool IsRateOfRound(IPropertyReferenceOperation reference) => _round is not null && RateTarget.IsRate(reference.Property, _code.Symbols);
}
