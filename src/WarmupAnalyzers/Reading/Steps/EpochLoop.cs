using System;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using WarmupAnalyzers.Factors;
using WarmupAnalyzers.Reading.Source;

namespace WarmupAnalyzers.Reading.Steps;

/// <summary>The loop whose rounds a training is counted in: the outermost in which its optimizer lives on.</summary>
/// <param name="Rounds">NaN where the code leaves it open.</param>
/// <param name="Unit">What its rounds are called, for a title.</param>
internal sealed record EpochLoop(double Rounds, string Unit)
{
    private const string Epochs = "epochs";
    private const string Batches = "batches";

    // By the words in the name of the loop's variable.
    private static readonly ImmutableArray<(string Word, string Unit)> s_units =
        ImmutableArray.Create(("epoch", Epochs), ("episode", "episodes"), ("iter", "iterations"), ("step", "steps"), ("batch", Batches));

    /// <summary>The loop that a step would be put into; null where it does not count, or where another one round it may.</summary>
    public static EpochLoop? Of(StatementSyntax loop, SchedulerLife life, TrainingCode code, CancellationToken cancellation)
    {
        if (code.OperationOf(loop, cancellation) is not ILoopOperation operation || !Counts(operation, code, cancellation))
            return null;
        var isOfBatches = operation is IForEachLoopOperation each && !(each.Collection.Unwrapped() is IInvocationOperation range && LoopCount.IsRange(range)) && !HoldsLoop(operation, code, cancellation);
        // A member outlives the method that goes through the data: whoever calls that method counts.
        if (isOfBatches && life.OptimizerPlace is not ILocalSymbol
            || TrainingLoops.Outside(operation, code, cancellation).Any(outer => !outer.Syntax.Contains(life.Creation.Operation.Syntax) && !LoopReach.Of(outer, code, cancellation).MakesOptimizer))
            return null;
        return new EpochLoop(RoundsOf(operation, code, cancellation), UnitOf(operation) ?? (isOfBatches ? Batches : Epochs));
    }

    private static string? UnitOf(ILoopOperation loop) => s_units
        .FirstOrDefault(unit => loop.Locals.Any(variable => variable.Name.IndexOf(unit.Word, StringComparison.OrdinalIgnoreCase) >= 0)).Unit;

    private static bool Counts(ILoopOperation loop, TrainingCode code, CancellationToken cancellation) => loop switch
    {
        IForLoopOperation counted => counted.Condition is not null,
        IForEachLoopOperation => true,
        _ => CountedLoop.Read(loop, code, cancellation) is not null,
    };

    private static bool HoldsLoop(ILoopOperation loop, TrainingCode code, CancellationToken cancellation) => LoopReach.Of(loop, code, cancellation).Parts
        .SelectMany(part => part.DescendantNodes())
        .Any(LoopJumps.IsLoop);

    private static double RoundsOf(ILoopOperation loop, TrainingCode code, CancellationToken cancellation) =>
        CountedLoop.Read(loop, code, cancellation) is { FreeVariables.IsEmpty: true } rounds ? rounds.Under(Assignment.Empty, cancellation) : double.NaN;
}
