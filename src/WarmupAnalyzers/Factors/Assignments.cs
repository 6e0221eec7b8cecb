using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;

namespace WarmupAnalyzers.Factors;

/// <summary>
/// The fixed, deterministic set of assignments under which a function with free variables is evaluated: counts of at least 2 in
/// different orders, equal, small and large; floating-point values as small rates and as counts. A claim holds only if it holds under all.
/// </summary>
internal static class Assignments
{
    private const int MaximumBranches = 32;

    private static readonly int[][] s_counts =
    [
        [5, 20, 100, 7, 50, 3, 11, 13],
        [40, 15, 6, 30, 4, 60, 9, 25],
        [10, 10, 10, 10, 10, 10, 10, 10],
        [2, 3, 2, 3, 2, 3, 2, 3],
        [3, 250, 17, 2, 90, 8, 33, 5],
    ];

    private static readonly double[][] s_rates =
    [
        [0.001, 0.05, 0.3, 0.01, 0.2, 0.003, 0.1, 0.02],
        [0.25, 0.002, 0.01, 0.125, 0.0005, 0.07, 0.004, 0.5],
        [0.01, 0.01, 0.01, 0.01, 0.01, 0.01, 0.01, 0.01],
        [4, 30, 200, 12, 60, 5, 9, 17],
        [0.0625, 8, 0.0001, 25, 0.03, 3, 0.4, 6],
    ];

    /// <summary>The assignments, branch by branch; empty where the variables have too many branches to look at.</summary>
    public static ImmutableArray<ImmutableArray<Assignment>> ByBranch(ImmutableArray<FreeVariable> variables) =>
        ByBranch(variables, ImmutableHashSet<object>.Empty, double.NaN);

    /// <summary>As above, where the variables with these keys are known to have this value (NaN: they are not).</summary>
    public static ImmutableArray<ImmutableArray<Assignment>> ByBranch(ImmutableArray<FreeVariable> variables, ImmutableHashSet<object> knownKeys, double known)
    {
        if (variables.IsEmpty)
            return ImmutableArray.Create(ImmutableArray.Create(Assignment.Empty));
        var branches = Branches(variables.Where(variable => variable.IsDiscrete).ToImmutableArray());
        return branches
            .Select(branch => InBranch(branch, variables).Select(assignment => double.IsNaN(known) ? assignment : assignment.With(knownKeys, known)).ToImmutableArray())
            .ToImmutableArray();
    }

    private static ImmutableArray<Assignment> InBranch(ImmutableArray<(FreeVariable Variable, Choice? Choice)> branch, ImmutableArray<FreeVariable> variables)
    {
        var condition = string.Join(" and ", branch.Where(part => part.Choice is not null).Select(part => part.Choice!.Value.Condition));
        var isNumberless = variables.All(variable => !variable.Choices.IsEmpty);
        return Enumerable.Range(0, isNumberless ? 1 : s_counts.Length)
            .Select(row => new Assignment(Values(row, branch, variables), condition))
            .ToImmutableArray();
    }

    private static Dictionary<object, Value> Values(int row, ImmutableArray<(FreeVariable Variable, Choice? Choice)> branch, ImmutableArray<FreeVariable> variables)
    {
        var values = new Dictionary<object, Value>();
        for (var i = 0; i < variables.Length; i++)
            values[variables[i].Key] = NumberOf(variables[i].Kind, row, i);
        foreach (var (variable, choice) in branch)
        {
            if (choice is { Value.Kind: not ValueKind.Unknown } decided)
                values[variable.Key] = decided.Value;
        }

        return values;
    }

    private static Value NumberOf(ValueKind kind, int row, int column)
    {
        var index = column % s_counts[row].Length;
        var number = kind.IsInteger() ? Value.Of(s_counts[row][index]) : Value.Of(s_rates[row][index]);
        return NumericConversion.Convert(number, kind, isChecked: false);
    }

    // A nullable variable is null in one branch and a number (an Unknown choice: any) in the other.
    private static IEnumerable<ImmutableArray<(FreeVariable Variable, Choice? Choice)>> Branches(ImmutableArray<FreeVariable> discrete)
    {
        IEnumerable<ImmutableArray<(FreeVariable, Choice?)>> branches = [ImmutableArray<(FreeVariable, Choice?)>.Empty];
        var count = 1;
        foreach (var variable in discrete)
        {
            var choices = ChoicesOf(variable);
            count *= choices.Length;
            if (count > MaximumBranches)
                return [];
            branches = branches.SelectMany(branch => choices.Select(choice => branch.Add((variable, choice)))).ToArray();
        }

        return branches;
    }

    private static ImmutableArray<Choice?> ChoicesOf(FreeVariable variable)
    {
        var choices = variable.Choices.Select(choice => (Choice?)choice).ToImmutableArray();
        if (!variable.IsNullable)
            return choices;
        if (choices.IsEmpty)
            choices = ImmutableArray.Create<Choice?>(new Choice(Value.Unknown, variable.Name + " is not null"));
        return choices.Add(new Choice(Value.Null, variable.Name + " is null"));
    }
}
