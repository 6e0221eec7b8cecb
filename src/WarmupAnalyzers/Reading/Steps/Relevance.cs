using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace WarmupAnalyzers.Reading.Steps;

/// <summary>
/// Which methods have anything to do with schedulers and optimizers, themselves or through what they call. Most code has not, and
/// is not read again for every scheduler.
/// </summary>
internal sealed class Relevance
{
    private readonly TrainingCode _code;
    private readonly ConcurrentDictionary<SyntaxNode, Own> _own = new();
    private readonly ConcurrentDictionary<SyntaxNode, Reach> _reach = new();
    private readonly ConcurrentDictionary<ITypeSymbol, bool> _isOfTraining = new(SymbolEqualityComparer.Default);

    public Relevance(TrainingCode code) => _code = code;

    /// <summary>What a call of the method can come to.</summary>
    public enum Reach
    {
        /// <summary>Nothing that matters.</summary>
        None,

        /// <summary>Code that is not read.</summary>
        Outside,

        /// <summary>A scheduler, an optimizer or its rate.</summary>
        Training,
    }

    public Reach Of(IMethodSymbol method, CancellationToken cancellation)
    {
        if (Declaration(method, cancellation) is not { } start)
            return Reach.Training;
        if (_reach.TryGetValue(start, out var known))
            return known;
        var visited = new HashSet<SyntaxNode> { start };
        var open = new Stack<IMethodSymbol>();
        open.Push(method);
        var reach = Reach.None;
        while (open.Count > 0)
        {
            cancellation.ThrowIfCancellationRequested();
            var own = OwnOf(open.Pop(), cancellation);
            if (own.Reach > reach)
                reach = own.Reach;
            if (reach == Reach.Training)
                break;
            foreach (var callee in own.Callees)
            {
                if (Declaration(callee, cancellation) is { } declaration && visited.Add(declaration))
                    open.Push(callee);
            }
        }

        _reach[start] = reach;
        if (reach == Reach.None)
        {
            foreach (var declaration in visited)
                _reach[declaration] = Reach.None;
        }

        return reach;
    }

    private Own OwnOf(IMethodSymbol method, CancellationToken cancellation)
    {
        var declaration = Declaration(method, cancellation)!;
        if (_own.TryGetValue(declaration, out var known))
            return known;
        var callees = new List<IMethodSymbol>();
        var reach = Reach.None;
        if (_code.BodyOf(method, cancellation) is { } body)
        {
            if (declaration.ContainsDiagnostics)
                reach = Reach.Training; // half typed
            foreach (var operation in body.DescendantsAndSelf())
            {
                // Nothing comes on top of it.
                if (reach == Reach.Training)
                    break;
                Note(operation, callees, ref reach, cancellation);
            }
        }

        return _own.GetOrAdd(declaration, new Own(reach, callees));
    }

    private void Note(IOperation operation, List<IMethodSymbol> callees, ref Reach reach, CancellationToken cancellation)
    {
        var symbols = _code.Symbols;
        if (operation is IInvalidOperation || (operation.Type is { SpecialType: not (>= SpecialType.System_Boolean and <= SpecialType.System_String) } type
            && (IsOfTraining(type) || (StepReader.PlaceOf(operation) is not null && MayHoldOne(type)))))
        {
            reach = Reach.Training;
            return;
        }

        switch (operation)
        {
            case IInvocationOperation { TargetMethod.MethodKind: MethodKind.DelegateInvoke } invocation:
                // What stands in a variable may be a lambda that is read where it is called.
                Raise(invocation.Instance?.Unwrapped() is ILocalReferenceOperation ? Reach.Training : Reach.Outside, ref reach);
                break;
            case IInvocationOperation invocation:
                if (!StepMethods.IsFinal(invocation.TargetMethod, invocation.IsVirtual))
                    Overridden(invocation.TargetMethod, ref reach);
                Called(invocation.TargetMethod, ref reach);
                break;
            case IObjectCreationOperation { Constructor: { } constructor }:
                // Its initializers are not looked at here: a type of the user's own is read.
                if (!constructor.ContainingType.DeclaringSyntaxReferences.IsEmpty)
                    Raise(Reach.Training, ref reach);
                break;
            case IPropertyReferenceOperation property:
                if (property.Property.DeclaringSyntaxReferences.IsEmpty)
                    break;
                foreach (var accessor in new[] { property.Property.GetMethod, property.Property.SetMethod }.OfType<IMethodSymbol>())
                {
                    callees.Add(accessor);
                    if (!StepMethods.IsFinal(accessor, isVirtualCall: true))
                        Overridden(accessor, ref reach);
                }

                break;
            case IMethodReferenceOperation reference:
                callees.Add(reference.Method);
                Raise(Reach.Outside, ref reach);
                break;
            case IAnonymousFunctionOperation:
                Raise(Reach.Outside, ref reach);
                break;
        }

        // What overrides it may run as well, and where somebody else may derive from the type, anything.
        void Overridden(IMethodSymbol method, ref Reach found)
        {
            var type = method.ContainingType.OriginalDefinition;
            if (type.DeclaringSyntaxReferences.IsEmpty || !_code.Derivations.IsClosed(type, cancellation))
                Raise(Reach.Outside, ref found);
            callees.AddRange(_code.Derivations.Of(type, cancellation).SelectMany(derived => derived.GetMembers(method.Name)).OfType<IMethodSymbol>()
                .Where(candidate => StepMethods.IsOverrideOf(candidate, method)));
        }

        void Called(IMethodSymbol method, ref Reach found)
        {
            if (!method.DeclaringSyntaxReferences.IsEmpty)
                callees.Add(method);
            else if (!symbols.IsKnown(method) && !StepMethods.IsFramework(method))
                Raise(Reach.Outside, ref found);
        }

        static void Raise(Reach to, ref Reach found)
        {
            if (to > found)
                found = to;
        }
    }

    private bool IsOfTraining(ITypeSymbol type)
    {
        if (!_isOfTraining.TryGetValue(type, out var known))
        {
            _isOfTraining[type] = known = type.TypeKind == TypeKind.Dynamic || _code.Symbols.IsScheduler(type) || _code.Symbols.IsOptimizer(type)
                || SymbolEqualityComparer.Default.Equals(type, _code.Symbols.LearningRateController);
        }

        return known;
    }

    /// <summary>A variable of the type holds a scheduler or an optimizer without saying so.</summary>
    private bool MayHoldOne(ITypeSymbol type) =>
        type is { SpecialType: SpecialType.System_Object }
        || (type is INamedTypeSymbol { TypeKind: TypeKind.Interface } named
            && (!named.DeclaringSyntaxReferences.IsEmpty || _code.Symbols.Optimizer.AllInterfaces.Contains(named, SymbolEqualityComparer.Default)
                || _code.Symbols.Scheduler.AllInterfaces.Contains(named, SymbolEqualityComparer.Default)));

    private static SyntaxNode? Declaration(IMethodSymbol method, CancellationToken cancellation)
    {
        var references = (method.PartialImplementationPart ?? method).OriginalDefinition.DeclaringSyntaxReferences;
        return references.IsEmpty ? null : references[0].GetSyntax(cancellation);
    }

    private sealed record Own(Reach Reach, IReadOnlyList<IMethodSymbol> Callees);
}
