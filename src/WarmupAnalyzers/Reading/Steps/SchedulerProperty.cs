using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using WarmupAnalyzers.Reading.Schedules;
using WarmupAnalyzers.Reading.Source;

namespace WarmupAnalyzers.Reading.Steps;

/// <summary>A property whose getter does nothing but make a scheduler.</summary>
internal static class SchedulerProperty
{
    /// <summary>Whether the scheduler is made by such a property, for an optimizer that is older, and stepped where it is made.</summary>
    public static bool IsStepped(SchedulerCreation creation, TrainingCode code, CancellationToken cancellation)
    {
        if (DeclarationOf(creation.Operation.Syntax) is not { } declaration || declaration.ContainsDiagnostics || !IsOlder(creation.Optimizer)
            || code.ModelOf(declaration.SyntaxTree)?.GetDeclaredSymbol(declaration, cancellation) is not { } property)
            return false;
        return VariableWrites.NamesEverywhere(property, code, cancellation).Any(name =>
            StepOn(name) is { } call
            && code.OperationOf(call, cancellation) is IInvocationOperation { TargetMethod: var method, Arguments: var arguments }
            && code.Symbols.IsSchedulerStep(method)
            && !arguments.Any(argument => argument.ArgumentKind == ArgumentKind.Explicit));
    }

    private static PropertyDeclarationSyntax? DeclarationOf(SyntaxNode creation) => creation.Parent switch
    {
        ArrowExpressionClauseSyntax { Parent: PropertyDeclarationSyntax property } => property,
        ArrowExpressionClauseSyntax { Parent: AccessorDeclarationSyntax accessor } => accessor.Parent?.Parent as PropertyDeclarationSyntax,
        ReturnStatementSyntax { Parent: BlockSyntax { Statements.Count: 1, Parent: AccessorDeclarationSyntax accessor } } => accessor.Parent?.Parent as PropertyDeclarationSyntax,
        _ => null,
    };

    private static bool IsOlder(IOperation? optimizer) => optimizer is not null && StepReader.PlaceOf(optimizer.Unwrapped()) switch
    {
        IPropertySymbol property => StepMethods.IsAutoProperty(property),
        ISymbol => true,
        null => false,
    };

    /// <summary><c>X.step()</c>, <c>this.X.step()</c>, <c>X?.step()</c>.</summary>
    private static InvocationExpressionSyntax? StepOn(IdentifierNameSyntax name)
    {
        SyntaxNode receiver = name.Parent is MemberAccessExpressionSyntax access && access.Name == name ? access : name;
        return receiver.Parent switch
        {
            MemberAccessExpressionSyntax { Name.Identifier.ValueText: "step", Parent: InvocationExpressionSyntax call } member when member.Expression == receiver => call,
            ConditionalAccessExpressionSyntax { WhenNotNull: InvocationExpressionSyntax { Expression: MemberBindingExpressionSyntax { Name.Identifier.ValueText: "step" } } call } conditional
                when conditional.Expression == receiver => call,
            _ => null,
        };
    }
}
