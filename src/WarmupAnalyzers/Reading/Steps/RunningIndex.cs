using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using WarmupAnalyzers.Factors;
using WarmupAnalyzers.Reading.Factors;
using WarmupAnalyzers.Reading.Source;

namespace WarmupAnalyzers.Reading.Steps;

/// <summary>An index that is 0 in the first round and one more in each: a loop's variable, <c>i++</c>, or <c>epoch * batches + batch</c>.</summary>
/// <param name="Written">As it is given.</param>
/// <param name="Name">What has the value.</param>
/// <param name="Training">The outermost loop through which it goes on.</param>
/// <param name="HasSideEffect">Without it something else would not be counted.</param>
internal sealed record RunningIndex(string Written, string Name, ILoopOperation Training, bool HasSideEffect)
{
    /// <summary>Null for any other, and for one that starts elsewhere.</summary>
    public static RunningIndex? Of(IOperation given, ILoopOperation loop, StepCall call) => given switch
    {
        ILocalReferenceOperation { Local: var variable } => LoopCount.StartOf(loop, variable) == 0 || IsCountedBehind(call, variable, loop) ? new(variable.Name, variable.Name, loop, false) : null,
        IIncrementOrDecrementOperation { Kind: OperationKind.Increment, IsPostfix: true, Target: ILocalReferenceOperation { Local: var counter } } =>
            IsCountedHere(call, counter, loop) ? new(given.Syntax.ToString(), counter.Name, Outermost(loop), true) : null,
        IBinaryOperation { OperatorKind: BinaryOperatorKind.Add } sum => OfSum(sum, sum.LeftOperand.Unwrapped(), sum.RightOperand.Unwrapped(), loop, call) ?? OfSum(sum, sum.RightOperand.Unwrapped(), sum.LeftOperand.Unwrapped(), loop, call),
        _ => null,
    };

    // `epoch * batches + batch`, where the inner loop makes so many rounds.
    private static RunningIndex? OfSum(IBinaryOperation sum, IOperation before, IOperation inner, ILoopOperation loop, StepCall call)
    {
        if (inner is not ILocalReferenceOperation { Local: var batch } || LoopCount.StartOf(loop, batch) != 0 || LateIndex.LoopOf(loop) is not { } outer
            || before is not IBinaryOperation { OperatorKind: BinaryOperatorKind.Multiply } product)
            return null;
        var (left, right) = (product.LeftOperand.Unwrapped(), product.RightOperand.Unwrapped());
        return IsRoundsBefore(left, right, loop, outer, call) || IsRoundsBefore(right, left, loop, outer, call)
            ? new(sum.Syntax.ToString(), sum.Syntax.ToString(), outer, false)
            : null;
    }

    private static bool IsRoundsBefore(IOperation variable, IOperation factor, ILoopOperation loop, ILoopOperation outer, StepCall call)
    {
        if (variable is not ILocalReferenceOperation { Local: var epoch } || LoopCount.StartOf(outer, epoch) != 0
            || CountedLoop.Read(loop, call.Code, call.Cancellation) is not { IsExact: true } rounds)
            return false;
        var number = FactorReader.ReadRate(factor, call.Code, call.Cancellation).Value;
        return Assignments.ByBranch(number, ImmutableHashSet<object>.Empty, double.NaN, rounds.FreeVariables) is [var only]
            && only.Assignments.All(assignment => number.Under(assignment, call.Cancellation).FactorAt(0) == rounds.Under(assignment, call.Cancellation));
    }

    // `var epoch = 0; while (…) { …; scheduler.step(epoch); epoch++; }`
    private static bool IsCountedBehind(StepCall call, ILocalSymbol variable, ILoopOperation loop) => StartsOutside(call, variable, loop)
        && call.Code.WritesOf(variable, call.Cancellation) is { Count: 1, Only: { } write }
        && call.Code.OperationOf(write, call.Cancellation) is IIncrementOrDecrementOperation { Kind: OperationKind.Increment }
        && StepMove.StatementOf(call.Syntax) is { } step && write.Parent is ExpressionStatementSyntax count
        && count.Parent == loop.Body.Syntax && step.Parent == count.Parent && count.SpanStart > step.SpanStart;

    // `var i = 0; … scheduler.step(i++);`
    private static bool IsCountedHere(StepCall call, ILocalSymbol counter, ILoopOperation loop) =>
        StartsOutside(call, counter, loop) && call.Code.WritesOf(counter, call.Cancellation) is { Count: 1, Only: { } write } && call.Syntax.Span.Contains(write.Span);

    // Made in a round of an outer loop it starts at 0 in each.
    private static bool StartsOutside(StepCall call, ILocalSymbol variable, ILoopOperation loop) =>
        call.Code.InitializerOf(variable, call.Cancellation)?.Unwrapped().ConstantValue is { HasValue: true, Value: 0 }
        && variable.DeclaringSyntaxReferences.All(reference => !loop.Syntax.Span.Contains(reference.Span)
            && loop.Syntax.Ancestors().Where(LoopJumps.IsLoop).All(outer => !outer.Span.Contains(reference.Span)));

    private static ILoopOperation Outermost(ILoopOperation loop)
    {
        while (LateIndex.LoopOf(loop) is { } outer)
            loop = outer;
        return loop;
    }
}
