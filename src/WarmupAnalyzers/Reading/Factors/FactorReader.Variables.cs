using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using WarmupAnalyzers.Factors;
using WarmupAnalyzers.Factors.Expressions;

namespace WarmupAnalyzers.Reading.Factors;

internal sealed partial class FactorReader
{
    private static Slot? SlotOf(IOperation target, FunctionScope? scope) => target switch
    {
        IParameterReferenceOperation parameter => scope?.Find(parameter.Parameter),
        ILocalReferenceOperation local => scope?.Find(local.Local),
        _ => null,
    };

    /// <summary>A local or parameter: a variable of the functions being read, or one captured from the training code.</summary>
    private Expression ReadVariable(ISymbol variable, IOperation reference, FunctionScope? scope)
    {
        if (scope?.Find(variable) is { } slot)
            return new VariableRead(slot) { Origin = reference.Syntax };
        var path = new SymbolPath(variable, null);
        return Remember(path, reference, () => ReadCaptured(variable, path, reference));
    }

    private Expression ReadCaptured(ISymbol variable, SymbolPath path, IOperation reference)
    {
        if (variable is ILocalSymbol { IsConst: true } constant)
            return ReadInitializer(constant, path, reference);
        var writes = VariableWrites.Of(variable, _code, _cancellation);
        if (writes.ChangesBetweenSteps)
            return Unknown();
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
        var self = reference.Instance is null ? null : PathOf(reference.Instance, scope);
        if (reference.Instance is not null and not IInstanceReferenceOperation && self is null)
            return Unknown();
        if (ChangesBetweenSteps(self))
            return Unknown();
        var path = new SymbolPath(member.OriginalDefinition, self);
        return Remember(path, reference, () => ReadStored(member.OriginalDefinition, path, reference));
    }

    private Expression ReadStored(ISymbol member, SymbolPath path, IMemberReferenceOperation reference)
    {
        if (member is IFieldSymbol { IsConst: true } constant)
            return ReadInitializer(constant, path, reference);
        if (member.DeclaringSyntaxReferences.IsEmpty)
            return Free(path, reference.Type);
        var writes = VariableWrites.Of(member, _code, _cancellation);
        if (IsWrittenOnlyByItsType(member) && writes.OutsideConstructors || writes.ChangesBetweenSteps)
            return Unknown();
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

    // What another object was made with: known where it is the same for all objects, else a variable of that object's own.
    private Expression ReadNamedOfAnother(IOperation value, SymbolPath path, ITypeSymbol? type) =>
        value.DescendantsAndSelf().Any(part => part is IParameterReferenceOperation or IInstanceReferenceOperation)
            ? Free(path, type)
            : ReadNamed(value, path, type);

    /// <summary>Whether a variable on the way to a member is another object from one step to the next.</summary>
    private bool ChangesBetweenSteps(SymbolPath? path)
    {
        for (var part = path; part is not null; part = part.Receiver)
        {
            if (!part.Symbol.DeclaringSyntaxReferences.IsEmpty && VariableWrites.Of(part.Symbol, _code, _cancellation).ChangesBetweenSteps)
                return true;
        }

        return false;
    }

    private static bool IsWrittenOnlyByItsType(ISymbol member) => member switch
    {
        IFieldSymbol field => field.IsReadOnly || field.DeclaredAccessibility == Accessibility.Private,
        IPropertySymbol property => property.SetMethod is null || property.SetMethod.DeclaredAccessibility == Accessibility.Private && !property.SetMethod.IsInitOnly,
        _ => false,
    };

    private Expression ReadProperty(IPropertyReferenceOperation reference, FunctionScope? scope)
    {
        var property = reference.Property;
        if (reference.Instance is { } instance && ReadOfSequence(reference, instance, scope) is { } ofSequence)
            return ofSequence;
        if (ReadOfNullable(reference, scope) is { } ofNullable)
            return ofNullable;
        if (IsOwnRate(reference))
            return Remember(new SymbolPath(property, null), reference, () => Free(OwnRate, "the optimizer's learning rate", reference.Type));
        if (!reference.Arguments.IsEmpty)
            return Unknown();
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
            return ReadElement(instance, reference.Arguments[0].Value, scope);
        if (reference.Property.Name is not ("Length" or "Count"))
            return null;
        // The length of what is known; else a number like any other setting.
        var before = _unknowns;
        var array = ReadExpression(instance, scope);
        if (_unknowns == before && array is not FreeVariableRead)
            return new LengthOf(array);
        _unknowns = before;
        return null;
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

    /// <summary>A bool that only the outside knows, such as a null test or a comparison of a setting with a string: a branch of its own.</summary>
    private Expression? ReadOpenTest(IBinaryOperation binary, FunctionScope? scope)
    {
        if (binary.OperatorKind is not (BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals))
            return null;
        var (subject, constant) = binary.RightOperand.ConstantValue.HasValue
            ? (binary.LeftOperand, binary.RightOperand)
            : (binary.RightOperand, binary.LeftOperand);
        var test = OpenTest(subject, constant, scope);
        return test is null || binary.OperatorKind == BinaryOperatorKind.Equals ? test : new Not(test);
    }

    private Expression ReadTest(IIsPatternOperation test, FunctionScope? scope)
    {
        var (pattern, isNegated) = test.Pattern is INegatedPatternOperation negated ? (negated.Pattern, true) : (test.Pattern, false);
        if (pattern is IConstantPatternOperation constant && OpenTest(test.Value, constant.Value, scope) is { } open)
            return isNegated ? new Not(open) : open;
        return new IsPattern(ReadExpression(test.Value, scope), ReadPattern(test.Pattern, scope));
    }

    private Expression? OpenTest(IOperation subject, IOperation constant, FunctionScope? scope)
    {
        while (subject is IConversionOperation { IsImplicit: true } conversion)
            subject = conversion.Operand;
        while (constant is IConversionOperation { IsImplicit: true } conversion)
            constant = conversion.Operand;
        if (constant.ConstantValue is not { HasValue: true, Value: null or string }
            || subject.Type is null || subject.Type.IsValueType
            || PathOf(subject, scope) is not { } path)
            return null;
        if (KnownText(subject) is { } known)
            return new Literal(Value.Of(Equals(known.Value, constant.ConstantValue.Value)));
        if (ChangesBetweenSteps(path))
            return Unknown();
        var value = constant.ConstantValue.Value is string text ? "\"" + text + "\"" : "null";
        var test = new SymbolPath(path.Symbol, path.Receiver, " == " + value);
        return Remember(test, subject, () => Free(test, _code.Compilation.GetSpecialType(SpecialType.System_Boolean)));
    }

    // A string that the code fixes: a constant, or a local made from one.
    private Optional<object?>? KnownText(IOperation subject)
    {
        if (subject.ConstantValue.HasValue)
            return subject.ConstantValue;
        if (subject is not ILocalReferenceOperation { Local: var local } || VariableWrites.Of(local, _code, _cancellation).Count > 0)
            return null;
        return _code.InitializerOf(local, _cancellation) is { ConstantValue: { HasValue: true, Value: string or null } text } ? text : null;
    }

    /// <summary>The path of a variable or member of the training code; null for what belongs to the factor function, and for anything computed.</summary>
    private SymbolPath? PathOf(IOperation? operation, FunctionScope? scope) => SymbolPaths.Of(operation, scope);

    private Expression Remember(SymbolPath path, IOperation reference, System.Func<Expression> read)
    {
        if (!_variables.TryGetValue(path, out var expression))
        {
            _variables[path] = UnknownExpression.Instance; // what is defined by itself
            expression = read();
            _variables[path] = expression;
        }
        else if (expression is UnknownExpression)
        {
            _unknowns++;
        }

        foreach (var key in KeysOf(expression))
            _symbols.Add(new SymbolSite(key, reference.Syntax));
        return expression;
    }

    /// <summary>Under how many names a value goes: its own and those it was taken from unchanged.</summary>
    private static System.Collections.Generic.IEnumerable<object> KeysOf(Expression expression)
    {
        while (expression is NamedValue named)
        {
            yield return named.Key;
            expression = named.Value;
        }

        if (expression is FreeVariableRead free)
            yield return free.Variable.Key;
    }

    private Expression ReadInitializer(ISymbol constant, SymbolPath path, IOperation reference)
    {
        var before = _unknowns;
        if (_code.InitializerOf(constant, _cancellation) is { } initializer
            && ReadNamed(initializer, path, reference.Type) is NamedValue named)
            return named;
        // The compiler knows what we do not.
        _unknowns = before;
        return new NamedValue(path, ReadConstant(reference));
    }

    // What cannot be read is open, and the same each time.
    private Expression ReadNamed(IOperation value, SymbolPath path, ITypeSymbol? type)
    {
        var before = _unknowns;
        var expression = ReadExpression(value, null);
        if (_unknowns == before)
        {
            var kind = ValueTypes.KindOf(type);
            var converted = kind == ValueKind.Unknown || SymbolEqualityComparer.Default.Equals(value.Type, type)
                ? expression
                : new Conversion(expression, kind, ValueTypes.IsNullable(type), isChecked: false, isImplicit: true);
            return new NamedValue(path, converted);
        }

        var free = Free(path, type);
        if (free is FreeVariableRead)
            _unknowns = before;
        return free;
    }

    private Expression Free(SymbolPath path, ITypeSymbol? type) => Free(path, path.Name, type);

    private Expression Free(object key, string name, ITypeSymbol? type)
    {
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
