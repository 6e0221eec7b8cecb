using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using WarmupAnalyzers.Reading.Factors;

namespace WarmupAnalyzers.Reading.Source;

/// <summary>The elements of an array or list that is written out, there or where the variable that holds it is declared, and that nobody changes.</summary>
internal static class WrittenList
{
    /// <summary>Null where which elements it holds is not certain.</summary>
    public static ImmutableArray<IOperation>? ElementsOf(IOperation list, TrainingCode code, CancellationToken cancellation) => list switch
    {
        IConversionOperation conversion => ElementsOf(conversion.Operand, code, cancellation),
        IArrayCreationOperation { Initializer: { } initializer } => initializer.ElementValues,
        IArrayInitializerOperation initializer => initializer.ElementValues,
        IObjectCreationOperation { Arguments.IsEmpty: true, Initializer: { } initializer } made when FactorReader.IsList(made.Type) =>
            Added(initializer),
        ILocalReferenceOperation local => ElementsOfVariable(local.Local, code, cancellation),
        IFieldReferenceOperation { Field: { IsReadOnly: true } or { DeclaredAccessibility: Accessibility.Private } } field =>
            ElementsOfVariable(field.Field.OriginalDefinition, code, cancellation),
        _ => CollectionElements.Of(list),
    };

    private static ImmutableArray<IOperation>? ElementsOfVariable(ISymbol variable, TrainingCode code, CancellationToken cancellation) =>
        VariableWrites.Of(variable, code, cancellation).Count == 0
        && code.InitializerOf(variable, cancellation) is { } value
        && SequenceUses.AreOnlyReads(variable, code, cancellation)
            ? ElementsOf(value, code, cancellation)
            : null;

    private static ImmutableArray<IOperation>? Added(IObjectOrCollectionInitializerOperation initializer)
    {
        var elements = initializer.Initializers
            .OfType<IInvocationOperation>()
            .Where(add => add.TargetMethod.Name == "Add" && add.Arguments.Length == 1)
            .Select(add => add.Arguments[0].Value)
            .ToImmutableArray();
        return elements.Length == initializer.Initializers.Length ? elements : null;
    }
}
