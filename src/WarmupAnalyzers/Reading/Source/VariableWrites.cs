using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace WarmupAnalyzers.Reading.Source;

/// <summary>Where a variable is written besides its initializer, and whether that makes it another value from one step to the next.</summary>
internal sealed class VariableWrites
{
    private VariableWrites(ImmutableArray<SyntaxNode> all, ExpressionSyntax? onlyValue, bool changes, bool outsideConstructors)
    {
        All = all;
        Only = all.Length == 1 ? all[0] : null;
        OnlyValue = onlyValue;
        ChangesBetweenSteps = changes;
        OutsideConstructors = outsideConstructors;
    }

    /// <summary>The assignments, increments and arguments that write it.</summary>
    public ImmutableArray<SyntaxNode> All { get; }

    public int Count => All.Length;

    /// <summary>The single write; null where there are more or none.</summary>
    public SyntaxNode? Only { get; }

    /// <summary>The value of the single plain assignment, or null where there are more or other writes.</summary>
    public ExpressionSyntax? OnlyValue { get; }

    /// <summary>Written in a loop, in a lambda, or from its own value.</summary>
    public bool ChangesBetweenSteps { get; }

    /// <summary>A member that is written in a method.</summary>
    public bool OutsideConstructors { get; }

    public static VariableWrites Of(ISymbol symbol, TrainingCode code, CancellationToken cancellation) => code.WritesOf(symbol, cancellation);

    /// <summary>Looks through the scope in which the symbol can be named without a receiver of another type: a member's body, or all parts of a type and of those that derive from it.</summary>
    public static VariableWrites Find(ISymbol symbol, TrainingCode code, CancellationToken cancellation)
    {
        var isMember = symbol is IFieldSymbol or IPropertySymbol;
        var writes = Mentions(symbol, code, cancellation)
            .Select(name => (Name: name, Write: WriteOf(name)))
            .Where(use => use.Write is not null && IsReferenceTo(symbol, use.Name, code, cancellation))
            .Select(use => use.Write!)
            .ToImmutableArray();
        return new VariableWrites(
            writes,
            writes.Length == 1 && (!isMember || IsSurelyWritten(writes[0], symbol)) ? PlainValue(writes[0]) : null,
            writes.Any(write => PlainValue(write) is null && !IsOut(write) || IsRepeated(write, symbol, cancellation)),
            isMember && writes.Any(write => write.FirstAncestorOrSelf<ConstructorDeclarationSyntax>() is null));
    }

    /// <summary>Every mention of the variable in the same scope.</summary>
    public static IEnumerable<IdentifierNameSyntax> NamesOf(ISymbol symbol, TrainingCode code, CancellationToken cancellation) =>
        Mentions(symbol, code, cancellation).Where(name => IsReferenceTo(symbol, name, code, cancellation));

    /// <summary>Every mention of a member in the whole compilation.</summary>
    public static IEnumerable<IdentifierNameSyntax> NamesEverywhere(ISymbol member, TrainingCode code, CancellationToken cancellation) =>
        code.Mentions.Of(member, cancellation).OfType<IdentifierNameSyntax>();

    private static IEnumerable<IdentifierNameSyntax> Mentions(ISymbol symbol, TrainingCode code, CancellationToken cancellation) =>
        Scopes(symbol, code, cancellation).SelectMany(scope => code.Names.IdentifiersIn(scope, symbol.Name));

    private static bool IsReferenceTo(ISymbol symbol, IdentifierNameSyntax name, TrainingCode code, CancellationToken cancellation)
    {
        var bound = code.ModelOf(name.SyntaxTree)?.GetSymbolInfo(name, cancellation).Symbol;
        return SymbolEqualityComparer.Default.Equals(bound?.OriginalDefinition, symbol.OriginalDefinition);
    }

    private static IEnumerable<SyntaxNode> Scopes(ISymbol symbol, TrainingCode code, CancellationToken cancellation) => symbol is IFieldSymbol or IPropertySymbol
        ? Types(symbol, code, cancellation).SelectMany(FileOrder.PartsOf).Select(reference => reference.GetSyntax(cancellation))
        : symbol.DeclaringSyntaxReferences.Select(reference => EnclosingMember(reference.GetSyntax(cancellation)));

    // What is not private those who derive write as if it were theirs.
    private static IEnumerable<INamedTypeSymbol> Types(ISymbol member, TrainingCode code, CancellationToken cancellation) =>
        member.DeclaredAccessibility == Accessibility.Private || member is IFieldSymbol { IsReadOnly: true } or IFieldSymbol { IsConst: true }
            || member.ContainingType is not { TypeKind: TypeKind.Class, DeclaringSyntaxReferences.IsEmpty: false }
            ? ImmutableArray.Create(member.ContainingType)
            : code.Derivations.Of(member.ContainingType.OriginalDefinition, cancellation);

    private static SyntaxNode EnclosingMember(SyntaxNode node) =>
        node.AncestorsAndSelf().FirstOrDefault(ancestor => ancestor is MemberDeclarationSyntax and not GlobalStatementSyntax)
        ?? node.SyntaxTree.GetRoot();

    private static SyntaxNode? WriteOf(IdentifierNameSyntax name)
    {
        SyntaxNode target = name;
        while (target.Parent is MemberAccessExpressionSyntax access && access.Name == target
            || target.Parent is ParenthesizedExpressionSyntax
            || target.Parent is PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.SuppressNullableWarningExpression })
            target = target.Parent;
        return target.Parent switch
        {
            AssignmentExpressionSyntax assignment when assignment.Left == target => assignment,
            PrefixUnaryExpressionSyntax prefix when prefix.IsKind(SyntaxKind.PreIncrementExpression) || prefix.IsKind(SyntaxKind.PreDecrementExpression) || prefix.IsKind(SyntaxKind.AddressOfExpression) => prefix,
            PostfixUnaryExpressionSyntax postfix => postfix,
            ArgumentSyntax { RefKindKeyword.RawKind: not (int)SyntaxKind.None and not (int)SyntaxKind.InKeyword } argument => argument,
            ArgumentSyntax { Parent: TupleExpressionSyntax tuple } when IsDeconstructed(tuple) => tuple,
            RefExpressionSyntax reference => reference,
            ElementAccessExpressionSyntax element when element.Expression == target => ElementWrite(element),
            _ => null,
        };
    }

    // A write to an element changes the array just as well.
    private static SyntaxNode? ElementWrite(ElementAccessExpressionSyntax element) => element.Parent switch
    {
        AssignmentExpressionSyntax assignment when assignment.Left == element => element,
        PrefixUnaryExpressionSyntax or PostfixUnaryExpressionSyntax => element,
        ArgumentSyntax { RefKindKeyword.RawKind: not (int)SyntaxKind.None } => element,
        _ => null,
    };

    private static bool IsDeconstructed(TupleExpressionSyntax tuple) =>
        tuple.Parent is AssignmentExpressionSyntax assignment && assignment.Left == tuple;

    // A member may keep its default where a constructor does not write it, or not on every path. (A local cannot.)
    private static bool IsSurelyWritten(SyntaxNode write, ISymbol member)
    {
        if (write.FirstAncestorOrSelf<ConstructorDeclarationSyntax>() is not { } constructor
            || !(write.Parent == constructor.ExpressionBody || write.Parent is ExpressionStatementSyntax statement && statement.Parent == constructor.Body))
            return false;
        return member.IsStatic
            || member.ContainingType.InstanceConstructors.Count(other => !IsChained(other)) == 1;
    }

    private static bool IsChained(IMethodSymbol constructor) => constructor.DeclaringSyntaxReferences
        .Any(reference => reference.GetSyntax() is ConstructorDeclarationSyntax { Initializer.ThisOrBaseKeyword.RawKind: (int)SyntaxKind.ThisKeyword });

    private static ExpressionSyntax? PlainValue(SyntaxNode write) =>
        write is AssignmentExpressionSyntax assignment && assignment.IsKind(SyntaxKind.SimpleAssignmentExpression) ? assignment.Right : null;

    private static bool IsOut(SyntaxNode write) => write is ArgumentSyntax argument && argument.RefKindKeyword.IsKind(SyntaxKind.OutKeyword);

    private static bool IsRepeated(SyntaxNode write, ISymbol symbol, CancellationToken cancellation)
    {
        var declaration = symbol.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellation);
        foreach (var ancestor in write.Ancestors())
        {
            if (declaration is not null && ancestor.SyntaxTree == declaration.SyntaxTree && ancestor.Span.Contains(declaration.Span))
                return false;
            if (ancestor is ForStatementSyntax or CommonForEachStatementSyntax or WhileStatementSyntax or DoStatementSyntax
                or AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax)
                return true;
        }

        return false;
    }
}
