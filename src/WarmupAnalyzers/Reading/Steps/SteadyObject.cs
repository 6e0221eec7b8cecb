using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using WarmupAnalyzers.Reading.Source;

namespace WarmupAnalyzers.Reading.Steps;

/// <summary>Whether a value is the same object in every iteration of a loop: one optimizer, and not one of many in turn.</summary>
internal static class SteadyObject
{
    private const int MaximumHops = 6;

    /// <param name="value">The object; null for none, as in a static call.</param>
    /// <param name="parts">The loop, and the functions that run in it.</param>
    public static bool Is(IOperation? value, IReadOnlyCollection<SyntaxNode> parts, TrainingCode code, CancellationToken cancellation) =>
        Is(value, parts, code, MaximumHops, cancellation);

    private static bool Is(IOperation? value, IReadOnlyCollection<SyntaxNode> parts, TrainingCode code, int hops, CancellationToken cancellation) => value?.Unwrapped() switch
    {
        _ when hops == 0 => false,
        null or IInstanceReferenceOperation => true,
        IFieldReferenceOperation field => Is(field.Instance, parts, code, hops - 1, cancellation),
        IPropertyReferenceOperation { Arguments.IsEmpty: true } property => Is(property.Instance, parts, code, hops - 1, cancellation),
        ILocalReferenceOperation { Local: var local } => !IsIn(local, parts)
            || VariableWrites.Of(local, code, cancellation).Count == 0
                && code.InitializerOf(local, cancellation) is { } initializer && Is(initializer, parts, code, hops - 1, cancellation),
        IParameterReferenceOperation { Parameter: var parameter } => !IsIn(parameter, parts) || IsAlwaysGiven(parameter, parts, code, hops, cancellation),
        _ => false,
    };

    // Every call in the loop passes on what is the same each time.
    private static bool IsAlwaysGiven(IParameterSymbol parameter, IReadOnlyCollection<SyntaxNode> parts, TrainingCode code, int hops, CancellationToken cancellation)
    {
        if (parameter.ContainingSymbol is not IMethodSymbol { MethodKind: MethodKind.Ordinary or MethodKind.LocalFunction } method)
            return false;
        var given = parts.SelectMany(part => code.Calls.In(part, method.Name))
            .Select(call => code.OperationOf(call, cancellation)).OfType<IInvocationOperation>()
            .Where(call => SymbolEqualityComparer.Default.Equals(call.TargetMethod.OriginalDefinition, method.OriginalDefinition))
            .Select(call => call.Arguments.FirstOrDefault(argument => argument.Parameter?.Ordinal == parameter.Ordinal)?.Value)
            .ToArray();
        return given.Length > 0 && given.All(value => value is not null && Is(value, parts, code, hops - 1, cancellation));
    }

    private static bool IsIn(ISymbol variable, IReadOnlyCollection<SyntaxNode> parts) =>
        variable.DeclaringSyntaxReferences.Any(reference => parts.Any(part => part.SyntaxTree == reference.SyntaxTree && part.Span.Contains(reference.Span)));
}
