using System.Globalization;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using WarmupAnalyzers.Reading;
using WarmupAnalyzers.Reading.Schedules;
using WarmupAnalyzers.Reading.Source;
using WarmupAnalyzers.Schedules;

namespace WarmupAnalyzers.Rules;

/// <summary>After how many steps a warmup is over, in the user's own words where it has some.</summary>
internal static class WarmupEnd
{
    private const string Length = "total_iters";
    private const int LongestRun = 1_000;

    /// <summary>As it can be written behind the creation; null for what is no warmup, or has no end that is known.</summary>
    public static string? Of(SchedulerCreation creation, TrainingCode code, CancellationToken cancellation)
    {
        if (!WarmupOnTop.IsWarmup(creation, code, cancellation))
            return null;
        if (creation.Kind == SchedulerKind.LambdaLR)
            return ScheduleCurve.Of(creation, LongestRun, code, cancellation) is { } curve ? Ramp.EndOf(curve)?.ToString(CultureInfo.InvariantCulture) : null;
        if (creation.Argument(Length) is { } length && IsPlain(length, code, cancellation))
            return length.Syntax.WithoutTrivia().ToString();
        return ScheduleReader.Number(creation, Length, code, cancellation) is >= 1 and var count ? count.ToString(CultureInfo.InvariantCulture) : null;
    }

    // A name, or what is computed from names and numbers, that is the same a statement later.
    private static bool IsPlain(IOperation length, TrainingCode code, CancellationToken cancellation) =>
        length.Syntax is ExpressionSyntax and not LiteralExpressionSyntax && !length.IsImplicit
        && length.Descendants().Prepend(length).All(part => part switch
        {
            ILocalReferenceOperation local => VariableWrites.Of(local.Local, code, cancellation).Count == 0,
            IParameterReferenceOperation parameter => VariableWrites.Of(parameter.Parameter, code, cancellation).Count == 0,
            IFieldReferenceOperation or IInstanceReferenceOperation or ILiteralOperation or IBinaryOperation or IParenthesizedOperation => true,
            IConversionOperation conversion => conversion.OperatorMethod is null,
            _ => false,
        });
}
