using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using WarmupAnalyzers.Reading.Steps;

namespace WarmupAnalyzers.Reading.Source;

/// <summary>The code that a delegate runs: a lambda's, a local function's or a method's.</summary>
/// <param name="Declaration">Where it stands, parameters included.</param>
internal sealed record FunctionCode(SyntaxNode Declaration, ImmutableArray<IParameterSymbol> Parameters, IOperation Body)
{
    private const int MaximumHops = 8;

    /// <summary>Follows a delegate through variables and factory methods; null where it cannot be told.</summary>
    public static FunctionCode? OfDelegate(IOperation value, TrainingCode code, CancellationToken cancellation) => OfDelegate(value, code, MaximumHops, cancellation);

    /// <summary>A method's own code; null for what has no source or may be overridden.</summary>
    public static FunctionCode? OfMethod(IMethodSymbol method, bool isVirtualCall, TrainingCode code, CancellationToken cancellation) =>
        StepMethods.IsFinal(method, isVirtualCall) && code.BodyOf(method, cancellation) is { } body && body.Syntax.Parent is { } parent
            ? new FunctionCode(parent, method.OriginalDefinition.Parameters, body)
            : null;

    private static FunctionCode? OfDelegate(IOperation? value, TrainingCode code, int hops, CancellationToken cancellation)
    {
        if (value is null || hops == 0)
            return null;
        return value.Unwrapped() switch
        {
            IDelegateCreationOperation creation => OfDelegate(creation.Target, code, hops - 1, cancellation),
            IObjectCreationOperation { Type.TypeKind: TypeKind.Delegate, Arguments: [var only] } => OfDelegate(only.Value, code, hops - 1, cancellation),
            IAnonymousFunctionOperation lambda => new FunctionCode(lambda.Syntax, lambda.Symbol.Parameters, lambda.Body),
            IMethodReferenceOperation reference => OfMethod(reference.Method, reference.IsVirtual, code, cancellation),
            ILocalReferenceOperation local => OfVariable(local.Local, code, hops, cancellation),
            IFieldReferenceOperation field => OfVariable(field.Field.OriginalDefinition, code, hops, cancellation),
            IPropertyReferenceOperation { Arguments.IsEmpty: true } property => OfVariable(property.Property.OriginalDefinition, code, hops, cancellation)
                ?? OfResult(property.Property.GetMethod, code, hops, cancellation),
            IInvocationOperation call => OfResult(call.TargetMethod, code, hops, cancellation),
            _ => null,
        };
    }

    private static FunctionCode? OfVariable(ISymbol variable, TrainingCode code, int hops, CancellationToken cancellation)
    {
        if (variable.DeclaringSyntaxReferences.IsEmpty)
            return null;
        var writes = VariableWrites.Of(variable, code, cancellation);
        var initializer = code.InitializerOf(variable, cancellation);
        if (initializer is not null)
            return writes.Count == 0 ? OfDelegate(initializer, code, hops - 1, cancellation) : null;
        return writes.OnlyValue is { } value ? OfDelegate(code.OperationOf(value, cancellation), code, hops - 1, cancellation) : null;
    }

    // A method that makes the delegate and returns it.
    private static FunctionCode? OfResult(IMethodSymbol? method, TrainingCode code, int hops, CancellationToken cancellation)
    {
        if (method is null || code.BodyOf(method, cancellation) is not { } body)
            return null;
        var returned = body.Descendants().OfType<IReturnOperation>().Where(candidate => candidate.ReturnedValue is not null && IsOf(body, candidate)).Take(2).ToArray();
        return returned.Length == 1 ? OfDelegate(returned[0].ReturnedValue, code, hops - 1, cancellation) : null;
    }

    // Not of a function within.
    private static bool IsOf(IOperation body, IOperation statement)
    {
        var outer = statement.Parent;
        while (outer is not null && outer != body && outer is not (IAnonymousFunctionOperation or ILocalFunctionOperation))
            outer = outer.Parent;
        return outer == body;
    }
}
