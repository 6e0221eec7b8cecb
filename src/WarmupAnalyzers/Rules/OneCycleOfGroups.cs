using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using WarmupAnalyzers.Reading.Optimizers;
using WarmupAnalyzers.Reading.Schedules;
using WarmupAnalyzers.Schedules;
using WarmupAnalyzers.Schedules.Simulated;

namespace WarmupAnalyzers.Rules;

/// <summary>WARM5001: a <c>OneCycleLR</c> on an optimizer with several parameter groups.</summary>
internal static class OneCycleOfGroups
{
    public const string Id = "WARM5001";

    // Longer ones are not run: the message does without the numbers.
    private const int LongestRun = 100_000;

    public static readonly DiagnosticDescriptor Descriptor = new(
        "WARM5001",
        "OneCycleLR goes wrong with several parameter groups",
        "OneCycleLR goes wrong with several parameter groups: {0}",
        RuleCategory.TorchSharp,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description: "TorchSharp's OneCycleLR takes the number of a parameter group for that of a phase, so that one of the groups never gets to its second phase.",
        helpLinkUri: HelpLink.For(Id));

    public static IEnumerable<Diagnostic> Judge(FileUnderJudgement file)
    {
        if (!file.Has(TorchSharpDefect.OneCycleGroups))
            yield break;
        foreach (var creation in file.Creations.Where(creation => creation.Kind == SchedulerKind.OneCycleLR && !creation.IsBaseCall))
        {
            var arguments = new SchedulerArguments(creation, file.Code, file.Cancellation);
            if (WrongGroup(arguments) is not { } wrong || ParameterGroups.CountAt(creation, arguments.History, file.Code, file.Cancellation) is not { } groups
                || groups <= wrong || IsRefused(arguments, file) || arguments.Life.IsNeverStepped)
                continue;
            yield return Diagnostic.Create(Descriptor, creation.Operation.Syntax.GetLocation(), Effect(arguments, wrong, groups) + " in " + file.TorchSharp);
        }
    }

    /// <summary>The group with the number of the last phase.</summary>
    private static int? WrongGroup(SchedulerArguments arguments) => arguments.Constant("three_phase") switch
    {
        false => 1,
        true => 2,
        _ => null,
    };

    // Without a momentum to cycle there is no scheduler.
    private static bool IsRefused(SchedulerArguments arguments, FileUnderJudgement file) => arguments.Constant("cycle_momentum") is not false
        && OptimizerMomentumReader.Of(arguments.Creation.Optimizer, file.Code, file.Cancellation) == MomentumKind.None;

    private static string Effect(SchedulerArguments arguments, int wrong, int groups)
    {
        var plain = $"group {wrong + 1} of {groups} never leaves its first phase";
        if (arguments.Number("max_lr") is null || arguments.Scheduler is not { } scheduler || Total(arguments) is not { } total || total is < 2 or > LongestRun)
            return plain;
        // The momentum is not asked for: with or without one the rates are these.
        var group = Enumerable.Range(0, groups).Select(_ => new ParameterGroup(1, MomentumKind.Momentum)).ToArray();
        var run = scheduler.Start(group);
        for (var step = 1; step < total; step++)
            run.Step();
        return run.IsKnown
            ? $"{plain}, so its last learning rate is {CurveText.Number(group[wrong].LearningRate)} where that of group 1 is {CurveText.Number(group[0].LearningRate)}"
            : plain;
    }

    private static int? Total(SchedulerArguments arguments) => (arguments.Number("total_steps"), arguments.Number("epochs"), arguments.Number("steps_per_epoch")) switch
    {
        ({ } total, _, _) when total > 0 => (int)total,
        (-1, { } epochs, { } steps) when epochs > 0 && steps > 0 && epochs * steps <= LongestRun => (int)(epochs * steps),
        _ => null,
    };
}
