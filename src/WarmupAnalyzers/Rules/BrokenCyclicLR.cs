using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using WarmupAnalyzers.Factors;
using WarmupAnalyzers.Reading.Optimizers;
using WarmupAnalyzers.Reading.Schedules;
using WarmupAnalyzers.Schedules;
using WarmupAnalyzers.Schedules.Simulated;

namespace WarmupAnalyzers.Rules;

/// <summary>WARM5002: a <c>CyclicLR</c> that drives the momentum up, that the optimizer has no momentum for, or whose scale counts cycles.</summary>
internal static class BrokenCyclicLR
{
    public const string Id = "WARM5002";

    /// <summary>The property of a report that is mended where the momentum is left alone.</summary>
    public const string IsOfMomentum = "momentum";

    private const string CyclesMomentum = "cycle_momentum";

    public static readonly DiagnosticDescriptor Descriptor = new(
        "WARM5002",
        "CyclicLR goes wrong",
        "CyclicLR goes wrong: {0}",
        RuleCategory.TorchSharp,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description: "TorchSharp's CyclicLR adds to the momentum where it should subtract, throws on optimizers without a momentum, and in mode ExpRange scales by the number of the cycle instead of the step.",
        helpLinkUri: HelpLink.For(Id));

    public static IEnumerable<Diagnostic> Judge(FileUnderJudgement file)
    {
        foreach (var creation in file.Creations.Where(creation => creation.Kind == SchedulerKind.CyclicLR && !creation.IsBaseCall))
        {
            var arguments = new SchedulerArguments(creation, file.Code, file.Cancellation);
            var (thrown, momentum, scale) = (Thrown(arguments, file), Momentum(arguments, file), Scale(arguments, file));
            // What is never stepped is a mistake of its own; the constructor throws all the same.
            if ((thrown ?? momentum ?? scale) is null || thrown is null && arguments.Life.IsNeverStepped)
                continue;
            var properties = scale is null ? ImmutableDictionary<string, string?>.Empty.Add(IsOfMomentum, null) : ImmutableDictionary<string, string?>.Empty;
            var effects = string.Join("; also, ", new[] { thrown, momentum, scale }.OfType<string>());
            yield return Diagnostic.Create(Descriptor, creation.Operation.Syntax.GetLocation(), properties, effects + " in " + file.TorchSharp);
        }
    }

    private static string? Thrown(SchedulerArguments arguments, FileUnderJudgement file) =>
        file.Has(TorchSharpDefect.CyclicOptimizers) && arguments.Constant(CyclesMomentum) is true
        && OptimizerMomentumReader.Of(arguments.Creation.Optimizer, file.Code, file.Cancellation) is MomentumKind.None or MomentumKind.Betas
            ? "the optimizer has no momentum to cycle, so the constructor throws an ArgumentException"
            : null;

    private static string? Momentum(SchedulerArguments arguments, FileUnderJudgement file)
    {
        if (!file.Has(TorchSharpDefect.CyclicMomentum) || arguments.Constant(CyclesMomentum) is not true || !arguments.IsNull("scale_fn")
            || OptimizerMomentumReader.Of(arguments.Creation.Optimizer, file.Code, file.Cancellation) != MomentumKind.Momentum
            || MomentumArgument(arguments, "base_momentum", 0.8) is not { } least || MomentumArgument(arguments, "max_momentum", 0.9) is not { } most)
            return null;
        var top = TopMomentum(least, most);
        return top > most
            ? $"the momentum rises from {CurveText.Number(most)} to {CurveText.Number(top)} with the learning rate, where it should fall to {CurveText.Number(least)}"
            : null;
    }

    // Of a list of one for each group the default is null.
    private static double? MomentumArgument(SchedulerArguments arguments, string parameter, double whenNull) =>
        arguments.IsNull(parameter) ? whenNull : arguments.Number(parameter);

    // The first cycle of every mode is as high as the plain one, or nearly.
    private static double TopMomentum(double least, double most)
    {
        var group = new ParameterGroup(0.1, MomentumKind.Momentum);
        var run = new CyclicLR(0.1, 1.0) { StepSizeUp = 1, BaseMomentum = least, MaxMomentum = most }.Start([group]);
        run.Step();
        return run.IsKnown ? group.Momentum : double.NaN;
    }

    private static string? Scale(SchedulerArguments arguments, FileUnderJudgement file)
    {
        if (!file.Has(TorchSharpDefect.CyclicScale) || !arguments.IsNull("scale_fn") || arguments.Constant("mode") is not (int)CyclicMode.ExpRange
            || arguments.Number("gamma") is not { } gamma || gamma is 1 or <= 0)
            return null;
        const string counted = "in mode ExpRange the scale counts cycles and not steps";
        if (arguments.Number("base_lr") is not { } least || arguments.Number("max_lr") is not { } most || arguments.Number("step_size_up") is not { } steps || steps is < 2 or > 100_000)
            return counted;
        double Top(Func<double, Value>? scale)
        {
            var group = new ParameterGroup(least);
            var run = new CyclicLR(least, most) { StepSizeUp = (int)steps, Mode = CyclicMode.ExpRange, Gamma = gamma, ScaleFunction = scale, ScalesByIterations = true, CyclesMomentum = false }.Start([group]);
            for (var step = 0; step < steps; step++)
                run.Step();
            return group.LearningRate;
        }

        var (real, meant) = (CurveText.Number(Top(null)), CurveText.Number(Top(step => Value.Of(Math.Pow(gamma, step)))));
        return real == meant ? counted : $"{counted}, so the learning rate at step {steps} is {real} and not {meant}";
    }
}
