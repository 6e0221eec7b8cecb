using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using WarmupAnalyzers.Reading.Steps;
using WarmupAnalyzers.Training;

namespace WarmupAnalyzers.Rules;

/// <summary>WARM3011: gradients and a schedule, and no step of the optimizer.</summary>
internal static class OptimizerNeverStepped
{
    public const string Id = "WARM3011";

    public static readonly DiagnosticDescriptor Descriptor = new(
        "WARM3011",
        "The optimizer is never stepped",
        "The optimizer is never stepped with these gradients, so scheduler.step() moves the learning rate of a model that does not learn",
        RuleCategory.Stepping,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description: "backward() computes gradients, and only optimizer.step() changes the parameters. This loop steps the scheduler, and nothing in reach steps an optimizer.",
        helpLinkUri: HelpLink.For(Id));

    public static IEnumerable<Diagnostic> Judge(TrainingCalls calls)
    {
        var reported = new HashSet<SyntaxNode>();
        foreach (var backward in calls.Of(GradientCall.Backward, "backward", GradientWords.Stepping))
        {
            // One report stands for all loops that the call leads to.
            var found = TrainingLoops.Innermost(backward, calls.Code, calls.Cancellation)
                .Select(loop => (Loop: loop, Scheduled: Scheduled(loop, calls)))
                .Where(pair => pair.Scheduled is not null && reported.Add(pair.Scheduled.Syntax))
                .ToArray();
            if (found.Length == 0)
                continue;
            var place = Place(backward, found[0].Loop, found[0].Scheduled!, calls);
            yield return Diagnostic.Create(Descriptor, backward.Syntax.GetLocation(), [(place?.Syntax ?? backward.Syntax).GetLocation()], place?.Properties ?? ImmutableDictionary<string, string?>.Empty);
        }
    }

    /// <summary>The loop, or the next round it, that steps a scheduler and surely no optimizer.</summary>
    private static ILoopOperation? Scheduled(ILoopOperation loop, TrainingCalls calls)
    {
        var scheduled = TrainingLoops.Outside(loop, calls.Code, calls.Cancellation).Prepend(loop)
            .FirstOrDefault(outer => LoopReach.Of(outer, calls.Code, calls.Cancellation).Parts.Any(part => GradientWords.Scheduling.StandIn(part, calls.Code, calls.Cancellation)));
        return scheduled is null || GradientWords.Stepping.MayHappenIn(scheduled, calls.Code, calls.Cancellation) ? null : scheduled;
    }

    /// <summary>Before the scheduler's step where that follows in the same round, else behind the call.</summary>
    private static (SyntaxNode Syntax, ImmutableDictionary<string, string?> Properties)? Place(IInvocationOperation backward, ILoopOperation loop, ILoopOperation scheduled, TrainingCalls calls)
    {
        if (StepMove.StatementOf(backward.Syntax) is not { Parent: { } block } statement)
            return null;
        var round = loop.Syntax.Contains(statement) ? loop.Syntax : block;
        if (calls.In(round, GradientCall.Zero, "zero_grad").FirstOrDefault() is not { } zero)
            return null; // gathered over several rounds, or one mistake more
        var optimizer = calls.Code.Symbols.IsOptimizer(zero.Instance?.Type) ? zero : null;
        var siblings = StepMove.Siblings(statement);
        var behind = siblings.Skip(siblings.IndexOf(statement) + 1).ToArray();
        var step = calls.In(scheduled.Syntax, GradientCall.SchedulerStep, "step").FirstOrDefault();
        if (step is not null && StepMove.StatementOf(step.Syntax) is { } stepping && behind.Contains(stepping))
            return (step.Syntax, StatementPlace.For(step.Syntax, optimizer, "step", at: 0, calls.Code, calls.Cancellation));
        var clipped = behind.OfType<ExpressionStatementSyntax>().FirstOrDefault(next => next.Expression.ToString().Contains("clip_grad_"));
        var anchor = clipped?.Expression ?? backward.Syntax;
        return (anchor, StatementPlace.For(anchor, optimizer, "step", at: 0, calls.Code, calls.Cancellation, isBehind: true));
    }
}
