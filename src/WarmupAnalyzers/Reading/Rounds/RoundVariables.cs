using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using WarmupAnalyzers.Factors;
using WarmupAnalyzers.Reading.Factors;
using WarmupAnalyzers.Reading.Source;
using WarmupAnalyzers.Reading.Steps;

namespace WarmupAnalyzers.Reading.Rounds;

/// <summary>What the rates written in a round are computed from.</summary>
internal sealed class RoundVariables
{
    private const int MaximumDepth = 4;

    private readonly TrainingRound _round;
    private readonly TrainingCode _code;
    private readonly CancellationToken _cancellation;
    private readonly HashSet<ISymbol> _needed = new(SymbolEqualityComparer.Default);
    private readonly List<IOperation> _guards = new();
    private readonly ISymbol? _opaque;

    /// <param name="opaque">A variable whose own making is not looked at: it stands for itself.</param>
    private RoundVariables(TrainingRound round, ISymbol? opaque, TrainingCode code, CancellationToken cancellation)
    {
        _round = round;
        _opaque = opaque;
        _code = code;
        _cancellation = cancellation;
        Collect();
    }

    /// <summary>The loop variable or counter that the rate is a function of.</summary>
    public RoundIndex Index { get; private set; } = null!;

    /// <summary>The variables whose values the rates come from.</summary>
    public IReadOnlyCollection<ISymbol> Needed => _needed;

    /// <summary>The assignments that lead to a rate, by their syntax.</summary>
    public ImmutableHashSet<SyntaxNode> Assignments => _round.Content.Assignments
        .Where(assignment => _needed.Contains(assignment.Variable) && !SymbolEqualityComparer.Default.Equals(assignment.Variable, _opaque))
        .Select(assignment => assignment.Operation.Syntax)
        .ToImmutableHashSet();

    /// <summary>Those that may hold another value in each round.</summary>
    public ImmutableArray<ISymbol> Varying => _needed.Where(IsVarying).ToImmutableArray();

    public bool HasGuards => _guards.Count > 0;

    /// <summary>Whether the conditions round the writes are limits, such as <c>step &lt; warmup</c>, and nothing that comes and goes.</summary>
    public bool GuardsAreLimits => _guards.All(guard => guard.DescendantsAndSelf().All(IsPlain));

    /// <summary>Whether the training may end where the index says so, in a way that is not followed.</summary>
    public bool MayEndAtIndex => _round.Content.Jumps.Any(jump => Leaves(jump) && !IsLimit(jump) && GuardsOf(jump).Any(MentionsIndex));

    /// <summary><c>if (step > limit) break;</c>: from that index on there is no training.</summary>
    public bool IsLimit(IOperation jump) => Leaves(jump) && GuardsOf(jump).ToArray() is { Length: > 0 } guards
        && guards.Any(MentionsIndex) && guards.All(guard => guard.DescendantsAndSelf().All(part => IsPlain(part) && !IsOfOther(part)));

    /// <summary>Whether what the rate is computed from stands in an operation.</summary>
    public bool MentionsIndex(IOperation operation) => operation.DescendantsAndSelf().Any(part => SymbolEqualityComparer.Default.Equals(RoundContent.VariableOf(part), Index.Variable));

    // It changes from round to round and is not computed here.
    private bool IsOfOther(IOperation part) => RoundContent.VariableOf(part) is { } variable && IsVarying(variable) && !_needed.Contains(variable.OriginalDefinition);

    // Out of the loop; out of a method that is the round nothing is known.
    private bool Leaves(IOperation jump)
    {
        if (_round.Loop is not { } loop || IsOfCallee(jump))
            return false;
        if (jump is IReturnOperation)
            return true;
        if (jump is not IBranchOperation { BranchKind: BranchKind.Break })
            return false;
        for (var outer = jump.Parent; outer is not null; outer = outer.Parent)
        {
            if (outer is ILoopOperation or ISwitchOperation)
                return outer.Syntax == loop.Syntax;
        }

        return false;
    }

    /// <summary>Finds what the rate is a function of; null where that is nothing, or more than one thing, or not certain.</summary>
    public static RoundVariables? Of(TrainingRound round, TrainingCode code, CancellationToken cancellation)
    {
        var whole = new RoundVariables(round, null, code, cancellation);
        var candidates = whole.Candidates();
        if (candidates.Length == 1)
            return whole.With(candidates[0]);
        // `step = epoch * batches + i`: the sum is what counts.
        return candidates.Length == 0 ? null : whole.Sums()
            .Select(sum => new RoundVariables(round, sum.Variable, code, cancellation) { Index = sum })
            .FirstOrDefault(variables => variables.Candidates().IsEmpty && variables._needed.Contains(variables.Index.Variable));
    }

    private RoundVariables With(RoundIndex index)
    {
        Index = index;
        return this;
    }

    private void Collect()
    {
        var content = _round.Content;
        foreach (var write in content.Writes.OfType<ISimpleAssignmentOperation>())
        {
            Need(write.Value, 0);
            NeedGuards(write);
        }

        foreach (var call in content.Followed)
            NeedGuards(call);
        // `RunEpoch(loader, train: true)`: whether it steps is for the caller to say.
        foreach (var guard in content.Steps.SelectMany(GuardsOf).Where(guard => guard.DescendantsAndSelf().Any(part => RoundContent.VariableOf(part) is { } variable && content.IsParameterOfFollowed(variable))))
            Need(guard, 0);
        foreach (var jump in content.Jumps.Where(IsOfCallee))
            NeedGuards(jump);
        for (var before = -1; before != _needed.Count;)
        {
            before = _needed.Count;
            _cancellation.ThrowIfCancellationRequested();
            foreach (var (variable, operation) in content.Assignments)
            {
                if (_needed.Contains(variable) && !SymbolEqualityComparer.Default.Equals(variable, _opaque))
                {
                    Need(operation, 0);
                    NeedGuards(operation);
                }
            }

            foreach (var argument in content.Followed.SelectMany(call => call.Arguments))
            {
                if (argument.Parameter is { } parameter && _needed.Contains(parameter.OriginalDefinition))
                    Need(argument.Value, 0);
            }
        }
    }

    private void Need(IOperation value, int depth)
    {
        foreach (var part in value.DescendantsAndSelf())
        {
            if (RoundContent.VariableOf(part) is { } variable)
                _needed.Add(variable.OriginalDefinition);
            if (depth < MaximumDepth && CalleeOf(part) is { DeclaringSyntaxReferences.IsEmpty: false } method && _code.BodyOf(method, _cancellation) is { } body && !Contains(body, part))
                NeedMembers(body, depth + 1);
        }
    }

    // What a helper reads besides its parameters: the fields of the object, the variables round a local function.
    private void NeedMembers(IOperation body, int depth)
    {
        foreach (var part in body.DescendantsAndSelf())
        {
            if (RoundContent.VariableOf(part) is { } variable && !Contains(body, variable))
                _needed.Add(variable.OriginalDefinition);
            if (depth < MaximumDepth && CalleeOf(part) is { DeclaringSyntaxReferences.IsEmpty: false } method && _code.BodyOf(method, _cancellation) is { } inner && !Contains(inner, part))
                NeedMembers(inner, depth + 1);
        }
    }

    private static IMethodSymbol? CalleeOf(IOperation operation) => operation switch
    {
        IInvocationOperation call => call.TargetMethod,
        IPropertyReferenceOperation { Property.GetMethod: { } getter } => getter,
        IMethodReferenceOperation reference => reference.Method,
        _ => null,
    };

    private static bool Contains(IOperation body, IOperation part) =>
        body.Syntax.SyntaxTree == part.Syntax.SyntaxTree && body.Syntax.Span.Contains(part.Syntax.Span);

    private static bool Contains(IOperation body, ISymbol variable) =>
        variable is IParameterSymbol or ILocalSymbol
        && variable.DeclaringSyntaxReferences.Any(reference => reference.SyntaxTree == body.Syntax.SyntaxTree
            && (body.Syntax.Span.Contains(reference.Span) || body.Syntax.Parent is { } owner && variable is IParameterSymbol && owner.Span.Contains(reference.Span)));

    private void NeedGuards(IOperation operation)
    {
        foreach (var guard in GuardsOf(operation))
        {
            if (!_guards.Contains(guard))
                _guards.Add(guard);
            Need(guard, 0);
        }
    }

    /// <summary>The conditions on the way from the round to an operation, but those under which all of it stands.</summary>
    private IEnumerable<IOperation> GuardsOf(IOperation operation)
    {
        var inner = operation;
        for (var outer = operation.Parent; outer is not null && inner.Syntax != _round.Body.Syntax; inner = outer, outer = outer.Parent)
        {
            switch (outer)
            {
                case IConditionalOperation conditional when conditional.Condition != inner && !HoldsAll(inner):
                    yield return conditional.Condition;
                    break;
                case ISwitchOperation choice when choice.Value != inner:
                    yield return choice.Value;
                    break;
                case ISwitchCaseOperation section:
                    foreach (var clause in section.Clauses)
                        yield return clause;
                    break;
                case IWhileLoopOperation { Condition: { } condition } when condition != inner:
                    yield return condition;
                    break;
            }
        }
    }

    /// <summary>Whether everything that happens to the rate in the round happens inside this branch.</summary>
    public bool HoldsAll(IOperation branch) => _round.Content.Events.Keys
        .Where(at => at.SyntaxTree == _round.Body.Syntax.SyntaxTree && _round.Body.Syntax.Span.Contains(at.Span))
        .All(at => branch.Syntax.Span.Contains(at.Span));

    /// <summary>Written where a method is called, and not in the round itself.</summary>
    public bool IsOfCallee(IOperation operation) =>
        operation.Syntax.SyntaxTree != _round.Body.Syntax.SyntaxTree || !_round.Body.Syntax.Span.Contains(operation.Syntax.Span);

    private bool IsVarying(ISymbol variable) =>
        !SymbolEqualityComparer.Default.Equals(variable, Index.Variable)
        && !(variable is IParameterSymbol parameter && _round.Content.Followed.Any(call => SymbolEqualityComparer.Default.Equals(call.TargetMethod.OriginalDefinition, parameter.ContainingSymbol.OriginalDefinition)))
        && (_round.Content.Assignments.Any(assignment => SymbolEqualityComparer.Default.Equals(assignment.Variable, variable))
            || IsOfLoop(variable)
            || variable is not (IFieldSymbol or IPropertySymbol) && IsDeclaredIn(_round.Body, variable));

    private bool IsOfLoop(ISymbol variable) => variable is ILocalSymbol local && Loops().Any(loop => loop.Locals.Contains(local, SymbolEqualityComparer.Default));

    private static bool IsDeclaredIn(IOperation body, ISymbol variable) =>
        variable.DeclaringSyntaxReferences.Any(reference => reference.SyntaxTree == body.Syntax.SyntaxTree && body.Syntax.Span.Contains(reference.Span));

    /// <summary>The round's loop and those round it.</summary>
    private IEnumerable<ILoopOperation> Loops()
    {
        for (IOperation? outer = _round.Loop; outer is not null and not (ILocalFunctionOperation or IAnonymousFunctionOperation); outer = outer.Parent)
        {
            if (outer is ILoopOperation loop)
                yield return loop;
        }
    }

    private ImmutableArray<RoundIndex> Candidates() => _needed
        .Where(variable => !SymbolEqualityComparer.Default.Equals(variable, _opaque))
        .Select(variable => RoundIndex.OfLoop(variable, Loops(), _round) ?? RoundIndex.OfCounter(variable, _round, _code, _cancellation))
        .OfType<RoundIndex>()
        .ToImmutableArray();

    private IEnumerable<RoundIndex> Sums() => _round.Content.Assignments
        .Where(assignment => _needed.Contains(assignment.Variable))
        .Select(assignment => assignment.Operation)
        .OfType<IVariableDeclaratorOperation>()
        .Select(declarator => RoundIndex.OfSum(declarator, _code, _cancellation))
        .OfType<RoundIndex>();

    private static bool IsPlain(IOperation part) => part switch
    {
        IBinaryOperation binary => binary.OperatorKind is BinaryOperatorKind.LessThan or BinaryOperatorKind.LessThanOrEqual
            or BinaryOperatorKind.GreaterThan or BinaryOperatorKind.GreaterThanOrEqual
            or BinaryOperatorKind.ConditionalAnd or BinaryOperatorKind.ConditionalOr
            or BinaryOperatorKind.Add or BinaryOperatorKind.Subtract or BinaryOperatorKind.Multiply or BinaryOperatorKind.Divide,
        IUnaryOperation or IConversionOperation or IParenthesizedOperation or ILiteralOperation or IInstanceReferenceOperation => true,
        ILocalReferenceOperation or IParameterReferenceOperation or IFieldReferenceOperation or IPropertyReferenceOperation => true,
        _ => false,
    };
}

/// <summary>The variable that a hand-written rate is a function of.</summary>
/// <param name="Variable">A loop's variable, a counter, or a sum of loop variables.</param>
/// <param name="First">Its value when the first round begins.</param>
/// <param name="IsOfRound">Whether it grows by one from round to round.</param>
/// <param name="Increment">Where a counter is counted; null for a loop's variable.</param>
internal sealed record RoundIndex(ISymbol Variable, int First, bool IsOfRound, IOperation? Increment = null)
{
    public ValueKind Kind => ValueTypes.KindOf(Variable switch
    {
        ILocalSymbol local => local.Type,
        IParameterSymbol parameter => parameter.Type,
        IFieldSymbol member => member.Type,
        IPropertySymbol member => member.Type,
        _ => null,
    });

    /// <summary>A variable of one of the loops, which counts up by one from a known number.</summary>
    public static RoundIndex? OfLoop(ISymbol variable, IEnumerable<ILoopOperation> loops, TrainingRound round)
    {
        foreach (var loop in loops)
        {
            if (variable is ILocalSymbol local && loop.Locals.Contains(local, SymbolEqualityComparer.Default))
                return LoopCount.StartOf(loop, local) is { } first ? new RoundIndex(variable, first, loop == round.Loop) : null;
        }

        return null;
    }

    /// <summary>A variable that is counted up by one, at one place, from a known number.</summary>
    public static RoundIndex? OfCounter(ISymbol variable, TrainingRound round, TrainingCode code, CancellationToken cancellation)
    {
        var writes = VariableWrites.Of(variable, code, cancellation);
        if (writes.Count != 1 || IsMadeInRound(variable, round) || variable is IParameterSymbol || !IsOwn(variable)
            || writes.Only is not { } write || code.OperationOf(write, cancellation) is not { } increment || !AddsOne(increment, variable))
            return null;
        var isInRound = round.Content.Assignments.Any(assignment => assignment.Operation.Syntax == increment.Syntax);
        if (!isInRound && !(variable is ILocalSymbol && IsInLoopRound(round, increment)))
            return null;
        return FirstOf(variable, code, cancellation) is { } first ? new RoundIndex(variable, first, isInRound, increment) : null;
    }

    /// <summary><c>var step = epoch * batches + i;</c></summary>
    public static RoundIndex? OfSum(IVariableDeclaratorOperation declarator, TrainingCode code, CancellationToken cancellation) =>
        declarator.GetVariableInitializer() is { } initializer
        && initializer.Value.Unwrapped() is IBinaryOperation { OperatorKind: BinaryOperatorKind.Add } sum
        && VariableWrites.Of(declarator.Symbol, code, cancellation).Count == 0
        && LoopCount.FirstValue(sum) is { } first
            ? new RoundIndex(declarator.Symbol, first, IsOfRound: false)
            : null;

    // What is declared in the round begins anew in each.
    private static bool IsMadeInRound(ISymbol variable, TrainingRound round) => variable is ILocalSymbol && variable.DeclaringSyntaxReferences.Any(reference =>
        round.Content.Calls.Values.Select(callee => (IOperation)callee.Body).Append(round.Body)
            .Any(body => body.Syntax.SyntaxTree == reference.SyntaxTree && body.Syntax.Span.Contains(reference.Span)));

    // Nobody else writes it.
    private static bool IsOwn(ISymbol variable) => variable switch
    {
        ILocalSymbol => true,
        IFieldSymbol field => field.DeclaredAccessibility == Accessibility.Private,
        IPropertySymbol property => property.SetMethod?.DeclaredAccessibility == Accessibility.Private && StepMethods.IsAutoProperty(property),
        _ => false,
    };

    private static bool IsInLoopRound(TrainingRound round, IOperation increment)
    {
        for (IOperation? outer = round.Loop; outer is not null; outer = outer.Parent)
        {
            if (outer is ILoopOperation && outer.Syntax.Span.Contains(increment.Syntax.Span))
                return true;
        }

        return false;
    }

    private static bool AddsOne(IOperation operation, ISymbol variable) => operation switch
    {
        IIncrementOrDecrementOperation { Kind: OperationKind.Increment } => true,
        ICompoundAssignmentOperation { OperatorKind: BinaryOperatorKind.Add } sum => IsOne(sum.Value),
        ISimpleAssignmentOperation { Value: var value } when value.Unwrapped() is IBinaryOperation { OperatorKind: BinaryOperatorKind.Add } sum =>
            Is(sum.LeftOperand, variable) && IsOne(sum.RightOperand) || Is(sum.RightOperand, variable) && IsOne(sum.LeftOperand),
        _ => false,
    };

    private static bool Is(IOperation operation, ISymbol variable) =>
        SymbolEqualityComparer.Default.Equals(RoundContent.VariableOf(operation.Unwrapped()), variable);

    private static bool IsOne(IOperation value) => value.Unwrapped().ConstantValue is { HasValue: true, Value: 1 or 1L or 1.0 or 1f };

    private static int? FirstOf(ISymbol variable, TrainingCode code, CancellationToken cancellation)
    {
        if (code.InitializerOf(variable, cancellation) is not { } initializer)
            return variable is ILocalSymbol ? null : 0;
        return initializer.Unwrapped().ConstantValue is { HasValue: true, Value: { } value }
            ? value switch
            {
                int number => number,
                long number and >= 0 and < int.MaxValue => (int)number,
                double number and >= 0 and < int.MaxValue when number == System.Math.Floor(number) => (int)number,
                float number and >= 0 and < int.MaxValue when number == System.Math.Floor(number) => (int)number,
                _ => null,
            }
            : null;
    }
}
