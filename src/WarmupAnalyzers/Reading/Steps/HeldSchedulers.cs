using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using WarmupAnalyzers.Reading.Schedules;
using WarmupAnalyzers.Reading.Source;
using WarmupAnalyzers.Schedules;

namespace WarmupAnalyzers.Reading.Steps;

/// <summary>Which of TorchSharp's schedulers, or of ours, a value can be, where that is certain.</summary>
internal sealed class HeldSchedulers
{
    private const int MaximumHops = 6;

    private HeldSchedulers(ImmutableHashSet<SchedulerKind> kinds, ImmutableArray<SchedulerCreation> creations)
    {
        Kinds = kinds;
        Creations = creations;
    }

    /// <summary>All kinds that it can be; at least one.</summary>
    public ImmutableHashSet<SchedulerKind> Kinds { get; }

    /// <summary>Where it is made; empty where only its type tells the kind.</summary>
    public ImmutableArray<SchedulerCreation> Creations { get; }

    /// <summary>Reads a value; null where it may be anything.</summary>
    public static HeldSchedulers? Of(IOperation value, TrainingCode code, CancellationToken cancellation)
    {
        var creations = new List<SchedulerCreation>();
        var isKnown = Collect(value, code, creations, MaximumHops, cancellation) && creations.Count > 0;
        var kinds = creations.Select(creation => creation.Kind).ToImmutableHashSet();
        if (TypeKind(value.Type, code) is { } type)
        {
            return isKnown && kinds.SetEquals([type])
                ? new HeldSchedulers(kinds, creations.ToImmutableArray())
                : IsDerivedFrom(type, code, cancellation) ? null : new HeldSchedulers(ImmutableHashSet.Create(type), ImmutableArray<SchedulerCreation>.Empty);
        }

        return isKnown ? new HeldSchedulers(kinds, creations.ToImmutableArray()) : null;
    }

    private static SchedulerKind? TypeKind(ITypeSymbol? type, TrainingCode code) => code.Symbols.Own?.KindOf(type) ?? (
        type is INamedTypeSymbol { ContainingType: { } container }
        && SymbolEqualityComparer.Default.Equals(container, code.Symbols.SchedulerImplementations)
        && Enum.TryParse(type.Name, out SchedulerKind kind)
            ? kind
            : null);

    // A class of the user's own may step in another way.
    private static bool IsDerivedFrom(SchedulerKind kind, TrainingCode code, CancellationToken cancellation) =>
        code.Names.Everywhere(kind.ToString(), cancellation).Any(token => token.Parent?.FirstAncestorOrSelf<BaseListSyntax>() is not null);

    private static bool Collect(IOperation value, TrainingCode code, List<SchedulerCreation> creations, int hops, CancellationToken cancellation)
    {
        if (hops == 0)
            return false;
        var unwrapped = value.Unwrapped();
        if (SchedulerCreation.Read(unwrapped, code.Symbols) is { } creation)
        {
            creations.Add(creation);
            return !creation.IsBaseCall && !creation.HoldsError;
        }

        switch (unwrapped)
        {
            case IThrowOperation:
            case { ConstantValue: { HasValue: true, Value: null } }:
                return true;
            case IConditionalOperation { WhenFalse: { } otherwise } choice:
                return All(choice.WhenTrue, otherwise);
            case ICoalesceOperation coalesce:
                return All(coalesce.Value, coalesce.WhenNull);
            case ISwitchExpressionOperation selection:
                return All(selection.Arms.Select(arm => arm.Value).ToArray());
            case ILocalReferenceOperation { Local: var local }:
                return IsDeclaredAlone(local, cancellation) && CollectWrites(local, code, creations, hops, cancellation);
            case IFieldReferenceOperation { Field: var field }:
                return IsWrittenInSight(field, code, cancellation) && CollectWrites(field, code, creations, hops, cancellation);
            case IPropertyReferenceOperation { Property: var property }:
                return IsWrittenInSight(property, code, cancellation) && CollectWrites(property, code, creations, hops, cancellation);
            default:
                return false;
        }

        bool All(params IOperation[] values) => values.All(one => Collect(one, code, creations, hops - 1, cancellation));
    }

    private static bool CollectWrites(ISymbol variable, TrainingCode code, List<SchedulerCreation> creations, int hops, CancellationToken cancellation)
    {
        if (IsTypeTested(variable, code, cancellation))
            return false;
        if (code.InitializerOf(variable, cancellation) is { } initial && !Collect(initial, code, creations, hops - 1, cancellation))
            return false;
        foreach (var write in VariableWrites.Of(variable, code, cancellation).All)
        {
            if (write is not AssignmentExpressionSyntax assignment
                || !(assignment.IsKind(SyntaxKind.SimpleAssignmentExpression) || assignment.IsKind(SyntaxKind.CoalesceAssignmentExpression))
                || code.OperationOf(assignment.Right, cancellation) is not { } value
                || !Collect(value, code, creations, hops - 1, cancellation))
                return false;
        }

        return true;
    }

    // Not one of a pattern, a deconstruction or a `foreach`.
    private static bool IsDeclaredAlone(ILocalSymbol local, CancellationToken cancellation) =>
        !local.IsRef && local.DeclaringSyntaxReferences.Length == 1 && local.DeclaringSyntaxReferences[0].GetSyntax(cancellation) is VariableDeclaratorSyntax;

    private static bool IsWrittenInSight(IFieldSymbol field, TrainingCode code, CancellationToken cancellation) =>
        !field.DeclaringSyntaxReferences.IsEmpty && field.RefKind == RefKind.None && (field.IsReadOnly || IsInSight(field, code, cancellation));

    private static bool IsWrittenInSight(IPropertySymbol property, TrainingCode code, CancellationToken cancellation) =>
        !property.DeclaringSyntaxReferences.IsEmpty
        && !property.IsVirtual && !property.IsOverride && !property.IsAbstract
        && (property.SetMethod is null || property.SetMethod.DeclaredAccessibility == Accessibility.Private || IsInSight(property, code, cancellation))
        && StepMethods.IsAutoProperty(property);

    // What is public is there to be set by others.
    private static bool IsInSight(ISymbol member, TrainingCode code, CancellationToken cancellation) =>
        member.DeclaredAccessibility is not (Accessibility.Public or Accessibility.ProtectedOrInternal) && code.Members.Of(member.OriginalDefinition, cancellation) != MemberSight.Sight.Open;

    /// <summary>Code that asks what the variable holds knows more than its writes tell.</summary>
    private static bool IsTypeTested(ISymbol variable, TrainingCode code, CancellationToken cancellation) =>
        VariableWrites.NamesOf(variable, code, cancellation).Any(IsTypeTested);

    private static bool IsTypeTested(IdentifierNameSyntax name)
    {
        SyntaxNode value = name;
        while (value.Parent is ParenthesizedExpressionSyntax || value.Parent is MemberAccessExpressionSyntax access && access.Name == value)
            value = value.Parent;
        return value.Parent switch
        {
            IsPatternExpressionSyntax { Pattern: var pattern } => !IsNullTest(pattern),
            BinaryExpressionSyntax test => test.IsKind(SyntaxKind.IsExpression) || test.IsKind(SyntaxKind.AsExpression),
            SwitchStatementSyntax or SwitchExpressionSyntax => true,
            MemberAccessExpressionSyntax { Name.Identifier.ValueText: "GetType" } => true,
            ConditionalAccessExpressionSyntax { WhenNotNull: InvocationExpressionSyntax { Expression: MemberBindingExpressionSyntax { Name.Identifier.ValueText: "GetType" } } } => true,
            _ => false,
        };
    }

    private static bool IsNullTest(PatternSyntax pattern) => pattern switch
    {
        UnaryPatternSyntax negated => IsNullTest(negated.Pattern),
        ConstantPatternSyntax { Expression.RawKind: (int)SyntaxKind.NullLiteralExpression } => true,
        RecursivePatternSyntax { Type: null, PropertyPatternClause.Subpatterns.Count: 0 } => true,
        _ => false,
    };
}
