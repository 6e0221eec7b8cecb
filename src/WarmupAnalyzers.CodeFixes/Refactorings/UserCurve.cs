using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using WarmupAnalyzers.Factors;

namespace WarmupAnalyzers.CodeFixes.Refactorings;

/// <summary>A user's factor function under one assignment of what the code leaves open. What was computed is kept.</summary>
internal sealed class UserCurve
{
    private const int CallsPerRun = 500;
    private const int MaximumOrders = 4;

    private readonly FactorProgram _program;
    private readonly CancellationToken _cancellation;
    private readonly Dictionary<int, double> _values = new();
    private readonly Dictionary<OwnExpression, double> _expressions = new();
    private FactorRun? _run;

    private UserCurve(FactorProgram program, Assignment assignment, CancellationToken cancellation)
    {
        _program = program;
        _cancellation = cancellation;
        Assignment = assignment;
        LargestCount = Math.Max(program.LargestConstant, assignment.LargestCount(program.FreeVariables));
    }

    public Assignment Assignment { get; }

    /// <summary>The largest whole number in the function or among what is open.</summary>
    public double LargestCount { get; }

    /// <summary>Whether all numbers are fixed by the code.</summary>
    public bool IsFixed => _program.FreeVariables.IsEmpty;

    /// <summary>The open numbers of this curve, as a person would write them.</summary>
    public IEnumerable<(string Name, double Value)> Open => _program.FreeVariables
        .Where(variable => !variable.IsDiscrete)
        .Select(variable => (variable.Name, Assignment.ValueOf(variable).ToDouble()));

    /// <summary>
    /// The curves of a function under all assignments, where several numbers are open in several orders, so that a total is above
    /// the warmup in some of them. Empty where there are too many branches to look at.
    /// </summary>
    public static ImmutableArray<UserCurve> Of(FactorProgram program, CancellationToken cancellation) => Orders(program.FreeVariables)
        .SelectMany(order => Assignments.ByBranch(program with { FreeVariables = order }))
        .SelectMany(branch => branch.Assignments)
        .Select(assignment => new UserCurve(program, assignment, cancellation))
        .ToImmutableArray();

    /// <summary>The factor at an index; NaN where it is not known, or no finite number.</summary>
    public double At(int index)
    {
        if (_values.TryGetValue(index, out var known))
            return known;
        // A run has a budget for all its calls.
        if (_run is null || _values.Count % CallsPerRun == 0)
            _run = _program.Under(Assignment, _cancellation);
        var value = _run.FactorAt(index);
        return _values[index] = double.IsInfinity(value) ? double.NaN : value;
    }

    /// <summary>What an expression of the user's is here; NaN where that is not known.</summary>
    public double ValueOf(OwnExpression expression)
    {
        if (!_expressions.TryGetValue(expression, out var value))
            _expressions[expression] = value = expression.Evaluate(Assignment, _cancellation);
        return value;
    }

    private static IEnumerable<ImmutableArray<FreeVariable>> Orders(ImmutableArray<FreeVariable> variables)
    {
        yield return variables;
        for (var shift = 1; shift < Math.Min(variables.Length, MaximumOrders); shift++)
            yield return variables.Skip(shift).Concat(variables.Take(shift)).ToImmutableArray();
        if (variables.Length > 2)
            yield return variables.Reverse().ToImmutableArray();
    }
}
