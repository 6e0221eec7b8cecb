using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Microsoft.CodeAnalysis.Text;
using WarmupAnalyzers.Reading.Schedules;
using WarmupAnalyzers.Reading.Source;
using WarmupAnalyzers.Reading.Steps;

namespace WarmupAnalyzers.Reading.Optimizers;

/// <summary>What one mention of an optimizer does to it.</summary>
internal enum OptimizerUseKind
{
    /// <summary>Nothing that a scheduler sees.</summary>
    Harmless,

    /// <summary>A scheduler is made on it.</summary>
    Scheduler,

    /// <summary>A group's <c>LearningRate</c> is written.</summary>
    Rate,

    /// <summary>A group's <c>InitialLearningRate</c> is written.</summary>
    InitialRate,

    /// <summary>Anything else: a step, a state loaded, another's hands.</summary>
    Other,
}

/// <summary>One mention of an optimizer, or of one of its parameter groups.</summary>
/// <param name="Write">The assignment, where a rate is written.</param>
internal sealed record OptimizerUse(OptimizerUseKind Kind, SyntaxNode Mention, OptimizerWrite? Write = null);

/// <summary>A rate of a parameter group that is written.</summary>
internal sealed record OptimizerWrite(IAssignmentOperation Assignment)
{
    public SyntaxNode Syntax => Assignment.Syntax;

    public IOperation Value => Assignment.Value;

    /// <summary>Set, not changed.</summary>
    public bool IsPlain => Assignment is ISimpleAssignmentOperation;
}

/// <summary>Finds and names the mentions of an optimizer in a part of a function, also those of its groups under another name.</summary>
internal sealed class OptimizerMentions
{
    /// <summary>LINQ and list members that hand a sequence's elements on as they are.</summary>
    private static readonly ImmutableHashSet<string> s_elements = ImmutableHashSet.Create(
        "First", "FirstOrDefault", "Last", "LastOrDefault", "Single", "SingleOrDefault", "ElementAt", "ElementAtOrDefault", "ToList", "ToArray", "AsEnumerable", "Skip", "Take", "Reverse");

    private readonly TrainingCode _code;
    private readonly CancellationToken _cancellation;

    public OptimizerMentions(TrainingCode code, CancellationToken cancellation)
    {
        _code = code;
        _cancellation = cancellation;
    }

    /// <summary>The mentions in a span of the function, or null where the optimizer can be reached there without being named.</summary>
    /// <param name="scheduler">The creation that the span ends at; a call round it comes later.</param>
    public ImmutableArray<OptimizerUse>? In(SyntaxNode function, IOperation optimizer, TextSpan span, SyntaxNode scheduler)
    {
        var names = Names(optimizer);
        var (uses, aliases) = (new List<OptimizerUse>(), new Queue<ISymbol>(names));
        var seen = new HashSet<ISymbol>(names, SymbolEqualityComparer.Default);
        if (CanBeReachedUnnamed(function, span, names))
            return null;
        while (aliases.Count > 0)
        {
            foreach (var name in Mentions(aliases.Dequeue(), function, span))
            {
                var (use, alias) = Classify(name, scheduler);
                uses.Add(use);
                if (alias is not null && seen.Add(alias))
                    aliases.Enqueue(alias);
            }
        }

        return uses.OrderBy(use => use.Mention.SpanStart).ToImmutableArray();
    }

    // The variables that the value goes through, from the one passed to the one it was made for.
    private ImmutableArray<ISymbol> Names(IOperation optimizer)
    {
        var names = ImmutableArray.CreateBuilder<ISymbol>();
        var operation = optimizer.Unwrapped();
        while (VariableOf(operation) is { } variable && !names.Contains(variable, SymbolEqualityComparer.Default))
        {
            names.Add(variable);
            var writes = VariableWrites.Of(variable, _code, _cancellation);
            var value = writes.OnlyValue is { } only ? _code.OperationOf(only, _cancellation) : _code.InitializerOf(variable, _cancellation);
            if (value is null)
                break;
            operation = value.Unwrapped();
        }

        return names.ToImmutable();
    }

    private static ISymbol? VariableOf(IOperation operation) => operation switch
    {
        ILocalReferenceOperation local => local.Local,
        IFieldReferenceOperation field => field.Field.OriginalDefinition,
        IPropertyReferenceOperation property => property.Property.OriginalDefinition,
        _ => null,
    };

    // A member may be used by any method of its type; a local by the functions that capture it.
    private bool CanBeReachedUnnamed(SyntaxNode function, TextSpan span, ImmutableArray<ISymbol> names)
    {
        var isMember = names.Any(name => name is not ILocalSymbol);
        foreach (var call in function.DescendantNodes(span).Where(node => span.Contains(node.Span)))
        {
            if (call is not (InvocationExpressionSyntax or BaseObjectCreationExpressionSyntax))
                continue;
            switch (_code.OperationOf(call, _cancellation))
            {
                case IInvocationOperation { TargetMethod.MethodKind: MethodKind.LocalFunction or MethodKind.DelegateInvoke }:
                    return true;
                case IInvocationOperation { TargetMethod: { } method } when isMember && !method.DeclaringSyntaxReferences.IsEmpty:
                    return true;
                case IObjectCreationOperation { Constructor: { } constructor } when isMember && !constructor.ContainingType.DeclaringSyntaxReferences.IsEmpty:
                    return true;
            }
        }

        return false;
    }

    private IEnumerable<IdentifierNameSyntax> Mentions(ISymbol variable, SyntaxNode function, TextSpan span) =>
        _code.Names.IdentifiersIn(function, variable.Name).Where(name => span.Contains(name.Span)
            && SymbolEqualityComparer.Default.Equals(_code.ModelOf(name.SyntaxTree)?.GetSymbolInfo(name, _cancellation).Symbol?.OriginalDefinition, variable.OriginalDefinition));

    private (OptimizerUse Use, ISymbol? Alias) Classify(IdentifierNameSyntax name, SyntaxNode later)
    {
        var other = (new OptimizerUse(OptimizerUseKind.Other, name), (ISymbol?)null);
        if (IsNameOf(name))
            return (new OptimizerUse(OptimizerUseKind.Harmless, name), null);
        if (_code.OperationOf(Qualified(name), _cancellation) is not { } operation)
            return other;
        // Inside a lambda it happens when somebody calls it.
        if (name.FirstAncestorOrSelf<AnonymousFunctionExpressionSyntax>() is { } lambda && !IsForEach(lambda))
            return other;
        var value = Outermost(operation);
        switch (value.Parent)
        {
            case IArgumentOperation { Parent: { } call } when SchedulerCreation.Read(call, _code.Symbols) is { } scheduler && ReferenceEquals(scheduler.Optimizer?.Unwrapped(), value.Unwrapped()):
                return (new OptimizerUse(call.Syntax.Span.Contains(later.Span) ? OptimizerUseKind.Harmless : OptimizerUseKind.Scheduler, name), null);
            case IInvocationOperation { TargetMethod.Name: "zero_grad" } call when ReferenceEquals(call.Instance, value) && _code.Symbols.IsDeclaredInTorchSharp(call.TargetMethod):
                return (new OptimizerUse(OptimizerUseKind.Harmless, name), null);
            case IVariableInitializerOperation { Parent: IVariableDeclaratorOperation declarator }:
                return (new OptimizerUse(OptimizerUseKind.Harmless, name), declarator.Symbol);
            case IForEachLoopOperation { Collection: var collection, LoopControlVariable: IVariableDeclaratorOperation declared } when ReferenceEquals(collection, value):
                return (new OptimizerUse(OptimizerUseKind.Harmless, name), declared.Symbol);
            case IInvocationOperation { TargetMethod.Name: "ForEach", Arguments: [{ Value: var action }] } call when ReferenceEquals(call.Instance, value):
                return LambdaParameter(action) is { } parameter ? (new OptimizerUse(OptimizerUseKind.Harmless, name), parameter) : other;
            case IPropertyReferenceOperation { Property.Name: "LearningRate" or "InitialLearningRate" } rate when ReferenceEquals(rate.Instance, value) && _code.Symbols.IsDeclaredInTorchSharp(rate.Property):
                return (Written(rate, name), null);
            default:
                return other;
        }
    }

    private OptimizerUse Written(IPropertyReferenceOperation rate, SyntaxNode name)
    {
        if (rate.Parent is IAssignmentOperation assignment && ReferenceEquals(assignment.Target, rate))
            return new OptimizerUse(rate.Property.Name == "LearningRate" ? OptimizerUseKind.Rate : OptimizerUseKind.InitialRate, name, new OptimizerWrite(assignment));
        // `group.LearningRate = group.LearningRate * 0.1`
        return new OptimizerUse(IsPartOfWrite(rate) ? OptimizerUseKind.Harmless : OptimizerUseKind.Other, name);
    }

    private bool IsPartOfWrite(IOperation rate)
    {
        while (rate.Parent is IBinaryOperation or IConversionOperation or IParenthesizedOperation)
            rate = rate.Parent;
        return rate.Parent is IAssignmentOperation { Target: IPropertyReferenceOperation { Property: { Name: "LearningRate" or "InitialLearningRate" } written } } && _code.Symbols.IsDeclaredInTorchSharp(written);
    }

    /// <summary>From the variable through <c>ParamGroups</c>, <c>First()</c>, an index and conversions to what is done with it.</summary>
    private IOperation Outermost(IOperation operation)
    {
        while (true)
        {
            switch (operation.Parent)
            {
                case IConversionOperation or IParenthesizedOperation:
                    operation = operation.Parent;
                    continue;
                case IPropertyReferenceOperation { Property: { Name: "ParamGroups" } } groups when _code.Symbols.IsOptimizer(groups.Property.ContainingType):
                    operation = groups;
                    continue;
                case IPropertyReferenceOperation { Property.IsIndexer: true } indexer when ReferenceEquals(indexer.Instance, operation):
                    operation = indexer;
                    continue;
                case IArrayElementReferenceOperation element when ReferenceEquals(element.ArrayReference, operation):
                    operation = element;
                    continue;
                case IArgumentOperation { Parameter.Ordinal: 0, Parent: IInvocationOperation { TargetMethod: { IsExtensionMethod: true } method } call }
                    when s_elements.Contains(method.Name) && StepMethods.IsFramework(method):
                    operation = call;
                    continue;
                default:
                    return operation;
            }
        }
    }

    private static ISymbol? LambdaParameter(IOperation action) =>
        action.Unwrapped() is IDelegateCreationOperation { Target: IAnonymousFunctionOperation { Symbol.Parameters: [var parameter] } } ? parameter : null;

    private bool IsForEach(AnonymousFunctionExpressionSyntax lambda) =>
        lambda.Parent is ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax call }
        && _code.OperationOf(call, _cancellation) is IInvocationOperation { TargetMethod: { Name: "ForEach", ContainingType.Name: "List" } method } && StepMethods.IsFramework(method);

    private static bool IsNameOf(SyntaxNode name) =>
        name.Parent is ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.ValueText: "nameof" } } };

    // `this.optimizer`
    private static SyntaxNode Qualified(SyntaxNode name)
    {
        while (name.Parent is MemberAccessExpressionSyntax access && access.Name == name)
            name = access;
        return name;
    }
}
