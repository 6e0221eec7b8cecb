using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using WarmupAnalyzers.Factors;
using WarmupAnalyzers.Factors.Expressions;
using WarmupAnalyzers.Factors.Statements;
using WarmupAnalyzers.Reading.Steps;

namespace WarmupAnalyzers.Reading.Factors;

internal sealed partial class FactorReader
{
    private Statement ReadStatement(IOperation operation, FunctionScope scope)
    {
        var statement = Enter() ? ReadKnownStep(operation, scope) : UnknownStep();
        Leave();
        return statement;
    }

    private Statement ReadKnownStep(IOperation operation, FunctionScope scope)
    {
        return operation switch
        {
            IBlockOperation block => ReadSteps(block.Operations, block.Locals, scope),
            IReturnOperation { Kind: OperationKind.Return } returned => new Return(
                returned.ReturnedValue is { } value ? ReadExpression(value, scope) : new Literal(Value.Null)),
            IExpressionStatementOperation { Operation: IThrowOperation thrown } => ReadThrow(thrown),
            IThrowOperation thrown => ReadThrow(thrown),
            IExpressionStatementOperation expression when OnlyLooks(expression.Operation) => new Block(ImmutableArray<Statement>.Empty),
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
            IBranchOperation { BranchKind: BranchKind.GoTo, Syntax: GotoStatementSyntax { RawKind: (int)SyntaxKind.GotoCaseStatement or (int)SyntaxKind.GotoDefaultStatement } } jump =>
                new GoToSection(jump.Target),
            IEmptyOperation or ILocalFunctionOperation => new Block(ImmutableArray<Statement>.Empty),
            _ => UnknownStep(),
        };
    }

    /// <summary>Whether it prints, logs or asserts, with arguments that change nothing: nothing that the factor depends on.</summary>
    private static bool OnlyLooks(IOperation statement)
    {
        if (statement is IConditionalAccessOperation access)
            return OnlyLooks(access.WhenNotNull) && ChangesNothing(access.Operation);
        return statement is IInvocationOperation call
            && StepMethods.OnlyLooks(call.TargetMethod)
            && call.ChildOperations.All(ChangesNothing);
    }

    // The framework's methods change none of our variables, unless they are given them by reference; others might.
    private static bool ChangesNothing(IOperation part) => part.DescendantsAndSelf().All(inner => inner switch
    {
        IAssignmentOperation or IIncrementOrDecrementOperation or IAwaitOperation or IThrowOperation or IAnonymousFunctionOperation
            or IDeclarationExpressionOperation or IDynamicInvocationOperation or IInvalidOperation => false,
        IArgumentOperation argument => argument.Parameter is { RefKind: RefKind.None or RefKind.In or RefKind.RefReadOnlyParameter },
        IInvocationOperation call => StepMethods.IsFramework(call.TargetMethod) && call.TargetMethod.MethodKind != MethodKind.DelegateInvoke,
        IObjectCreationOperation creation => creation.Constructor is { } constructor && StepMethods.IsFramework(constructor),
        _ => true,
    });

    /// <summary>The statements of a block or a switch section, which is a block without braces.</summary>
    private Statement ReadSteps(ImmutableArray<IOperation> operations, ImmutableArray<ILocalSymbol> variables, FunctionScope scope)
    {
        // Declared before anything is read: local functions are visible above their declaration and may call each other.
        var locals = operations.OfType<ILocalFunctionOperation>()
            .Select(operation => (Operation: operation, Function: new Function(operation.Symbol.Name, operation.Symbol.Parameters.Length)))
            .ToImmutableArray();
        foreach (var (operation, function) in locals)
            scope.Declare(operation.Symbol, function);
        // Likewise the block's own variables, which a local function may capture.
        foreach (var variable in variables.Where(variable => locals.Length > 0 && !variable.IsConst))
            scope.Declare(variable);
        foreach (var (operation, function) in locals)
        {
            if (operation.Body is { } body && !operation.Symbol.IsAsync)
                Complete(function, operation.Symbol.Parameters, body, scope, scope.Self);
        }

        return new Block(operations.Select(statement => ReadStatement(statement, scope)).ToImmutableArray());
    }

    private Statement ReadThrow(IThrowOperation thrown) => new Throw(ExceptionOf(thrown), thrown.Syntax);

    private static string ExceptionOf(IThrowOperation thrown)
    {
        var exception = thrown.Exception is IConversionOperation conversion ? conversion.Operand : thrown.Exception;
        if (exception is { ConstantValue: { HasValue: true, Value: null } })
            return typeof(System.NullReferenceException).FullName!;
        return exception?.Type is INamedTypeSymbol type ? MetadataName(type) : typeof(System.Exception).FullName!;
    }

    private static string MetadataName(INamedTypeSymbol type)
    {
        if (type.ContainingType is { } outer)
            return MetadataName(outer) + "+" + type.MetadataName;
        return type.ContainingNamespace is { IsGlobalNamespace: false } space ? space.ToDisplayString() + "." + type.MetadataName : type.MetadataName;
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
                if (initial is not null)
                    statements.Add(new Declaration(scope.DeclareOnce(declarator.Symbol), initial));
                else
                    scope.DeclareOnce(declarator.Symbol);
            }
        }

        return new Block(statements.ToImmutable());
    }

    private Statement ReadLoop(ILoopOperation loop, FunctionScope scope)
    {
        scope.LoopDepth++;
        var statement = loop switch
        {
            IForLoopOperation counted => ReadFor(counted, scope),
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

    // In the order of the source: each part sees the variables of those before it.
    private Statement ReadFor(IForLoopOperation loop, FunctionScope scope)
    {
        var before = loop.Before.Select(step => ReadStatement(step, scope)).ToImmutableArray();
        var condition = loop.Condition is null ? null : ReadExpression(loop.Condition, scope);
        var body = ReadStatement(loop.Body, scope);
        var bottom = new Block(loop.AtLoopBottom.Select(step => ReadStatement(step, scope)).ToImmutableArray());
        return new Block(before.Add(new Loop(condition, body, bottom, conditionAtBottom: false)));
    }

    private Statement ReadForEach(IForEachLoopOperation each, FunctionScope scope)
    {
        if (each.LoopControlVariable is IDeclarationExpressionOperation or ITupleOperation)
            return ReadForEachOfTuples(each, scope);
        if (each.LoopControlVariable is not IVariableDeclaratorOperation { Symbol: { IsRef: false } variable } || each.IsAsynchronous)
            return UnknownStep();
        var collection = WithoutImplicitConversions(each.Collection);
        if (ElementTypeOf(collection.Type) is not { } elements || ConversionOfElements(elements, variable.Type) is not (true, var conversion))
            return UnknownStep();
        var array = ReadExpression(collection, scope);
        return new ForEach(scope.Declare(variable), array, conversion, ReadStatement(each.Body, scope));
    }

    // `foreach (var (from, factor) in stages)`
    private Statement ReadForEachOfTuples(IForEachLoopOperation each, FunctionScope scope)
    {
        var collection = WithoutImplicitConversions(each.Collection);
        if (each.IsAsynchronous || ElementTypeOf(collection.Type) is not { IsTupleType: true } || TargetsOf(each.LoopControlVariable, scope) is not { IsDefault: false } targets)
            return UnknownStep();
        var element = scope.Declare(null);
        var array = ReadExpression(collection, scope);
        var parts = new Evaluation(new Deconstruction(targets, new VariableRead(element)));
        return new ForEach(element, array, null, new Block(ImmutableArray.Create<Statement>(parts, ReadStatement(each.Body, scope))));
    }

    // Not to be read from the operation: foreach converts each element to the variable's type. Only what C# does by itself is known.
    private (bool IsKnown, ValueKind? Target) ConversionOfElements(ITypeSymbol elements, ITypeSymbol variable)
    {
        if (SymbolEqualityComparer.Default.Equals(elements, variable))
            return (true, null);
        return _code.Compilation.ClassifyCommonConversion(elements, variable).IsImplicit && ValueTypes.KindOf(elements).IsNumber() && ValueTypes.KindOf(variable).IsNumber()
            ? (true, ValueTypes.KindOf(variable))
            : (false, null);
    }

    private static IOperation WithoutImplicitConversions(IOperation operation)
    {
        while (operation is IConversionOperation { IsImplicit: true } conversion)
            operation = conversion.Operand;
        return operation;
    }

    private Statement ReadSwitch(ISwitchOperation choice, FunctionScope scope)
    {
        var value = ReadSubject(choice.Value, scope);
        var sections = choice.Cases
            .Select(section => (
                section.Clauses.Select(clause => ReadClause(clause, value, scope)).ToImmutableArray(),
                ReadSteps(section.Body, section.Locals, scope)))
            .ToImmutableArray();
        return new Switch(value, sections);
    }

    private Arm ReadClause(ICaseClauseOperation clause, Expression subject, FunctionScope scope) => clause switch
    {
        IDefaultCaseClauseOperation => new Arm(null, null, clause.Label),
        ISingleValueCaseClauseOperation single => new Arm(ReadConstantPattern(single.Value, subject, scope), null, clause.Label),
        IPatternCaseClauseOperation pattern => new Arm(
            ReadPattern(pattern.Pattern, subject, scope),
            pattern.Guard is null ? null : ReadExpression(pattern.Guard, scope),
            clause.Label),
        _ => new Arm(NoPattern(), null),
    };

    private RelationalPattern ReadConstantPattern(IOperation constant, Expression? subject, FunctionScope? scope)
    {
        NoteConstant(subject, WithoutImplicitConversions(constant));
        return new RelationalPattern(Comparison.Equal, ReadExpression(constant, scope));
    }

    /// <param name="subject">What is matched; null where it is not known.</param>
    private Pattern ReadPattern(IPatternOperation pattern, Expression? subject, FunctionScope? scope)
    {
        var read = Enter() ? ReadKnownPattern(pattern, subject, scope) : NoPattern();
        Leave();
        return read;
    }

    private Pattern NoPattern()
    {
        _unknowns++;
        return UnknownPattern.Instance;
    }

    private Pattern ReadKnownPattern(IPatternOperation pattern, Expression? subject, FunctionScope? scope) => pattern switch
    {
        IConstantPatternOperation constant => ReadConstantPattern(constant.Value, subject, scope),
        IRelationalPatternOperation relational when ComparisonOf(relational.OperatorKind) is { } comparison =>
            ReadRelationalPattern(comparison, relational.Value, scope),
        IBinaryPatternOperation { OperatorKind: BinaryOperatorKind.And or BinaryOperatorKind.Or } binary => new CombinedPattern(
            binary.OperatorKind == BinaryOperatorKind.And,
            ReadPattern(binary.LeftPattern, subject, scope),
            ReadPattern(binary.RightPattern, subject, scope)),
        INegatedPatternOperation negated => new NegatedPattern(ReadPattern(negated.Pattern, subject, scope)),
        IDiscardPatternOperation => new AnyPattern(null, matchesNull: true),
        IDeclarationPatternOperation declaration when scope is not null && MatchesAny(declaration) => new AnyPattern(
            declaration.DeclaredSymbol is null ? null : scope.DeclareOnce(declaration.DeclaredSymbol),
            matchesNull: declaration.MatchesNull),
        IRecursivePatternOperation { PropertySubpatterns.IsEmpty: true, DeconstructionSubpatterns.IsEmpty: true, DeconstructSymbol: null, DeclaredSymbol: null, InputType.IsReferenceType: true } there
            when SymbolEqualityComparer.Default.Equals(there.MatchedType, there.InputType) => ReadPresencePattern(subject),
        IRecursivePatternOperation { PropertySubpatterns.IsEmpty: true, DeconstructionSubpatterns.IsEmpty: true, DeconstructSymbol: null } some
            when scope is not null && SymbolEqualityComparer.Default.Equals(some.MatchedType, ValueTypes.WithoutNullable(some.InputType)) => new AnyPattern(
                some.DeclaredSymbol is null ? null : scope.DeclareOnce(some.DeclaredSymbol),
                matchesNull: false),
        IRecursivePatternOperation { PropertySubpatterns.IsEmpty: true, DeconstructSymbol: null, DeclaredSymbol: null, DeconstructionSubpatterns: { IsEmpty: false } parts, InputType.IsTupleType: true } => new TuplePattern(
            parts.Select((part, i) => ReadPattern(part, (subject as ArrayOf)?.Elements[i], scope)).ToImmutableArray()),
        _ => NoPattern(),
    };

    private RelationalPattern ReadRelationalPattern(Comparison comparison, IOperation bound, FunctionScope? scope)
    {
        var value = ReadExpression(bound, scope);
        NoteGuard(bound, value);
        return new RelationalPattern(comparison, value);
    }

    // `{ }` on a text or an object.
    private AnyPattern ReadPresencePattern(Expression? subject)
    {
        NoteComparison(subject, constant: null);
        return new AnyPattern(null, matchesNull: false);
    }

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
