using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using WarmupAnalyzers.Reading.Schedules;
using WarmupAnalyzers.Schedules;

namespace WarmupAnalyzers.Rules;

/// <summary>WARM4004: a scheduler in a sequence that was made for another optimizer than the sequence.</summary>
internal static class PartOfAnotherOptimizer
{
    public const string Id = "WARM4004";

    public static readonly DiagnosticDescriptor Descriptor = new(
        "WARM4004",
        "Sub-scheduler of another optimizer",
        "This scheduler is of another optimizer: {0}",
        RuleCategory.Composition,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description: "All schedulers of a SequentialLR must be made for the optimizer that the SequentialLR is given. Its constructor throws where one is not.",
        helpLinkUri: HelpLink.For(Id));

    // A ChainedLR does not look at the optimizers of its schedulers.
    public static IEnumerable<CompositionMistake> Judge(Composition composition)
    {
        if (composition.Creation is not { Kind: SchedulerKind.SequentialLR, Optimizer: { } passed } || composition.Parts is not { } parts || composition.Optimizer is not { } own)
            return [];
        return Enumerable.Range(0, parts.Length).Select(part => OfPart(composition, part, passed, own)).OfType<CompositionMistake>();
    }

    private static CompositionMistake? OfPart(Composition composition, int part, IOperation passed, IOperation own)
    {
        if (composition.KnownPartAt(part) is not { Kind: not SchedulerKind.ChainedLR } || composition.OptimizerOf(part) is not { } other || other.Made.Syntax == own.Syntax)
            return null;
        var (mine, theirs) = (Name(passed), Name(other.Passed));
        var names = mine == theirs ? "it is not made for the one that SequentialLR gets" : $"it is made for {theirs} and SequentialLR gets {mine}";
        return new CompositionMistake(Descriptor, composition.PlaceOf(part), names + ", so the constructor throws ArgumentException");
    }

    private static string Name(IOperation optimizer) =>
        optimizer is Microsoft.CodeAnalysis.Operations.IInvocationOperation or Microsoft.CodeAnalysis.Operations.IObjectCreationOperation ? "a new one" : optimizer.Syntax.ToString();
}
