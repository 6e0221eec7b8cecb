using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using WarmupAnalyzers.Reading.Source;
using WarmupAnalyzers.Reading.Steps;

namespace WarmupAnalyzers.Reading.Optimizers;

/// <summary>The statements that make schedulers, to be put behind the last change of their optimizer.</summary>
/// <param name="Statements">In their order.</param>
/// <param name="Anchor">The statement that they go behind.</param>
internal sealed record LaterCreation(ImmutableArray<StatementSyntax> Statements, StatementSyntax Anchor)
{
    /// <summary>Null where something between sees the difference, or where they do not stand in one block.</summary>
    public static LaterCreation? Find(ChangedOptimizer changed, TrainingCode code, CancellationToken cancellation)
    {
        var moved = changed.Creations.Select(creation => StatementOf(creation.Operation.Syntax)).Distinct().ToArray();
        if (moved[0] is not { } first || changed.Changes.Select(change => change.Syntax.Parent).LastOrDefault() is not ExpressionStatementSyntax anchor)
            return null;
        var siblings = StepMove.Siblings(first);
        var (from, to) = (siblings.IndexOf(first), siblings.IndexOf(anchor));
        if (from < 0 || to < from || moved.Any(statement => statement is null || !siblings.Contains(statement)) || !changed.Changes.All(change => siblings.Contains(change.Syntax.Parent)))
            return null;
        var statements = moved.OfType<StatementSyntax>().ToImmutableArray();
        var changes = changed.Changes.Select(change => change.Syntax.Parent).ToImmutableHashSet();
        var between = siblings.Skip(from).Take(to - from + 1).Where(statement => !statements.Contains(statement)).ToArray();
        return !HasDirective(siblings.Skip(from).Take(to - from + 1)) && statements.All(statement => IsPlain(statement, code, cancellation))
            && between.All(statement => IsIndependent(statement, changes.Contains(statement), changed, statements, code, cancellation))
            ? new LaterCreation(statements, anchor)
            : null;
    }

    private static StatementSyntax? StatementOf(SyntaxNode creation) => creation.FirstAncestorOrSelf<StatementSyntax>() switch
    {
        LocalDeclarationStatementSyntax { UsingKeyword.RawKind: 0, AwaitKeyword.RawKind: 0, Declaration.Variables.Count: 1 } declaration => declaration,
        ExpressionStatementSyntax { Expression: AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SimpleAssignmentExpression } } assignment => assignment,
        _ => null,
    };

    // What the creation calls has the same result later.
    private static bool IsPlain(StatementSyntax statement, TrainingCode code, CancellationToken cancellation) =>
        code.OperationOf(statement, cancellation) is { } operation && Calls(operation).All(method => code.Symbols.IsKnown(method) || IsOfMath(method));

    private static bool IsOfMath(IMethodSymbol method) => StepMethods.IsFramework(method) && (method.ContainingType.Name is "Math" or "MathF" || method.MethodKind == MethodKind.Constructor);

    /// <summary>Whether a statement between knows nothing of the schedulers, leaves what they are made from as it is, and goes on to the next.</summary>
    private static bool IsIndependent(
        StatementSyntax statement, bool isChange, ChangedOptimizer changed, ImmutableArray<StatementSyntax> moved, TrainingCode code, CancellationToken cancellation)
    {
        if (statement is not (LocalDeclarationStatementSyntax or ExpressionStatementSyntax) || code.OperationOf(statement, cancellation) is not { } operation
            || statement.DescendantNodes().Any(node => node is AwaitExpressionSyntax or ThrowExpressionSyntax))
            return false;
        var made = moved.Select(NameOf).ToImmutableHashSet();
        var optimizer = StepReader.PlaceOf(changed.Creations[0].Optimizer?.Unwrapped() ?? changed.Change)?.Name;
        var names = statement.DescendantNodes().OfType<IdentifierNameSyntax>().Select(name => name.Identifier.ValueText).ToArray();
        if (names.Any(made.Contains) || (!isChange && (optimizer is null || names.Contains(optimizer))))
            return false;
        return Calls(operation).All(method => code.Symbols.IsKnown(method) || StepMethods.IsFramework(method) || IsBlind(method, changed))
            && (isChange || !Writes(operation).Any(written => moved.Any(other => other.DescendantNodes().OfType<IdentifierNameSyntax>().Any(name => name.Identifier.ValueText == written))));
    }

    // A method does not see the locals of another one.
    private static bool IsBlind(IMethodSymbol method, ChangedOptimizer changed) =>
        method.MethodKind is MethodKind.Ordinary or MethodKind.Constructor
        && changed.Creations.All(creation => creation.Operation.Descendants().All(part => part is not (IFieldReferenceOperation { Field.IsConst: false, Field.IsReadOnly: false } or IPropertyReferenceOperation)));

    private static IEnumerable<IMethodSymbol> Calls(IOperation operation) => operation.DescendantsAndSelf()
        .Where(part => !part.Syntax.Ancestors().TakeWhile(outer => outer != operation.Syntax).Any(outer => outer is AnonymousFunctionExpressionSyntax))
        .Select(part => part switch
        {
            IInvocationOperation call => call.TargetMethod,
            IObjectCreationOperation { Constructor: { } constructor } => constructor,
            _ => null,
        }).OfType<IMethodSymbol>();

    private static IEnumerable<string> Writes(IOperation operation) => operation.DescendantsAndSelf().Select(part => part switch
    {
        IAssignmentOperation assignment => StepReader.PlaceOf(assignment.Target.Unwrapped())?.Name,
        IIncrementOrDecrementOperation counted => StepReader.PlaceOf(counted.Target.Unwrapped())?.Name,
        IArgumentOperation { Parameter.RefKind: RefKind.Ref or RefKind.Out } argument => StepReader.PlaceOf(argument.Value.Unwrapped())?.Name,
        _ => null,
    }).OfType<string>();

    private static string? NameOf(StatementSyntax made) => made switch
    {
        LocalDeclarationStatementSyntax declaration => declaration.Declaration.Variables[0].Identifier.ValueText,
        ExpressionStatementSyntax { Expression: AssignmentExpressionSyntax { Left: IdentifierNameSyntax name } } => name.Identifier.ValueText,
        ExpressionStatementSyntax { Expression: AssignmentExpressionSyntax { Left: MemberAccessExpressionSyntax access } } => access.Name.Identifier.ValueText,
        _ => null,
    };

    private static bool HasDirective(IEnumerable<StatementSyntax> statements) => statements.Any(statement => statement.ContainsDirectives);
}
