using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using WarmupAnalyzers.Factors;
using WarmupAnalyzers.Factors.Expressions;
using WarmupAnalyzers.Factors.Statements;
using WarmupAnalyzers.Reading.Source;

namespace WarmupAnalyzers.Reading.Factors;

/// <summary>
/// Reads a delegate, and whatever it leads to in this compilation, into a <see cref="FactorProgram"/>. One reader reads one
/// program; what it cannot read becomes Unknown at that place, so that only an evaluation which gets there is Unknown.
/// </summary>
internal sealed partial class FactorReader
{
    private const int MaximumOperations = 20_000;
    private const int MaximumNesting = 200;

    private readonly TrainingCode _code;
    private readonly SymbolPath? _optimizer;
    private readonly CancellationToken _cancellation;
    private readonly Dictionary<FunctionKey, (Function Function, int Unknowns)> _functions = new();
    private readonly Dictionary<SymbolPath, Expression> _variables = new();
    private readonly List<FreeVariable> _freeVariables = new();
    private readonly List<DivisionSite> _divisions = new();
    private readonly List<LiteralSite> _literals = new();
    private readonly List<SymbolSite> _symbols = new();
    private readonly List<LengthSite> _lengths = new();
    private readonly List<string> _functionNames = new();
    // In the order of reading, so that what an unreadable part added can be taken back.
    private readonly List<SymbolPath> _readVariables = new();
    private readonly List<FunctionKey> _readFunctions = new();
    private bool _writesElements;
    private object? _enteredAt;
    private double _largestConstant;
    private bool _hasGuard;
    private int _operations;
    private int _nesting;
    private int _deepest;
    private int _unknowns;

    private FactorReader(TrainingCode code, SymbolPath? optimizer, CancellationToken cancellation)
    {
        _code = code;
        _optimizer = optimizer;
        _cancellation = cancellation;
    }

    /// <summary>Stands for the rate of the scheduler's own optimizer, read in the factor function.</summary>
    public static object OwnRate { get; } = "the optimizer's learning rate";

    /// <summary>Reads the delegate given to a scheduler.</summary>
    /// <param name="optimizer">The scheduler's optimizer, so that its rate is known when the function reads it.</param>
    public static FactorProgram Read(IOperation factor, SymbolPath? optimizer, TrainingCode code, CancellationToken cancellation)
    {
        var reader = new FactorReader(code, optimizer, cancellation);
        return reader.Program(reader.ReadExpression(factor, null));
    }

    /// <summary>Reads a rate outside any factor function: its value, as a function that ignores its index, and the names it goes by.</summary>
    public static (FactorProgram Value, ImmutableHashSet<object> Keys) ReadRate(IOperation rate, TrainingCode code, CancellationToken cancellation)
    {
        var reader = new FactorReader(code, null, cancellation);
        var expression = reader.ReadExpression(rate, null);
        var function = new Function("rate", 1);
        function.Complete(new Return(expression), 1, reader._deepest + 1);
        return (reader.Program(new FunctionValue(function, null)), KeysOf(expression).ToImmutableHashSet());
    }

    /// <summary>How many elements a sequence has, as a function that ignores its index; null where nothing says it.</summary>
    public static FactorProgram? ReadCount(IOperation sequence, TrainingCode code, CancellationToken cancellation)
    {
        var reader = new FactorReader(code, null, cancellation);
        if (reader.ReadLength(sequence) is not { } length)
            return null;
        var function = new Function("count", 1);
        function.Complete(new Return(length), 1, reader._deepest + 1);
        return reader.Program(new FunctionValue(function, null));
    }

    /// <summary>A number as a function that ignores its index.</summary>
    public static FactorProgram Number(int value)
    {
        var function = new Function("number", 1);
        function.Complete(new Return(new Literal(Value.Of(value))), 1, 2);
        return new FactorProgram(
            new FunctionValue(function, null),
            ImmutableArray<FreeVariable>.Empty,
            ImmutableArray<DivisionSite>.Empty,
            ImmutableArray<LiteralSite>.Empty,
            ImmutableArray<SymbolSite>.Empty,
            0);
    }

    /// <summary>Reads a part of a factor function as a function of that function's parameter, or of the variable that a rate is computed from.</summary>
    public static FactorProgram ReadPart(IOperation part, ISymbol index, TrainingCode code, CancellationToken cancellation)
    {
        var reader = new FactorReader(code, null, cancellation);
        var scope = new FunctionScope(null, null);
        scope.Declare(index);
        var function = new Function("part", 1);
        var expression = reader.ReadExpression(part, scope);
        function.Complete(new Return(expression), scope.Slots, reader._deepest + 1);
        return reader.Program(new FunctionValue(function, null));
    }

    private FactorProgram Program(Expression factor) => new(
        factor,
        FreeVariables(),
        _divisions.ToImmutableArray(),
        _literals.ToImmutableArray(),
        _symbols.ToImmutableArray(),
        _largestConstant,
        _writesElements)
    {
        FunctionNames = _functionNames.ToImmutableArray(),
        Lengths = _lengths.ToImmutableArray(),
        HasGuard = _hasGuard,
    };

    private ReadSoFar Mark() => new(
        _freeVariables.Count, _divisions.Count, _literals.Count, _symbols.Count, _comparisons.Count, _lengths.Count, _functionNames.Count, _readVariables.Count, _readFunctions.Count, _unknowns, _largestConstant);

    /// <summary>Takes back what was read since, of which no expression is kept.</summary>
    private void ReturnTo(ReadSoFar mark)
    {
        foreach (var path in _readVariables.Skip(mark.Variables))
            _variables.Remove(path);
        foreach (var key in _readFunctions.Skip(mark.Functions))
            _functions.Remove(key);
        Truncate(_readVariables, mark.Variables);
        Truncate(_readFunctions, mark.Functions);
        Truncate(_freeVariables, mark.FreeVariables);
        Truncate(_divisions, mark.Divisions);
        Truncate(_literals, mark.Literals);
        Truncate(_symbols, mark.Symbols);
        Truncate(_comparisons, mark.Comparisons);
        Truncate(_lengths, mark.Lengths);
        Truncate(_functionNames, mark.FunctionNames);
        _unknowns = mark.Unknowns;
        _largestConstant = mark.LargestConstant;
    }

    private static void Truncate<T>(List<T> list, int count) => list.RemoveRange(count, list.Count - count);

    private Expression Unknown()
    {
        _unknowns++;
        return UnknownExpression.Instance;
    }

    private Statement UnknownStep()
    {
        _unknowns++;
        return UnknownStatement.Instance;
    }

    /// <summary>Counts the operations read; false where the code is too large or too deep to be a factor function.</summary>
    private bool Enter()
    {
        _cancellation.ThrowIfCancellationRequested();
        _deepest = Math.Max(_deepest, ++_nesting);
        return ++_operations <= MaximumOperations && _nesting <= MaximumNesting;
    }

    private void Leave() => _nesting--;

    private Function ReadMethod(IMethodSymbol method, SymbolPath? self) =>
        ReadMethod(new FunctionKey(method, self, ImmutableArray<SymbolPath?>.Empty));

    private Function ReadMethod(FunctionKey key) => ReadMethod(key, key.Method.Parameters);

    private Function ReadMethod(FunctionKey key, ImmutableArray<IParameterSymbol> parameters)
    {
        var method = key.Method;
        if (_functions.TryGetValue(key, out var known))
        {
            _unknowns += known.Unknowns;
            return known.Function;
        }

        var (function, before) = (new Function(method.Name, parameters.Length), _unknowns);
        _functions.Add(key, (function, 0));
        _readFunctions.Add(key);
        if (_code.BodyOf(method, _cancellation) is { } body && !method.IsAsync)
            Complete(function, parameters, body, null, key.Self, key.Objects);
        else
            _unknowns++;
        _functions[key] = (function, _unknowns - before);
        return function;
    }

    private void Complete(Function function, ImmutableArray<IParameterSymbol> parameters, IOperation body, FunctionScope? outer, SymbolPath? self, ImmutableArray<SymbolPath?> objects = default)
    {
        var (scope, deepest) = (new FunctionScope(outer, self), _deepest);
        _deepest = _nesting;
        foreach (var parameter in parameters)
            scope.Declare(parameter);
        for (var i = 0; !objects.IsDefault && i < objects.Length; i++)
            scope.Name(parameters[i], objects[i]);
        var statement = parameters.All(parameter => parameter.RefKind is RefKind.None or RefKind.In or RefKind.RefReadOnlyParameter)
            ? ReadStatement(body, scope)
            : UnknownStep();
        function.Complete(statement, scope.Slots, _deepest - _nesting + 1);
        _deepest = deepest;
    }

    private readonly record struct ReadSoFar(
        int FreeVariables, int Divisions, int Literals, int Symbols, int Comparisons, int Lengths, int FunctionNames, int Variables, int Functions, int Unknowns, double LargestConstant);
}
