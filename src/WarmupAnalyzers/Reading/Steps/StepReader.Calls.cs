using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using WarmupAnalyzers.Reading.Schedules;
using WarmupAnalyzers.Reading.Source;
using WarmupAnalyzers.Training;

namespace WarmupAnalyzers.Reading.Steps;

/// <content>Calls: the steps themselves, bodies with source, and what leads out of sight.</content>
internal sealed partial class StepReader
{
    private Node TranslateInvocation(IInvocationOperation invocation, Frame frame)
    {
        var receiver = Translate(invocation.Instance, frame);
        var arguments = Node.Empty;
        foreach (var argument in invocation.Arguments)
            arguments = Node.Of(arguments, Translate(argument.Value, frame));
        return Node.Of(receiver, arguments, Called(invocation, frame));
    }

    private Node Called(IInvocationOperation invocation, Frame frame)
    {
        var method = invocation.TargetMethod;
        var instance = invocation.Instance;
        var held = instance is null ? null : Held(instance, frame);
        if (IsCreation(invocation))
        {
            NoteUse(invocation, frame);
            return new Event(EventKind.Create, Scheduler, SiteOf(invocation));
        }

        if (SchedulerCreation.Read(invocation, _symbols) is { IsBaseCall: false } rival)
            return Rival(rival, frame);
        if (_symbols.IsSchedulerStep(method))
            return Node.Of(SchedulerStep(invocation, held, frame), StepOfTheUsers(invocation, held, frame));
        if (_symbols.IsOptimizerStep(method))
            return Node.Of(OptimizerStep(invocation, held, frame), StepOfTheUsers(invocation, held, frame));
        if (_symbols.ReadsRate(method))
        {
            SchedulerIsRead |= ReferenceEquals(held, Scheduler);
            return new Event(EventKind.RateRead, Optimizer, SiteOf(invocation));
        }

        if (_symbols.ModeAfter(invocation) is { } mode)
            return new Event(mode, Optimizer, SiteOf(invocation));
        if (_symbols.IsKnown(method))
            return Node.Empty;
        if (method.MethodKind == MethodKind.DelegateInvoke)
            return instance is not null && LambdaOf(instance) is var (lambda, owner) ? new Call(LambdaBody(lambda, frame.OwnerOf(owner), leaves: false), SiteOf(invocation)) : Outside.Instance;
        if (method.MethodKind == MethodKind.Constructor) // : this(…), : base(…)
            return ConstructorCall(method, invocation.Arguments, SiteOf(invocation), frame);
        return MethodCall(method, invocation.Arguments, instance, invocation.IsVirtual, invocation, frame);
    }

    /// <summary>A scheduler or optimizer of the user's own may step the ones that are followed: what its <c>step</c> does is read too.</summary>
    private Node StepOfTheUsers(IInvocationOperation invocation, Subject? held, Frame frame) =>
        held is null && IsInSource(invocation.TargetMethod.ContainingType)
            ? MethodCall(invocation.TargetMethod, invocation.Arguments, invocation.Instance, invocation.IsVirtual, invocation, frame)
            : Node.Empty;

    private Node MethodCall(
        IMethodSymbol method, ImmutableArray<IArgumentOperation> arguments, IOperation? instance, bool isVirtual, IOperation operation, Frame frame)
    {
        if (Declaration(method) is { } declaration)
            _called.Add(declaration);
        if (TargetsOf(method, instance, isVirtual, frame) is not { } targets)
            return _code.BodyOf(method, _cancellation) is null ? NoBody(method) : new Choice(BodyCall(method, arguments, instance, operation, frame), Outside.Instance);
        return targets.Length == 1
            ? BodyCall(targets[0], arguments, instance, operation, frame)
            : new Choice([.. targets.Select(target => BodyCall(target, arguments, instance, operation, frame))]);
    }

    private static Node NoBody(IMethodSymbol method) =>
        StepMethods.IsFramework(method) || method.IsImplicitlyDeclared || IsPlainAccessor(method) ? Node.Empty : Outside.Instance;

    private Node BodyCall(IMethodSymbol method, ImmutableArray<IArgumentOperation> arguments, IOperation? instance, IOperation operation, Frame frame)
    {
        if (_code.BodyOf(method, _cancellation) is null)
            return NoBody(method);
        if (Declaration(method) is { } declaration)
            _called.Add(declaration);
        var binding = Binding(arguments, frame);
        if (binding.All(subject => subject is null))
        {
            // Most of a program has nothing to do with training.
            var reach = _code.Relevance.Of(method, _cancellation);
            if (reach != Relevance.Reach.Training)
                return reach == Relevance.Reach.None ? Node.Empty : Outside.Instance;
        }

        var parent = method.MethodKind == MethodKind.LocalFunction ? frame.OwnerOf(method) : null;
        var body = MethodBody(method, binding, parent, leaves: false);
        NoteParameters(method, arguments, frame);
        NoteNumbers(method, arguments);
        return IsOnAnotherObject(instance, method, frame) || (method.IsAsync && !IsAwaited(operation))
            ? new Deferred(body)
            : new Call(body, SiteOf(operation));
    }

    /// <summary>The methods that a call may run; null where some may not be in sight.</summary>
    private ImmutableArray<IMethodSymbol>? TargetsOf(IMethodSymbol method, IOperation? instance, bool isVirtual, Frame frame)
    {
        if (StepMethods.IsFinal(method, isVirtual))
            return ImmutableArray.Create(method);
        if (!IsInSource(method.ContainingType))
            return null;
        var isOwn = instance is null or IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ContainingTypeInstance };
        return Dispatch.Of(method, isOwn && frame.Type is { } type ? NarrowedByFields(type.OriginalDefinition) : instance?.Type, _code, _cancellation);
    }

    /// <summary>The type that the object is at least, if it is the one whose fields are followed.</summary>
    private INamedTypeSymbol NarrowedByFields(INamedTypeSymbol type)
    {
        var narrow = type;
        foreach (var owner in _fields.Keys.Where(field => !field.IsStatic).Select(field => field.ContainingType))
        {
            if (Derivations.IsA(owner, narrow))
                narrow = owner.OriginalDefinition;
            else if (Derivations.IsA(owner, type) && !Derivations.IsA(narrow, owner))
                return type; // of one kind here and of another there
        }

        return narrow;
    }

    // A method is read once for each binding, its calls once for each of their own.
    private void NoteNumbers(IMethodSymbol method, ImmutableArray<IArgumentOperation> arguments)
    {
        foreach (var argument in arguments)
        {
            if (argument.Parameter is not { RefKind: RefKind.None, Type.SpecialType: >= SpecialType.System_SByte and <= SpecialType.System_UInt64, Ordinal: var ordinal }
                || ordinal >= method.Parameters.Length)
                continue;
            var parameter = method.OriginalDefinition.Parameters[ordinal];
            if (!_given.TryGetValue(parameter, out var known))
                _given.Add(parameter, known = new List<IOperation>());
            if (!known.Any(other => other.Syntax == argument.Value.Syntax))
                known.Add(argument.Value);
        }
    }

    /// <summary>A call on some other object of the type whose fields are followed, or of a related one, made by one of its objects.</summary>
    private bool IsOnAnotherObject(IOperation? instance, ISymbol member, Frame frame) =>
        instance is not null && instance.Unwrapped() is not IInstanceReferenceOperation
        && _fields.Keys.Any(field => !field.IsStatic && AreRelated(field.ContainingType, member.ContainingType))
        && frame.Type is { } type && AreRelated(type, member.ContainingType)
        && (!IsStaticCode(frame) || HoldsSeveral(Root(instance), member.ContainingType));

    /// <summary>The code has more than one name for objects of the type: who is called may be the one or the other.</summary>
    private bool HoldsSeveral(IOperation function, INamedTypeSymbol type)
    {
        if (_several.TryGetValue(function.Syntax, out var known))
            return known;
        var places = new HashSet<ISymbol>(SymbolEqualityComparer.Default);
        foreach (var operation in function.Descendants())
        {
            if (operation.Type is INamedTypeSymbol held && IsInSource(held) && AreRelated(held, type)
                && (operation is IArrayElementReferenceOperation or IPropertyReferenceOperation { Property.IsIndexer: true } || (PlaceOf(operation) is { } place && places.Add(place) && places.Count > 1)))
                return _several[function.Syntax] = true;
        }

        return _several[function.Syntax] = false;
    }

    private static bool AreRelated(INamedTypeSymbol type, INamedTypeSymbol other) => Derivations.IsA(type, other) || Derivations.IsA(other, type);

    private static bool IsStaticCode(Frame frame)
    {
        for (var current = frame; current is not null; current = current.Parent)
        {
            if (current.Function is { IsStatic: true })
                return true;
        }

        return false;
    }

    private static bool IsAwaited(IOperation call)
    {
        var parent = call.Parent;
        while (true)
        {
            switch (parent)
            {
                case IAwaitOperation:
                case IReturnOperation: // handed on to a caller; its own await is looked at there
                    return true;
                case IConversionOperation or IParenthesizedOperation:
                    parent = parent.Parent;
                    continue;
                // ConfigureAwait, GetAwaiter().GetResult(), Wait(), Result
                case IInvocationOperation invocation when StepMethods.IsFramework(invocation.TargetMethod) && invocation.TargetMethod.Name is "ConfigureAwait" or "GetAwaiter":
                    parent = parent.Parent;
                    continue;
                case IInvocationOperation { TargetMethod.Name: "GetResult" or "Wait" } invocation when StepMethods.IsFramework(invocation.TargetMethod):
                case IPropertyReferenceOperation { Property.Name: "Result" } property when StepMethods.IsFramework(property.Property):
                    return true;
                default:
                    return false;
            }
        }
    }

    private static bool IsPlainAccessor(IMethodSymbol method) => method.MethodKind is MethodKind.PropertyGet or MethodKind.PropertySet;

    /// <summary>
    /// Calls that are not written as such: operators, Dispose, enumerators, deconstruction, ToString. Those of a type with source may
    /// do what the type's methods do, and it may be the optimizer that they step.
    /// </summary>
    private Node Unwritten(IOperation operation, Frame frame)
    {
        switch (operation)
        {
            case IBinaryOperation { OperatorMethod: { } method }:
                return Unwritten(method);
            case IUnaryOperation { OperatorMethod: { } method }:
                return Unwritten(method);
            case IConversionOperation { OperatorMethod: { } method }:
                return Unwritten(method);
            case IIncrementOrDecrementOperation { OperatorMethod: { } method }:
                return Unwritten(method);
            case ICompoundAssignmentOperation { OperatorMethod: { } method }:
                return Unwritten(method);
            case IUsingOperation statement:
                return Members(TypeOfResource(statement.Resources), "Dispose", "DisposeAsync");
            case IUsingDeclarationOperation declaration:
                return Members(TypeOfResource(declaration.DeclarationGroup), "Dispose", "DisposeAsync");
            case IForEachLoopOperation loop:
                return Members(loop.Collection.Unwrapped().Type, "GetEnumerator", "GetAsyncEnumerator", "MoveNext", "MoveNextAsync", "get_Current");
            case IInterpolationOperation interpolation:
                return Members(interpolation.Expression.Unwrapped().Type, "ToString");
            case IPropertySubpatternOperation { Member: IPropertyReferenceOperation property }:
                return property.Property.GetMethod is { } getter ? Unwritten(getter) : Node.Empty;
            default:
                return Node.Empty;
        }

        // By the names that the language itself looks for.
        Node Members(ITypeSymbol? type, params string[] names)
        {
            var parts = new List<Node>();
            for (var current = type; current is not null && !current.DeclaringSyntaxReferences.IsEmpty; current = current.BaseType)
                parts.AddRange(names.SelectMany(name => current.GetMembers(name)).OfType<IMethodSymbol>().Select(method => Unwritten(method)));
            return Node.Of([.. parts]);
        }
    }

    private Node Unwritten(IMethodSymbol method)
    {
        if (_code.BodyOf(method, _cancellation) is null || _code.Relevance.Of(method, _cancellation) != Relevance.Reach.Training)
            return Node.Empty;
        return new Deferred(MethodBody(method, ImmutableArray<Subject?>.Empty, parent: null, leaves: false));
    }

    private static ITypeSymbol? TypeOfResource(IOperation resources) =>
        resources is IVariableDeclarationGroupOperation group ? group.Declarations.FirstOrDefault()?.Declarators.FirstOrDefault()?.Symbol.Type : resources.Unwrapped().Type;

    private Node TranslateObjectCreation(IObjectCreationOperation creation, Frame frame)
    {
        var parts = new List<Node>();
        parts.AddRange(creation.Arguments.Select(argument => Translate(argument.Value, frame)));
        if (IsCreation(creation))
        {
            NoteUse(creation, frame);
            parts.Add(new Event(EventKind.Create, Scheduler, SiteOf(creation)));
        }
        else if (SchedulerCreation.Read(creation, _symbols) is { } rival)
            parts.Add(Rival(rival, frame));
        else if (creation.Constructor is { } constructor)
            parts.Add(ConstructorCall(constructor, creation.Arguments, SiteOf(creation), frame));
        parts.Add(Translate(creation.Initializer, frame));
        return Node.Of([.. parts]);
    }

    private Node ConstructorCall(IMethodSymbol constructor, ImmutableArray<IArgumentOperation> arguments, Site site, Frame frame)
    {
        if (!IsInSource(constructor.ContainingType))
            return Node.Empty;
        if (Declaration(constructor) is { } declaration)
            _called.Add(declaration);
        return new Call(ReadConstructor(constructor.OriginalDefinition, Binding(arguments, frame)), site);
    }

    private ImmutableArray<Subject?> Binding(ImmutableArray<IArgumentOperation> arguments, Frame frame)
    {
        var binding = new Subject?[arguments.Length];
        foreach (var argument in arguments)
        {
            if (argument.Parameter is { } parameter && parameter.Ordinal < binding.Length && argument.ArgumentKind != ArgumentKind.DefaultValue)
                binding[parameter.Ordinal] = Held(argument.Value, frame);
        }

        return ImmutableArray.Create(binding);
    }

    /// <summary>The scheduler is made from a parameter: what is passed for it is the optimizer too.</summary>
    private void NoteParameters(IMethodSymbol method, ImmutableArray<IArgumentOperation> arguments, Frame frame)
    {
        if (_rootFrame is null || !SymbolEqualityComparer.Default.Equals(_rootFrame.Function, method.OriginalDefinition))
            return;
        foreach (var argument in arguments)
        {
            if (argument.Parameter is not { } given || given.Ordinal >= method.Parameters.Length
                || !_rootFrame.Variables.TryGetValue(method.OriginalDefinition.Parameters[given.Ordinal], out var subject)
                || !ReferenceEquals(subject, Optimizer) || Held(argument.Value, frame) is not null)
                continue;
            if (PlaceOf(argument.Value.Unwrapped()) is { } place)
                AddPlace(place, subject, frame);
            else if (!IsFresh(argument.Value))
                OptimizerHasOtherNames = true;
        }
    }

    private Node SchedulerStep(IInvocationOperation invocation, Subject? held, Frame frame)
    {
        if (!ReferenceEquals(held, Scheduler))
            return invocation.Instance is { } other && MayShareOptimizer(other, frame)
                ? new Event(EventKind.RivalStep, Scheduler, SiteOf(invocation))
                : Node.Empty;
        if (IsUncertain(invocation.Instance!, frame))
            return Node.Of(Unknown.Instance, new Event(EventKind.SchedulerStep, Scheduler, SiteOf(invocation)));
        var index = IndexArgument(invocation);
        return new Event(EventKind.SchedulerStep, Scheduler, SiteOf(invocation))
        {
            HasIndex = index is not null,
            Index = index is null ? null : LoopCount.FirstCount(index),
        };
    }

    /// <summary>The index given to <c>step(int?)</c>, <c>step(double, int?)</c> or our <c>step(long)</c>, if there is one.</summary>
    private static IOperation? IndexArgument(IInvocationOperation step)
    {
        foreach (var argument in step.Arguments)
        {
            if (StepMethods.IsIndex(argument.Parameter)
                && argument.ArgumentKind == ArgumentKind.Explicit
                && !IsNull(argument.Value))
                return argument.Value;
        }

        return null;
    }

    private Node OptimizerStep(IInvocationOperation invocation, Subject? held, Frame frame)
    {
        if (ReferenceEquals(held, Optimizer))
        {
            var step = new Event(EventKind.OptimizerStep, Optimizer, SiteOf(invocation));
            return IsUncertain(invocation.Instance!, frame) ? Node.Of(Unknown.Instance, step) : step;
        }

        return invocation.Instance is { } other && IsFreshOptimizer(other)
            ? Node.Empty
            : new Event(EventKind.PossibleOptimizerStep, Optimizer, SiteOf(invocation));
    }

    private Node Rival(SchedulerCreation rival, Frame frame) =>
        rival.Optimizer is { } optimizer && ReferenceEquals(Held(optimizer, frame), Optimizer) && !IsOwnChild(rival.Operation)
            ? new Event(EventKind.RivalCreate, Scheduler, SiteOf(rival.Operation))
            : Node.Empty;

    /// <summary>One of the schedulers that this one is made of.</summary>
    private bool IsOwnChild(IOperation made)
    {
        if (Creation.Argument("schedulers") is not { } list || SchedulerList.Elements(list) is not { } elements)
            return false;
        return elements.Any(element => element.Unwrapped() switch
        {
            ILocalReferenceOperation { Local: var local } => ReferenceEquals(_code.InitializerOf(local, _cancellation)?.Unwrapped().Syntax, made.Syntax),
            { } value => ReferenceEquals(value.Syntax, made.Syntax),
        });
    }

    /// <summary>A scheduler of the same optimizer, as far as one can tell.</summary>
    private bool MayShareOptimizer(IOperation scheduler, Frame frame)
    {
        var place = PlaceOf(scheduler.Unwrapped());
        if (place is null || OnlyValue(place) is not { } value || SchedulerCreation.Read(value.Unwrapped(), _symbols) is not { Optimizer: { } optimizer })
            return true;
        var other = PlaceOf(optimizer.Unwrapped());
        if (other is null)
            return true;
        return ReferenceEquals(Find(other, frame), Optimizer) || !(OnlyValue(other) is { } made && IsFresh(made));
    }

    /// <summary>An optimizer whose place is given one value, and that one is made there.</summary>
    private bool IsFreshOptimizer(IOperation optimizer) =>
        PlaceOf(optimizer.Unwrapped()) is { } place && OnlyValue(place) is { } value && IsFresh(value);

    private bool IsFresh(IOperation value) => value.Unwrapped() switch
    {
        IObjectCreationOperation => true,
        IInvocationOperation { TargetMethod: { IsStatic: true } factory } => _symbols.IsDeclaredInTorchSharp(factory),
        _ => false,
    };

    /// <summary>An optimizer that is made where it is written, or by a method that makes one at each call: nobody else knows it.</summary>
    public bool IsNewOptimizer(IOperation optimizer)
    {
        if (IsFresh(optimizer))
            return true;
        if (optimizer.Unwrapped() is not IInvocationOperation { TargetMethod: var factory } || _code.BodyOf(factory, _cancellation) is not { } body)
            return false;
        var returned = body.Descendants().OfType<IReturnOperation>().Select(exit => exit.ReturnedValue).OfType<IOperation>().ToArray();
        return returned.Length > 0 && returned.All(value => IsFresh(value) || IsFreshOptimizer(value));
    }

    /// <summary>Whether a local is given a new optimizer where it is declared, and nothing else later.</summary>
    public bool IsMadeAtDeclaration(ILocalSymbol place) => OnlyValue(place) is { } made && IsNewOptimizer(made);

    /// <summary>The one value a local is given at its declaration, or a field in the code of its type.</summary>
    private IOperation? OnlyValue(ISymbol place)
    {
        var initial = _code.InitializerOf(place, _cancellation);
        var written = _code.WritesOf(place, _cancellation).All.OfType<AssignmentExpressionSyntax>().Take(2).ToArray();
        return written is [var only] && initial is null ? (_code.OperationOf(only, _cancellation) as IAssignmentOperation)?.Value
            : written.Length == 0 ? initial
            : null;
    }

    private static IOperation Root(IOperation operation)
    {
        while (operation.Parent is { } parent)
            operation = parent;
        return operation;
    }

    private Node TranslateLambda(IAnonymousFunctionOperation lambda, Frame frame)
    {
        switch (DelegateUse(lambda))
        {
            case DelegateFate.RunsInPlace:
                return new Loop { Body = new Call(LambdaBody(lambda, frame, leaves: false), SiteOf(lambda)) };
            case DelegateFate.IsInvoked:
                return Node.Empty;
            default:
                _leaving.Add(LambdaBody(lambda, frame, leaves: true));
                return Outside.Instance;
        }
    }

    private Node TranslateMethodGroup(IMethodReferenceOperation reference, Frame frame)
    {
        var instance = Translate(reference.Instance, frame);
        if (_code.BodyOf(reference.Method, _cancellation) is null)
            return reference.Instance is not null && Held(reference.Instance, frame) is { } held ? Escaped(held) : instance;
        if (Declaration(reference.Method) is { } declaration)
            _called.Add(declaration);
        var inPlace = DelegateUse(reference) == DelegateFate.RunsInPlace;
        var parent = reference.Method.MethodKind == MethodKind.LocalFunction ? frame.OwnerOf(reference.Method) : null;
        var body = MethodBody(reference.Method, ImmutableArray<Subject?>.Empty, parent, leaves: !inPlace);
        if (inPlace)
            return Node.Of(instance, new Loop { Body = new Call(body, SiteOf(reference)) });
        _leaving.Add(body);
        return Node.Of(instance, Outside.Instance);
    }

    private Node Escaped(Subject subject)
    {
        Escape(subject);
        return Unknown.Instance;
    }

    private enum DelegateFate
    {
        Leaves,
        RunsInPlace,
        IsInvoked,
    }

    private DelegateFate DelegateUse(IOperation function)
    {
        var value = function;
        while (value.Parent is IDelegateCreationOperation or IConversionOperation or IParenthesizedOperation)
            value = value.Parent;
        switch (value.Parent)
        {
            case IArgumentOperation { Parent: IInvocationOperation call } when _symbols.IsKnown(call.TargetMethod):
            case IArgumentOperation { Parent: IObjectCreationOperation creation } when _symbols.IsKnown(creation.Constructor):
                return DelegateFate.RunsInPlace;
            case IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol: var local } } when function is IAnonymousFunctionOperation && IsOnlyInvoked(local):
                return DelegateFate.IsInvoked;
            default:
                return DelegateFate.Leaves;
        }
    }

    private (IAnonymousFunctionOperation Lambda, ILocalSymbol Owner)? LambdaOf(IOperation target)
    {
        if (target.Unwrapped() is not ILocalReferenceOperation { Local: var local } || !IsOnlyInvoked(local)
            || _code.InitializerOf(local, _cancellation) is not { } initializer)
            return null;
        var value = initializer.Unwrapped();
        if (value is IDelegateCreationOperation made)
            value = made.Target;
        return value is IAnonymousFunctionOperation lambda ? (lambda, local) : null;
    }

    private bool IsOnlyInvoked(ILocalSymbol local) => VariableWrites.NamesOf(local, _code, _cancellation)
        .All(name => _code.OperationOf(name, _cancellation)?.Parent is IInvocationOperation { TargetMethod.MethodKind: MethodKind.DelegateInvoke });

    private static bool IsInSource(INamedTypeSymbol type) => !type.DeclaringSyntaxReferences.IsEmpty;
}
