using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using WarmupAnalyzers.Factors;
using WarmupAnalyzers.Reading.Factors;
using WarmupAnalyzers.Reading.Optimizers;
using WarmupAnalyzers.Reading.Rounds;
using WarmupAnalyzers.Reading.Source;
using WarmupAnalyzers.Reading.Steps;
using WarmupAnalyzers.Schedules;
using WarmupAnalyzers.Training;

namespace WarmupAnalyzers.Reading.Schedules;

/// <summary>A schedule that is written as a function of the index, with everything the factor rules ask of it.</summary>
/// <param name="Site">The scheduler's creation, or the write of a rate by hand.</param>
/// <param name="Use">What the function's values are to the learning rate.</param>
/// <param name="Groups">The factor function of each parameter group.</param>
/// <param name="BaseRate">The rate that the factor multiplies.</param>
/// <param name="FirstIndex">The index in force at the first <c>optimizer.step()</c>; of a cycle's scale the first number it is called with.</param>
/// <param name="Steps">How often it is provably stepped.</param>
internal sealed record FactorSchedule(
    IOperation Site,
    FactorUse Use,
    ImmutableArray<GroupFactor> Groups,
    BaseLearningRate BaseRate,
    int FirstIndex,
    ScheduleSteps Steps)
{
    /// <summary>Where a rate is written by hand; null where the index is a function's parameter.</summary>
    public HandWrittenRound? Round { get; init; }

    /// <summary>The branches of a function's open variables, with those of the loops that step the schedule.</summary>
    public ImmutableArray<AssignmentBranch> BranchesOf(GroupFactor group) =>
        Assignments.ByBranch(group.Program, BaseRate.Keys, BaseRate.Value, Steps.FreeVariables);

    /// <summary>Reads an operation as a schedule written as a function; null where it is none, or cannot be followed.</summary>
    public static FactorSchedule? Read(IOperation site, TrainingCode code, CancellationToken cancellation) =>
        SchedulerCreation.Read(site, code.Symbols) is { } creation
            ? Read(creation, code, cancellation)
            : HandWrittenRates.Read(site, code, cancellation);

    /// <summary>Reads a scheduler that takes functions, or gives null for another one or a list that cannot be followed.</summary>
    public static FactorSchedule? Read(SchedulerCreation creation, TrainingCode code, CancellationToken cancellation)
    {
        if (creation.Kind is not (SchedulerKind.LambdaLR or SchedulerKind.MultiplicativeLR or SchedulerKind.CyclicLR))
            return null;
        var key = creation.Operation.Syntax;
        return code.Schedules.TryGetValue(key, out var known) ? known : code.Schedules.GetOrAdd(key, ReadOnce(creation, code, cancellation));
    }

    private static FactorSchedule? ReadOnce(SchedulerCreation creation, TrainingCode code, CancellationToken cancellation) => creation.Kind switch
    {
        SchedulerKind.LambdaLR => Read(creation, FactorUse.Factor, FactorCalls.ByIndex, null, code, cancellation),
        SchedulerKind.MultiplicativeLR => Read(creation, FactorUse.Product, FactorCalls.RunningProduct, null, code, cancellation),
        SchedulerKind.CyclicLR when CycleScale.FirstNumber(creation, code.Symbols) is { } first =>
            Read(creation, FactorUse.CycleScale, FactorCalls.ByNumber, first, code, cancellation),
        _ => null,
    };

    private static FactorSchedule? Read(
        SchedulerCreation creation, FactorUse use, FactorCalls calls, int? first, TrainingCode code, CancellationToken cancellation)
    {
        var groups = FactorsOf(creation, code, cancellation).Select(group => group.CalledAs(calls)).ToImmutableArray();
        if (groups.IsEmpty)
            return null;
        return new FactorSchedule(
            creation.Operation,
            use,
            groups,
            BaseLearningRate.Of(creation.Optimizer, code, cancellation),
            first ?? FirstTrainedIndex.Of(creation, code, cancellation),
            first is null or 0 ? StepsOf(creation, code, cancellation) : ScheduleSteps.Unknown); // cycles are not steps
    }

    /// <summary>The functions of a scheduler, as they are written; none where the list cannot be followed.</summary>
    public static ImmutableArray<GroupFactor> FactorsOf(SchedulerCreation creation, TrainingCode code, CancellationToken cancellation)
    {
        var delegates = Delegates(creation, code, cancellation);
        if (delegates.Any(HoldsError))
            return ImmutableArray<GroupFactor>.Empty;
        var optimizer = SymbolPaths.Of(creation.Optimizer);
        return delegates
            .Select(factor => GroupFactor.Read(factor, creation.Operation, optimizer, code, cancellation))
            .ToImmutableArray();
    }

    // Resumed, it starts at another index.
    private static ScheduleSteps StepsOf(SchedulerCreation creation, TrainingCode code, CancellationToken cancellation) =>
        ScheduleReader.Number(creation, "last_epoch", code, cancellation) == -1
            ? ScheduleSteps.Of(creation, code, cancellation)
            : ScheduleSteps.Unknown;

    private static ImmutableArray<IOperation> Delegates(SchedulerCreation creation, TrainingCode code, CancellationToken cancellation)
    {
        if ((creation.Argument("lr_lambda") ?? creation.Argument("scale_fn")) is { } single)
            return ImmutableArray.Create(single);
        return creation.Argument("lr_lambdas") is { } list && WrittenList.ElementsOf(list, code, cancellation) is { } known
            ? known
            : ImmutableArray<IOperation>.Empty;
    }

    // A report that depends on half-typed code would be a guess.
    private static bool HoldsError(IOperation factor) =>
        factor.Syntax.ContainsDiagnostics || factor.DescendantsAndSelf().Any(operation => operation is IInvalidOperation || operation.Kind == OperationKind.Invalid);
}

/// <summary>The factor function of one parameter group.</summary>
internal sealed record GroupFactor(IOperation Delegate, FactorProgram Program)
{
    /// <summary>What it takes from outside and what it leaves there.</summary>
    public FactorEffects Effects { get; init; } = FactorEffects.Unknown;

    /// <summary>What the function, its delegate and its scheduler are called.</summary>
    public ImmutableArray<string> Names { get; init; } = ImmutableArray<string>.Empty;

    /// <summary>The same where TorchSharp calls it in this way.</summary>
    public GroupFactor CalledAs(FactorCalls calls) => this with { Program = Program with { Calls = calls } };

    /// <summary>Reads the delegate that a scheduler is given for a group.</summary>
    /// <param name="site">The scheduler's creation.</param>
    public static GroupFactor Read(IOperation factor, IOperation site, SymbolPath? optimizer, TrainingCode code, CancellationToken cancellation)
    {
        var program = FactorReader.Read(factor, optimizer, code, cancellation);
        return new GroupFactor(factor, program)
        {
            Effects = FactorEffectsReader.Read(factor, site, code, cancellation),
            Names = program.FunctionNames.AddRange(HolderNames.Of(factor)).AddRange(HolderNames.OfResult(site)),
        };
    }
}

/// <summary>The round of training in which a rate is written by hand.</summary>
/// <param name="Index">The variable that the rate is computed from.</param>
/// <param name="Body">The round.</param>
/// <param name="Optimizer">Whose rate it is.</param>
/// <param name="IsOneWrite">Whether the rate is what one write says, in every round.</param>
/// <param name="IsBesideAnother">Whether another optimizer is stepped in the same round.</param>
internal sealed record HandWrittenRound(ISymbol Index, SyntaxNode Body, ISymbol Optimizer, bool IsOneWrite, bool IsBesideAnother);
