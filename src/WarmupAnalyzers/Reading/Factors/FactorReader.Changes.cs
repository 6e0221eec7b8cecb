using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using WarmupAnalyzers.Factors;
using WarmupAnalyzers.Factors.Expressions;

namespace WarmupAnalyzers.Reading.Factors;

/// <summary>Writes to variables and elements of the factor function itself, and tuples.</summary>
internal sealed partial class FactorReader
{
    private Expression ReadChange(IOperation target, Succession succession, FunctionScope? scope)
    {
        if (SlotOf(target, scope) is { } slot)
            return new Change(slot, succession);
        if (target is not IArrayElementReferenceOperation { Indices: [{ Type.SpecialType: not SpecialType.None } index] } element)
            return Unknown();
        _writesElements = true;
        return new ElementWrite(ReadExpression(element.ArrayReference, scope), ReadExpression(index, scope), succession);
    }

    private Expression ReadNewArray(IArrayCreationOperation creation, IOperation length, FunctionScope? scope)
    {
        var element = ValueTypes.KindOf((creation.Type as IArrayTypeSymbol)?.ElementType);
        return element.IsNumber() || element == ValueKind.Boolean ? new NewArray(ReadExpression(length, scope), element) : Unknown();
    }

    private TupleElement ReadTupleElement(IOperation tuple, IFieldSymbol element, FunctionScope? scope)
    {
        var elements = element.ContainingType.TupleElements;
        var field = element.CorrespondingTupleField ?? element;
        var position = elements.IndexOf(elements.FirstOrDefault(other => SymbolEqualityComparer.Default.Equals(other.CorrespondingTupleField ?? other, field))!);
        return new TupleElement(ReadExpression(tuple, scope), position);
    }

    // Each element by itself; what is the same type stays.
    private Expression ReadTupleConversion(Expression tuple, ITypeSymbol? from, INamedTypeSymbol to)
    {
        if (from is not INamedTypeSymbol { IsTupleType: true } source || source.TupleElements.Length != to.TupleElements.Length)
            return Unknown();
        var targets = source.TupleElements.Zip(to.TupleElements, (own, target) => TargetOf(own.Type, target.Type)).ToImmutableArray();
        return targets.Contains(ValueKind.Unknown)
            ? Unknown()
            : targets.All(target => target is null) ? tuple : new TupleConversion(tuple, targets);
    }

    private static ValueKind? TargetOf(ITypeSymbol from, ITypeSymbol to) =>
        SymbolEqualityComparer.Default.Equals(from, to) ? null : ValueTypes.IsNullable(to) ? ValueKind.Unknown : ValueTypes.KindOf(to);

    private Expression ReadDeconstruction(IDeconstructionAssignmentOperation deconstruction, FunctionScope? scope)
    {
        var value = ReadExpression(deconstruction.Value, scope);
        return scope is not null && deconstruction.Value.Type is { IsTupleType: true } && TargetsOf(deconstruction.Target, scope) is { IsDefault: false } targets
            ? new Deconstruction(targets, value)
            : Unknown();
    }

    // Default where one of them is no variable of the function.
    private static ImmutableArray<Deconstruction.Target> TargetsOf(IOperation target, FunctionScope scope)
    {
        if (target is IDeclarationExpressionOperation declaration)
            return TargetsOf(declaration.Expression, scope);
        if (target is not ITupleOperation tuple)
            return default;
        var targets = ImmutableArray.CreateBuilder<Deconstruction.Target>();
        foreach (var element in tuple.Elements)
        {
            if (TargetOf(element, scope) is not { } known)
                return default;
            targets.Add(known);
        }

        return targets.ToImmutable();
    }

    private static Deconstruction.Target? TargetOf(IOperation element, FunctionScope scope)
    {
        switch (element)
        {
            case IDiscardOperation:
                return new Deconstruction.Target(null, ValueKind.Unknown, default);
            case IDeclarationExpressionOperation { Expression: ILocalReferenceOperation declared }:
                return new Deconstruction.Target(scope.DeclareOnce(declared.Local), ValueTypes.KindOf(declared.Type), default);
            case ILocalReferenceOperation { IsDeclaration: true } declared:
                return new Deconstruction.Target(scope.DeclareOnce(declared.Local), ValueTypes.KindOf(declared.Type), default);
            case ITupleOperation or IDeclarationExpressionOperation:
                return TargetsOf(element, scope) is { IsDefault: false } nested ? new Deconstruction.Target(null, ValueKind.Unknown, nested) : null;
            default:
                return SlotOf(element, scope) is { } slot ? new Deconstruction.Target(slot, ValueTypes.KindOf(element.Type), default) : null;
        }
    }
}
