using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using WarmupAnalyzers.Factors;
using WarmupAnalyzers.Factors.Expressions;
using WarmupAnalyzers.Reading.Source;

namespace WarmupAnalyzers.Reading.Factors;

internal sealed partial class FactorReader
{
    private Expression ReadInvocation(IInvocationOperation invocation, FunctionScope? scope)
    {
        var method = invocation.TargetMethod;
        if (invocation.Arguments.Any(argument => argument.Parameter is not { RefKind: RefKind.None or RefKind.In or RefKind.RefReadOnlyParameter }))
            return Unknown();
        if (method.MethodKind == MethodKind.DelegateInvoke && invocation.Instance is { } target)
            return new DelegateCall(ReadExpression(target, scope), ReadArguments(invocation, scope), ParametersOf(invocation));
        if (method.Name == nameof(System.Nullable<int>.GetValueOrDefault) && ValueTypes.IsNullable(invocation.Instance?.Type))
            return ReadValueOrDefault(invocation, scope);
        if (method.IsStatic && IsFramework(method) && BindHost(method) is { } host)
            return new HostCall(host, ReadArguments(invocation, scope), ParametersOf(invocation)) { Origin = invocation.Syntax };
        if (ExtensionBlock.ReceiverOf(method, _code, _cancellation) is { } receiver)
            return ReadExtension(method, receiver, invocation, scope);
        var objects = ObjectsOf(invocation, scope);
        return FunctionOf(method, invocation.Instance, scope, objects) is { } callee
            ? new FunctionCall(callee.Function, callee.Hops, ReadArguments(invocation, scope, objects), ParametersOf(invocation))
            : Unknown();
    }

    /// <summary>
    /// The objects handed to a method, such as the settings: no values here, but paths, so that <c>Ramp(epoch, config)</c> reads
    /// <c>config.Warmup</c> as the caller would. Empty where there are none.
    /// </summary>
    private ImmutableArray<SymbolPath?> ObjectsOf(IInvocationOperation invocation, FunctionScope? scope)
    {
        var method = invocation.TargetMethod.OriginalDefinition;
        if (method.MethodKind == MethodKind.LocalFunction || method.DeclaringSyntaxReferences.IsEmpty)
            return ImmutableArray<SymbolPath?>.Empty;
        var objects = new SymbolPath?[method.Parameters.Length];
        foreach (var argument in invocation.Arguments)
        {
            if (IsObject(argument.Parameter!.Type)
                && PathOf(argument.Value, scope) is { } path
                && VariableWrites.Of(argument.Parameter.OriginalDefinition, _code, _cancellation).Count == 0)
                objects[argument.Parameter.Ordinal] = path;
        }

        return objects.Any(path => path is not null) ? objects.ToImmutableArray() : ImmutableArray<SymbolPath?>.Empty;
    }

    private static bool IsObject(ITypeSymbol type) => type is { IsReferenceType: true, TypeKind: not TypeKind.Delegate } && !IsSequence(type);

    private Expression ReadValueOrDefault(IInvocationOperation invocation, FunctionScope? scope)
    {
        var value = ReadExpression(invocation.Instance!, scope);
        var otherwise = invocation.Arguments.IsEmpty
            ? new Literal(Value.Zero(ValueTypes.KindOf(invocation.Type)))
            : ReadExpression(invocation.Arguments[0].Value, scope);
        return new ValueOrDefault(value, otherwise);
    }

    private ImmutableArray<Expression> ReadArguments(IInvocationOperation invocation, FunctionScope? scope, ImmutableArray<SymbolPath?> objects = default) =>
        invocation.Arguments.Select(argument => !objects.IsDefaultOrEmpty && objects[argument.Parameter!.Ordinal] is not null
            ? new Literal(Value.Null)
            : ParamCollection.Of(argument) is { } elements
            ? ReadElements(elements, scope)
            : argument.ArgumentKind == ArgumentKind.ParamArray && argument.Value is IArrayCreationOperation { Initializer: null }
            ? Unknown()
            : ReadExpression(argument.Value, scope)).ToImmutableArray();

    // The receiver comes first.
    private Expression ReadExtension(IMethodSymbol method, IParameterSymbol receiver, IInvocationOperation invocation, FunctionScope? scope) =>
        invocation.Instance is null ? Unknown() : new FunctionCall(
            ReadExtension(method, receiver),
            null,
            ReadArguments(invocation, scope).Insert(0, ReadExpression(invocation.Instance, scope)),
            ParametersOf(invocation).Select(ordinal => ordinal + 1).Prepend(0).ToImmutableArray());

    private Function ReadExtension(IMethodSymbol method, IParameterSymbol receiver) =>
        ReadMethod(new FunctionKey(method, null, ImmutableArray<SymbolPath?>.Empty), method.Parameters.Insert(0, receiver));

    private static ImmutableArray<int> ParametersOf(IInvocationOperation invocation) =>
        invocation.Arguments.Select(argument => argument.Parameter!.Ordinal).ToImmutableArray();

    // A user's own System.Math is not the framework's.
    private static bool IsFramework(IMethodSymbol method) =>
        method.DeclaringSyntaxReferences.IsEmpty
        && method.ContainingType is { ContainingType: null, ContainingNamespace: { Name: "System", ContainingNamespace.IsGlobalNamespace: true } };

    private static HostFunction? BindHost(IMethodSymbol method) => HostFunction.Bind(
        "System." + method.ContainingType.Name,
        method.Name,
        method.Parameters.Select(parameter => "System." + parameter.Type.MetadataName).ToArray());

    /// <summary>The function a method is, with the hops to its enclosing frame; null where which method runs is not certain.</summary>
    private (Function Function, int? Hops)? FunctionOf(IMethodSymbol method, IOperation? instance, FunctionScope? scope, ImmutableArray<SymbolPath?> objects = default)
    {
        objects = objects.IsDefault ? ImmutableArray<SymbolPath?>.Empty : objects;
        if (method.MethodKind == MethodKind.LocalFunction)
            _functionNames.Add(method.Name);
        if (method.MethodKind == MethodKind.LocalFunction)
            return scope?.FindFunction(method) is { } local ? local : RoundFunctionOf(method, scope, objects) ?? (ReadMethod(method, scope?.Self), null);
        if (method.DeclaringSyntaxReferences.IsEmpty || method.IsExtern)
            return null;
        _functionNames.Add(method.Name);
        if (method.IsStatic)
            return (ReadMethod(new FunctionKey(method, null, objects)), null);
        if (CanBeOverridden(method) || instance is null)
            return null;
        if (instance is IInstanceReferenceOperation)
            return RoundFunctionOf(method, scope, objects) ?? (ReadMethod(new FunctionKey(method, scope?.Self, objects)), null);
        return PathOf(instance, scope) is { } self ? (ReadMethod(new FunctionKey(method, self, objects)), null) : null;
    }

    private static bool CanBeOverridden(IMethodSymbol method) =>
        (method.IsVirtual || method.IsAbstract || method.IsOverride) && !method.IsSealed && !method.ContainingType.IsSealed
        || method.ContainingType.TypeKind == TypeKind.Interface;

    private Expression ReadLambda(IAnonymousFunctionOperation lambda, FunctionScope? scope)
    {
        // One made anew in each round of a loop has variables of its own in each; our frames do not tell them apart.
        if (scope is { IsInLoop: true } || lambda.Symbol.IsAsync)
            return Unknown();
        var function = new Function("lambda", lambda.Symbol.Parameters.Length);
        var enteredAt = Inside();
        Complete(function, lambda.Symbol.Parameters, lambda.Body, scope, scope?.Self);
        _enteredAt = enteredAt;
        return new FunctionValue(function, scope is null ? null : 0);
    }

    // What a variable holds is a function: what stands in it is in the factor function.
    private object? Inside()
    {
        var enteredAt = _enteredAt;
        _enteredAt = null;
        return enteredAt;
    }

    private Expression ReadMethodReference(IMethodReferenceOperation reference, FunctionScope? scope)
    {
        if (reference.Method.MethodKind == MethodKind.LocalFunction && scope is { IsInLoop: true })
            return Unknown();
        var enteredAt = Inside();
        var function = IsFramework(reference.Method) ? null : FunctionOf(reference.Method, reference.Instance, scope);
        _enteredAt = enteredAt;
        if (function is not { } callee)
            return Unknown();
        return new FunctionValue(callee.Function, callee.Hops);
    }
}
