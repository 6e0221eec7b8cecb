using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using WarmupAnalyzers.Factors;
using WarmupAnalyzers.Reading;
using WarmupAnalyzers.Reading.Schedules;
using WarmupAnalyzers.Schedules;

namespace WarmupAnalyzers.Rules;

/// <summary>WARM1010: the factor function ignores the index it is given and reads a variable that the training moves.</summary>
internal static class IgnoredIndex
{
    public const string Id = "WARM1010";

    private const double Tolerance = 1e-9;
    private const int ComparedSteps = 256;

    public static readonly DiagnosticDescriptor Descriptor = new(
        Id,
        "The factor does not depend on its argument",
        "The factor does not depend on its argument: {0}",
        RuleCategory.Factor,
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        description: "The factor function is given the index of the schedule. A variable of the training in its place has the value of the moment at which TorchSharp calls the function: when the scheduler is made, and at each step.",
        helpLinkUri: HelpLink.For(Id));

    public static FactorMistake? Judge(FactorUnderJudgement factor)
    {
        var effects = factor.Group.Effects;
        if (effects.ReadsIndex || effects.Moving.IsEmpty || factor.Branch.Assignments.IsEmpty || factor.IsKnown)
            return null;
        var variable = effects.Moving[0];
        var effect = $"it reads '{variable.Name}', which has the value of the moment when TorchSharp calls the function";
        var mention = $"it reads '{variable.Name}' and not its argument";
        return effects.Moving.Length == 1 && factor.Schedule.Use == FactorUse.Factor && variable.Counter is { } counter && IsAnotherCurve(factor, variable, counter)
            ? new FactorMistake(Descriptor, variable.Origin, effect + ": " + Curves(factor, variable, counter), mention, DiagnosticSeverity.Warning)
            : new FactorMistake(Descriptor, variable.Origin, effect, mention);
    }

    private static bool IsAnotherCurve(FactorUnderJudgement factor, MovingVariable variable, MovingCounter counter) =>
        factor.Branch.Assignments.All(assignment =>
        {
            var run = factor.DrivenBy(variable, assignment);
            var steps = Math.Min(counter.Steps, ComparedSteps);
            var trained = Trained(run, counter, factor.FirstIndex, steps);
            // Where the scheduler steps first, a variable that lags may be just what makes the schedule right.
            var meant = Meant(run, counter, 0, steps);
            var given = Meant(run, counter, factor.FirstIndex, steps);
            return trained.Concat(meant).Concat(given).All(IsNumber)
                && trained.Zip(meant, Differ).Any(differ => differ)
                && trained.Zip(given, Differ).Any(differ => differ);
        });

    private static double[] Trained(FactorRun run, MovingCounter counter, int first, int steps) =>
        Enumerable.Range(first, steps).Select(index => run.FactorAt(counter.At(index))).ToArray();

    /// <summary>What the index would give, counted from where the counter starts.</summary>
    private static double[] Meant(FactorRun run, MovingCounter counter, int first, int steps) =>
        Enumerable.Range(counter.AtCreation + first, steps).Select(run.FactorAt).ToArray();

    private static string Curves(FactorUnderJudgement factor, MovingVariable variable, MovingCounter counter)
    {
        var assignment = factor.Branch.Assignments[0];
        var run = factor.DrivenBy(variable, assignment);
        var steps = CurvePicture.Bars(factor, assignment);
        return $"training runs with {Picture(Trained(run, counter, factor.FirstIndex, steps))} instead of {Picture(Meant(run, counter, 0, steps))}{CurvePicture.Example(factor, assignment)}";
    }

    private static string Picture(IReadOnlyList<double> numbers) => CurveText.Numbers(numbers) + " " + CurveText.Sparkline(numbers);

    private static bool IsNumber(double value) => !double.IsNaN(value) && !double.IsInfinity(value);

    private static bool Differ(double left, double right) => Math.Abs(left - right) > Tolerance * Math.Max(Math.Abs(left), Math.Abs(right));
}
