using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace WarmupAnalyzers.Tests.Mutants;

/// <summary>Steps made in the loop of the other unit.</summary>
internal static partial class Mutations
{
    private static ImmutableArray<Mutation> OfUnits =>
    [
        new("step moved into the batch loop", "WARM3008", StepMovedIntoBatches),
        new("step moved out of the batch loop", "WARM3008", StepMovedOutOfBatches),
    ];

    private static IEnumerable<IReadOnlyList<TextChange>> StepMovedIntoBatches(TrainingProgram program) =>
        from step in PlainSteps(program)
        where HasHorizon(program, step)
        from trained in program.OptimizerSteps.TakeLast(1)
        where trained.Parent is BlockSyntax && TrainingProgram.LoopOf(trained) is { } batches && batches != TrainingProgram.LoopOf(step)
            && (TrainingProgram.LoopOf(step)!.Span.Contains(batches.Span) || MethodOf(step) != MethodOf(trained))
        select new[] { Edits.Remove(step), Edits.Behind(trained, step.ToString()) };

    private static IEnumerable<IReadOnlyList<TextChange>> StepMovedOutOfBatches(TrainingProgram program) =>
        from step in PlainSteps(program)
        where HasHorizon(program, step)
        let epochs = TrainingProgram.OutermostLoopOf(step)
        where epochs != TrainingProgram.LoopOf(step) && TrainingProgram.BodyOf(epochs) is not null && IsRunOnce(program, epochs)
        select new[] { Edits.Remove(step), Edits.AtEnd(TrainingProgram.BodyOf(epochs)!, step.ToString()) };

    // Made for a number of steps that the program says.
    private static bool HasHorizon(TrainingProgram program, ExpressionStatementSyntax step) =>
        KindOf(program, step) is "CosineAnnealingLR" or "PolynomialLR" or "OneCycleLR" or "SequentialLR";
}
