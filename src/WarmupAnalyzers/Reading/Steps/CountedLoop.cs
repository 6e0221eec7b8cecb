using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using WarmupAnalyzers.Factors;
using WarmupAnalyzers.Reading.Factors;
using WarmupAnalyzers.Reading.Source;

namespace WarmupAnalyzers.Reading.Steps;

/// <summary>How often a loop runs, read with the variables of the code round it.</summary>
internal static class CountedLoop
{
    /// <summary>The rounds of a loop; null where it does not count.</summary>
    public static LoopRounds? Read(IOperation? loop, TrainingCode code, CancellationToken cancellation) => loop switch
    {
        IForLoopOperation { Condition: { } condition, AtLoopBottom: [var bottom] } counting =>
            Compared(condition, bottom, counter => IsWrittenIn(counting.Body, counter, code, cancellation) ? null : LoopCount.StartValue(counting, counter), code, cancellation),
        IForEachLoopOperation { IsAsynchronous: false } each => Sequence(each.Collection.Unwrapped(), code, cancellation),
        IWhileLoopOperation { ConditionIsUntil: false, Condition: { } condition } counting => While(counting, condition, code, cancellation),
        _ => null,
    };

    /// <summary>What a loop's counter is compared with, or the count of its range; null where neither is written.</summary>
    public static IOperation? BoundOf(IOperation loop) => loop switch
    {
        IForLoopOperation { Condition: { } condition, AtLoopBottom: [var bottom] } => ComparedWith(condition, bottom),
        IForEachLoopOperation each when each.Collection.Unwrapped() is IInvocationOperation range && LoopCount.IsRange(range) =>
            range.Arguments.First(argument => argument.Parameter?.Name == "count").Value,
        IWhileLoopOperation { Condition: { } condition, Body: var body } =>
            Statements(body).Concat(CountsIn(condition)).Select(step => ComparedWith(condition, step)).FirstOrDefault(bound => bound is not null),
        _ => null,
    };

    private static IOperation? ComparedWith(IOperation condition, IOperation step) =>
        condition.Unwrapped() is not IBinaryOperation comparison || CounterOf(step) is not { } counter ? null
            : IsLocal(comparison.LeftOperand, counter) ? comparison.RightOperand.Unwrapped()
            : IsLocal(comparison.RightOperand, counter) ? comparison.LeftOperand.Unwrapped()
            : null;

    // What an inner loop does to the counter in the place of its own is reported there.
    private static bool IsWrittenIn(IOperation body, ILocalSymbol counter, TrainingCode code, CancellationToken cancellation) =>
        LoopCount.IsWritten(body, counter)
        && !ForeignCounter.In(body.Syntax, code, cancellation).Any(foreign => SymbolEqualityComparer.Default.Equals(foreign.Foreign, counter));

    // A counter that is declared beside the loop and counted up in it, once in every round: in its body, or where it is asked for.
    private static LoopRounds? While(IWhileLoopOperation loop, IOperation condition, TrainingCode code, CancellationToken cancellation)
    {
        foreach (var step in Statements(loop.Body).Concat(CountsIn(condition)))
        {
            if (CounterOf(step) is { } counter
                && VariableWrites.Of(counter, code, cancellation).Count == 1
                && IsDeclaredBeside(counter, loop, cancellation)
                && (IsIn(step, condition) || !LoopJumps.In(loop.Body.Syntax, (StatementSyntax)loop.Syntax).OfType<ContinueStatementSyntax>().Any())
                && Compared(condition, step, asked => SymbolEqualityComparer.Default.Equals(asked, counter) ? code.InitializerOf(counter, cancellation) : null, code, cancellation) is { } rounds)
                return rounds with { AtLeast = loop.ConditionIsTop ? 0 : 1, More = IsIn(step, condition) ? MoreRounds(loop, step) : 0 };
        }

        return null;
    }

    // `while (++i < n)` has counted before the first round, and `do … while (i++ < n)` asks before it counts.
    private static int MoreRounds(IWhileLoopOperation loop, IOperation count) => (loop.ConditionIsTop, count is IIncrementOrDecrementOperation { IsPostfix: true }) switch
    {
        (true, false) => -1,
        (false, true) => 1,
        _ => 0,
    };

    private static IEnumerable<IOperation> Statements(IOperation body) => body is IBlockOperation block ? block.Operations : Enumerable.Repeat(body, 1);

    private static IEnumerable<IOperation> CountsIn(IOperation condition) => condition.DescendantsAndSelf().OfType<IIncrementOrDecrementOperation>();

    private static bool IsIn(IOperation step, IOperation condition) => condition.Syntax.Span.Contains(step.Syntax.Span);

    /// <summary>What is counted somewhere inside a loop that goes on until enough is counted: <c>while (step &lt; total)</c> round the batches of an epoch.</summary>
    public static LoopRounds? ReadInner(IOperation loop, TrainingCode code, CancellationToken cancellation)
    {
        if (loop is not IWhileLoopOperation { ConditionIsUntil: false, Condition: { } condition, Body: { } body } counting)
            return null;
        // Below the body `++step < total` counts what `step++` in it would.
        var counts = counting.ConditionIsTop ? body.Descendants() : body.Descendants().Concat(condition.Descendants().Where(IsPrefix));
        foreach (var step in counts.OfType<IIncrementOrDecrementOperation>())
        {
            if (CounterOf(step) is { } counter
                && VariableWrites.Of(counter, code, cancellation).Count == 1
                && Goal(counting, condition, body, step, code, cancellation) is { } rounds)
                return rounds;
        }

        return null;

        static bool IsPrefix(IOperation step) => step is IIncrementOrDecrementOperation { IsPostfix: false };
    }

    // `while (true)` goes on until one of its own statements leaves it.
    private static LoopRounds? Goal(
        IWhileLoopOperation loop, IOperation condition, IOperation body, IIncrementOrDecrementOperation step, TrainingCode code, CancellationToken cancellation)
    {
        if (condition.ConstantValue is not { HasValue: true, Value: true })
            return Until(condition, negated: false);
        return body is IBlockOperation { Operations: var statements }
            ? statements.OfType<IConditionalOperation>().Where(test => Leaves(test, loop)).Select(test => Until(test.Condition, negated: true)).FirstOrDefault(rounds => rounds is not null)
            : null;

        LoopRounds? Until(IOperation asked, bool negated) => Compared(
            asked, step, counter => SymbolEqualityComparer.Default.Equals(counter, CounterOf(step)) ? code.InitializerOf(counter, cancellation) : null, code, cancellation, negated);
    }

    private static bool Leaves(IConditionalOperation test, IWhileLoopOperation loop) =>
        test.WhenFalse is null
        && (test.WhenTrue is IBlockOperation { Operations: [.., var last] } ? last : test.WhenTrue) is IBranchOperation { BranchKind: BranchKind.Break } jump
        && SymbolEqualityComparer.Default.Equals(jump.Target, loop.ExitLabel);

    private static bool IsDeclaredBeside(ILocalSymbol counter, IOperation loop, CancellationToken cancellation)
    {
        var declaration = counter.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellation).FirstAncestorOrSelf<LocalDeclarationStatementSyntax>();
        return declaration is not null && BlockOf(declaration) == BlockOf(loop.Syntax);
    }

    // A statement of a script stands in a member of its own.
    private static SyntaxNode? BlockOf(SyntaxNode statement) => statement.Parent is GlobalStatementSyntax { Parent: var script } ? script : statement.Parent;

    private static LoopRounds? Compared(
        IOperation condition, IOperation bottom, System.Func<ILocalSymbol, IOperation?> start, TrainingCode code, CancellationToken cancellation, bool negated = false)
    {
        switch (condition.Unwrapped())
        {
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd } both when !negated:
                var known = Compared(both.LeftOperand, bottom, start, code, cancellation) ?? Compared(both.RightOperand, bottom, start, code, cancellation);
                return known is null ? null : known with { IsExact = false };
            case IBinaryOperation comparison when ComparisonOf(comparison.OperatorKind, negated) is { } kind && CounterOf(bottom) is { } counter:
                var isLeft = IsLocal(comparison.LeftOperand, counter);
                if (!isLeft && !IsLocal(comparison.RightOperand, counter) || start(counter) is not { } first)
                    return null;
                var bound = isLeft ? comparison.RightOperand : comparison.LeftOperand;
                return Stride(bottom, code, cancellation) is { } stride
                    ? new LoopRounds(Number(first, code, cancellation), Number(bound, code, cancellation), stride, isLeft ? kind : Mirrored(kind), IsExact: true)
                    : null;
            default:
                return null;
        }
    }

    private static LoopRounds? Sequence(IOperation sequence, TrainingCode code, CancellationToken cancellation)
    {
        // `batches.Take(warmup)`: no more than these, and fewer where there are not so many.
        if (sequence is IInvocationOperation { TargetMethod: { Name: "Take", IsExtensionMethod: true } take, Arguments: [_, var most] } && StepMethods.IsFramework(take)
            && most.Value.Type?.SpecialType == SpecialType.System_Int32)
            return new LoopRounds(FactorReader.Number(0), Number(most.Value, code, cancellation), FactorReader.Number(1), Comparison.Less, IsExact: false);
        var count = sequence is IInvocationOperation range && LoopCount.IsRange(range)
            ? Number(range.Arguments.First(argument => argument.Parameter?.Name == "count").Value, code, cancellation)
            : FactorReader.ReadCount(sequence, code, cancellation);
        return count is null ? null : new LoopRounds(FactorReader.Number(0), count, FactorReader.Number(1), Comparison.Less, IsExact: true);
    }

    /// <summary>The local that a statement counts up or down.</summary>
    private static ILocalSymbol? CounterOf(IOperation statement) => Expression(statement) switch
    {
        IIncrementOrDecrementOperation { Target: ILocalReferenceOperation target } => target.Local,
        ICompoundAssignmentOperation { Target: ILocalReferenceOperation target, OperatorKind: BinaryOperatorKind.Add or BinaryOperatorKind.Subtract } => target.Local,
        _ => null,
    };

    private static FactorProgram? Stride(IOperation statement, TrainingCode code, CancellationToken cancellation) => Expression(statement) switch
    {
        IIncrementOrDecrementOperation increment => FactorReader.Number(increment.Kind == OperationKind.Decrement ? -1 : 1),
        ICompoundAssignmentOperation { OperatorKind: BinaryOperatorKind.Add } sum => Number(sum.Value, code, cancellation),
        ICompoundAssignmentOperation { Value.ConstantValue: { HasValue: true, Value: int less } } => FactorReader.Number(-less),
        _ => null,
    };

    private static IOperation Expression(IOperation statement) => statement is IExpressionStatementOperation { Operation: var operation } ? operation : statement;

    private static bool IsLocal(IOperation operation, ILocalSymbol local) =>
        (operation.Unwrapped() is IIncrementOrDecrementOperation counting ? counting.Target : operation.Unwrapped()) is ILocalReferenceOperation reference && SymbolEqualityComparer.Default.Equals(reference.Local, local);

    private static FactorProgram Number(IOperation value, TrainingCode code, CancellationToken cancellation) => FactorReader.ReadRate(value, code, cancellation).Value;

    private static Comparison? ComparisonOf(BinaryOperatorKind kind, bool negated) => (negated ? Negated(kind) : kind) switch
    {
        BinaryOperatorKind.NotEquals => Comparison.NotEqual,
        BinaryOperatorKind.LessThan => Comparison.Less,
        BinaryOperatorKind.LessThanOrEqual => Comparison.LessOrEqual,
        BinaryOperatorKind.GreaterThan => Comparison.Greater,
        BinaryOperatorKind.GreaterThanOrEqual => Comparison.GreaterOrEqual,
        _ => null,
    };

    private static BinaryOperatorKind Negated(BinaryOperatorKind kind) => kind switch
    {
        BinaryOperatorKind.Equals => BinaryOperatorKind.NotEquals,
        BinaryOperatorKind.GreaterThan => BinaryOperatorKind.LessThanOrEqual,
        BinaryOperatorKind.GreaterThanOrEqual => BinaryOperatorKind.LessThan,
        BinaryOperatorKind.LessThan => BinaryOperatorKind.GreaterThanOrEqual,
        BinaryOperatorKind.LessThanOrEqual => BinaryOperatorKind.GreaterThan,
        _ => BinaryOperatorKind.None,
    };

    private static Comparison Mirrored(Comparison comparison) => comparison switch
    {
        Comparison.Less => Comparison.Greater,
        Comparison.LessOrEqual => Comparison.GreaterOrEqual,
        Comparison.Greater => Comparison.Less,
        Comparison.GreaterOrEqual => Comparison.LessOrEqual,
        _ => comparison,
    };
}
