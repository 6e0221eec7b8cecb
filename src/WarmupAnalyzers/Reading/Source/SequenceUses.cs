using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace WarmupAnalyzers.Reading.Source;

/// <summary>
/// Whether the elements of an array or list stay what they were made with. They do where everything that can reach the sequence
/// only reads it: an element, the length, a <c>foreach</c>, or a parameter that takes it as something read-only or itself only reads it.
/// </summary>
internal static class SequenceUses
{
    private const int MaximumHops = 3;

    public static bool AreOnlyReads(ISymbol variable, TrainingCode code, CancellationToken cancellation) =>
        AreOnlyReads(variable, code, MaximumHops, cancellation);

    private static bool AreOnlyReads(ISymbol variable, TrainingCode code, int hops, CancellationToken cancellation)
    {
        if (IsReadOnly(TypeOf(variable)))
            return true;
        var isMember = variable is IFieldSymbol or IPropertySymbol;
        if (hops == 0 || isMember && IsVisibleToOtherAssemblies(variable))
            return false;
        var names = isMember && variable.DeclaredAccessibility != Accessibility.Private
            ? VariableWrites.NamesEverywhere(variable, code, cancellation)
            : VariableWrites.NamesOf(variable, code, cancellation);
        return names.All(name => IsRead(name, code, hops, cancellation));
    }

    private static bool IsVisibleToOtherAssemblies(ISymbol member)
    {
        for (var symbol = member; symbol is not null and not INamespaceSymbol; symbol = symbol.ContainingSymbol)
        {
            if (symbol.DeclaredAccessibility is Accessibility.Private or Accessibility.Internal or Accessibility.ProtectedAndInternal)
                return false;
        }

        return true;
    }

    private static bool IsRead(IdentifierNameSyntax name, TrainingCode code, int hops, CancellationToken cancellation)
    {
        ExpressionSyntax use = name;
        while (use.Parent is MemberAccessExpressionSyntax access && access.Name == use || use.Parent is ParenthesizedExpressionSyntax)
            use = (ExpressionSyntax)use.Parent;
        return use.Parent switch
        {
            ElementAccessExpressionSyntax element when element.Expression == use => IsElementRead(element, code, cancellation),
            MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Length" or "Count" } member when member.Expression == use => true,
            MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax call } => IsReadByReceiver(call, code, cancellation),
            ForEachStatementSyntax { Type: not RefTypeSyntax } each => each.Expression == use,
            ArgumentSyntax { RefKindKeyword.RawKind: (int)SyntaxKind.None } argument => IsReadByArgument(argument, code, hops, cancellation),
            AssignmentExpressionSyntax assignment => assignment.Left == use && assignment.IsKind(SyntaxKind.SimpleAssignmentExpression) && assignment.Parent is ExpressionStatementSyntax,
            BinaryExpressionSyntax comparison => comparison.IsKind(SyntaxKind.EqualsExpression) || comparison.IsKind(SyntaxKind.NotEqualsExpression),
            IsPatternExpressionSyntax { Pattern: ConstantPatternSyntax or UnaryPatternSyntax { Pattern: ConstantPatternSyntax } } => true,
            _ => IsNameOf(use),
        };
    }

    // A number or function taken out of it; not an element that is a sequence itself, and not an element written to.
    private static bool IsElementRead(ElementAccessExpressionSyntax element, TrainingCode code, CancellationToken cancellation)
    {
        var isValue = code.ModelOf(element.SyntaxTree)?.GetTypeInfo(element, cancellation).Type is { IsValueType: true } or { TypeKind: TypeKind.Delegate };
        return isValue && element.Parent switch
        {
            AssignmentExpressionSyntax assignment => assignment.Left != element,
            PrefixUnaryExpressionSyntax prefix => !prefix.IsKind(SyntaxKind.PreIncrementExpression) && !prefix.IsKind(SyntaxKind.PreDecrementExpression) && !prefix.IsKind(SyntaxKind.AddressOfExpression),
            PostfixUnaryExpressionSyntax postfix => postfix.IsKind(SyntaxKind.SuppressNullableWarningExpression),
            ArgumentSyntax argument => argument.RefKindKeyword.RawKind is (int)SyntaxKind.None or (int)SyntaxKind.InKeyword && argument.Parent is not TupleExpressionSyntax,
            RefExpressionSyntax => false,
            _ => true,
        };
    }

    // `table.Sum()`: an extension on something read-only.
    private static bool IsReadByReceiver(InvocationExpressionSyntax call, TrainingCode code, CancellationToken cancellation) =>
        code.OperationOf(call, cancellation) is IInvocationOperation { TargetMethod: { IsExtensionMethod: true } method } && IsReadOnly(method.OriginalDefinition.Parameters[0].Type);

    private static bool IsReadByArgument(ArgumentSyntax argument, TrainingCode code, int hops, CancellationToken cancellation)
    {
        if (code.OperationOf(argument, cancellation) is not IArgumentOperation { Parameter: { } parameter })
            return false;
        if (IsReadOnly(parameter.Type) || code.Symbols.IsSchedulerMember(parameter.ContainingSymbol))
            return true;
        return parameter.ContainingSymbol is IMethodSymbol { DeclaringSyntaxReferences.IsEmpty: false }
            && AreOnlyReads(parameter.OriginalDefinition, code, hops - 1, cancellation);
    }

    private static bool IsNameOf(ExpressionSyntax use) =>
        use.Parent is ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.ValueText: "nameof" } } };

    private static ITypeSymbol? TypeOf(ISymbol variable) => variable switch
    {
        ILocalSymbol local => local.Type,
        IParameterSymbol parameter => parameter.Type,
        IFieldSymbol field => field.Type,
        IPropertySymbol property => property.Type,
        _ => null,
    };

    // Through these nobody writes an element without a cast.
    private static bool IsReadOnly(ITypeSymbol? type) =>
        type?.OriginalDefinition.SpecialType is SpecialType.System_Collections_Generic_IEnumerable_T
            or SpecialType.System_Collections_Generic_IReadOnlyList_T
            or SpecialType.System_Collections_Generic_IReadOnlyCollection_T
            or SpecialType.System_Collections_IEnumerable
        || type is INamedTypeSymbol { Name: "ReadOnlySpan" or "ImmutableArray", TypeArguments.Length: 1 };
}
