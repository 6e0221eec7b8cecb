using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using WarmupAnalyzers.Reading;
using WarmupAnalyzers.Reading.Optimizers;
using WarmupAnalyzers.Reading.Schedules;
using WarmupAnalyzers.Reading.Steps;
using WarmupAnalyzers.Schedules;

namespace WarmupAnalyzers.Rules;

/// <summary>WARM1002 outside factor functions: an integer division truncates a number given to a scheduler or an optimizer.</summary>
internal static class IntegerDivisionInArgument
{
    /// <summary>The property that holds the parameter's name; it tells these reports from those about a factor function.</summary>
    public const string Argument = "argument";

    public static IEnumerable<Diagnostic> In(SemanticModel model, TrainingCode code, CancellationToken cancellation)
    {
        foreach (var creation in code.Creations.In(model, cancellation).Where(creation => !creation.HoldsError))
        {
            foreach (var parameter in creation.Parameters(SpecialType.System_Double))
            {
                if (TruncatedArgument.OfScheduler(creation, parameter, code, cancellation) is { } truncated)
                    yield return Report(truncated, creation.ArgumentSyntax(parameter)!);
            }
        }

        foreach (var argument in OptimizerCreations.In(model, code, cancellation).SelectMany(arguments => arguments))
        {
            if (argument.Parameter is { Type.SpecialType: SpecialType.System_Double } parameter && !argument.IsImplicit && argument.Value.Unwrapped() is not ILiteralOperation && !argument.Syntax.ContainsDiagnostics
                && TruncatedArgument.Of(parameter.Name, argument.Value, code, cancellation) is { } truncated)
                yield return Report(truncated, argument.Syntax);
        }
    }

    private static Diagnostic Report(TruncatedArgument truncated, SyntaxNode argument)
    {
        // A diagnostic outside the tree under analysis shows in no editor: there the argument is named.
        var place = truncated.Divisions.FirstOrDefault(division => division.SyntaxTree == argument.SyntaxTree);
        return Diagnostic.Create(
            IntegerDivisionInFactor.Descriptor,
            (place ?? argument).GetLocation(),
            [argument.GetLocation()],
            ImmutableDictionary<string, string?>.Empty.Add(Argument, truncated.Parameter),
            $"{truncated.Parameter} is {CurveText.Number(truncated.Truncated)} instead of {CurveText.Number(truncated.Real)}");
    }
}
