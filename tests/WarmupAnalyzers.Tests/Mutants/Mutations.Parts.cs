using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace WarmupAnalyzers.Tests.Mutants;

/// <summary>Compositions whose milestones or parts do not fit.</summary>
internal static partial class Mutations
{
    private static ImmutableArray<Mutation> OfParts =>
    [
        new("milestone two steps too early", "WARM4002", program => MilestoneAt(program, length => length - 2)),
        new("milestone 1", "WARM4002", program => MilestoneAt(program, _ => 1)),
        new("milestone 0", "WARM4002", program => MilestoneAt(program, _ => 0)),
        new("part stepped in front of its sequence", "WARM4003", PartSteppedBefore),
        new("part made for another optimizer", "WARM4004", PartOfAnother),
        new("sequence made for another optimizer", "WARM4004", SequenceOfAnother),
        new("plateau in place of a part", "WARM4005", program => PartReplaced(program, "ReduceLROnPlateau({0})", isBehindWarmup: false)),
        new("one cycle behind a warmup", "WARM4011", program => PartReplaced(program, "OneCycleLR({0}, 0.1, total_steps: 400)", isBehindWarmup: true)),
        new("cycles behind a warmup", "WARM4011", program => PartReplaced(program, "CyclicLR({0}, 0.001, 0.1, cycle_momentum: false)", isBehindWarmup: true)),
        new("warmup beside a cycle", "WARM4011", WarmupBesideCycle),
    ];

    private static IEnumerable<IReadOnlyList<TextChange>> MilestoneAt(TrainingProgram program, System.Func<int, int> at) =>
        from milestone in Milestones(program)
        where milestone.IsFirst && milestone.IsBehindWarmup && milestone.Value >= 3 && IsLengthOfWarmup(program, milestone.Place)
        select new[] { Edits.Replace(milestone.Place, at(milestone.Value).ToString(CultureInfo.InvariantCulture)) };

    // Where the first part holds for a while, the milestone's own value is nowhere else in the program.
    private static bool IsLengthOfWarmup(TrainingProgram program, SyntaxNode milestone) =>
        program.Creations.Any(creation => creation.Kind == "LinearLR" && program.Argument(creation.Call, "total_iters")?.Expression.ToString() == milestone.ToString());

    private static IEnumerable<IReadOnlyList<TextChange>> PartSteppedBefore(TrainingProgram program) =>
        from changes in PartStepped(program)
        let step = program.SchedulerSteps.First(step => step.FullSpan.End == changes[0].Span.Start)
        select new[] { Edits.Before(step, changes[0].NewText!.TrimEnd()) };

    private static IEnumerable<IReadOnlyList<TextChange>> PartOfAnother(TrainingProgram program) =>
        from part in Parts(program)
        where part.Whole.Kind == "SequentialLR" && OtherOptimizer(program, part.Call) is not null
        select new[] { Edits.Replace(program.Argument(part.Call, "optimizer")!.Expression, OtherOptimizer(program, part.Call)!) };

    private static IEnumerable<IReadOnlyList<TextChange>> SequenceOfAnother(TrainingProgram program) =>
        from creation in program.Creations
        where creation.Kind == "SequentialLR" && OtherOptimizer(program, creation.Call) is not null
        select new[] { Edits.Replace(program.Argument(creation.Call, "optimizer")!.Expression, OtherOptimizer(program, creation.Call)!) };

    private static IEnumerable<IReadOnlyList<TextChange>> PartReplaced(TrainingProgram program, string format, bool isBehindWarmup) =>
        from part in Parts(program)
        let name = program.SymbolOf(part.Call)!.Name
        where isBehindWarmup ? !part.IsFirst && part.IsBehindWarmup : name != "LinearLR" // a plateau that is called a warmup is one mistake more
        let factory = part.Call.Expression.ToString()
        select new[]
        {
            Edits.Replace(part.Call, factory[..^name.Length] + string.Format(CultureInfo.InvariantCulture, format, program.Argument(part.Call, "optimizer")!.Expression)),
        };

    private static IEnumerable<IReadOnlyList<TextChange>> WarmupBesideCycle(TrainingProgram program) =>
        from scheduler in InSight(program)
        let kind = program.SymbolOf(scheduler.Creation)!.Name
        where kind is "OneCycleLR" or "CyclicLR"
        let declaration = scheduler.Creation.FirstAncestorOrSelf<LocalDeclarationStatementSyntax>()
        where declaration is not null
        let factory = scheduler.Creation.Expression.ToString()[..^kind.Length]
        select new[]
        {
            Edits.Before(declaration, $"var slowStart = {factory}LinearLR({program.Argument(scheduler.Creation, "optimizer")!.Expression}, 0.1, 1.0, 5);"),
            Edits.Behind(scheduler.Steps[0], "slowStart.step();"),
        };

    /// <summary>The schedulers that a composition is made of, where they are made in a variable of their own or in place.</summary>
    private static IEnumerable<((InvocationExpressionSyntax Call, string Kind) Whole, InvocationExpressionSyntax Call, bool IsFirst, bool IsBehindWarmup)> Parts(TrainingProgram program) =>
        from whole in program.Creations
        where whole.Kind is "SequentialLR" or "ChainedLR"
        let list = program.Argument(whole.Call, "schedulers")
        where list is not null
        let calls = list.DescendantNodes().OfType<ExpressionSyntax>()
            .Select(node => program.Creations.Select(creation => creation.Call).FirstOrDefault(call =>
                call == node || (node is IdentifierNameSyntax && program.Holder(call) is { } holder && SymbolEqualityComparer.Default.Equals(holder, program.SymbolOf(node)))))
            .OfType<InvocationExpressionSyntax>()
            .ToArray()
        from call in calls
        select (whole, call, call == calls[0], program.SymbolOf(calls[0])!.Name == "LinearLR");

    /// <summary>A new optimizer of the same model.</summary>
    private static string? OtherOptimizer(TrainingProgram program, InvocationExpressionSyntax creation) =>
        program.Argument(creation, "optimizer")?.Expression is { } optimizer && program.SymbolOf(optimizer) is { } symbol && MadeOptimizer(program, symbol) is { } made
            ? $"TorchSharp.torch.optim.SGD({program.Argument(made, "parameters")!.Expression}, 0.1)"
            : null;
}
