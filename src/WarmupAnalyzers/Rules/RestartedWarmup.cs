using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using WarmupAnalyzers.Reading.Optimizers;
using WarmupAnalyzers.Reading.Schedules;
using WarmupAnalyzers.Reading.Steps;
using WarmupAnalyzers.Schedules;
using WarmupAnalyzers.Training;

namespace WarmupAnalyzers.Rules;

/// <summary>WARM5004: an optimizer that goes on and a scheduler that begins again.</summary>
internal static class RestartedWarmup
{
    public const string Id = "WARM5004";

    private const string LastEpoch = "last_epoch";
    private const int Shown = 8;

    public static readonly DiagnosticDescriptor Descriptor = new(
        "WARM5004",
        "Resuming restarts the warmup",
        "Resuming restarts the warmup: {0}",
        RuleCategory.TorchSharp,
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        description: "TorchSharp's schedulers have no state that could be saved. After the state of the optimizer has been loaded, a new scheduler begins at its first step, whatever step the training had got to.",
        helpLinkUri: HelpLink.For(Id));

    public static IEnumerable<Diagnostic> Judge(FileUnderJudgement file)
    {
        if (!file.Has(TorchSharpDefect.SchedulerState) || !LoadedState.MayBeIn(file.Model, file.Code, file.Cancellation))
            yield break;
        foreach (var creation in file.Creations.Where(creation => !creation.IsBaseCall && creation.Kind is not (SchedulerKind.CyclicLR or SchedulerKind.ReduceLROnPlateau or SchedulerKind.WarmupThenPlateauLR)))
        {
            if (LoadedState.Of(creation, file.Code, file.Cancellation) is { } loaded && BeginsAgain(creation, file) && Effect(creation, file) is { } effect)
                yield return Diagnostic.Create(Descriptor, creation.Operation.Syntax.GetLocation(), [loaded.Syntax.GetLocation()], effect);
        }
    }

    private static bool BeginsAgain(SchedulerCreation creation, FileUnderJudgement file)
    {
        var life = SchedulerLife.Of(creation, file.Code, file.Cancellation);
        // What a sequence takes begins with it; a chain has no optimizer of its own.
        if (life.Parent is { Kind: SchedulerKind.ChainedLR } chain)
            life = SchedulerLife.Of(chain, file.Code, file.Cancellation);
        return life.IsInSight && life.Holds(EventKind.SchedulerStep) && !Replay.IsIn(life.World) && IsAtStart(creation, file)
            // Somebody may restore the rate by hand.
            && !file.Code.RateWrites.In(creation.Operation.Syntax.SyntaxTree.GetRoot(file.Cancellation)).Any();
    }

    private static bool IsAtStart(SchedulerCreation creation, FileUnderJudgement file)
    {
        if (creation.ArgumentSyntax(LastEpoch) is not null && creation.Argument(LastEpoch)?.ConstantValue is not { HasValue: true, Value: -1 })
            return false;
        return creation.Kind != SchedulerKind.SequentialLR
            || new Composition(creation, file.Code, file.Cancellation) is { Parts: { } parts } whole
            && Enumerable.Range(0, parts.Length).All(part => whole.KnownPartAt(part) is { } known && IsAtStart(known, file));
    }

    /// <summary>The numbers that it begins with again; null where it does not begin with a warmup.</summary>
    private static string? Effect(SchedulerCreation creation, FileUnderJudgement file)
    {
        if (ScheduleCurve.Of(creation, Shown, file.Code, file.Cancellation) is { } curve)
            return Rises(curve) ? $"{creation.Title} begins again and multiplies the learning rate by {CompositionText.Picture(curve)}" : null;
        return WarmupOnTop.IsWarmup(creation, file.Code, file.Cancellation) ? $"{creation.Title} begins again" : null;
    }

    private static bool Rises(IReadOnlyList<double> curve) => curve.FirstOrDefault(factor => factor != curve[0]) > curve[0];
}
