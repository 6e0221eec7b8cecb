using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using WarmupAnalyzers.Reading.Factors;
using WarmupAnalyzers.Reading.Source;
using WarmupAnalyzers.Reading.Steps;

namespace WarmupAnalyzers.Reading.Optimizers;

/// <summary>Whose learning rate <c>group.LearningRate</c> is.</summary>
/// <param name="Optimizer">The optimizer as it is written there.</param>
/// <param name="IsEveryGroup">Whether all its groups are gone through; else one is picked.</param>
internal sealed record RateTarget(IOperation Optimizer, bool IsEveryGroup)
{
    private const int MaximumHops = 8;

    /// <summary>Framework methods that keep every group, or pick one. Others leave some out.</summary>
    private static readonly ImmutableHashSet<string> s_followed = ImmutableHashSet.Create(
        "AsEnumerable", "Cast", "OfType", "ToArray", "ToList", "ForEach", "First", "FirstOrDefault", "Last", "LastOrDefault", "Single", "SingleOrDefault", "ElementAt", "ElementAtOrDefault");

    /// <summary>The property <c>LearningRate</c> of a parameter group.</summary>
    public static bool IsRate(IPropertySymbol property, KnownSymbols symbols) =>
        property.Name == "LearningRate" && symbols.IsDeclaredInTorchSharp(property)
        && symbols.LearningRateController is { } controller
        && (SymbolEqualityComparer.Default.Equals(property.ContainingType, controller)
            || property.ContainingType.AllInterfaces.Contains(controller, SymbolEqualityComparer.Default));

    /// <summary>Follows the group to the optimizer it is taken from; null where it comes from elsewhere.</summary>
    public static RateTarget? Of(IPropertyReferenceOperation rate, TrainingCode code, CancellationToken cancellation)
    {
        return IsRate(rate.Property, code.Symbols) ? OfGroup(rate, code, cancellation) : null;
    }

    /// <summary>The same for any property of a group.</summary>
    public static RateTarget? OfGroup(IPropertyReferenceOperation property, TrainingCode code, CancellationToken cancellation)
    {
        if (property.Instance is not { } group)
            return null;
        var isEvery = false;
        IOperation? current = group;
        for (var hops = 0; hops < MaximumHops && current is not null; hops++)
        {
            current = current.Unwrapped();
            if (current is IPropertyReferenceOperation { Property.Name: "ParamGroups", Instance: { } optimizer } groups && code.Symbols.ReadsRate(groups.Property))
                return new RateTarget(optimizer.Unwrapped(), isEvery);
            isEvery |= GoesThrough(current, code, cancellation);
            current = Source(current, code, cancellation);
        }

        return null;
    }

    /// <summary>The sequence that a group or a sequence of groups is taken from.</summary>
    private static IOperation? Source(IOperation operation, TrainingCode code, CancellationToken cancellation) => operation switch
    {
        IInvocationOperation call when !StepMethods.IsFramework(call.TargetMethod) || !s_followed.Contains(call.TargetMethod.Name) => null,
        IInvocationOperation { TargetMethod.IsExtensionMethod: true, Arguments.Length: > 0 } call => call.Arguments[0].Value,
        IInvocationOperation { Instance: { } instance } => instance,
        IPropertyReferenceOperation { Property.IsIndexer: true, Instance: { } list } => list,
        IArrayElementReferenceOperation element => element.ArrayReference,
        ILocalReferenceOperation local => OfVariable(local.Local, code, cancellation),
        IParameterReferenceOperation parameter => CallOf(parameter, code, cancellation)?.Instance,
        _ => null,
    };

    private static IOperation? OfVariable(ILocalSymbol local, TrainingCode code, CancellationToken cancellation)
    {
        if (LoopOf(local, code, cancellation) is { } each)
            return each.Collection;
        return VariableWrites.Of(local, code, cancellation).Count == 0 ? code.InitializerOf(local, cancellation) : null;
    }

    private static bool GoesThrough(IOperation operation, TrainingCode code, CancellationToken cancellation) => operation switch
    {
        ILocalReferenceOperation local => LoopOf(local.Local, code, cancellation) is not null,
        IParameterReferenceOperation => true,
        IInvocationOperation { TargetMethod.Name: "ElementAt", Arguments.Length: 2 } element => !element.Arguments[1].Value.ConstantValue.HasValue,
        IPropertyReferenceOperation { Property.IsIndexer: true, Arguments: [var index] } => !index.Value.ConstantValue.HasValue,
        IArrayElementReferenceOperation { Indices: [var index] } => !index.ConstantValue.HasValue,
        _ => false,
    };

    private static IForEachLoopOperation? LoopOf(ILocalSymbol local, TrainingCode code, CancellationToken cancellation) =>
        local.DeclaringSyntaxReferences.Select(reference => reference.GetSyntax(cancellation)).FirstOrDefault() is ForEachStatementSyntax each
            ? code.OperationOf(each, cancellation) as IForEachLoopOperation
            : null;

    /// <summary><c>groups.ForEach(group => …)</c>: the call whose lambda has the parameter.</summary>
    private static IInvocationOperation? CallOf(IParameterReferenceOperation parameter, TrainingCode code, CancellationToken cancellation)
    {
        for (IOperation? current = parameter; current is not null; current = current.Parent)
        {
            if (current is IAnonymousFunctionOperation lambda)
                return SymbolEqualityComparer.Default.Equals(parameter.Parameter.ContainingSymbol, lambda.Symbol) ? ImmediateCall(lambda) : null;
        }

        return null;
    }

    /// <summary>The call of <c>List.ForEach</c> that runs a lambda then and there, for each element once; null where it is kept.</summary>
    public static IInvocationOperation? ImmediateCall(IAnonymousFunctionOperation lambda) =>
        lambda.Parent is IDelegateCreationOperation { Parent: IArgumentOperation { Parent: IInvocationOperation call } }
            && call.TargetMethod.Name == "ForEach" && call.Instance is not null && FactorReader.IsList(call.TargetMethod.ContainingType)
            ? call
            : null;
}
