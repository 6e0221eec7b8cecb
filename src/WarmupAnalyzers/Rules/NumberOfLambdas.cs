using System.Linq;
using Microsoft.CodeAnalysis;
using WarmupAnalyzers.Reading;
using WarmupAnalyzers.Reading.Optimizers;
using WarmupAnalyzers.Reading.Schedules;
using WarmupAnalyzers.Reading.Source;
using WarmupAnalyzers.Schedules;

namespace WarmupAnalyzers.Rules;

/// <summary>WARM2005: there are more or fewer functions than the optimizer has parameter groups.</summary>
internal static class NumberOfLambdas
{
    public const string Id = "WARM2005";

    private const string Functions = "lr_lambdas";

    public static readonly DiagnosticDescriptor Descriptor = new(
        "WARM2005",
        "The number of lambdas is not the number of parameter groups",
        "The number of lambdas is not the number of parameter groups: {0}",
        RuleCategory.Argument,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description: "LambdaLR and MultiplicativeLR ask one function for each parameter group of the optimizer, in order. A function that is missing throws, and one too many is never called.",
        helpLinkUri: HelpLink.For(Id));

    public static ArgumentMistake? Judge(SchedulerArguments arguments)
    {
        if (arguments.Creation.Argument(Functions) is not { } list
            || WrittenList.ElementsOf(list, arguments.Code, arguments.Cancellation) is not { Length: var lambdas }
            || ParameterGroups.CountAt(arguments.Creation, arguments.History, arguments.Code, arguments.Cancellation) is not { } groups
            || lambdas == groups || IsCountedAhead(arguments, lambdas - groups))
            return null;
        var effect = lambdas < groups ? TooFew(arguments) : TooMany(lambdas - groups);
        return new ArgumentMistake(Descriptor, list.Syntax, $"{Counted(lambdas, "lambda")} for {Counted(groups, "parameter group")}, so {effect}");
    }

    // The groups come behind the creation, and WARM4010 says so.
    private static bool IsCountedAhead(SchedulerArguments arguments, int more) =>
        more > 0 && arguments.Creation.Operation.SemanticModel is { } model
        && ChangedOptimizer.In(model, arguments.Code, arguments.Cancellation).Any(changed =>
            !changed.IsReplaced && changed.Changes.Length == more && changed.Creations.Any(creation => creation.Operation.Syntax == arguments.Creation.Operation.Syntax));

    // MultiplicativeLR asks none at index 0.
    private static string TooFew(SchedulerArguments arguments) => (arguments.Kind, arguments.Number("last_epoch")) switch
    {
        (SchedulerKind.LambdaLR, _) => "the constructor throws an ArgumentOutOfRangeException",
        (_, -1) => "the first step() throws an ArgumentOutOfRangeException",
        _ => "it throws an ArgumentOutOfRangeException",
    };

    private static string TooMany(int more) => more == 1 ? "the last one is ignored" : $"the last {more} are ignored";

    private static string Counted(int count, string noun) => $"{count} {noun}{(count == 1 ? string.Empty : "s")}";
}
