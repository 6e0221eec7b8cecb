using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace WarmupAnalyzers.Tests.Mutants;

/// <summary>Optimizers that never step, gradients that are never zeroed or never computed, loops that count with another's variable.</summary>
internal static partial class Mutations
{
    private static ImmutableArray<Mutation> OfGradients =>
    [
        new("optimizer's step replaced by zero_grad", "WARM3011", OptimizerStepIsZeroGrad) { LeavesTrace = true },
        new("optimizer's step put behind the training", "WARM3011", OptimizerStepBehindLoop) { LeavesTrace = true },
        new("zero_grad put in front of the training", "WARM3012", program => ZeroGradOutside(program, isBehind: false)) { LeavesTrace = true },
        new("zero_grad put behind the training", "WARM3012", program => ZeroGradOutside(program, isBehind: true)) { LeavesTrace = true },
        new("backward replaced by detach", "WARM3013", BackwardIsDetach),
        new("batch loop counts with the epoch", "WARM3014", CountsWithOuter),
    ];

    private static IEnumerable<IReadOnlyList<TextChange>> OptimizerStepIsZeroGrad(TrainingProgram program) =>
        from changes in OptimizerStepRemoved(program)
        select program.OptimizerSteps.Select(step => Edits.Replace(step, $"{ReceiverText(step)}.zero_grad();")).ToArray();

    private static IEnumerable<IReadOnlyList<TextChange>> OptimizerStepBehindLoop(TrainingProgram program) =>
        from changes in OptimizerStepRemoved(program)
        let step = program.OptimizerSteps.First()
        let loop = OuterLoopWithScheduler(program, step)
        where loop is not null
        select changes.Append(Edits.Behind(loop, step.ToString())).ToArray();

    private static IEnumerable<IReadOnlyList<TextChange>> ZeroGradOutside(TrainingProgram program, bool isBehind) =>
        from changes in ZeroGradRemoved(program)
        let zero = program.Calls("zero_grad", "Optimizer").FirstOrDefault()
        where zero is not null && changes.Count == 1
        let loop = OuterLoopWithScheduler(program, zero)
        where loop is not null && IsCalledOnce(program, zero)
        select changes.Append(isBehind ? Edits.Behind(loop, zero.ToString()) : Edits.Before(loop, zero.ToString())).ToArray();

    private static IEnumerable<IReadOnlyList<TextChange>> BackwardIsDetach(TrainingProgram program) =>
        from changes in BackwardRemoved(program)
        select program.Calls("backward", "Tensor").Select(backward => Edits.Replace(backward, $"{ReceiverText(backward)}.detach();")).ToArray();

    private static IEnumerable<IReadOnlyList<TextChange>> CountsWithOuter(TrainingProgram program) =>
        from inner in program.Root.DescendantNodes().OfType<ForStatementSyntax>()
        where inner.Declaration?.Variables.Count == 1 && inner.Incrementors.Count == 1 && inner.DescendantNodes().Any(node => program.OptimizerSteps.Contains(node))
        let outer = inner.Parent is null ? null : TrainingProgram.LoopOf(inner) as ForStatementSyntax
        where outer?.Declaration?.Variables.Count == 1
        let own = inner.Declaration!.Variables[0].Identifier.ValueText
        let foreign = outer.Declaration!.Variables[0].Identifier.ValueText
        let uses = inner.Condition!.DescendantNodesAndSelf().Concat(inner.Incrementors[0].DescendantNodesAndSelf()).OfType<IdentifierNameSyntax>().Where(name => name.Identifier.ValueText == own).ToArray()
        where uses.Length == 2
        select uses.Select(name => Edits.Replace(name, foreign)).ToArray();

    // In a loop of the caller's the gradients are zeroed each time.
    private static bool IsCalledOnce(TrainingProgram program, StatementSyntax statement) =>
        MethodOf(statement) is not { } method || CallsOf(program, method).All(call => TrainingProgram.LoopOf(call) is null);

    /// <summary>The outermost loop round a call, where the scheduler is stepped in it too and it trains by itself.</summary>
    private static StatementSyntax? OuterLoopWithScheduler(TrainingProgram program, StatementSyntax call) =>
        TrainingProgram.OutermostLoopOf(call) is { } loop && StandsInBlock(loop) && program.SchedulerSteps.All(step => loop.Span.Contains(step.Span)) ? loop : null;
}
