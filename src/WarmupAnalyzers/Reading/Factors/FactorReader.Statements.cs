using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using WarmupAnalyzers.Factors;
using WarmupAnalyzers.Factors.Expressions;
using WarmupAnalyzers.Factors.Statements;

namespace WarmupAnalyzers.Reading.Factors;

internal sealed partial class FactorReader
{
    private Statement ReadStatement(IOperation operation, FunctionScope scope)
    {
        if (!Enter())
            return UnknownStep();
        var statement = operation switch
        {
            IBlockOperation block => ReadBlock(block, scope),
            IReturnOperation { Kind: OperationKind.Return, ReturnedValue: { } value } => new Return(ReadExpression(value, scope)),
            IExpressionStatementOperation { Operation: IThrowOperation thrown } => ReadThrow(thrown),
            IThrowOperation thrown => ReadThrow(thrown),
            IExpressionStatementOperation expression => new Evaluation(ReadExpression(expression.Operation, scope)),
            IVariableDeclarationGroupOperation declarations => ReadDeclarations(declarations, scope),
            IConditionalOperation conditional => new If(
                ReadExpression(conditional.Condition, scope),
                ReadStatement(conditional.WhenTrue, scope),
                conditional.WhenFalse is null ? null : ReadStatement(conditional.WhenFalse, scope)),
            ILoopOperation loop => ReadLoop(loop, scope),
            ISwitchOperation choice => ReadSwitch(choice, scope),
            IBranchOperation { BranchKind: BranchKind.Break } => new Jump(Flow.Break),
            IBranchOperation { BranchKind: BranchKind.Continue } => new Jump(Flow.Continue),
            IEmptyOperation or ILocalFunctionOperation => new Block(ImmutableArray<Statement>.Empty),
            _ => UnknownStep(),
        };
        Leave();
        return statement;
    }

    private Statement ReadBlock(IBlockOperation block, FunctionScope scope)
    {
        // Declared before anything is read: local functions are visible above their declaration and may call each other.
        var locals = block.Operations.OfType<ILocalFunctionOperation>()
            .Select(operation => (Operation: operation, Function: new Function(operation.Symbol.Name, operation.Symbol.Parameters.Length)))
            .ToImmutableArray();
        foreach (var (operation, function) in locals)
            scope.Declare(operation.Symbol, function);
        // Likewise the block's own variables, which a local function may capture.
        foreach (var local in block.Locals.Where(local => locals.Length > 0 && !local.IsConst))
            scope.Declare(local);
        foreach (var (operation, function) in locals)
        {
            if (operation.Body is { } body && !operation.Symbol.IsAsync)
                Complete(function, operation.Symbol.Parameters, body, scope, scope.Self);
        }

        return new Block(block.Operations.Select(statement => ReadStatement(statement, scope)).ToImmutableArray());
    }

    private Statement ReadThrow(IThrowOperation thrown) => new Throw(ExceptionOf(thrown));

    private static string ExceptionOf(IThrowOperation thrown)
    {
        var exception = thrown.Exception is IConversionOperation conversion ? conversion.Operand : thrown.Exception;
        return exception?.Type?.ToDisplayString() ?? "System.Exception";
    }

    private Statement ReadDeclarations(IVariableDeclarationGroupOperation group, FunctionScope scope)
    {
        var statements = ImmutableArray.CreateBuilder<Statement>();
        foreach (var declaration in group.Declarations)
        {
            foreach (var declarator in declaration.Declarators)
            {
                if (declarator.Symbol.IsRef)
                    return UnknownStep();
                // Read before it is declared: an initializer cannot see its own variable.
                var value = (declarator.Initializer ?? declaration.Initializer)?.Value;
                var initial = value is null ? null : ReadExpression(value, scope);
                var slot = scope.Find(declarator.Symbol) is { Hops: 0 } known ? known : scope.Declare(declarator.Symbol);
                if (initial is not null)
                    statements.Add(new Declaration(slot, initial));
            }
        }

        return new Block(statements.ToImmutable());
    }

    private Statement ReadLoop(ILoopOperation loop, FunctionScope scope)
    {
        scope.LoopDepth++;
        var statement = loop switch
        {
            IForLoopOperation counted => new Block(counted.Before.Select(before => ReadStatement(before, scope))
                .Append(new Loop(
                    counted.Condition is null ? null : ReadExpression(counted.Condition, scope),
                    ReadStatement(counted.Body, scope),
                    new Block(counted.AtLoopBottom.Select(bottom => ReadStatement(bottom, scope)).ToImmutableArray()),
                    conditionAtBottom: false))
                .ToImmutableArray()),
            IWhileLoopOperation { Condition: { } condition, ConditionIsUntil: false } conditional => new Loop(
                ReadExpression(condition, scope),
                ReadStatement(conditional.Body, scope),
                betweenRounds: null,
                conditionAtBottom: !conditional.ConditionIsTop),
            IForEachLoopOperation each => ReadForEach(each, scope),
            _ => UnknownStep(),
        };
        scope.LoopDepth--;
        return statement;
    }

    private Statement ReadForEach(IForEachLoopOperation each, FunctionScope scope)
    {
        if (each.LoopControlVariable is not IVariableDeclaratorOperation { Symbol: { } variable } || each.IsAsynchronous)
            return UnknownStep();
        var collection = ReadExpression(each.Collection, scope);
        return new ForEach(scope.Declare(variable), collection, ReadStatement(each.Body, scope));
    }

    private Statement ReadSwitch(ISwitchOperation choice, FunctionScope scope)
    {
        var value = ReadExpression(choice.Value, scope);
        var sections = choice.Cases
            .Select(section => (
                section.Clauses.Select(clause => ReadClause(clause, scope)).ToImmutableArray(),
                (Statement)new Block(section.Body.Select(statement => ReadStatement(statement, scope)).ToImmutableArray())))
            .ToImmutableArray();
        return new Switch(value, sections);
    }

    private Arm ReadClause(ICaseClauseOperation clause, FunctionScope scope) => clause switch
    {
        IDefaultCaseClauseOperation => new Arm(null, null),
        ISingleValueCaseClauseOperation single => new Arm(new RelationalPattern(Comparison.Equal, ReadExpression(single.Value, scope)), null),
        IPatternCaseClauseOperation pattern => new Arm(
            ReadPattern(pattern.Pattern, scope),
            pattern.Guard is null ? null : ReadExpression(pattern.Guard, scope)),
        _ => new Arm(UnknownPattern.Instance, null),
    };

    private Pattern ReadPattern(IPatternOperation pattern, FunctionScope? scope) => pattern switch
    {
        IConstantPatternOperation constant => new RelationalPattern(Comparison.Equal, ReadExpression(constant.Value, scope)),
        IRelationalPatternOperation relational when ComparisonOf(relational.OperatorKind) is { } comparison =>
            new RelationalPattern(comparison, ReadExpression(relational.Value, scope)),
        IBinaryPatternOperation { OperatorKind: BinaryOperatorKind.And or BinaryOperatorKind.Or } binary => new CombinedPattern(
            binary.OperatorKind == BinaryOperatorKind.And,
            ReadPattern(binary.LeftPattern, scope),
            ReadPattern(binary.RightPattern, scope)),
        INegatedPatternOperation negated => new NegatedPattern(ReadPattern(negated.Pattern, scope)),
        IDiscardPatternOperation => new AnyPattern(null, matchesNull: true),
        IDeclarationPatternOperation declaration when scope is not null && MatchesAny(declaration) => new AnyPattern(
            declaration.DeclaredSymbol is null ? null : scope.Declare(declaration.DeclaredSymbol),
            matchesNull: declaration.MatchesNull),
        _ => UnknownPattern.Instance,
    };

    // `var x`, or a type the value already has.
    private static bool MatchesAny(IDeclarationPatternOperation declaration) =>
        declaration.MatchesNull
        || SymbolEqualityComparer.Default.Equals(declaration.MatchedType, ValueTypes.WithoutNullable(declaration.InputType));

    private static Comparison? ComparisonOf(BinaryOperatorKind kind) => kind switch
    {
        BinaryOperatorKind.Equals => Comparison.Equal,
        BinaryOperatorKind.NotEquals => Comparison.NotEqual,
        BinaryOperatorKind.LessThan => Comparison.Less,
        BinaryOperatorKind.LessThanOrEqual => Comparison.LessOrEqual,
        BinaryOperatorKind.GreaterThan => Comparison.Greater,
        BinaryOperatorKind.GreaterThanOrEqual => Comparison.GreaterOrEqual,
        _ => null,
    };
}
