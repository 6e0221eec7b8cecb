using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace WarmupAnalyzers.Tests.Mutants;

/// <summary>Steps of a scheduler that are lost, come too early, too often, at the wrong place or with an argument.</summary>
internal static partial class Mutations
{
    private static ImmutableArray<Mutation> OfSteps =>
    [
        new("step replaced by a look at the rate", "WARM3001", StepReplacedByLook) { LeavesTrace = true },
        new("step put into a delegate that nobody runs", "WARM3001", StepInIdleDelegate) { LeavesTrace = true },
        new("step put into a local function that nobody calls", "WARM3001", StepInIdleFunction) { LeavesTrace = true },
        new("step moved in front of the optimizer's", "WARM3002", StepMovedBeforeOptimizer),
        new("step moved in front of backward", "WARM3002", StepMovedBeforeBackward),
        new("step moved in front of the batches", "WARM3002", StepMovedBeforeBatches),
        new("one step more in front of the training", "WARM3002", StepBeforeTraining),
        new("one step more behind the creation", "WARM3002", StepBehindCreation),
        new("number in place of the metric", "WARM3004", MetricIsAnIndex),
        new("float given to a step", "WARM3005", program => Given(program, "(0.25f)")),
        new("long given to a step", "WARM3005", program => Given(program, "(1L)")),
        new("double variable given to a step", "WARM3005", VariableGiven),
        new("counter given to a step as a double", "WARM3005", CounterGiven),
        new("step repeated at the end of its loop", "WARM3009", StepAtEnd),
        new("step repeated in the batch loop", "WARM3009", StepInBatchLoop),
        new("step repeated in the epoch loop", "WARM3009", StepInEpochLoop),
        new("step in a loop that evaluates", "WARM3010", StepInEvaluation),
        new("step in a loop that evaluates behind each epoch", "WARM3010", program => StepInAddedLoop(program, isInside: true)) { LeavesTrace = true },
        new("step in a loop that evaluates behind the training", "WARM3010", program => StepInAddedLoop(program, isInside: false)) { LeavesTrace = true },
    ];

    private static IEnumerable<IReadOnlyList<TextChange>> StepReplacedByLook(TrainingProgram program) =>
        from scheduler in InSight(program)
        where program.SymbolOf(scheduler.Creation)!.Name != "ChainedLR" // which has none
        select scheduler.Steps.Select(step => Edits.Replace(step, $"_ = {ReceiverText(step)}.get_last_lr();")).ToArray();

    private static IEnumerable<IReadOnlyList<TextChange>> StepInIdleDelegate(TrainingProgram program) =>
        from scheduler in InSight(program)
        select scheduler.Steps.Select(step => Edits.Replace(step, $"System.Action nextRate = () => {step.Expression};")).ToArray();

    private static IEnumerable<IReadOnlyList<TextChange>> StepInIdleFunction(TrainingProgram program) =>
        from scheduler in InSight(program)
        select scheduler.Steps.Select(step => Edits.Replace(step, $"void NextRate() => {step.Expression};")).ToArray();

    private static IEnumerable<IReadOnlyList<TextChange>> StepMovedBeforeOptimizer(TrainingProgram program) =>
        StepMovedBefore(program, program.OptimizerSteps);

    private static IEnumerable<IReadOnlyList<TextChange>> StepMovedBeforeBackward(TrainingProgram program) =>
        StepMovedBefore(program, program.Calls("backward", "Tensor"));

    private static IEnumerable<IReadOnlyList<TextChange>> StepMovedBeforeBatches(TrainingProgram program) =>
        StepMovedBefore(program, program.OptimizerSteps.Select(TrainingProgram.LoopOf).OfType<StatementSyntax>());

    // In front of the first of its siblings: in a GAN its own optimizer's may come behind another's.
    private static IEnumerable<IReadOnlyList<TextChange>> StepMovedBefore(TrainingProgram program, IEnumerable<StatementSyntax> places) =>
        from step in PlainSteps(program)
        where !IsPlateau(program, step)
        let place = places.FirstOrDefault(place => place.Parent == step.Parent)
        where place is not null && place.SpanStart < step.SpanStart
        select new[] { Edits.Remove(step), Edits.Before(place, step.ToString()) };

    private static IEnumerable<IReadOnlyList<TextChange>> StepBeforeTraining(TrainingProgram program) =>
        from step in PlainSteps(program)
        let loop = TrainingProgram.OutermostLoopOf(step)
        where loop.Parent is BlockSyntax or GlobalStatementSyntax && !IsPlateau(program, step) && IsRunOnce(program, loop)
        select new[] { Edits.Before(loop, step.ToString()) };

    private static IEnumerable<IReadOnlyList<TextChange>> StepBehindCreation(TrainingProgram program) =>
        from creation in program.Creations
        let statement = creation.Call.FirstAncestorOrSelf<StatementSyntax>()
        where creation.Kind != "ReduceLROnPlateau" && statement is LocalDeclarationStatementSyntax or ExpressionStatementSyntax && StandsInBlock(statement)
        let holder = program.Holder(creation.Call)
        where holder is not null && StepsOf(program, holder).Length > 0
        select new[] { Edits.Behind(statement, ReceiverText(StepsOf(program, holder)[0]) + ".step();") };

    private static IEnumerable<IReadOnlyList<TextChange>> MetricIsAnIndex(TrainingProgram program) =>
        from change in MetricRemoved(program)
        select new[] { new TextChange(change[0].Span, "(1)") };

    private static IEnumerable<IReadOnlyList<TextChange>> Given(TrainingProgram program, string arguments) =>
        from change in LossGiven(program)
        select new[] { new TextChange(change[0].Span, arguments) };

    private static IEnumerable<IReadOnlyList<TextChange>> VariableGiven(TrainingProgram program) =>
        from step in PlainSteps(program)
        where IsKnownNotPlateau(program, step) && KindOf(program, step) != "ChainedLR"
        let local = program.LocalsAt(step, SpecialType.System_Double).Concat(program.LocalsAt(step, SpecialType.System_Single)).FirstOrDefault(local => !local.IsConst)
        where local is not null
        select new[] { Edits.Replace(Arguments(step), $"({local.Name})") };

    private static IEnumerable<IReadOnlyList<TextChange>> CounterGiven(TrainingProgram program) =>
        from step in PlainSteps(program)
        where IsKnownNotPlateau(program, step) && KindOf(program, step) != "ChainedLR"
        let counter = (TrainingProgram.LoopOf(step) as ForStatementSyntax)?.Declaration?.Variables[0].Identifier.ValueText
        where counter is not null
        select new[] { Edits.Replace(Arguments(step), $"((double){counter})") };

    private static IEnumerable<IReadOnlyList<TextChange>> StepAtEnd(TrainingProgram program) =>
        from step in PlainSteps(program)
        let body = TrainingProgram.BodyOf(TrainingProgram.LoopOf(step)!)
        where step.Parent == body && body.Statements.Last() is not (ContinueStatementSyntax or BreakStatementSyntax) && !IsPlateau(program, step)
        select new[] { Edits.AtEnd(body, step.ToString()) };

    private static IEnumerable<IReadOnlyList<TextChange>> StepInBatchLoop(TrainingProgram program) =>
        from step in PlainSteps(program)
        where !IsPlateau(program, step)
        from trained in program.OptimizerSteps.TakeLast(1)
        where trained.Parent is BlockSyntax && TrainingProgram.LoopOf(trained) is { } batches && batches != TrainingProgram.LoopOf(step)
            && (TrainingProgram.LoopOf(step)!.Span.Contains(batches.Span) || MethodOf(step) != MethodOf(trained))
        select new[] { Edits.Behind(trained, step.ToString()) };

    private static IEnumerable<IReadOnlyList<TextChange>> StepInEpochLoop(TrainingProgram program) =>
        from step in PlainSteps(program)
        let epochs = TrainingProgram.OutermostLoopOf(step)
        where epochs != TrainingProgram.LoopOf(step) && TrainingProgram.BodyOf(epochs) is not null && IsRunOnce(program, epochs) && !IsPlateau(program, step)
        select new[] { Edits.AtEnd(TrainingProgram.BodyOf(epochs)!, step.ToString()) };

    private static IEnumerable<IReadOnlyList<TextChange>> StepInEvaluation(TrainingProgram program) =>
        from step in PlainSteps(program)
        where !IsPlateau(program, step)
        from quiet in program.Root.DescendantNodes().OfType<UsingStatementSyntax>()
        where quiet.Expression?.ToString().Contains("no_grad") == true
        from loop in quiet.DescendantNodes().OfType<StatementSyntax>().Where(TrainingProgram.IsLoop)
        where TrainingProgram.BodyOf(loop) is not null
        select new[] { Edits.AtEnd(TrainingProgram.BodyOf(loop)!, step.ToString()) };

    private static IEnumerable<IReadOnlyList<TextChange>> StepInAddedLoop(TrainingProgram program, bool isInside) =>
        from step in PlainSteps(program)
        where !IsPlateau(program, step)
        let loop = TrainingProgram.OutermostLoopOf(step)
        let body = TrainingProgram.BodyOf(loop)
        where isInside ? body is not null : StandsInBlock(loop)
        let evaluation = $"using (TorchSharp.torch.no_grad())\n{{\nfor (var check = 0; check < 3; check++)\n{{\nSystem.Console.WriteLine(check);\n{step}\n}}\n}}"
        select new[] { isInside ? Edits.AtEnd(body!, evaluation) : Edits.Behind(loop, evaluation) };

    // A scheduler that is made for each round of an outer loop begins anew with it.
    private static bool IsRunOnce(TrainingProgram program, StatementSyntax loop) =>
        program.Creations.All(creation => !loop.Span.Contains(creation.Call.Span));

    private static MethodDeclarationSyntax? MethodOf(SyntaxNode node) => node.FirstAncestorOrSelf<MethodDeclarationSyntax>();

    private static string ReceiverText(ExpressionStatementSyntax step) =>
        ((MemberAccessExpressionSyntax)((InvocationExpressionSyntax)step.Expression).Expression).Expression.ToString();

    private static ArgumentListSyntax Arguments(ExpressionStatementSyntax step) => ((InvocationExpressionSyntax)step.Expression).ArgumentList;
}
