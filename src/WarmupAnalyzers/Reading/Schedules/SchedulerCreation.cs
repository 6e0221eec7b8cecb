using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using WarmupAnalyzers.Schedules;

namespace WarmupAnalyzers.Reading.Schedules;

/// <summary>A call that makes one of TorchSharp's schedulers, through a factory or an <c>impl</c> constructor, or one of ours through its factory.</summary>
internal sealed class SchedulerCreation
{
    private readonly ImmutableArray<IArgumentOperation> _arguments;
    private readonly Lazy<bool> _holdsError;

    private SchedulerCreation(IOperation operation, SchedulerKind kind, ImmutableArray<IArgumentOperation> arguments)
    {
        Operation = operation;
        Kind = kind;
        _arguments = arguments;
        // Asked for by nearly every rule.
        _holdsError = new(() => operation.Syntax.ContainsDiagnostics || operation.DescendantsAndSelf().Any(part => part is IInvalidOperation || part.Kind == OperationKind.Invalid));
    }

    /// <summary>The invocation or object creation; for a scheduler class of the user's own, the call of the base constructor.</summary>
    public IOperation Operation { get; }

    /// <summary>Whether it is the base constructor's call of a user's own scheduler: what becomes of that one is not seen here.</summary>
    public bool IsBaseCall => Operation is IInvocationOperation { TargetMethod.MethodKind: MethodKind.Constructor };

    public SchedulerKind Kind { get; }

    /// <summary>What the scheduler is called: one of ours by its factory, since all of them are of one class.</summary>
    public string Title => Kind == SchedulerKind.ScheduleLR && Operation is IInvocationOperation { TargetMethod.Name: var factory } ? factory : Kind.ToString();

    /// <summary>The optimizer as it is passed; null for <c>ChainedLR</c>, which has none.</summary>
    public IOperation? Optimizer => Argument("optimizer");

    /// <summary>The scheduler's name as it is written; the whole call where it is not.</summary>
    public SyntaxNode Name => Operation.Syntax switch
    {
        InvocationExpressionSyntax { Expression: { } callee } => Rightmost(callee),
        ObjectCreationExpressionSyntax { Type: { } type } => Rightmost(type),
        PrimaryConstructorBaseTypeSyntax { Type: { } type } => Rightmost(type),
        var other => other,
    };

    /// <summary>The value passed for a parameter (or its default), without the conversions the compiler put round it.</summary>
    public IOperation? Argument(string parameterName)
    {
        foreach (var argument in _arguments)
        {
            if (argument.Parameter?.Name == parameterName)
                return WithoutImplicitConversions(argument.Value);
        }

        return null;
    }

    /// <summary>The argument as it is written, with its name; null where the default is taken.</summary>
    public SyntaxNode? ArgumentSyntax(string parameterName)
    {
        foreach (var argument in _arguments)
        {
            if (argument.Parameter?.Name == parameterName)
                return argument.ArgumentKind == ArgumentKind.Explicit && !argument.IsImplicit ? argument.Syntax : null;
        }

        return null;
    }

    /// <summary>The name of the parameter that an argument as it is written stands for.</summary>
    public string? ParameterOf(SyntaxNode argument) => _arguments.FirstOrDefault(candidate => candidate.Syntax == argument)?.Parameter?.Name;

    /// <summary>The names of the parameters that take a number of this type.</summary>
    public IEnumerable<string> Parameters(SpecialType type) =>
        _arguments.Where(argument => argument.Parameter?.Type.SpecialType == type).Select(argument => argument.Parameter!.Name);

    /// <summary>Whether an argument could not be bound: the code is half typed.</summary>
    public bool HoldsError => _holdsError.Value;

    /// <summary>Reads an operation as a scheduler's creation, or gives null when it is none or holds an error.</summary>
    public static SchedulerCreation? Read(IOperation operation, KnownSymbols symbols)
    {
        switch (operation)
        {
            case IInvocationOperation { TargetMethod: { IsStatic: true } factory } invocation
                when IsMember(factory.ContainingType, symbols.SchedulerFactories)
                    && Enum.TryParse(factory.Name, out SchedulerKind kind):
                return new SchedulerCreation(operation, kind, invocation.Arguments);
            case IInvocationOperation { TargetMethod: { IsStatic: true } factory } invocation when symbols.Own?.IsFactory(factory) == true:
                return new SchedulerCreation(operation, symbols.Own.KindOf(factory.ReturnType)!.Value, invocation.Arguments);
            case IObjectCreationOperation { Constructor: { } constructor } creation
                when IsMember(constructor.ContainingType.ContainingType, symbols.SchedulerImplementations)
                    && Enum.TryParse(constructor.ContainingType.Name, out SchedulerKind kind):
                return new SchedulerCreation(operation, kind, creation.Arguments);
            case IInvocationOperation { TargetMethod: { MethodKind: MethodKind.Constructor } constructor } invocation
                when IsMember(constructor.ContainingType.ContainingType, symbols.SchedulerImplementations)
                    && Enum.TryParse(constructor.ContainingType.Name, out SchedulerKind kind):
                return new SchedulerCreation(operation, kind, invocation.Arguments);
            default:
                return null;
        }
    }

    private static bool IsMember(INamedTypeSymbol? type, INamedTypeSymbol? expected) =>
        expected is not null && SymbolEqualityComparer.Default.Equals(type, expected);

    private static SyntaxNode Rightmost(SyntaxNode name) => name switch
    {
        MemberAccessExpressionSyntax access => access.Name,
        QualifiedNameSyntax qualified => qualified.Right,
        AliasQualifiedNameSyntax alias => alias.Name,
        _ => name,
    };

    /// <summary>The value as it is written, before the compiler converts it.</summary>
    internal static IOperation WithoutImplicitConversions(IOperation value)
    {
        while (value is IConversionOperation { IsImplicit: true } conversion)
            value = conversion.Operand;
        return value;
    }
}
