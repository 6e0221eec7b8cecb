using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using WarmupAnalyzers.Factors;
using WarmupAnalyzers.Factors.Expressions;
using WarmupAnalyzers.Reading.Source;

namespace WarmupAnalyzers.Reading.Factors;

/// <summary>Members of an object that is made on the spot, as in <c>new Warmup(5).At</c>: nobody else holds it.</summary>
internal sealed partial class FactorReader
{
    /// <summary>The creation of the one object that a local or private member ever holds; null where it is not known.</summary>
    private IObjectCreationOperation? CreationHeldBy(SymbolPath? holder)
    {
        if (holder is not { Creation: null, Receiver: null, Symbol: ILocalSymbol or IFieldSymbol or IPropertySymbol })
            return null;
        if (holder.Symbol is IFieldSymbol or IPropertySymbol && !IsWrittenOnlyByItsType(holder.Symbol))
            return null;
        var writes = VariableWrites.Of(holder.Symbol, _code, _cancellation);
        var value = (_code.InitializerOf(holder.Symbol, _cancellation), writes.Count) switch
        {
            ({ } only, 0) => only,
            (null, 1) when writes.OnlyValue is { } assigned && !writes.ChangesBetweenSteps => _code.OperationOf(assigned, _cancellation),
            _ => null,
        };
        return value is not null && WithoutImplicitConversions(value) is IObjectCreationOperation creation && SymbolPath.Made(creation) is not null ? creation : null;
    }

    // Set when the object is made, and by nobody after that.
    private static bool IsNeverWrittenLater(ISymbol member) => member switch
    {
        IFieldSymbol field => field.IsReadOnly || field.DeclaredAccessibility == Accessibility.Private && !IsMarked(field),
        IPropertySymbol property => property.SetMethod is null || property.SetMethod.IsInitOnly
            || property.SetMethod.DeclaredAccessibility == Accessibility.Private && !IsMarked(property),
        _ => false,
    };

    private Expression ReadMade(ISymbol member, SymbolPath path, IObjectCreationOperation creation, ITypeSymbol? type)
    {
        var initializers = creation.Initializer?.Initializers ?? System.Collections.Immutable.ImmutableArray<IOperation>.Empty;
        if (initializers.Any(initializer => initializer is not ISimpleAssignmentOperation { Target: IMemberReferenceOperation }))
            return Unknown();
        var assigned = initializers.OfType<ISimpleAssignmentOperation>()
            .LastOrDefault(assignment => SymbolEqualityComparer.Default.Equals(((IMemberReferenceOperation)assignment.Target).Member.OriginalDefinition, member));
        if (assigned is not null)
            return ReadNamed(assigned.Value, path, type);
        if (ParameterOf(member, creation) is { } parameter)
            return ReadArgument(parameter, path, creation);
        var writes = VariableWrites.Of(member, _code, _cancellation);
        var value = (_code.InitializerOf(member, _cancellation), writes.Count) switch
        {
            ({ } only, 0) => only,
            (null, 1) when writes.OnlyValue is { } write && IsIn(write, creation.Constructor!) => _code.OperationOf(write, _cancellation),
            _ => null,
        };
        if (value is null || IsSequence(type) && !SequenceUses.AreOnlyReads(member, _code, _cancellation))
            return Free(path, type);
        return ReadNamed(value, path, type, new FunctionScope(null, path.Receiver));
    }

    /// <summary>The argument that a constructor's parameter is given.</summary>
    private Expression ReadArgument(IParameterSymbol parameter, SymbolPath path, IObjectCreationOperation creation)
    {
        var argument = creation.Arguments.FirstOrDefault(given => SymbolEqualityComparer.Default.Equals(given.Parameter?.OriginalDefinition, parameter.OriginalDefinition));
        if (argument is null || parameter.RefKind is not (RefKind.None or RefKind.In or RefKind.RefReadOnlyParameter) || VariableWrites.Of(parameter, _code, _cancellation).Count > 0)
            return Free(path, parameter.Type);
        return ReadNamed(argument.Value, path, parameter.Type);
    }

    // The property that a record makes of a parameter.
    private static IParameterSymbol? ParameterOf(ISymbol member, IObjectCreationOperation creation) =>
        member is IPropertySymbol { DeclaringSyntaxReferences: [var property] } && property.GetSyntax() is ParameterSyntax
            ? creation.Constructor!.OriginalDefinition.Parameters.FirstOrDefault(parameter =>
                parameter.DeclaringSyntaxReferences is [var declared] && declared.Span == property.Span && declared.SyntaxTree == property.SyntaxTree)
            : null;

    private static bool IsIn(SyntaxNode write, IMethodSymbol constructor) =>
        write.FirstAncestorOrSelf<ConstructorDeclarationSyntax>() is { } declaration
        && constructor.OriginalDefinition.DeclaringSyntaxReferences.Any(reference => reference.SyntaxTree == declaration.SyntaxTree && reference.Span == declaration.Span);
}
