using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using WarmupAnalyzers.Reading.Source;
using WarmupAnalyzers.Reading.Steps;

namespace WarmupAnalyzers.Reading.Rounds;

/// <summary>Where the value of a learning rate that is written comes from.</summary>
internal static class WrittenRate
{
    private const int MaximumHops = 6;

    /// <summary>Whether the value is certainly computed without a look at a learning rate in force.</summary>
    public static bool KnowsNoRate(IAssignmentOperation write, TrainingCode code, CancellationToken cancellation) =>
        write is ISimpleAssignmentOperation && KnowsNoRate(write.Value, new HashSet<ISymbol>(SymbolEqualityComparer.Default), code, MaximumHops, cancellation);

    private static bool KnowsNoRate(IOperation value, HashSet<ISymbol> seen, TrainingCode code, int hops, CancellationToken cancellation) =>
        hops > 0 && value.DescendantsAndSelf().All(part => part switch
        {
            IInvalidOperation or IDynamicInvocationOperation => false,
            IInvocationOperation call => IsBlind(call.TargetMethod, seen, code, hops, cancellation),
            ILocalReferenceOperation { Local: var local } => IsBlind(local, seen, code, hops, cancellation),
            IParameterReferenceOperation { Parameter: var parameter } => IsBlind(parameter, seen, code, hops, cancellation),
            IFieldReferenceOperation { Field: var field } => IsBlind(field, seen, code, hops, cancellation),
            IPropertyReferenceOperation { Property: var property } => !code.Symbols.ReadsRate(property) && IsBlind(property, seen, code, hops, cancellation),
            _ => true,
        });

    private static bool IsBlind(IMethodSymbol method, HashSet<ISymbol> seen, TrainingCode code, int hops, CancellationToken cancellation)
    {
        if (StepMethods.IsFramework(method))
            return method.MethodKind != MethodKind.DelegateInvoke;
        if (!seen.Add(method))
            return true;
        return !code.Symbols.IsDeclaredInTorchSharp(method) && StepMethods.IsFinal(method, isVirtualCall: true)
            && code.BodyOf(method, cancellation) is { } body && KnowsNoRate(body, seen, code, hops - 1, cancellation);
    }

    // By every value that it is ever given; a parameter is what its callers give, once for all rounds.
    private static bool IsBlind(ISymbol variable, HashSet<ISymbol> seen, TrainingCode code, int hops, CancellationToken cancellation)
    {
        if (!seen.Add(variable) || variable is IFieldSymbol { IsConst: true })
            return true;
        if (variable.DeclaringSyntaxReferences.IsEmpty)
            return StepMethods.IsFramework(variable);
        if (variable is IPropertySymbol property && !StepMethods.IsAutoProperty(property))
            return property.GetMethod is { } getter && code.BodyOf(getter, cancellation) is { } body && KnowsNoRate(body, seen, code, hops - 1, cancellation);
        var writes = VariableWrites.Of(variable, code, cancellation).All;
        return IsNumber(variable) && (code.InitializerOf(variable, cancellation) is not { } initial || KnowsNoRate(initial, seen, code, hops - 1, cancellation))
            && writes.All(write => write is not (ArgumentSyntax or RefExpressionSyntax) && ValueOf(write, code, cancellation) is var value && (value is null || KnowsNoRate(value, seen, code, hops - 1, cancellation)));
    }

    private static IOperation? ValueOf(SyntaxNode write, TrainingCode code, CancellationToken cancellation) =>
        write is AssignmentExpressionSyntax assignment ? code.OperationOf(assignment.Right, cancellation) : null;

    private static bool IsNumber(ISymbol variable) => (variable switch
    {
        ILocalSymbol local => local.Type,
        IParameterSymbol parameter => parameter.Type,
        IFieldSymbol field => field.Type,
        IPropertySymbol property => property.Type,
        _ => null,
    })?.SpecialType is >= SpecialType.System_SByte and <= SpecialType.System_Double;
}
