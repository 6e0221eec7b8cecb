using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis;
using WarmupAnalyzers.Reading;
using WarmupAnalyzers.Reading.Schedules;
using WarmupAnalyzers.Schedules;
using WarmupAnalyzers.Schedules.Simulated;

namespace WarmupAnalyzers.Rules;

/// <summary>WARM2003: <c>last_epoch</c> given although the optimizer is new.</summary>
internal static class LastEpochOnFreshOptimizer
{
    public const string Id = "WARM2003";

    /// <summary>The property that says that the schedule starts later, but right: a person must decide.</summary>
    public const string NeedsReview = "review";

    public static readonly DiagnosticDescriptor Descriptor = new(
        "WARM2003",
        "last_epoch is given on a fresh optimizer",
        "The optimizer is fresh although last_epoch is given: {0}",
        RuleCategory.Argument,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description: "Most schedulers compute the next learning rate from the one in force. A fresh optimizer has the rate it was made with, not the one of that epoch, so the schedule starts in the middle from a wrong rate.",
        helpLinkUri: HelpLink.For(Id));

    public static ArgumentMistake? Judge(SchedulerArguments arguments)
    {
        if (arguments.Creation.ArgumentSyntax("last_epoch") is not { } place || arguments.Number("last_epoch") is not { } last || !(last >= 0) || !arguments.History.IsUntouched
            || arguments.Kind == SchedulerKind.ScheduleLR && !IsRefused(arguments))
            return null;
        var isRight = IsRight(arguments);
        var properties = ImmutableDictionary<string, string?>.Empty.Add(ArgumentMistake.Parameter, "last_epoch");
        return new ArgumentMistake(Descriptor, place, isRight ? Later(arguments, (int)last) : Wrong(arguments, (int)last))
        {
            Properties = isRight ? properties.Add(NeedsReview, "true") : properties,
            IsLikelyOnly = isRight,
        };
    }

    /// <summary>A scheduler that computes each rate from the base rate, or from its own arguments, is right at any index.</summary>
    private static bool IsRight(SchedulerArguments arguments) => arguments.Kind switch
    {
        SchedulerKind.LambdaLR or SchedulerKind.CyclicLR => true,
        SchedulerKind.OneCycleLR => !ForgetsMomentum(arguments),
        _ => false,
    };

    // Ours looks whether the optimizer has the learning rate of that step.
    private static bool IsRefused(SchedulerArguments arguments) => arguments.Scheduler?.Start([new ParameterGroup(1)]).Exception is not null;

    // A resumed one does not know between which values to cycle it.
    private static bool ForgetsMomentum(SchedulerArguments arguments) => arguments.Constant("cycle_momentum") is true;

    private static string Later(SchedulerArguments arguments, int last)
    {
        var begins = $"the schedule starts at index {Index(last)}";
        return arguments.Parent is null && RunText.Of(arguments.Scheduler, arguments) is { } run ? begins + ", and " + run : begins;
    }

    private static string Wrong(SchedulerArguments arguments, int last)
    {
        if (arguments.Kind == SchedulerKind.OneCycleLR)
            return "the constructor throws KeyNotFoundException, because only a new scheduler sets up the momentum";
        if (arguments.Kind == SchedulerKind.ScheduleLR)
            return $"{arguments.Creation.Title} throws ArgumentException, because the optimizer does not have the learning rate of that step";
        if (arguments.Parent is null && arguments.Scheduler is { } given && RunText.Of(given, arguments) is { } run)
            return run + Otherwise(arguments);
        return $"the schedule starts at index {Index(last)} from the optimizer's own learning rate";
    }

    private static string Index(int last) => ((long)last + 1).ToString(CultureInfo.InvariantCulture);

    private static string Otherwise(SchedulerArguments arguments) =>
        arguments.FreshScheduler is { } fresh && RunText.Numbers(fresh, arguments) is { } numbers ? $" instead of {RunText.Picture(numbers)}" : string.Empty;
}
