using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using System.Threading;
using WarmupAnalyzers.Factors;
using WarmupAnalyzers.Reading;
using WarmupAnalyzers.Reading.Schedules;
using WarmupAnalyzers.Reading.Steps;
using WarmupAnalyzers.Schedules;

namespace WarmupAnalyzers.Tests.Mutants;

/// <summary>What a program's schedulers do in training, as the model and the simulator see it.</summary>
internal static class ScheduleRun
{
    private const int Shown = 12;

    /// <summary>
    /// For each scheduler its kind, its first values, how often it is stepped at most, and how its optimizer comes to step first.
    /// A step that is lost where the training ends early trains nothing.
    /// </summary>
    public static ImmutableArray<string> Of(string source)
    {
        var compilation = Findings.Compile(source);
        var code = TrainingCode.Of(compilation)!;
        var creations = code.Creations.In(code.ModelOf(compilation.SyntaxTrees[0])!, CancellationToken.None);
        return [.. creations.Select(creation => Run(creation, code))];
    }

    private static string Run(SchedulerCreation creation, TrainingCode code)
    {
        var life = SchedulerLife.Of(creation, code, CancellationToken.None);
        var steps = ScheduleSteps.Of(creation, code, CancellationToken.None).Under(Assignment.Empty, CancellationToken.None);
        var curve = ScheduleCurve.Of(creation, Shown, code, CancellationToken.None);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{creation.Kind} [{(curve is null ? "?" : CurveText.Numbers([.. curve]))}] stepped at most {steps.Greatest} times, first trained ahead: {life.First.SkipTheFirstIndex}");
    }
}
