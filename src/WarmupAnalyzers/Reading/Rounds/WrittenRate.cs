using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using WarmupAnalyzers.Reading.Source;
using WarmupAnalyzers.Reading.Steps;

namespace WarmupAnalyzers.Reading.Rounds;

/// <summary>Where the value of a learning rate that is written in a loop comes from.</summary>
internal sealed class WrittenRate
{
    private const int MaximumHops = 6;

    private readonly SyntaxNode _loop;
    private readonly TrainingCode _code;
    private readonly CancellationToken _cancellation;
    private readonly HashSet<ISymbol> _seen = new(SymbolEqualityComparer.Default);

    private WrittenRate(SyntaxNode loop, TrainingCode code, CancellationToken cancellation)
    {
        _loop = loop;
        _code = code;
        _cancellation = cancellation;
    }

    /// <summary>Whether the value is certainly computed without a look at a learning rate in force.</summary>
    public static bool KnowsNoRate(IAssignmentOperation write, SyntaxNode loop, TrainingCode code, CancellationToken cancellation) =>
        write is ISimpleAssignmentOperation && new WrittenRate(loop, code, cancellation).KnowsNoRate(write.Value, MaximumHops);

    private bool KnowsNoRate(IOperation value, int hops) => hops > 0 && value.DescendantsAndSelf().All(part => part switch
    {
        IInvalidOperation or IDynamicInvocationOperation => false,
        IInvocationOperation call => IsBlind(call.TargetMethod, hops),
        ILocalReferenceOperation { Local: var local } => IsBlind(local, hops),
        IParameterReferenceOperation { Parameter: var parameter } => IsBlind(parameter, hops),
        IFieldReferenceOperation { Field: var field } => IsBlind(field, hops),
        IPropertyReferenceOperation { Property: var property } => !_code.Symbols.ReadsRate(property) && IsBlind(property, hops),
        _ => true,
    });

    private bool IsBlind(IMethodSymbol method, int hops)
    {
        if (StepMethods.IsFramework(method))
            return method.MethodKind != MethodKind.DelegateInvoke;
        if (!_seen.Add(method))
            return true;
        return !_code.Symbols.IsKnown(method) && StepMethods.IsFinal(method, isVirtualCall: true)
            && _code.BodyOf(method, _cancellation) is { } body && KnowsNoRate(body, hops - 1);
    }

    // By every value that it is ever given.
    private bool IsBlind(ISymbol variable, int hops)
    {
        if (!_seen.Add(variable) || variable is IFieldSymbol { IsConst: true })
            return true;
        if (variable.DeclaringSyntaxReferences.IsEmpty)
            return StepMethods.IsFramework(variable);
        if (variable is IPropertySymbol property && !StepMethods.IsAutoProperty(property))
            return property.GetMethod is { } getter && _code.BodyOf(getter, _cancellation) is { } body && KnowsNoRate(body, hops - 1);
        return IsNumber(variable)
            && (_code.InitializerOf(variable, _cancellation) is not { } initial || KnowsNoRate(initial, hops - 1))
            && (variable is not IParameterSymbol parameter || IsGivenBlindly(parameter, hops))
            && VariableWrites.Of(variable, _code, _cancellation).All.All(write => IsBlindWrite(write, hops));
    }

    private bool IsBlindWrite(SyntaxNode write, int hops) => write is not (ArgumentSyntax or RefExpressionSyntax or TupleExpressionSyntax)
        && (write is not AssignmentExpressionSyntax assignment || _code.OperationOf(assignment.Right, _cancellation) is { } value && KnowsNoRate(value, hops - 1));

    // What the function round the loop is given stays the same in all rounds; another one is given something each time.
    private bool IsGivenBlindly(IParameterSymbol parameter, int hops)
    {
        if (parameter.ContainingSymbol is not IMethodSymbol { MethodKind: MethodKind.Ordinary or MethodKind.LocalFunction } method)
            return false;
        if (method.DeclaringSyntaxReferences.Any(reference => reference.SyntaxTree == _loop.SyntaxTree && reference.Span.Contains(_loop.Span)))
            return true;
        var given = _code.Mentions.CallsOf(method, _cancellation)
            .Select(call => _code.OperationOf(call, _cancellation)).OfType<IInvocationOperation>()
            .Where(call => SymbolEqualityComparer.Default.Equals(call.TargetMethod.OriginalDefinition, method.OriginalDefinition))
            .Select(call => call.Arguments.FirstOrDefault(argument => argument.Parameter?.Ordinal == parameter.Ordinal)?.Value)
            .ToArray();
        return given.Length > 0 && given.All(value => value is not null && KnowsNoRate(value, hops - 1));
    }

    private static bool IsNumber(ISymbol variable) => (variable switch
    {
        ILocalSymbol local => local.Type,
        IParameterSymbol parameter => parameter.Type,
        IFieldSymbol field => field.Type,
        IPropertySymbol property => property.Type,
        _ => null,
    })?.SpecialType is >= SpecialType.System_SByte and <= SpecialType.System_Double;
}
