using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using WarmupAnalyzers.Reading.Source;
using WarmupAnalyzers.Training;

namespace WarmupAnalyzers.Reading.Steps;

/// <summary>A scheduler that is made in a loop though nothing of it belongs there.</summary>
internal sealed class CreationInLoop
{
    private const int CallLimit = 8;

    private readonly SchedulerLife _life;
    private readonly TrainingCode _code;
    private readonly CancellationToken _cancellation;
    private readonly HashSet<SyntaxNode> _running = new();

    public CreationInLoop(SchedulerLife life, TrainingCode code, CancellationToken cancellation)
    {
        _life = life;
        _code = code;
        _cancellation = cancellation;
    }

    private SyntaxNode Creation => _life.Creation.Operation.Syntax;

    /// <summary>Whether the optimizer and all arguments are the same in every round of the loop.</summary>
    public bool IsIndependentOf(SyntaxNode loop) =>
        loop.SyntaxTree == Creation.SyntaxTree && loop.Span.Contains(Creation.Span)
        && _life.OptimizerPlace is { } optimizer && IsFixedIn(loop, optimizer)
        && _life.Creation.Operation.Descendants().All(part => IsFixedIn(loop, part));

    /// <summary>The outermost loop that the declaration can be put in front of, and the statement to put there; null where it cannot be moved.</summary>
    public (StatementSyntax Loop, StatementSyntax Statement)? Hoist()
    {
        if (StatementOf() is not { Parent: BlockSyntax { Parent: { } first } block } statement || !LoopJumps.IsLoop(first) || statement.ContainsDirectives)
            return null;
        StatementSyntax? chosen = null;
        for (SyntaxNode? around = first; around is StatementSyntax or GlobalStatementSyntax; around = around.Parent)
        {
            if (!LoopJumps.IsLoop(around))
                continue;
            if (!IsIndependentOf(around))
                break;
            chosen = (StatementSyntax)around;
        }

        return chosen?.Parent is BlockSyntax or GlobalStatementSyntax && IsUntouchedBefore(statement, chosen) && HasFreeName(statement, block, chosen)
            ? (chosen, statement)
            : null;
    }

    private StatementSyntax? StatementOf() => Creation.Parent switch
    {
        EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax { Parent: VariableDeclarationSyntax { Variables.Count: 1, Parent: LocalDeclarationStatementSyntax { UsingKeyword.RawKind: 0 } statement } } } => statement,
        AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SimpleAssignmentExpression, Left: IdentifierNameSyntax or MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax }, Parent: ExpressionStatementSyntax statement } => statement,
        _ => null,
    };

    /// <summary>What runs before it in the first round neither steps nor sets anything that the scheduler is made from.</summary>
    private bool IsUntouchedBefore(StatementSyntax statement, StatementSyntax loop)
    {
        SyntaxNode inner = statement;
        for (var around = statement.Parent; around is not null; inner = around, around = around.Parent)
        {
            if (around is BlockSyntax block && block.Statements.TakeWhile(other => other != inner).Any(Touches))
                return false;
            if (around == loop)
                return true;
        }

        return false;
    }

    private bool Touches(StatementSyntax statement) =>
        statement.ContainsDirectives
        || _code.Names.IdentifiersIn(statement, _life.OptimizerPlace!.Name).Any()
        || LoopJumps.In(statement, null).Any()
        || statement.DescendantNodesAndSelf().Any(node => node is ContinueStatementSyntax or BreakStatementSyntax)
        || (_code.OperationOf(statement, _cancellation) is { } operation && _life.EventsAt(operation).Any(happening => !happening.Kind.IsMode()));

    /// <summary>Nothing outside the block that it moves out of has the name of the local.</summary>
    private bool HasFreeName(StatementSyntax statement, BlockSyntax block, StatementSyntax loop) => statement is not LocalDeclarationStatementSyntax declaration
        || MemberRound(loop) is not { } member
        || _code.Names.In(member, declaration.Declaration.Variables[0].Identifier.ValueText).All(token => block.Span.Contains(token.Span));

    private static SyntaxNode? MemberRound(SyntaxNode node) =>
        node.Ancestors().FirstOrDefault(ancestor => ancestor is (MemberDeclarationSyntax and not GlobalStatementSyntax) or CompilationUnitSyntax);

    private bool IsFixedIn(SyntaxNode loop, IOperation part) => part switch
    {
        ILocalReferenceOperation { Local: var local } => IsFixedIn(loop, local),
        IParameterReferenceOperation { Parameter: var parameter } => IsFixedIn(loop, parameter),
        IFieldReferenceOperation { Field: var field } => IsFixedIn(loop, field),
        IPropertyReferenceOperation { Property: var property } => IsFixedIn(loop, property),
        IInvocationOperation { TargetMethod: var method } call => IsKnown(method) || IsFixedIn(loop, method, call.IsVirtual),
        IMethodReferenceOperation { Method: var method } reference => IsFixedIn(loop, method, reference.IsVirtual),
        IObjectCreationOperation { Constructor: { } constructor } => IsKnown(constructor),
        IAssignmentOperation or IIncrementOrDecrementOperation or IInvalidOperation => false,
        _ => true,
    };

    // A function of the user's that reads nothing that changes.
    private bool IsFixedIn(SyntaxNode loop, IMethodSymbol method, bool isVirtual)
    {
        if (!StepMethods.IsFinal(method, isVirtual) || _running.Count == CallLimit || _code.BodyOf(method, _cancellation) is not { } body)
            return false;
        if (!_running.Add(body.Syntax))
            return true; // is being looked at
        var isFixed = body.Descendants().All(part => IsPlain(part) && IsFixedIn(loop, part));
        _running.Remove(body.Syntax);
        return isFixed;
    }

    // What an object or a list holds may be another thing next time.
    private static bool IsPlain(IOperation part) => part is IInstanceReferenceOperation || part.Type is null or { IsValueType: true };

    private bool IsKnown(IMethodSymbol method) => _code.Symbols.IsKnown(method) || StepMethods.IsFramework(method);

    private bool IsFixedIn(SyntaxNode loop, ISymbol variable) => variable switch
    {
        IFieldSymbol { IsConst: true } => true,
        IFieldSymbol or IPropertySymbol when variable.DeclaringSyntaxReferences.IsEmpty => StepMethods.IsFramework(variable) || _code.Symbols.IsKnown(variable),
        IPropertySymbol property when !StepMethods.IsAutoProperty(property) => false,
        IFieldSymbol or IPropertySymbol => variable.DeclaredAccessibility == Accessibility.Private || IsReadOnly(variable)
            ? !_code.WritesOf(variable, _cancellation).OutsideConstructors || WrittenOutside(loop, variable)
            : false,
        _ => IsDeclaredIn(variable, Creation) || (!IsDeclaredIn(variable, loop) && WrittenOutside(loop, variable)),
    };

    private static bool IsReadOnly(ISymbol member) => member is IFieldSymbol { IsReadOnly: true } or IPropertySymbol { SetMethod: null or { IsInitOnly: true } };

    private bool WrittenOutside(SyntaxNode loop, ISymbol variable)
    {
        IReadOnlyCollection<SyntaxNode> writes = _code.WritesOf(variable, _cancellation).All;
        return variable is ILocalSymbol or IParameterSymbol
            ? !writes.Any(write => loop.Span.Contains(write.Span) || write.Ancestors().Any(node => node is AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax))
            : writes.Count == 0;
    }

    private static bool IsDeclaredIn(ISymbol variable, SyntaxNode part) =>
        variable.DeclaringSyntaxReferences.Any(reference => reference.SyntaxTree == part.SyntaxTree && part.Span.Contains(reference.Span));
}
