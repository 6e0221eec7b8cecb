using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using WarmupAnalyzers.Reading.Source;

namespace WarmupAnalyzers.Reading.Steps;

/// <summary>A condition that comes out the same in every iteration: <c>if (train)</c>, <c>if (optimizer is not null)</c>.</summary>
internal static class SteadyCondition
{
    public static bool Is(IOperation condition, StatementSyntax loop, TrainingCode code, CancellationToken cancellation) => condition.Unwrapped() switch
    {
        ILiteralOperation or IDefaultValueOperation => true,
        IUnaryOperation { OperatorKind: UnaryOperatorKind.Not } not => Is(not.Operand, loop, code, cancellation),
        IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals } test =>
            Is(test.LeftOperand, loop, code, cancellation) && Is(test.RightOperand, loop, code, cancellation),
        IIsPatternOperation { Pattern: IConstantPatternOperation or INegatedPatternOperation { Pattern: IConstantPatternOperation } } test => Is(test.Value, loop, code, cancellation),
        ILocalReferenceOperation { Local: var local } => IsKept(local, loop, code, cancellation),
        IParameterReferenceOperation { Parameter: var parameter } => IsKept(parameter, loop, code, cancellation),
        IFieldReferenceOperation { Field: { IsReadOnly: true } or { IsConst: true } } => true,
        _ => false,
    };

    // A variable of the loop itself is another one in each iteration.
    private static bool IsKept(ISymbol variable, StatementSyntax loop, TrainingCode code, CancellationToken cancellation) =>
        VariableWrites.Of(variable, code, cancellation).Count == 0
        && !variable.DeclaringSyntaxReferences.Any(reference => reference.SyntaxTree == loop.SyntaxTree && loop.Span.Contains(reference.Span));
}
