using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using WarmupAnalyzers.Factors;
using WarmupAnalyzers.Schedules;

namespace WarmupAnalyzers.Reading.Schedules;

/// <summary>Two lengths that the code may leave open, compared under all reasonable assignments of their variables.</summary>
internal static class OpenLengths
{
    /// <summary>Whether the one says anything about the other: both are numbers, or they are made of a variable in common. Of two variables either may be the larger.</summary>
    public static bool MayBeCompared(FactorProgram length, ImmutableArray<FreeVariable> others) =>
        length.FreeVariables.IsEmpty && others.IsEmpty || length.FreeVariables.Any(others.Contains);

    /// <summary>All assignments of the variables of both.</summary>
    public static IEnumerable<Assignment> Assignments(FactorProgram length, ImmutableArray<FreeVariable> others) =>
        WarmupAnalyzers.Factors.Assignments.ByBranch(length, ImmutableHashSet<object>.Empty, double.NaN, others).SelectMany(branch => branch.Assignments);

    /// <summary>For which values of the variables the numbers of a message are; empty where there are none.</summary>
    public static string Example(Assignment assignment, IEnumerable<FreeVariable> variables)
    {
        var open = variables.Distinct()
            .Where(variable => !variable.IsDiscrete)
            .Select(variable => variable.Name + " = " + CurveText.Number(assignment.ValueOf(variable).ToDouble()))
            .Take(3)
            .ToArray();
        return open.Length == 0 ? string.Empty : $" (with {string.Join(", ", open)})";
    }
}
