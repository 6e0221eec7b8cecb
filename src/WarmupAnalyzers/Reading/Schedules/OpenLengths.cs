using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using WarmupAnalyzers.Factors;
using WarmupAnalyzers.Reading.Source;
using WarmupAnalyzers.Schedules;

namespace WarmupAnalyzers.Reading.Schedules;

/// <summary>A length and what it is compared with, both of which the code may leave open, under all reasonable assignments of their variables.</summary>
internal sealed class OpenLengths
{
    private const int ShownVariables = 3;

    private readonly FactorProgram _length;
    private readonly ImmutableArray<FreeVariable> _variables;
    private readonly ImmutableArray<(FreeVariable Kept, FreeVariable Given)> _same;

    /// <param name="length">The length.</param>
    /// <param name="others">The variables of what it is compared with.</param>
    /// <param name="around">Those of what both are looked at with.</param>
    /// <param name="arguments">The scheduler that has the length.</param>
    public OpenLengths(FactorProgram length, ImmutableArray<FreeVariable> others, ImmutableArray<FreeVariable> around, SchedulerArguments arguments)
    {
        _length = length;
        _variables = length.FreeVariables.Concat(others).Concat(around).Distinct().ToImmutableArray();
        _same = Same(_variables, arguments).ToImmutableArray();
        AreOfTheSameVariables = length.FreeVariables.Select(Original).ToImmutableHashSet().SetEquals(others.Select(Original));
        AreRelated = length.FreeVariables.IsEmpty && others.IsEmpty || length.FreeVariables.Select(Original).Any(others.Select(Original).Contains);
    }

    /// <summary>Whether the one says anything about the other: both are numbers, or they are made of a variable in common. Of two variables either may be the larger.</summary>
    public bool AreRelated { get; }

    /// <summary>Whether neither has a variable that the other has not.</summary>
    public bool AreOfTheSameVariables { get; }

    public IEnumerable<Assignment> Assignments => WarmupAnalyzers.Factors.Assignments
        .ByBranch(_length, ImmutableHashSet<object>.Empty, double.NaN, _variables)
        .SelectMany(branch => branch.Assignments)
        .Select(assignment => _same.Aggregate(assignment, (all, pair) => all.With(pair.Kept.Key, all.ValueOf(pair.Given))));

    /// <summary>For which values of the variables the numbers of a message are; empty where there are none.</summary>
    public string Example(Assignment assignment)
    {
        var open = _variables.Select(Original).Distinct()
            .Where(variable => !variable.IsDiscrete)
            .Select(variable => variable.Name + " = " + CurveText.Number(assignment.ValueOf(variable).ToDouble()))
            .Take(ShownVariables)
            .ToArray();
        return open.Length == 0 ? string.Empty : $" (with {string.Join(", ", open)})";
    }

    private FreeVariable Original(FreeVariable variable) => _same.FirstOrDefault(pair => pair.Kept.Equals(variable)).Given ?? variable;

    // The constructor's `options.Epochs` is `_options.Epochs` in the other methods.
    private static IEnumerable<(FreeVariable Kept, FreeVariable Given)> Same(ImmutableArray<FreeVariable> variables, SchedulerArguments arguments) =>
        from given in variables
        let keys = KeptSettings.Of([given.Key], arguments.Code, arguments.Cancellation).ToImmutableHashSet()
        where !keys.IsEmpty
        from kept in variables
        where keys.Contains(kept.Key)
        select (kept, given);
}
