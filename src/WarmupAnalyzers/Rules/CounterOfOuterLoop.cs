using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Microsoft.CodeAnalysis.Text;
using WarmupAnalyzers.Reading.Steps;
using WarmupAnalyzers.Training;

namespace WarmupAnalyzers.Rules;

/// <summary>WARM3014: a training loop that counts with the variable of the loop round it.</summary>
internal static class CounterOfOuterLoop
{
    public const string Id = "WARM3014";

    public static readonly DiagnosticDescriptor Descriptor = new(
        "WARM3014",
        "The loop does not use its own counter",
        "The loop declares {0} and counts with {1} of the loop around it, so that loop ends with it and {0} never changes",
        RuleCategory.Stepping,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description: "The inner loop of a training tests and moves the variable of an outer one. Both end together: the training makes one round where it should make many, and a warmup never gets to its end.",
        helpLinkUri: HelpLink.For(Id));

    public static IEnumerable<Diagnostic> Judge(TrainingCalls calls) =>
        ForeignCounter.In(calls.Root, calls.Code, calls.Cancellation)
            .Where(counter => Trains(counter, calls))
            .Select(counter => Diagnostic.Create(
                Descriptor,
                Location.Create(counter.Loop.SyntaxTree, TextSpan.FromBounds(counter.Loop.ForKeyword.SpanStart, counter.Loop.CloseParenToken.Span.End)),
                counter.Uses.Select(name => name.GetLocation()),
                counter.Own.Name,
                counter.Foreign.Name));

    private static bool Trains(ForeignCounter counter, TrainingCalls calls) =>
        calls.Code.OperationOf(counter.Loop, calls.Cancellation) is ILoopOperation loop
        && LoopReach.Of(loop, calls.Code, calls.Cancellation).Parts.Any(part =>
            calls.In(part, GradientCall.Backward, "backward").Any() || calls.In(part, GradientCall.OptimizerStep, "step").Any());
}
