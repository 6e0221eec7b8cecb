using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;

namespace WarmupAnalyzers.Factors;

/// <summary>
/// The fixed, deterministic set of assignments under which a function with free variables is evaluated: counts of at least 2 in
/// different orders, equal, small, large, and round the constants of the function; floating-point values as small rates and as
/// counts. A claim holds only if it holds under all.
/// </summary>
internal static class Assignments
{
    private const int MaximumBranches = 32;
    private const int MaximumConstants = 4;

    private static readonly int[][] s_counts =
    [
        [5, 20, 100, 7, 50, 3, 11, 13],
        [40, 15, 6, 30, 4, 60, 9, 25],
        [10, 10, 10, 10, 10, 10, 10, 10],
        [2, 3, 2, 3, 2, 3, 2, 3],
        [3, 250, 17, 2, 90, 8, 33, 5],
        [1_000, 30_000, 500, 2_000, 100_000, 800, 5_000, 1_500],
        [2_000_000, 40, 1_000_000, 300_000, 5, 700_000, 64, 3_000_000],
    ];

    private static readonly double[][] s_rates =
    [
        [0.001, 0.05, 0.3, 0.01, 0.2, 0.003, 0.1, 0.02],
        [0.25, 0.002, 0.01, 0.125, 0.0005, 0.07, 0.004, 0.5],
        [0.01, 0.01, 0.01, 0.01, 0.01, 0.01, 0.01, 0.01],
        [4, 30, 200, 12, 60, 5, 9, 17],
        [0.0625, 8, 0.0001, 25, 0.03, 3, 0.4, 6],
    ];

    /// <summary>The branches of a function's open variables; empty where there are too many to look at.</summary>
    public static ImmutableArray<AssignmentBranch> ByBranch(FactorProgram program) =>
        ByBranch(program, ImmutableHashSet<object>.Empty, double.NaN);

    /// <summary>As above, where the variables with these keys are known to have this value (NaN: they are not).</summary>
    public static ImmutableArray<AssignmentBranch> ByBranch(FactorProgram program, ImmutableHashSet<object> knownKeys, double known) =>
        ByBranch(program, knownKeys, known, ImmutableArray<FreeVariable>.Empty);

    /// <summary>As above, where these variables of the code round the function have values too.</summary>
    public static ImmutableArray<AssignmentBranch> ByBranch(
        FactorProgram program, ImmutableHashSet<object> knownKeys, double known, ImmutableArray<FreeVariable> around)
    {
        var variables = program.FreeVariables.Concat(around.Where(variable => !program.FreeVariables.Contains(variable))).ToImmutableArray();
        if (variables.IsEmpty)
            return ImmutableArray.Create(AssignmentBranch.Only);
        var rows = Rows(program, variables);
        return Branches(variables.Where(variable => variable.IsDiscrete))
            .Select(choices => new AssignmentBranch(
                choices,
                rows.Select(row => Assign(row, choices, variables))
                    .Select(assignment => double.IsNaN(known) ? assignment : assignment.With(knownKeys, known))
                    .ToImmutableArray()))
            .ToImmutableArray();
    }

    // A row gives the count and the rate of the i-th variable.
    private static ImmutableArray<Func<FreeVariable, int, (double Count, double Rate)>> Rows(FactorProgram program, ImmutableArray<FreeVariable> variables)
    {
        var rows = ImmutableArray.CreateBuilder<Func<FreeVariable, int, (double Count, double Rate)>>();
        if (variables.All(variable => !variable.Choices.IsEmpty))
            return ImmutableArray.Create<Func<FreeVariable, int, (double Count, double Rate)>>((_, _) => (2, 1));
        for (var i = 0; i < s_counts.Length; i++)
        {
            var counts = s_counts[i];
            var rates = s_rates[i % s_rates.Length];
            rows.Add((_, column) => (counts[column % counts.Length], rates[column % rates.Length]));
        }

        // Where the code compares with a number, both sides of it count.
        foreach (var constant in Constants(program))
        {
            rows.Add((_, column) => (Math.Max(2, constant + 1 - 2 * (column % 2)), s_rates[0][column % 8]));
            rows.Add((_, column) => (3 * constant + column, s_rates[1][column % 8]));
        }

        // A sequence, unlike a setting, may be empty; one that is trained with is not.
        if (program.FreeVariables.Any(IsSize))
        {
            rows.Add((variable, column) => (IsSize(variable) ? 0 : s_counts[0][column % 8], s_rates[0][column % 8]));
            rows.Add((variable, column) => (IsSize(variable) ? 1 : s_counts[1][column % 8], s_rates[1][column % 8]));
        }

        return rows.ToImmutable();
    }

    private static IEnumerable<double> Constants(FactorProgram program) => program.Literals
        .Select(site => site.Value)
        .Where(value => value is >= 2 and <= 1e7 && value == Math.Floor(value))
        .Distinct()
        .OrderByDescending(value => value)
        .Take(MaximumConstants);

    private static bool IsSize(FreeVariable variable) =>
        variable.Name.EndsWith(".Length", StringComparison.Ordinal) || variable.Name.EndsWith(".Count", StringComparison.Ordinal);

    private static Assignment Assign(
        Func<FreeVariable, int, (double Count, double Rate)> row, ImmutableArray<BranchChoice> choices, ImmutableArray<FreeVariable> variables)
    {
        var values = new Dictionary<object, Value>();
        for (var i = 0; i < variables.Length; i++)
        {
            var (count, rate) = row(variables[i], i);
            values[variables[i].Key] = NumberOf(variables[i].Kind, count, rate);
        }

        foreach (var choice in choices.Where(choice => choice.Choice.Value.Kind != ValueKind.Unknown))
            values[choice.Variable.Key] = choice.Choice.Value;
        return new Assignment(values, variables);
    }

    private static Value NumberOf(ValueKind kind, double count, double rate)
    {
        if (!kind.IsInteger())
            return NumericConversion.Convert(Value.Of(rate), kind, isChecked: false);
        var number = NumericConversion.Convert(Value.Of((int)count), kind, isChecked: true);
        // A byte cannot be that large: as large as it can be.
        return number.Kind == ValueKind.Thrown ? Value.Integer(kind, 100) : number;
    }

    // A nullable variable is null in one branch and a number (an Unknown choice: any) in the other.
    private static IEnumerable<ImmutableArray<BranchChoice>> Branches(IEnumerable<FreeVariable> discrete)
    {
        IEnumerable<ImmutableArray<BranchChoice>> branches = [ImmutableArray<BranchChoice>.Empty];
        var count = 1;
        foreach (var variable in discrete)
        {
            var choices = ChoicesOf(variable);
            count *= choices.Length;
            if (count > MaximumBranches)
                return [];
            branches = branches.SelectMany(branch => choices.Select(choice => branch.Add(new BranchChoice(variable, choice)))).ToArray();
        }

        return branches;
    }

    private static ImmutableArray<Choice> ChoicesOf(FreeVariable variable)
    {
        if (!variable.IsNullable)
            return variable.Choices;
        var choices = variable.Choices.IsEmpty
            ? ImmutableArray.Create(new Choice(Value.Unknown, variable.Name + " is not null"))
            : variable.Choices;
        return choices.Add(new Choice(Value.Null, variable.Name + " is null"));
    }
}

/// <summary>What one discrete variable is in a branch.</summary>
internal readonly record struct BranchChoice(FreeVariable Variable, Choice Choice);

/// <summary>One choice for each discrete variable, with the assignments that agree with it.</summary>
internal sealed record AssignmentBranch(ImmutableArray<BranchChoice> Choices, ImmutableArray<Assignment> Assignments)
{
    /// <summary>A function without open variables.</summary>
    public static AssignmentBranch Only { get; } = new(ImmutableArray<BranchChoice>.Empty, ImmutableArray.Create(Assignment.Empty));

    /// <summary>Whether the two differ in nothing but this variable.</summary>
    public bool DiffersOnlyIn(FreeVariable variable, AssignmentBranch other) => Choices.Zip(
        other.Choices,
        (mine, theirs) => mine.Variable.Equals(variable) || mine.Choice.Condition == theirs.Choice.Condition).All(same => same);
}
