using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using WarmupAnalyzers.Factors;
using WarmupAnalyzers.Reading.Factors;
using WarmupAnalyzers.Schedules;
using WarmupSchedulers;

namespace WarmupAnalyzers.Reading.Schedules;

/// <summary>A scheduler that rises to the full rate, with its length as the code says it.</summary>
internal sealed class Warmup
{
    private const string Total = "total_iters";
    private const string Steps = "warmup_steps";

    private readonly Func<Assignment, CancellationToken, IWarmupRun?> _run;

    private Warmup(SyntaxNode place, ImmutableArray<FactorProgram> programs, Func<Assignment, CancellationToken, IWarmupRun?> run)
    {
        Place = place;
        Programs = programs;
        _run = run;
    }

    /// <summary>The length where it is written; the function where there is none.</summary>
    public SyntaxNode Place { get; }

    /// <summary>What the length is computed from.</summary>
    public ImmutableArray<FactorProgram> Programs { get; }

    /// <summary>The warmup under one assignment; null where it is none, or not known.</summary>
    public IWarmupRun? Under(Assignment assignment, CancellationToken cancellation) => _run(assignment, cancellation);

    /// <summary>A ramp or a low level in front of the full rate; null for any other scheduler. What functions rise to only a run tells.</summary>
    public static Warmup? Of(SchedulerArguments arguments) => arguments.Kind switch
    {
        SchedulerKind.LinearLR when arguments.Number("start_factor") is > 0 and var start && arguments.Number("end_factor") is { } end && start < end =>
            Counted(arguments, Total, length => new StraightWarmup(start, end, length)),
        SchedulerKind.ConstantLR when arguments.Number("factor") is > 0 and < 1 and var level => Counted(arguments, Total, length => new LevelWarmup(level, length)),
        SchedulerKind.ScheduleLR or SchedulerKind.WarmupThenPlateauLR when arguments.Creation.BeginsWithRamp() =>
            Counted(arguments, Steps, length => new OwnWarmup(Schedule.LinearWarmup((long)length), length)),
        SchedulerKind.LambdaLR when arguments.Functions is { } functions && functions.Groups.Length > 0 => OfFunctions(functions, arguments.Creation),
        _ => null,
    };

    private static Warmup? Counted(SchedulerArguments arguments, string parameter, Func<double, IWarmupRun> run)
    {
        if (arguments.Creation.Argument(parameter) is not { } total)
            return null;
        var length = FactorReader.ReadRate(total, arguments.Code, arguments.Cancellation).Value;
        return new Warmup(
            arguments.PlaceOf(parameter),
            ImmutableArray.Create(length),
            (assignment, cancellation) => length.Under(assignment, cancellation).FactorAt(0) is >= 1 and < int.MaxValue and var steps ? run(steps) : null);
    }

    private static Warmup OfFunctions(FactorSchedule functions, SchedulerCreation creation)
    {
        var programs = functions.Groups.Select(group => group.Program).ToImmutableArray();
        var place = creation.ArgumentSyntax("lr_lambda") ?? creation.ArgumentSyntax("lr_lambdas") ?? creation.Operation.Syntax;
        return new Warmup(
            programs.Length == 1 ? functions.Groups[0].Delegate.Syntax : place,
            programs,
            (assignment, cancellation) => new FunctionWarmup(programs.Select(program => program.Under(assignment, cancellation).Remembering()).ToImmutableArray(), LargestCount(programs, assignment)));
    }

    private static double LargestCount(ImmutableArray<FactorProgram> programs, Assignment assignment) =>
        programs.Max(program => Math.Max(program.LargestConstant, assignment.LargestCount(program.FreeVariables)));
}

/// <summary>A warmup whose length is a number.</summary>
internal interface IWarmupRun
{
    /// <summary>After how many steps the full rate is reached, where that takes no fewer than these; null where it takes fewer, or is never reached.</summary>
    double? LengthFrom(int steps);

    /// <summary>What the base rate is multiplied by after so many steps.</summary>
    double FactorAt(int step);
}

internal sealed record StraightWarmup(double Start, double End, double Length) : IWarmupRun
{
    public double? LengthFrom(int steps) => Length >= steps ? Length : null;

    public double FactorAt(int step) => Start + ((End - Start) * Math.Min(step, Length) / Length);
}

internal sealed record LevelWarmup(double Level, double Length) : IWarmupRun
{
    public double? LengthFrom(int steps) => Length >= steps ? Length : null;

    public double FactorAt(int step) => step < Length ? Level : 1;
}

internal sealed record OwnWarmup(Schedule Ramp, double Length) : IWarmupRun
{
    public double? LengthFrom(int steps) => Ramp.Factor(steps - 1) < 1 ? Length : null;

    public double FactorAt(int step) => Ramp.Factor(step);
}
