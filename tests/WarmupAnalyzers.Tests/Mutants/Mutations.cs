using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace WarmupAnalyzers.Tests.Mutants;

/// <summary>The mistakes of the 3xxx and 4xxx rules, as edits of correct programs.</summary>
internal static partial class Mutations
{
    public static ImmutableArray<Mutation> All { get; } =
    [
        new("all steps of a scheduler removed", "WARM3001", StepsRemoved),
        new("step moved to the top of its loop", "WARM3002", StepMovedUp),
        new("scheduler made in the loop that steps it", "WARM3003", CreationMovedIn),
        new("metric taken from a plateau's step", "WARM3004", MetricRemoved),
        new("loss given to a step", "WARM3005", LossGiven),
        new("loop's variable given to a step", "WARM3006", IndexGiven),
        new("step behind the accumulation's condition", "WARM3007", StepOutOfCondition),
        new("step doubled", "WARM3009", StepDoubled),
        new("step behind the training loop", "WARM3010", StepBehindLoop),
        new("optimizer's step removed", "WARM3011", OptimizerStepRemoved),
        new("zero_grad removed", "WARM3012", ZeroGradRemoved),
        new("backward removed", "WARM3013", BackwardRemoved),
        new("second scheduler stepped beside", "WARM4001", SecondBeside),
        new("milestone in the middle of the warmup", "WARM4002", MilestoneEarlier),
        new("milestone doubled", "WARM4002", MilestoneDoubled),
        new("part stepped beside its sequence", "WARM4003", PartStepped),
        new("rate written in the loop that steps the scheduler", "WARM4009", RateWritten),
        new("group added in the loop that steps the scheduler", "WARM4010", GroupAddedInLoop),
        new("group added behind the scheduler's creation", "WARM4010", GroupAddedLater),
        new("plateau's mode turned round", "WARM4012", ModeTurned),
        .. OfSteps,
        .. OfCreations,
        .. OfGradients,
        .. OfParts,
        .. OfHorizons,
        .. OfLengths,
        .. OfUnits,
    ];

    private static IEnumerable<IReadOnlyList<TextChange>> StepsRemoved(TrainingProgram program)
    {
        foreach (var (_, steps) in InSight(program))
            yield return [.. steps.Select(Edits.Remove)];
    }

    // What else is done with a scheduler may step it too.
    private static IEnumerable<(InvocationExpressionSyntax Creation, ExpressionStatementSyntax[] Steps)> InSight(TrainingProgram program)
    {
        foreach (var (creation, _) in program.Creations)
        {
            if (program.Holder(creation) is not { } holder)
                continue;
            var steps = StepsOf(program, holder);
            if (steps.Length > 0 && steps.All(StandsInBlock) && !steps.Any(IsReplayed) && IsOneTraining(program) && program.Mentions(holder).All(name => IsReceiverOf(name, "step", "get_last_lr") || name.Parent is AssignmentExpressionSyntax assignment && assignment.Left == name))
                yield return (creation, steps);
        }
    }

    private static ExpressionStatementSyntax[] StepsOf(TrainingProgram program, ISymbol holder) =>
        [.. program.SchedulerSteps.Where(step => SymbolEqualityComparer.Default.Equals(program.Receiver(step), holder))];

    private static IEnumerable<IReadOnlyList<TextChange>> StepMovedUp(TrainingProgram program) =>
        from step in PlainSteps(program)
        let body = TrainingProgram.BodyOf(TrainingProgram.LoopOf(step)!)
        where step.Parent == body && body.Statements[0] != step && !IsPlateau(program, step)
        select new[] { Edits.Remove(step), Edits.AtTop(body, step.ToString()) };

    private static IEnumerable<IReadOnlyList<TextChange>> CreationMovedIn(TrainingProgram program) =>
        from creation in program.Creations
        where creation.Call.Parent is EqualsValueClauseSyntax && IsLostAnew(program, creation.Call)
        let declaration = creation.Call.FirstAncestorOrSelf<LocalDeclarationStatementSyntax>()
        where declaration is not null && StandsInBlock(declaration) && TrainingProgram.LoopOf(declaration) is null
        let holder = program.Holder(creation.Call)
        let mentions = program.Mentions(holder!).ToArray()
        where mentions.Length > 0 && mentions.All(name => IsReceiverOf(name, "step", "get_last_lr"))
        let loops = mentions.Select(name => TrainingProgram.LoopOf(name)).Distinct().ToArray()
        where loops.Length == 1 && loops[0] is not null && TrainingProgram.BodyOf(loops[0]!) is not null
        select new[] { Edits.Remove(declaration), Edits.AtTop(TrainingProgram.BodyOf(loops[0]!)!, declaration.ToString()) };

    private static IEnumerable<IReadOnlyList<TextChange>> MetricRemoved(TrainingProgram program) =>
        from step in program.SchedulerSteps
        where IsPlateau(program, step)
        let arguments = ((InvocationExpressionSyntax)step.Expression).ArgumentList
        where arguments.Arguments.Count > 0
        select new[] { Edits.Replace(arguments, "()") };

    private static IEnumerable<IReadOnlyList<TextChange>> LossGiven(TrainingProgram program) =>
        from step in PlainSteps(program)
        where IsKnownNotPlateau(program, step) && KindOf(program, step) != "ChainedLR" // which throws then
        select new[] { Edits.Replace(((InvocationExpressionSyntax)step.Expression).ArgumentList, "(0.5)") };

    private static IEnumerable<IReadOnlyList<TextChange>> IndexGiven(TrainingProgram program) =>
        from step in PlainSteps(program)
        where KindOf(program, step) is not (null or "ReduceLROnPlateau" or "SequentialLR" or "ChainedLR")
        let loop = TrainingProgram.LoopOf(step) as ForStatementSyntax
        where loop?.Declaration is { Variables: [{ Initializer.Value: LiteralExpressionSyntax { Token.Value: 0 } }] } && step.Parent == loop.Statement
            && step.Parent is BlockSyntax { Statements.Count: > 1 } // a loop that does nothing but step trains nothing
        select new[] { Edits.Replace(((InvocationExpressionSyntax)step.Expression).ArgumentList, "(" + loop!.Declaration!.Variables[0].Identifier.ValueText + ")") };

    private static IEnumerable<IReadOnlyList<TextChange>> StepOutOfCondition(TrainingProgram program) =>
        from step in PlainSteps(program)
        let condition = step.Parent?.Parent as IfStatementSyntax
        where condition is { Else: null } && condition.Condition.DescendantNodesAndSelf().Any(node => node.IsKind(SyntaxKind.ModuloExpression))
            && program.OptimizerSteps.Any(other => other.Parent == step.Parent)
        select new[] { Edits.Remove(step), Edits.Behind(condition, step.ToString()) };

    private static IEnumerable<IReadOnlyList<TextChange>> StepDoubled(TrainingProgram program) =>
        from step in PlainSteps(program)
        where !IsPlateau(program, step)
        select new[] { Edits.Behind(step, step.ToString()) };

    private static IEnumerable<IReadOnlyList<TextChange>> StepBehindLoop(TrainingProgram program) =>
        from step in PlainSteps(program)
        let loop = TrainingProgram.OutermostLoopOf(step)
        where loop.Parent is BlockSyntax or GlobalStatementSyntax && !IsPlateau(program, step)
        select new[] { Edits.Behind(loop, step.ToString()) };

    private static IEnumerable<IReadOnlyList<TextChange>> OptimizerStepRemoved(TrainingProgram program)
    {
        var steps = program.OptimizerSteps.ToArray();
        if (steps.Length > 0 && steps.All(StandsInBlock) && steps.Select(program.Receiver).Distinct(SymbolEqualityComparer.Default).Count() == 1 && program.SchedulerSteps.Any())
            yield return [.. steps.Select(Edits.Remove)];
    }

    private static IEnumerable<IReadOnlyList<TextChange>> ZeroGradRemoved(TrainingProgram program)
    {
        var zeroed = program.Calls("zero_grad", "Optimizer").Concat(program.Calls("zero_grad", "Module")).ToArray();
        if (zeroed.Length > 0 && zeroed.All(StandsInBlock) && IsOneTraining(program) && program.OptimizerSteps.All(step => IsUnconditional(program, step)))
            yield return [.. zeroed.Select(Edits.Remove)];
    }

    private static IEnumerable<IReadOnlyList<TextChange>> BackwardRemoved(TrainingProgram program)
    {
        var backward = program.Calls("backward", "Tensor").ToArray();
        if (backward.Length > 0 && backward.All(StandsInBlock) && IsOneTraining(program))
            yield return [.. backward.Select(Edits.Remove)];
    }

    private static IEnumerable<IReadOnlyList<TextChange>> SecondBeside(TrainingProgram program) =>
        from step in PlainSteps(program)
        from creation in program.Creations
        where creation.Call.Parent is EqualsValueClauseSyntax && KindOf(program, step) == creation.Kind && SymbolEqualityComparer.Default.Equals(program.Holder(creation.Call), program.Receiver(step))
        let declaration = creation.Call.FirstAncestorOrSelf<LocalDeclarationStatementSyntax>()
        let optimizer = program.Argument(creation.Call, "optimizer")?.Expression
        where declaration is not null && optimizer is not null && LeadsTo(declaration, step)
        select new[] { Edits.Behind(declaration, $"var beside = TorchSharp.torch.optim.lr_scheduler.LambdaLR({optimizer}, index => System.Math.Pow(0.97, index));"), Edits.Behind(step, "beside.step();") };

    private static IEnumerable<IReadOnlyList<TextChange>> MilestoneEarlier(TrainingProgram program) =>
        from milestone in Milestones(program)
        where milestone.Value >= 3 && milestone.IsFirst && milestone.IsBehindWarmup && IsLengthOfWarmup(program, milestone.Place)
        select new[] { Edits.Replace(milestone.Place, (milestone.Value / 2).ToString(CultureInfo.InvariantCulture)) };

    private static IEnumerable<IReadOnlyList<TextChange>> MilestoneDoubled(TrainingProgram program) =>
        from milestone in Milestones(program)
        where milestone.IsFirst
        select new[] { Edits.Replace(milestone.Place, milestone.Place + ", " + milestone.Place) };

    private static IEnumerable<IReadOnlyList<TextChange>> PartStepped(TrainingProgram program) =>
        from creation in program.Creations
        where creation.Kind is "SequentialLR" or "ChainedLR"
        let holder = program.Holder(creation.Call)
        where holder is not null
        from part in creation.Call.DescendantNodes().OfType<IdentifierNameSyntax>()
        where part.Parent is not MemberAccessExpressionSyntax && program.IsA(part, "LRScheduler") && program.SymbolOf(part) is ILocalSymbol
        from step in PlainSteps(program)
        where SymbolEqualityComparer.Default.Equals(program.Receiver(step), holder)
            && step.FirstAncestorOrSelf<MemberDeclarationSyntax>(outer => outer is not GlobalStatementSyntax) == part.FirstAncestorOrSelf<MemberDeclarationSyntax>(outer => outer is not GlobalStatementSyntax)
        select new[] { Edits.Behind(step, part + ".step();") };

    private static IEnumerable<IReadOnlyList<TextChange>> GroupAddedInLoop(TrainingProgram program) =>
        from step in PlainSteps(program)
        from creation in program.Creations
        where SymbolEqualityComparer.Default.Equals(program.Holder(creation.Call), program.Receiver(step)) && LeadsTo(creation.Call, TrainingProgram.LoopOf(step)!)
        let optimizer = program.Argument(creation.Call, "optimizer")?.Expression
        where optimizer is not null && KindOf(program, step) is not null
        select new[] { Edits.AtEnd(TrainingProgram.BodyOf(TrainingProgram.LoopOf(step)!)!, optimizer + ".add_param_group(new TorchSharp.Modules.SGD.ParamGroup { Parameters = TorchSharp.torch.nn.Linear(1, 1).parameters() });") };

    private static IEnumerable<IReadOnlyList<TextChange>> RateWritten(TrainingProgram program) =>
        from step in PlainSteps(program)
        let body = TrainingProgram.BodyOf(TrainingProgram.LoopOf(step)!)
        where step.Parent == body
        from creation in program.Creations
        where KindOf(program, step) == creation.Kind && SymbolEqualityComparer.Default.Equals(program.Holder(creation.Call), program.Receiver(step)) && LeadsTo(creation.Call, step)
        let optimizer = program.Argument(creation.Call, "optimizer")?.Expression
        where optimizer is not null
        select new[] { Edits.AtTop(body, $"foreach (var written in {optimizer}.ParamGroups) written.LearningRate = 0.01;") };

    private static IEnumerable<IReadOnlyList<TextChange>> GroupAddedLater(TrainingProgram program) =>
        from added in program.Calls("add_param_group", "Optimizer")
        from creation in program.Creations
        let statement = creation.Call.FirstAncestorOrSelf<StatementSyntax>()
        where statement is not null && statement.Parent == added.Parent && added.SpanStart < statement.SpanStart
            && program.Argument(creation.Call, "optimizer") is { } optimizer && SymbolEqualityComparer.Default.Equals(program.SymbolOf(optimizer.Expression), program.Receiver(added))
        select new[] { Edits.Remove(added), Edits.Behind(statement, added.ToString()) };

    // Its statement stands on the way to the other node.
    private static bool LeadsTo(SyntaxNode creation, SyntaxNode other) =>
        creation.FirstAncestorOrSelf<StatementSyntax>() is { } statement && statement.Span.End <= other.SpanStart
        && (statement.Parent is GlobalStatementSyntax ? other.FirstAncestorOrSelf<MemberDeclarationSyntax>() is GlobalStatementSyntax : statement.Parent is BlockSyntax block && block.Span.Contains(other.Span));

    private static IEnumerable<IReadOnlyList<TextChange>> ModeTurned(TrainingProgram program) =>
        from creation in program.Creations
        where creation.Kind == "ReduceLROnPlateau"
        let mode = program.Argument(creation.Call, "mode")
        where mode is not null && program.Constant(mode.Expression) is "min" or "max"
        select new[] { Edits.Replace(mode.Expression, (string)program.Constant(mode.Expression)! == "min" ? "\"max\"" : "\"min\"") };

    // What stands in a delegate, or in another type than the rest, is run by others: nobody can say that it never happens.
    private static bool IsOneTraining(TrainingProgram program)
    {
        var calls = program.OptimizerSteps.Concat(program.SchedulerSteps).Concat(program.Calls("backward", "Tensor")).Concat(program.Calls("zero_grad", "Optimizer")).Concat(program.Calls("zero_grad", "Module")).ToArray();
        return calls.All(call => call.FirstAncestorOrSelf<AnonymousFunctionExpressionSyntax>() is null)
            && calls.Select(call => call.FirstAncestorOrSelf<TypeDeclarationSyntax>()).Distinct().Count() <= 1;
    }

    // Under no condition, and neither are the calls of the method that it stands in.
    private static bool IsUnconditional(TrainingProgram program, SyntaxNode node) =>
        !node.Ancestors().TakeWhile(outer => outer is not MemberDeclarationSyntax || outer is GlobalStatementSyntax).Any(outer => outer is IfStatementSyntax)
        && (node.FirstAncestorOrSelf<MethodDeclarationSyntax>() is not { } method
            || CallsOf(program, method).All(call => IsUnconditional(program, call)));

    private static IEnumerable<InvocationExpressionSyntax> CallsOf(TrainingProgram program, MethodDeclarationSyntax method) => program.Root.DescendantNodes()
        .OfType<InvocationExpressionSyntax>()
        .Where(call => program.SymbolOf(call)?.DeclaringSyntaxReferences.Any(reference => reference.Span == method.Span) == true && !method.Span.Contains(call.Span));

    // On resume, in a loop that does nothing else.
    private static bool IsReplayed(ExpressionStatementSyntax step) => TrainingProgram.LoopOf(step) is { } loop && TrainingProgram.BodyOf(loop) is { Statements.Count: 1 } body && body == step.Parent;

    // Steps without an argument, each a statement of its own in a loop that trains.
    private static IEnumerable<ExpressionStatementSyntax> PlainSteps(TrainingProgram program) => program.SchedulerSteps.Where(step =>
        step.Parent is BlockSyntax && TrainingProgram.LoopOf(step) is { } loop && TrainingProgram.BodyOf(loop) is not null && !IsReplayed(step)
        && ((InvocationExpressionSyntax)step.Expression).ArgumentList.Arguments.Count == 0);

    private static bool StandsInBlock(StatementSyntax statement) => statement.Parent is BlockSyntax or GlobalStatementSyntax;

    private static bool IsReceiverOf(IdentifierNameSyntax name, params string[] members) =>
        name.Parent is MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax } access && access.Expression == name && members.Contains(access.Name.Identifier.ValueText);

    private static bool IsPlateau(TrainingProgram program, ExpressionStatementSyntax step) => KindOf(program, step) is null or "ReduceLROnPlateau";

    private static bool IsKnownNotPlateau(TrainingProgram program, ExpressionStatementSyntax step) => KindOf(program, step) is not (null or "ReduceLROnPlateau");

    /// <summary>The kind of scheduler that a step is called on; null where its variable holds several, or none that is made in sight.</summary>
    private static string? KindOf(TrainingProgram program, ExpressionStatementSyntax step)
    {
        var kinds = program.Creations.Where(creation => SymbolEqualityComparer.Default.Equals(program.Holder(creation.Call), program.Receiver(step))).Select(creation => creation.Kind).ToArray();
        return kinds.Length == 1 ? kinds[0] : null;
    }

    private static IEnumerable<(SyntaxNode Place, int Value, bool IsFirst, bool IsBehindWarmup)> Milestones(TrainingProgram program) =>
        from creation in program.Creations
        where creation.Kind == "SequentialLR"
        let list = program.Argument(creation.Call, "milestones")
        where list is not null
        let elements = list.Expression switch
        {
            ArrayCreationExpressionSyntax { Initializer: { } initializer } => initializer.Expressions.Cast<SyntaxNode>().ToArray(),
            ImplicitArrayCreationExpressionSyntax written => written.Initializer.Expressions.Cast<SyntaxNode>().ToArray(),
            BaseObjectCreationExpressionSyntax { Initializer: { } initializer } => initializer.Expressions.Cast<SyntaxNode>().ToArray(),
            CollectionExpressionSyntax collection => collection.Elements.Cast<SyntaxNode>().ToArray(),
            _ => [],
        }
        from element in elements
        let expression = element as ExpressionSyntax ?? ((element as ExpressionElementSyntax)?.Expression)
        where expression is not null && program.Constant(expression) is int
        select ((SyntaxNode)expression, (int)program.Constant(expression)!, element == elements[0], StartsWithLinear(program, creation.Call));

    private static bool StartsWithLinear(TrainingProgram program, InvocationExpressionSyntax sequence)
    {
        var list = program.Argument(sequence, "schedulers");
        var first = list?.DescendantNodes().FirstOrDefault(node => node is ExpressionSyntax expression && node != list.Expression && program.IsA(expression, "LRScheduler"));
        var made = first switch
        {
            InvocationExpressionSyntax call => call,
            IdentifierNameSyntax name => program.Creations.Select(creation => creation.Call).FirstOrDefault(call => SymbolEqualityComparer.Default.Equals(program.Holder(call), program.SymbolOf(name))),
            _ => null,
        };
        return made is not null && program.SymbolOf(made)?.Name == "LinearLR";
    }
}
