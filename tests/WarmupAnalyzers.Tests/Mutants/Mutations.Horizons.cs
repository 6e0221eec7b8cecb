using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace WarmupAnalyzers.Tests.Mutants;

/// <summary>Schedules that are made for another number of steps than the loop makes.</summary>
internal static partial class Mutations
{
    private static ImmutableArray<Mutation> OfHorizons =>
    [
        new("horizon of two thirds of the training", "WARM4007", HorizonShortened),
        new("horizon of twice the training", "WARM4007", HorizonDoubled),
    ];

    private static IEnumerable<IReadOnlyList<TextChange>> HorizonShortened(TrainingProgram program) =>
        from horizon in Horizons(program)
        where horizon.Value >= 7 && horizon.Value % (2 * horizon.Value / 3) != 0
        select new[] { Edits.Replace(horizon.Place, (2 * horizon.Value / 3).ToString(CultureInfo.InvariantCulture)) };

    private static IEnumerable<IReadOnlyList<TextChange>> HorizonDoubled(TrainingProgram program) =>
        from horizon in Horizons(program)
        where horizon.Kind == "CosineAnnealingLR"
        select new[] { Edits.Replace(horizon.Place, (2 * horizon.Value).ToString(CultureInfo.InvariantCulture)) };

    // Horizons as constants of schedulers that stand for themselves and are stepped once in each round of a counted loop.
    private static IEnumerable<(SyntaxNode Place, int Value, string Kind)> Horizons(TrainingProgram program) =>
        from creation in program.Creations
        let parameter = creation.Kind switch { "CosineAnnealingLR" => "T_max", "OneCycleLR" => "total_steps", _ => null }
        where parameter is not null && program.Holder(creation.Call) is { } holder && IsSteppedInCountedLoop(program, holder)
        let argument = program.Argument(creation.Call, parameter)
        where argument is not null
        let value = program.Constant(argument.Expression) switch { int number => number, double real => (int)real, _ => 0 }
        where value > 0
        select ((SyntaxNode)argument.Expression, value, creation.Kind);

    private static bool IsSteppedInCountedLoop(TrainingProgram program, ISymbol holder) => PlainSteps(program)
        .Where(step => SymbolEqualityComparer.Default.Equals(program.Receiver(step), holder))
        .Any(step => TrainingProgram.LoopOf(step) is ForStatementSyntax { Condition: BinaryExpressionSyntax bound } && program.Constant(bound.Right) is int);
}
