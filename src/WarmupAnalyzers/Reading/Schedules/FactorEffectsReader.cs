using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using WarmupAnalyzers.Factors;
using WarmupAnalyzers.Reading.Source;
using WarmupAnalyzers.Reading.Steps;

namespace WarmupAnalyzers.Reading.Schedules;

/// <summary>
/// Looks through a factor function, and what it calls in this compilation, for what it takes from outside and what it leaves
/// there. What it does to an object that cannot be told is not held against it.
/// </summary>
internal sealed class FactorEffectsReader
{
    private const int MaximumFunctions = 64;

    private readonly TrainingCode _code;
    private readonly CancellationToken _cancellation;
    private readonly List<FunctionCode> _functions = new();
    private readonly HashSet<ISymbol> _outsideObjects = new(SymbolEqualityComparer.Default);
    private readonly Dictionary<ISymbol, SyntaxNode> _reads = new(SymbolEqualityComparer.Default);
    private IParameterSymbol? _index;
    private StateWrite? _write;
    private bool _readsIndex;

    private FactorEffectsReader(TrainingCode code, CancellationToken cancellation)
    {
        _code = code;
        _cancellation = cancellation;
    }

    /// <summary>Reads a delegate's effects.</summary>
    /// <param name="site">The scheduler's creation.</param>
    public static FactorEffects Read(IOperation factor, IOperation site, TrainingCode code, CancellationToken cancellation)
    {
        if (FunctionCode.OfDelegate(factor, code, cancellation) is not { Parameters: [var index] } function)
            return FactorEffects.Unknown;
        var reader = new FactorEffectsReader(code, cancellation) { _index = index };
        reader.Visit(function);
        var moving = reader._reads.Where(read => !reader._readsIndex && MovingCounters.Moves(read.Key, site, code, cancellation));
        return new FactorEffects(
            reader._readsIndex,
            moving.Select(read => new MovingVariable(
                read.Key,
                read.Key.Name,
                read.Value,
                MovingCounters.Counts(read.Key, code, cancellation),
                MovingCounters.Of(read.Key, site, code, cancellation))).ToImmutableArray(),
            reader._write);
    }

    private void Visit(FunctionCode function)
    {
        if (_functions.Count == MaximumFunctions || _functions.Any(known => known.Declaration == function.Declaration))
            return;
        _functions.Add(function);
        foreach (var operation in function.Body.DescendantsAndSelf())
        {
            _cancellation.ThrowIfCancellationRequested();
            NoteRead(operation);
            NoteWrite(operation);
            FollowCall(operation);
        }
    }

    private void NoteRead(IOperation operation)
    {
        var variable = operation switch
        {
            IParameterReferenceOperation parameter => parameter.Parameter,
            ILocalReferenceOperation local => local.Local,
            IFieldReferenceOperation field => field.Field.OriginalDefinition,
            IPropertyReferenceOperation { Arguments.IsEmpty: true } property => property.Property.OriginalDefinition,
            _ => (ISymbol?)null,
        };
        _readsIndex |= variable is not null && SymbolEqualityComparer.Default.Equals(variable, _index);
        if (variable is not null && !IsOwn(variable) && !_reads.ContainsKey(variable) && !IsOnlyWritten(operation))
            _reads.Add(variable, operation.Syntax);
    }

    private static bool IsOnlyWritten(IOperation variable) => variable.Parent switch
    {
        ISimpleAssignmentOperation assignment => assignment.Target == variable,
        ICompoundAssignmentOperation { Parent: IExpressionStatementOperation } compound => compound.Target == variable,
        IIncrementOrDecrementOperation { Parent: IExpressionStatementOperation } => true,
        IArgumentOperation { Parameter.RefKind: RefKind.Ref or RefKind.Out, Parent.Parent: IExpressionStatementOperation } => true,
        _ => false,
    };

    private void NoteWrite(IOperation operation)
    {
        var target = operation switch
        {
            IAssignmentOperation assignment when !IsHarmless(assignment) => assignment.Target,
            IIncrementOrDecrementOperation increment => increment.Target,
            IArgumentOperation { Parameter.RefKind: RefKind.Ref or RefKind.Out } argument => argument.Value,
            IInvocationOperation call when StateMethods.Change(call) && !IsMemo(call.Instance!, call.Arguments) && IsOutside(call.Instance!) => call.Instance,
            _ => null,
        };
        if (target is null || _write is not null)
            return;
        foreach (var part in Parts(target))
        {
            if (operation is IInvocationOperation || IsOutsideVariable(part))
                _write ??= new StateWrite(StateMethods.NameOf(part), operation.Syntax);
        }
    }

    private static IEnumerable<IOperation> Parts(IOperation target) => target is ITupleOperation tuple ? tuple.Elements.SelectMany(Parts) : [target];

    /// <summary>Whether a write to this is seen by the next call.</summary>
    private bool IsOutsideVariable(IOperation target) => target switch
    {
        ILocalReferenceOperation local => !IsOwn(local.Local),
        IParameterReferenceOperation parameter => !IsOwn(parameter.Parameter),
        IMemberReferenceOperation { Instance: null } => true,
        IMemberReferenceOperation { Instance: { } instance } => IsOutside(instance),
        IArrayElementReferenceOperation element => IsOutside(element.ArrayReference),
        _ => false,
    };

    /// <summary>Whether the value is an object, or a variable, that outlives the call.</summary>
    private bool IsOutside(IOperation value) => value.Unwrapped() switch
    {
        IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ContainingTypeInstance } self => IsThisOutside(self),
        ILocalReferenceOperation local => !IsOwn(local.Local) || local.Local.Type.IsReferenceType && IsAliasOfOutside(local.Local),
        IParameterReferenceOperation parameter => !IsOwn(parameter.Parameter) || _outsideObjects.Contains(parameter.Parameter),
        IMemberReferenceOperation { Instance: null, Member: IFieldSymbol or IPropertySymbol } => true,
        IMemberReferenceOperation { Instance: { } instance, Member: IFieldSymbol or IPropertySymbol } => IsOutside(instance),
        IArrayElementReferenceOperation element => IsOutside(element.ArrayReference),
        IConditionalAccessInstanceOperation access => Factors.SymbolPaths.AccessedBy(access) is { } accessed && IsOutside(accessed),
        _ => false,
    };

    // The object of a method is outside where it was called on one that is.
    private bool IsThisOutside(IOperation self)
    {
        var type = _code.ModelOf(self.Syntax.SyntaxTree)?.GetEnclosingSymbol(self.Syntax.SpanStart, _cancellation)?.ContainingType;
        return type is not null && (_functions[0].Declaration.Span.Contains(self.Syntax.Span) || _outsideObjects.Contains(type.OriginalDefinition));
    }

    private bool IsAliasOfOutside(ILocalSymbol local) =>
        VariableWrites.Of(local, _code, _cancellation).Count == 0 && _code.InitializerOf(local, _cancellation) is { } value && IsOutside(value);

    private bool IsOwn(ISymbol variable) => variable is ILocalSymbol or IParameterSymbol
        && variable.DeclaringSyntaxReferences.Any(reference => _functions.Any(function =>
            function.Declaration.SyntaxTree == reference.SyntaxTree && function.Declaration.Span.Contains(reference.Span)));

    private void FollowCall(IOperation operation)
    {
        switch (operation)
        {
            case IInvocationOperation { TargetMethod.MethodKind: MethodKind.DelegateInvoke, Instance: { } invoked }:
                if (FunctionCode.OfDelegate(invoked, _code, _cancellation) is { } named)
                    Visit(named);
                break;
            case IInvocationOperation call:
                Follow(call.TargetMethod, call.Instance, call.IsVirtual, call.Arguments);
                break;
            case IPropertyReferenceOperation { Property: { GetMethod: { } getter, DeclaringSyntaxReferences.IsEmpty: false } } property:
                Follow(getter, property.Instance, isVirtual: true, property.Arguments);
                break;
        }
    }

    private void Follow(IMethodSymbol method, IOperation? instance, bool isVirtual, ImmutableArray<IArgumentOperation> arguments)
    {
        if (method.DeclaringSyntaxReferences.IsEmpty || FunctionCode.OfMethod(method, isVirtual && instance is not null, _code, _cancellation) is not { } callee)
            return;
        if (instance is not null && IsOutside(instance))
            _outsideObjects.Add(method.ContainingType.OriginalDefinition);
        foreach (var argument in arguments)
        {
            if (argument.Parameter is { Type.IsReferenceType: true } parameter && IsOutside(argument.Value))
                _outsideObjects.Add(parameter.OriginalDefinition);
        }

        Visit(callee);
    }

    // What is made once, or kept for each index, is the same whenever it is asked for.
    private bool IsHarmless(IAssignmentOperation assignment) => assignment switch
    {
        ICoalesceAssignmentOperation { Value: var made } => !made.DescendantsAndSelf().Any(part => DependsOnCall(part, made)),
        ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Property.IsIndexer: true, Instance: { } memo } element } => IsMemo(memo, element.Arguments),
        ISimpleAssignmentOperation { Target: IArrayElementReferenceOperation { Indices: [var key] } } => IsIndex(key),
        _ => false,
    };

    // A variable of the call that is not one of the value's own.
    private bool DependsOnCall(IOperation part, IOperation value)
    {
        var variable = part switch
        {
            ILocalReferenceOperation local => local.Local,
            IParameterReferenceOperation parameter => parameter.Parameter,
            _ => (ISymbol?)null,
        };
        return variable is not null && IsOwn(variable)
            && !variable.DeclaringSyntaxReferences.Any(reference => value.Syntax.SyntaxTree == reference.SyntaxTree && value.Syntax.Span.Contains(reference.Span));
    }

    private bool IsMemo(IOperation memo, ImmutableArray<IArgumentOperation> arguments) =>
        memo.Type?.Name.EndsWith("Dictionary", System.StringComparison.Ordinal) == true && arguments.Length > 0 && IsIndex(arguments[0].Value);

    private bool IsIndex(IOperation key) => key.Unwrapped() is IParameterReferenceOperation parameter && IsOwn(parameter.Parameter);
}

/// <summary>Methods of the framework's collections that change them.</summary>
internal static class StateMethods
{
    private static readonly ImmutableHashSet<string> s_changing = ImmutableHashSet.Create(
        "Add", "AddRange", "AddFirst", "AddLast", "Insert", "InsertRange", "Remove", "RemoveAt", "RemoveAll", "RemoveRange", "RemoveFirst", "RemoveLast",
        "Clear", "Push", "Pop", "Enqueue", "Dequeue", "TryAdd", "TryPop", "TryDequeue", "TryRemove", "Sort", "Reverse", "UnionWith", "ExceptWith", "IntersectWith");

    public static bool Change(IInvocationOperation call) =>
        call is { Instance: not null, TargetMethod: { IsExtensionMethod: false } method }
        && s_changing.Contains(method.Name)
        && method.DeclaringSyntaxReferences.IsEmpty
        && method.ContainingNamespace?.ToDisplayString().StartsWith("System.Collections", System.StringComparison.Ordinal) == true;

    /// <summary>A variable as a person would say it.</summary>
    public static string NameOf(IOperation variable) => variable.Unwrapped() switch
    {
        ILocalReferenceOperation local => local.Local.Name,
        IParameterReferenceOperation parameter => parameter.Parameter.Name,
        IPropertyReferenceOperation { Property.IsIndexer: true, Instance: { } list } => NameOf(list),
        IMemberReferenceOperation member => member.Member.Name,
        IArrayElementReferenceOperation element => NameOf(element.ArrayReference),
        var other => other.Syntax.ToString(),
    };
}
