using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace WarmupAnalyzers.Reading.Steps;

/// <summary>All code that may run in a loop: its own and that of the methods with source that it calls, whatever the conditions.</summary>
internal sealed class LoopReach
{
    private const int MaximumFunctions = 300;

    private readonly TrainingCode _code;
    private readonly CancellationToken _cancellation;
    private readonly HashSet<SyntaxNode> _parts = new();

    private LoopReach(TrainingCode code, CancellationToken cancellation)
    {
        _code = code;
        _cancellation = cancellation;
    }

    /// <summary>Where that code stands.</summary>
    public IReadOnlyCollection<SyntaxNode> Parts => _parts;

    /// <summary>Code of this compilation may run that is not among it: through a delegate, an override, an interface.</summary>
    public bool HasUnseenSource { get; private set; }

    /// <summary>Code without source is given something that it may train with, or the code is half typed.</summary>
    public bool IsOpen { get; private set; }

    /// <summary>It goes through a sequence that may be made as it goes: an iterator of the source or the framework's, with the functions it was given.</summary>
    public bool GoesThroughSequences { get; private set; }

    /// <summary>An optimizer is made in it.</summary>
    public bool MakesOptimizer { get; private set; }

    /// <summary>Looked for once: many calls lead to the same loops.</summary>
    public static LoopReach Of(ILoopOperation loop, TrainingCode code, CancellationToken cancellation) =>
        code.Reaches.TryGetValue(loop.Syntax, out var known) ? known : code.Reaches.GetOrAdd(loop.Syntax, Find(loop, code, cancellation));

    private static LoopReach Find(ILoopOperation loop, TrainingCode code, CancellationToken cancellation)
    {
        var reach = new LoopReach(code, cancellation) { IsOpen = loop.Syntax.ContainsDiagnostics };
        reach._parts.Add(loop.Syntax);
        reach.Visit(loop, isOwn: true);
        return reach;
    }

    private void Visit(IOperation body, bool isOwn)
    {
        foreach (var operation in body.DescendantsAndSelf())
        {
            _cancellation.ThrowIfCancellationRequested();
            switch (operation)
            {
                case IInvalidOperation or IDynamicInvocationOperation or IDynamicMemberReferenceOperation or IFunctionPointerInvocationOperation:
                    IsOpen = true;
                    break;
                case IReturnOperation { Kind: OperationKind.YieldReturn } when isOwn:
                    IsOpen = true; // whoever goes through the sequence runs in between
                    break;
                case IForEachLoopOperation each:
                    GoesThroughSequences |= !IsStored(each.Collection.Unwrapped().Type);
                    break;
                case IInvocationOperation call:
                    Call(call);
                    break;
                case IObjectCreationOperation { Constructor: { } constructor } creation:
                    MakesOptimizer |= _code.Symbols.IsOptimizer(creation.Type);
                    Callee(constructor, null, creation.Arguments);
                    break;
                case IPropertyReferenceOperation property:
                    Property(property);
                    break;
                case IMethodReferenceOperation { Method: var method } reference:
                    Callee(method, reference.Instance, []);
                    HasUnseenSource |= !StepMethods.IsFinal(method, reference.IsVirtual);
                    break;
            }
        }
    }

    private void Call(IInvocationOperation call)
    {
        var method = call.TargetMethod;
        MakesOptimizer |= _code.Symbols.IsOptimizer(method.ReturnType) && method.DeclaringSyntaxReferences.IsEmpty;
        if (method.MethodKind == MethodKind.DelegateInvoke)
        {
            foreach (var lambda in HeldLambdas.Of(call.Instance, _code, _cancellation))
            {
                if (_parts.Count < MaximumFunctions && _parts.Add(lambda.Syntax))
                    Visit(lambda.Body, isOwn: false);
            }

            Unseen(call.Instance?.Type);
            return;
        }

        GoesThroughSequences |= method.DeclaringSyntaxReferences.IsEmpty && call.Arguments.Any(argument => argument.Value.Unwrapped().Type is { TypeKind: TypeKind.Interface });
        // A delegate that was made elsewhere may run in there.
        HasUnseenSource |= method.DeclaringSyntaxReferences.IsEmpty && call.Arguments.Any(IsKeptDelegate);
        // TorchSharp's own calls lead into overrides and hooks of the user's, which are looked for by themselves.
        if (_code.Symbols.IsKnown(method))
            return;
        if (!StepMethods.IsFinal(method, call.IsVirtual))
            Overrides(method);
        Callee(method, call.Instance, call.Arguments);
    }

    // A hook of the user's that nobody overrides yet is there to be overridden. What overrides `Random.Next` or `Module.forward` is all in sight where nobody else derives from the class.
    private void Overrides(IMethodSymbol method)
    {
        if (OverridesInSight(method) is { } overrides && (overrides.Length > 0 || method.IsOverride && !Introduced(method).DeclaringSyntaxReferences.IsEmpty))
        {
            foreach (var other in overrides)
                Follow(other);
            return;
        }

        if (method.ContainingType.TypeKind != TypeKind.Class || IsShownToOthers(method.ContainingType) || !Introduced(method).DeclaringSyntaxReferences.IsEmpty)
        {
            Unseen(method.ContainingType);
            return;
        }

        foreach (var declaration in _code.Names.Everywhere(method.Name, _cancellation).Select(token => token.Parent).OfType<MethodDeclarationSyntax>())
        {
            if (declaration.Modifiers.Any(SyntaxKind.OverrideKeyword)
                && _code.ModelOf(declaration.SyntaxTree)?.GetDeclaredSymbol(declaration, _cancellation) is { } other && StepMethods.IsOverrideOf(other, method))
                Follow(other);
        }
    }

    private IMethodSymbol[]? OverridesInSight(IMethodSymbol method)
    {
        var type = method.ContainingType.OriginalDefinition;
        return _code.Derivations.IsClosed(type, _cancellation)
            ? _code.Derivations.Of(type, _cancellation).SelectMany(derived => derived.GetMembers(method.Name)).OfType<IMethodSymbol>()
                .Where(other => StepMethods.IsOverrideOf(other, method)).ToArray()
            : null;
    }

    private static IMethodSymbol Introduced(IMethodSymbol method) => method.OverriddenMethod is { } overridden ? Introduced(overridden) : method;

    private bool IsStored(ITypeSymbol? type) => type is IArrayTypeSymbol
        || type is { TypeKind: TypeKind.Class or TypeKind.Struct, DeclaringSyntaxReferences.IsEmpty: true } && (StepMethods.IsFramework(type) || _code.Symbols.IsKnown(type));

    private static bool IsKeptDelegate(IArgumentOperation argument) => argument.Value.DescendantsAndSelf().Any(
        value => value is ILocalReferenceOperation or IParameterReferenceOperation or IMemberReferenceOperation or IInvocationOperation && value.Type?.TypeKind == TypeKind.Delegate);

    private void Property(IPropertyReferenceOperation reference)
    {
        var property = reference.Property;
        if (property.DeclaringSyntaxReferences.IsEmpty)
            return;
        foreach (var accessor in new[] { property.GetMethod, property.SetMethod }.OfType<IMethodSymbol>())
        {
            if (!StepMethods.IsFinal(accessor, reference.Instance is not null and not IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ContainingTypeInstance, IsImplicit: false }))
                Overrides(accessor);
            Callee(accessor, reference.Instance, []);
        }
    }

    // What a program does not show to others nobody else derives from or hands a delegate to.
    private void Unseen(ITypeSymbol? type)
    {
        HasUnseenSource = true;
        IsOpen |= IsShownToOthers(type);
    }

    private bool IsShownToOthers(ITypeSymbol? type) =>
        _code.Compilation.Options.OutputKind is OutputKind.DynamicallyLinkedLibrary or OutputKind.NetModule && type is null or { DeclaredAccessibility: Accessibility.Public };

    private void Callee(IMethodSymbol method, IOperation? instance, IEnumerable<IArgumentOperation> arguments)
    {
        if (!method.DeclaringSyntaxReferences.IsEmpty)
            Follow(method);
        else if (!_code.Symbols.IsKnown(method) && !StepMethods.IsFramework(method) && (IsGiven(instance) || arguments.Any(argument => IsGiven(argument.Value))))
            IsOpen = true;
    }

    // Numbers, texts and the framework's plain values train nothing.
    private static bool IsGiven(IOperation? value) =>
        value?.Unwrapped() is { } given and not ILiteralOperation
        && given.Type is not ({ SpecialType: not SpecialType.None and not SpecialType.System_Object } or { TypeKind: TypeKind.Enum });

    private void Follow(IMethodSymbol method)
    {
        var declaration = (method.PartialImplementationPart ?? method).OriginalDefinition.DeclaringSyntaxReferences[0].GetSyntax(_cancellation);
        if (!_parts.Add(declaration))
            return;
        if (_parts.Count > MaximumFunctions || declaration.ContainsDiagnostics)
            IsOpen = true;
        else if (_code.BodyOf(method, _cancellation) is { } body)
            Visit(body, isOwn: false);
    }
}
