using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using WarmupAnalyzers.Factors;
using WarmupAnalyzers.Reading.Factors;
using WarmupAnalyzers.Schedules;
using WarmupAnalyzers.Training;

namespace WarmupAnalyzers.Reading;

/// <summary>A schedule that is written as a function of the index, with everything the factor rules ask of it.</summary>
/// <param name="Site">The scheduler's creation, or the write of a rate by hand.</param>
/// <param name="Use">What the function's values are to the learning rate.</param>
/// <param name="Groups">The factor function of each parameter group.</param>
/// <param name="BaseRate">The rate that the factor multiplies.</param>
/// <param name="FirstIndex">The index in force at the first <c>optimizer.step()</c>.</param>
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

    /// <summary>Reads a <c>LambdaLR</c>, or gives null for another scheduler or a list that cannot be followed.</summary>
    public static FactorSchedule? Read(SchedulerCreation creation, TrainingCode code, CancellationToken cancellation)
    {
        if (creation.Kind != SchedulerKind.LambdaLR)
            return null;
        var delegates = Delegates(creation, code, cancellation);
        if (delegates.IsEmpty || delegates.Any(HoldsError))
            return null;
        var optimizer = SymbolPaths.Of(creation.Optimizer);
        var groups = delegates
            .Select(factor => new GroupFactor(factor, FactorReader.Read(factor, optimizer, code, cancellation)))
            .ToImmutableArray();
        return new FactorSchedule(
            creation.Operation,
            FactorUse.Factor,
            groups,
            BaseLearningRate.Of(creation.Optimizer, code, cancellation),
            FirstTrainedIndex.Of(creation, code, cancellation),
            StepsOf(creation, code, cancellation));
    }

    // Resumed, it starts at another index.
    private static ScheduleSteps StepsOf(SchedulerCreation creation, TrainingCode code, CancellationToken cancellation) =>
        ScheduleReader.Number(creation, "last_epoch", code, cancellation) == -1
            ? ScheduleSteps.Of(creation, code, cancellation)
            : ScheduleSteps.Unknown;

    private static ImmutableArray<IOperation> Delegates(SchedulerCreation creation, TrainingCode code, CancellationToken cancellation)
    {
        if (creation.Argument("lr_lambda") is { } single)
            return ImmutableArray.Create(single);
        return creation.Argument("lr_lambdas") is { } list
            ? ElementsOf(list, code, cancellation)
            : ImmutableArray<IOperation>.Empty;
    }

    // Empty where which functions it holds is not certain.
    private static ImmutableArray<IOperation> ElementsOf(IOperation list, TrainingCode code, CancellationToken cancellation) => list switch
    {
        IConversionOperation conversion => ElementsOf(conversion.Operand, code, cancellation),
        IArrayCreationOperation { Initializer: { } initializer } => initializer.ElementValues,
        IArrayInitializerOperation initializer => initializer.ElementValues,
        IObjectCreationOperation { Arguments.IsEmpty: true, Initializer: { } initializer } made when FactorReader.IsList(made.Type) =>
            Added(initializer),
        ILocalReferenceOperation local => ElementsOfVariable(local.Local, code, cancellation),
        IFieldReferenceOperation { Field: { IsReadOnly: true } or { DeclaredAccessibility: Accessibility.Private } } field =>
            ElementsOfVariable(field.Field.OriginalDefinition, code, cancellation),
        _ => CollectionElements.Of(list) ?? ImmutableArray<IOperation>.Empty,
    };

    private static ImmutableArray<IOperation> ElementsOfVariable(ISymbol variable, TrainingCode code, CancellationToken cancellation) =>
        VariableWrites.Of(variable, code, cancellation).Count == 0
        && code.InitializerOf(variable, cancellation) is { } value
        && SequenceUses.AreOnlyReads(variable, code, cancellation)
            ? ElementsOf(value, code, cancellation)
            : ImmutableArray<IOperation>.Empty;

    private static ImmutableArray<IOperation> Added(IObjectOrCollectionInitializerOperation initializer)
    {
        var elements = initializer.Initializers
            .OfType<IInvocationOperation>().Where(add => add.TargetMethod.Name == "Add" && add.Arguments.Length == 1).Select(add => add.Arguments[0].Value).ToImmutableArray();
        return elements.Length == initializer.Initializers.Length ? elements : ImmutableArray<IOperation>.Empty;
    }

    // A report that depends on half-typed code would be a guess.
    private static bool HoldsError(IOperation factor) =>
        factor.Syntax.ContainsDiagnostics || factor.DescendantsAndSelf().Any(operation => operation is IInvalidOperation || operation.Kind == OperationKind.Invalid);
}

/// <summary>The factor function of one parameter group.</summary>
internal sealed record GroupFactor(IOperation Delegate, FactorProgram Program);

/// <summary>The round of training in which a rate is written by hand.</summary>
/// <param name="Index">The variable that the rate is computed from.</param>
/// <param name="Body">The round.</param>
/// <param name="Optimizer">Whose rate it is.</param>
/// <param name="IsOneWrite">Whether the rate is what one write says, in every round.</param>
internal sealed record HandWrittenRound(ISymbol Index, SyntaxNode Body, ISymbol Optimizer, bool IsOneWrite);
