using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using WarmupAnalyzers.Reading.Schedules;
using WarmupAnalyzers.Reading.Steps;
using WarmupAnalyzers.Schedules;

namespace WarmupAnalyzers.Rules;

/// <summary>WARM5003: a <c>ChainedLR</c> asked for its rates, stepped with an argument, or made from a lazy list.</summary>
internal static class BrokenChainedLR
{
    public const string Id = "WARM5003";

    public static readonly DiagnosticDescriptor Descriptor = new(
        "WARM5003",
        "ChainedLR does not work like this",
        "ChainedLR does not work like this: {0}",
        RuleCategory.TorchSharp,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description: "TorchSharp's ChainedLR can do nothing but step(): it has no last learning rates, its step with an argument throws, and it goes through the list of its schedulers again at every step, so that a query makes them anew.",
        helpLinkUri: HelpLink.For(Id));

    public static IEnumerable<Diagnostic> Judge(FileUnderJudgement file) => Lists(file).Concat(Calls(file));

    private static IEnumerable<Diagnostic> Lists(FileUnderJudgement file)
    {
        if (!file.Has(TorchSharpDefect.ChainedQueries))
            yield break;
        foreach (var creation in file.Creations.Where(creation => creation.Kind == SchedulerKind.ChainedLR))
        {
            // What is never stepped makes nothing: that is a mistake of its own.
            if (creation.Argument("schedulers") is not { } list || !LazySchedulers.AreMadeAnew(list, file.Code, file.Cancellation)
                || SchedulerLife.Of(creation, file.Code, file.Cancellation).IsNeverStepped)
                continue;
            yield return Diagnostic.Create(
                Descriptor,
                creation.Operation.Syntax.GetLocation(),
                [list.Syntax.GetLocation()],
                $"its lazy list makes the schedulers anew at every step in {file.TorchSharp}, so none gets beyond its first step");
        }
    }

    private static IEnumerable<Diagnostic> Calls(FileUnderJudgement file)
    {
        foreach (var call in ChainedCalls.In(file.Model, file.Code, file.Cancellation))
        {
            if (EffectOf(call, file) is { } effect)
                yield return Diagnostic.Create(Descriptor, call.Syntax.GetLocation(), effect + " in " + file.TorchSharp);
        }
    }

    private static string? EffectOf(IInvocationOperation call, FileUnderJudgement file) => call.TargetMethod.Name switch
    {
        "get_last_lr" when file.Has(TorchSharpDefect.ChainedRates) && !ChainedCalls.IsTestedForNull(call) => "get_last_lr() is null",
        "step" when file.Has(TorchSharpDefect.ChainedSteps) => "step() with an argument throws a NullReferenceException",
        _ => null,
    };
}
