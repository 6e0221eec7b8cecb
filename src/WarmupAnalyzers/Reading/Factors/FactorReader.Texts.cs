using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using WarmupAnalyzers.Factors;
using WarmupAnalyzers.Factors.Expressions;
using WarmupAnalyzers.Reading.Source;

namespace WarmupAnalyzers.Reading.Factors;

/// <summary>
/// Strings and references: a setting such as <c>mode</c> is one variable whose branches are the constants that it is compared
/// with, null where that is asked for, and anything else. Two of them are never true at once.
/// </summary>
internal sealed partial class FactorReader
{
    // Which constants (null among them) each open text is compared with, in the order of the source.
    private readonly List<(object Key, string? Constant)> _comparisons = new();

    private static bool IsText(ITypeSymbol? type) => type?.SpecialType == SpecialType.System_String;

    /// <summary><c>a == b</c> and <c>a != b</c> on strings, and null tests of any reference; null for another operator.</summary>
    private Expression? ReadTextComparison(IBinaryOperation binary, FunctionScope? scope)
    {
        if (binary.OperatorKind is not (BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals))
            return null;
        var comparison = binary.OperatorKind == BinaryOperatorKind.Equals ? Comparison.Equal : Comparison.NotEqual;
        var (left, right) = (WithoutImplicitConversions(binary.LeftOperand), WithoutImplicitConversions(binary.RightOperand));
        if (IsText(left.Type) && (IsText(right.Type) || IsNullConstant(right)) || IsNullConstant(left) && IsText(right.Type))
        {
            var (first, second) = (ReadExpression(left, scope), ReadExpression(right, scope));
            NoteConstant(first, right);
            NoteConstant(second, left);
            return new Compare(comparison, first, second);
        }

        var subject = IsNullConstant(right) ? left : IsNullConstant(left) ? right : null;
        return subject is not null && ReadReference(subject, scope) is { } reference ? new Compare(comparison, reference, new Literal(Value.Null)) : null;
    }

    private static bool IsNullConstant(IOperation operation) => operation.ConstantValue is { HasValue: true, Value: null };

    /// <summary>What a pattern is matched with: a reference that is asked only whether it is null is no value of its own.</summary>
    private Expression ReadSubject(IOperation subject, FunctionScope? scope)
    {
        var plain = WithoutImplicitConversions(subject);
        if (IsText(plain.Type))
            return ReadExpression(plain, scope);
        return ReadReference(plain, scope) ?? ReadExpression(subject, scope);
    }

    /// <summary>An object of which it is only asked whether it is there; null for what is no such object.</summary>
    private Expression? ReadReference(IOperation subject, FunctionScope? scope)
    {
        if (subject.Type is not { IsReferenceType: true } || IsText(subject.Type) || PathOf(subject, scope) is not { } path)
            return null;
        if (subject.Type.TypeKind == TypeKind.Delegate || IsSequence(subject.Type))
        {
            var before = Mark();
            var value = ReadExpression(subject, scope);
            if (_unknowns == before.Unknowns)
                return value;
            ReturnTo(before);
        }

        if (path.Creation is not null || ChangesBetweenSteps(path))
            return Unknown();
        var presence = new SymbolPath(path.Symbol, path.Receiver, "?");
        var reference = Remember(presence, subject, () => FreeText(presence, path.Name));
        NoteComparison(reference, null);
        return reference;
    }

    /// <summary>Splits off a branch for a constant, null among them, that an open text is compared with.</summary>
    private void NoteConstant(Expression? subject, IOperation constant)
    {
        if (constant.ConstantValue is { HasValue: true, Value: string or null } known)
            NoteComparison(subject, known.Value as string);
    }

    private void NoteComparison(Expression? subject, string? constant)
    {
        switch (subject)
        {
            case FreeVariableRead { Variable: { Kind: ValueKind.Text } variable }:
                if (!_comparisons.Contains((variable.Key, constant)))
                    _comparisons.Add((variable.Key, constant));
                break;
            case NamedValue named:
                NoteComparison(named.Value, constant);
                break;
            case Conditional conditional:
                NoteComparison(conditional.WhenTrue, constant);
                NoteComparison(conditional.WhenFalse, constant);
                break;
            case Coalesce coalesce:
                NoteComparison(coalesce.Left, constant);
                NoteComparison(coalesce.WhenNull, constant);
                break;
        }
    }

    private Expression FreeText(object key, string name)
    {
        var variable = _freeVariables.FirstOrDefault(known => known.Key.Equals(key));
        if (variable is null)
        {
            variable = new FreeVariable(key, name, ValueKind.Text, IsNullable: false, ImmutableArray<Choice>.Empty);
            _freeVariables.Add(variable);
        }

        return new FreeVariableRead(variable);
    }

    /// <summary>The open variables with the branches of the texts among them. A text that is compared with nothing is none.</summary>
    private ImmutableArray<FreeVariable> FreeVariables() => _freeVariables
        .Select(variable => variable.Kind == ValueKind.Text ? variable with { Choices = ChoicesOf(variable) } : variable)
        .Where(variable => variable.Kind != ValueKind.Text || !variable.Choices.IsEmpty)
        .ToImmutableArray();

    private ImmutableArray<Choice> ChoicesOf(FreeVariable text)
    {
        var constants = _comparisons.Where(comparison => comparison.Key.Equals(text.Key)).Select(comparison => comparison.Constant)
            .OrderBy(constant => constant is null).ToImmutableArray();
        if (constants.IsEmpty)
            return ImmutableArray<Choice>.Empty;
        return constants
            .Select(constant => new Choice(constant is null ? Value.Null : Value.Of(constant), text.Name + " is " + Quoted(constant)))
            .Append(new Choice(Value.TextOtherThan(constants), text.Name + " is " + NoneOf(constants)))
            .ToImmutableArray();
    }

    private static string NoneOf(ImmutableArray<string?> constants) => constants.Length switch
    {
        1 => "not " + Quoted(constants[0]),
        2 => "neither " + Quoted(constants[0]) + " nor " + Quoted(constants[1]),
        _ => "none of " + string.Join(", ", constants.Select(Quoted)),
    };

    private static string Quoted(string? constant) => constant is null ? "null" : "\"" + constant + "\"";
}
