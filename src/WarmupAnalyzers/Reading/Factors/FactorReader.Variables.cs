using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using WarmupAnalyzers.Factors;
using WarmupAnalyzers.Factors.Expressions;
using WarmupAnalyzers.Reading.Rounds;
using WarmupAnalyzers.Reading.Source;

namespace WarmupAnalyzers.Reading.Factors;

internal sealed partial class FactorReader
{
    private static Slot? SlotOf(IOperation target, FunctionScope? scope) => target switch
    {
        IParameterReferenceOperation parameter => scope?.Find(parameter.Parameter),
        ILocalReferenceOperation local => scope?.Find(local.Local),
        IFieldReferenceOperation or IPropertyReferenceOperation => RoundContent.VariableOf(target) is { } member ? scope?.Find(member) : null,
        _ => null,
    };

    /// <summary>A local or parameter: a variable of the functions being read, or one captured from the training code.</summary>
    private Expression ReadVariable(ISymbol variable, IOperation reference, FunctionScope? scope)
    {
        if (variable is IParameterSymbol given && scope?.ObjectOf(given) is { } handed)
            return IsText(given.Type) ? ReadHanded(handed, reference) : Unknown();
        if (scope?.Find(variable) is { } slot)
            return new VariableRead(slot) { Origin = reference.Syntax };
        if (variable is ILocalSymbol { IsConst: false } local && _round?.IsOfRound(local) == true)
            return Unknown();
        var path = new SymbolPath(variable, SymbolPaths.OwnerOf(variable, scope));
        return Remember(path, reference, () => variable is IParameterSymbol parameter && (path.Receiver?.Creation ?? CreationHeldBy(path.Receiver)) is { } creation
            ? ReadArgument(parameter, path, creation)
            : ReadCaptured(variable, path, reference));
    }

    // A string that a method is handed, as its caller would read it.
    private Expression ReadHanded(SymbolPath path, IOperation reference)
    {
        if (path.Creation is not null || ChangesBetweenSteps(path.Receiver) || path.Symbol is IPropertySymbol property && HasCode(property))
            return Unknown();
        return Remember(path, reference, () => path.Symbol is ILocalSymbol or IParameterSymbol
            ? ReadCaptured(path.Symbol, path, reference)
            : ReadStored(path.Symbol, path, reference));
    }

    private Expression ReadCaptured(ISymbol variable, SymbolPath path, IOperation reference)
    {
        if (variable is ILocalSymbol { IsConst: true } constant)
            return ReadInitializer(constant, path, reference);
        var writes = VariableWrites.Of(variable, _code, _cancellation);
        if (writes.ChangesBetweenSteps)
            return Moving(variable, reference.Type);
        var initializer = _code.InitializerOf(variable, _cancellation);
        var value = (initializer, writes.Count) switch
        {
            ({ } only, 0) => only,
            (null, 1) when writes.OnlyValue is { } assigned => _code.OperationOf(assigned, _cancellation),
            _ => null,
        };
        if (value is not null && IsSequence(reference.Type) && !SequenceUses.AreOnlyReads(variable, _code, _cancellation))
            return Unknown();
        return variable is ILocalSymbol && value is not null
            ? ReadNamed(value, path, reference.Type)
            : Free(path, reference.Type);
    }

    /// <summary>A field, or a property without code of its own.</summary>
    private Expression ReadMember(ISymbol member, IMemberReferenceOperation reference, FunctionScope? scope)
    {
        if (SlotOf(reference, scope) is { } slot)
            return new VariableRead(slot) { Origin = reference.Syntax };
        var self = reference.Instance is null ? null : PathOf(reference.Instance, scope);
        if (reference.Instance is not null and not IInstanceReferenceOperation && self is null)
            return Unknown();
        if (ChangesBetweenSteps(self))
            return Unknown();
        var path = new SymbolPath(member.OriginalDefinition, self);
        return Remember(path, reference, () => ReadStored(member.OriginalDefinition, path, reference));
    }

    private Expression ReadStored(ISymbol member, SymbolPath path, IOperation reference)
    {
        if (member is IFieldSymbol { IsConst: true } constant)
            return ReadInitializer(constant, path, reference);
        if (member is IFieldSymbol { AssociatedSymbol: IPropertySymbol property })
            return ReadBackingField(property, path, reference);
        if (member.DeclaringSyntaxReferences.IsEmpty)
            return Free(path, reference.Type);
        var writes = VariableWrites.Of(member, _code, _cancellation);
        if (IsWrittenOnlyByItsType(member) && writes.OutsideConstructors || writes.ChangesBetweenSteps)
            return Moving(member, reference.Type);
        if (path.Receiver?.Creation is { } creation)
            return ReadMade(member, path, creation, reference.Type);
        if (IsNeverWrittenLater(member) && CreationHeldBy(path.Receiver) is { } held)
            return ReadMade(member, path, held, reference.Type);
        if (!IsWrittenOnlyByItsType(member))
            return Free(path, reference.Type);
        var initializer = _code.InitializerOf(member, _cancellation);
        var value = (initializer, writes.Count) switch
        {
            ({ } only, 0) => only,
            (null, 1) when writes.OnlyValue is { } assigned => _code.OperationOf(assigned, _cancellation),
            _ => null,
        };
        if (value is null)
            return Free(path, reference.Type);
        if (IsSequence(reference.Type) && !SequenceUses.AreOnlyReads(member, _code, _cancellation))
            return Unknown();
        return path.Receiver is null ? ReadNamed(value, path, reference.Type) : ReadNamedOfAnother(value, path, reference.Type);
    }

    // `field` in a getter: what the property was initialized with, where nothing sets it.
    private Expression ReadBackingField(IPropertySymbol property, SymbolPath path, IOperation reference)
    {
        if (property.SetMethod is not null || path.Receiver is not null)
            return Free(path, property.Name, reference.Type);
        return _code.InitializerOf(property, _cancellation) is { } value
            ? ReadNamed(value, path, reference.Type)
            : Free(path, property.Name, reference.Type);
    }

    // What another object was made with: known where it is the same for all objects, else a variable of that object's own.
    private Expression ReadNamedOfAnother(IOperation value, SymbolPath path, ITypeSymbol? type) =>
        value.DescendantsAndSelf().Any(part => part is IParameterReferenceOperation or IInstanceReferenceOperation)
            ? Free(path, type)
            : ReadNamed(value, path, type);

    /// <summary>Whether a variable on the way to a member is another object from one step to the next.</summary>
    private bool ChangesBetweenSteps(SymbolPath? path)
    {
        for (var part = path; part is { Creation: null }; part = part.Receiver)
        {
            if (!part.Symbol.DeclaringSyntaxReferences.IsEmpty && VariableWrites.Of(part.Symbol, _code, _cancellation).ChangesBetweenSteps)
                return true;
        }

        return false;
    }

    private static bool IsWrittenOnlyByItsType(ISymbol member) => member switch
    {
        IFieldSymbol field => field.IsReadOnly || field.DeclaredAccessibility == Accessibility.Private && !IsMarked(field),
        IPropertySymbol property => property.SetMethod is null
            || property.SetMethod.DeclaredAccessibility == Accessibility.Private && !property.SetMethod.IsInitOnly && !IsMarked(property),
        _ => false,
    };

    // An option, a setting, what a serializer or an engine fills: an attribute is there for somebody who writes by reflection.
    private static bool IsMarked(ISymbol member) => member.GetAttributes().Any(attribute => attribute.AttributeClass is not { } type
        || type.ContainingNamespace?.ToDisplayString() is not ("System.Runtime.CompilerServices" or "System.Diagnostics.CodeAnalysis" or "System.Diagnostics")
            && type.ToDisplayString() != "System.ObsoleteAttribute");

    private Expression ReadProperty(IPropertyReferenceOperation reference, FunctionScope? scope)
    {
        var property = reference.Property;
        if (reference.Instance is { } instance && ReadOfSequence(reference, instance, scope) is { } ofSequence)
            return ofSequence;
        if (ReadOfNullable(reference, scope) is { } ofNullable)
            return ofNullable;
        if (IsRateOfRound(reference))
            return Unknown();
        if (IsOwnRate(reference))
            return Remember(new SymbolPath(property, null), reference, () => Free(OwnRate, "the optimizer's learning rate", reference.Type));
        if (!reference.Arguments.IsEmpty)
            return Unknown();
        if (property.GetMethod is { } extension && reference.Instance is { } extended && ExtensionBlock.ReceiverOf(extension, _code, _cancellation) is { } receiver)
            return new FunctionCall(ReadExtension(extension, receiver), null, ImmutableArray.Create(ReadExpression(extended, scope)), ImmutableArray.Create(0));
        if (property.GetMethod is { } getter && HasCode(property) && FunctionOf(getter, reference.Instance, scope) is { } callee)
            return new FunctionCall(callee.Function, callee.Hops, ImmutableArray<Expression>.Empty, ImmutableArray<int>.Empty);
        return HasCode(property) && !property.IsAbstract && property.ContainingType.TypeKind != TypeKind.Interface && !property.IsVirtual && !property.IsOverride
            ? Unknown()
            : ReadMember(property, reference, scope);
    }

    // A getter that computes; an auto-property's has no body, a metadata property's is not to be seen.
    private bool HasCode(IPropertySymbol property) =>
        property.GetMethod is { } getter && !property.DeclaringSyntaxReferences.IsEmpty && _code.BodyOf(getter, _cancellation) is not null;

    private Expression? ReadOfSequence(IPropertyReferenceOperation reference, IOperation instance, FunctionScope? scope)
    {
        if (!IsSequence(instance.Type))
            return null;
        if (reference.Property is { IsIndexer: true, Parameters.Length: 1 })
            return ReadElement(reference, instance, reference.Arguments[0].Value, scope);
        if (reference.Property.Name is not ("Length" or "Count"))
            return null;
        // The length of what is known; else a number like any other setting.
        var before = Mark();
        var array = ReadExpression(instance, scope);
        if (_unknowns == before.Unknowns && array is not FreeVariableRead)
            return new LengthOf(array);
        ReturnTo(before);
        return null;
    }

    // The number of elements of what is known, or the variable that `data.Count` is in a factor function.
    private Expression? ReadLength(IOperation sequence)
    {
        var before = Mark();
        var array = IsSequence(sequence.Type) ? ReadExpression(sequence, null) : Unknown();
        if (_unknowns == before.Unknowns && array is not FreeVariableRead)
            return new LengthOf(array);
        ReturnTo(before);
        return SymbolPaths.Of(sequence) is { } path && !ChangesBetweenSteps(path) && SizeOf(sequence.Type) is { } size
            ? Free(new SymbolPath(size.OriginalDefinition, path), size.Type)
            : null;
    }

    // What a user's own class counts may be something else.
    private IPropertySymbol? SizeOf(ITypeSymbol? type)
    {
        if (type is null || !type.DeclaringSyntaxReferences.IsEmpty)
            return null;
        var owners = type is IArrayTypeSymbol
            ? [_code.Compilation.GetSpecialType(SpecialType.System_Array)]
            : BasesOf(type).Concat(type.AllInterfaces).ToArray();
        return owners.SelectMany(owner => owner.GetMembers().OfType<IPropertySymbol>())
            .FirstOrDefault(property => property is { Name: "Count" or "Length", IsStatic: false, Parameters.IsEmpty: true, Type.SpecialType: SpecialType.System_Int32 or SpecialType.System_Int64 });
    }

    private static System.Collections.Generic.IEnumerable<ITypeSymbol> BasesOf(ITypeSymbol type)
    {
        for (ITypeSymbol? current = type; current is not null; current = current.BaseType)
            yield return current;
    }

    private Expression? ReadOfNullable(IPropertyReferenceOperation reference, FunctionScope? scope)
    {
        if (!ValueTypes.IsNullable(reference.Instance?.Type))
            return null;
        var value = ReadExpression(reference.Instance!, scope);
        return reference.Property.Name == "HasValue"
            ? new Compare(Comparison.NotEqual, value, new Literal(Value.Null))
            : new Conversion(value, ValueTypes.KindOf(reference.Type), toNullable: false, isChecked: false, isImplicit: false);
    }

    /// <summary>Whether this is the learning rate of a parameter group of the scheduler's own optimizer.</summary>
    private bool IsOwnRate(IPropertyReferenceOperation reference)
    {
        if (reference.Property.Name is not ("LearningRate" or "InitialLearningRate") || !_code.Symbols.IsDeclaredInTorchSharp(reference.Property))
            return false;
        if (_round is not null)
            return reference.Property.Name == "InitialLearningRate";
        var root = reference.Instance;
        while (root is not null && _optimizer is not null)
        {
            if (PathOf(root, null) is { } path && path.Equals(_optimizer))
                return true;
            root = root switch
            {
                IInvocationOperation { Instance: { } instance } => instance,
                IInvocationOperation { TargetMethod.IsExtensionMethod: true, Arguments.Length: > 0 } extension => extension.Arguments[0].Value,
                IMemberReferenceOperation { Instance: { } instance } => instance,
                IArrayElementReferenceOperation element => element.ArrayReference,
                IConversionOperation conversion => conversion.Operand,
                _ => null,
            };
        }

        return false;
    }

    private Expression ReadTest(IIsPatternOperation test, FunctionScope? scope)
    {
        var subject = ReadSubject(test.Value, scope);
        return new IsPattern(subject, ReadPattern(test.Pattern, subject, scope));
    }

    /// <summary>The path of a variable or member of the training code; null for what belongs to the factor function, and for anything computed.</summary>
    private SymbolPath? PathOf(IOperation? operation, FunctionScope? scope) => SymbolPaths.Of(operation, scope);

    private Expression Remember(SymbolPath path, IOperation reference, System.Func<Expression> read)
    {
        if (!_variables.TryGetValue(path, out var expression))
        {
            var outer = _enteredAt;
            _enteredAt ??= reference.Syntax;
            _variables[path] = UnknownExpression.Instance; // what is defined by itself
            _readVariables.Add(path);
            expression = read();
            _variables[path] = expression;
            _enteredAt = outer;
        }
        else if (expression is UnknownExpression or MovingVariableRead)
        {
            _unknowns++;
        }

        foreach (var key in KeysOf(expression))
            _symbols.Add(new SymbolSite(key, reference.Syntax, _enteredAt));
        return expression;
    }

    /// <summary>Under how many names a value goes: its own and those it was taken from unchanged.</summary>
    private static System.Collections.Generic.IEnumerable<object> KeysOf(Expression expression)
    {
        while (expression is NamedValue or Conversion { ImplicitlyConverted: not null })
        {
            if (expression is NamedValue named)
                yield return named.Key;
            expression = expression is NamedValue { Value: var value } ? value : ((Conversion)expression).ImplicitlyConverted!;
        }

        if (expression is FreeVariableRead free)
            yield return free.Variable.Key;
    }

    private Expression ReadInitializer(ISymbol constant, SymbolPath path, IOperation reference)
    {
        var before = Mark();
        if (_code.InitializerOf(constant, _cancellation) is { } initializer
            && ReadNamed(initializer, path, reference.Type) is NamedValue named)
            return named;
        // The compiler knows what we do not.
        ReturnTo(before);
        return new NamedValue(path, ReadConstant(reference));
    }

    // What cannot be read is open, and the same each time.
    private Expression ReadNamed(IOperation value, SymbolPath path, ITypeSymbol? type, FunctionScope? scope = null)
    {
        var before = Mark();
        var expression = ReadExpression(value, scope);
        if (_unknowns == before.Unknowns)
        {
            var kind = ValueTypes.KindOf(type);
            var converted = kind == ValueKind.Unknown || SymbolEqualityComparer.Default.Equals(value.Type, type)
                ? expression
                : new Conversion(expression, kind, ValueTypes.IsNullable(type), isChecked: false, isImplicit: true);
            return new NamedValue(path, converted);
        }

        ReturnTo(before);
        return Free(path, type);
    }

    // Not known either, unless one asks what it would be as the index.
    private Expression Moving(ISymbol variable, ITypeSymbol? type)
    {
        _unknowns++;
        var kind = ValueTypes.KindOf(type);
        return kind.IsNumber() ? new MovingVariableRead(variable, kind) : UnknownExpression.Instance;
    }

    private Expression Free(SymbolPath path, ITypeSymbol? type) => Free(path, path.Name, type);

    private Expression Free(object key, string name, ITypeSymbol? type)
    {
        if (IsText(type))
            return FreeText(key, name);
        var kind = ValueTypes.KindOf(type);
        if (kind is ValueKind.Unknown or ValueKind.Char)
            return Unknown();
        var variable = _freeVariables.FirstOrDefault(known => known.Key.Equals(key));
        if (variable is null)
        {
            variable = new FreeVariable(key, name, kind, ValueTypes.IsNullable(type), ValueTypes.ChoicesOf(type, name));
            _freeVariables.Add(variable);
        }

        return new FreeVariableRead(variable);
    }
}
