using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using WarmupAnalyzers.Factors;
using WarmupAnalyzers.Reading.Source;
using WarmupAnalyzers.Reading.Steps;
using WarmupAnalyzers.Schedules;

namespace WarmupAnalyzers.Reading.Schedules;

/// <summary>What the lengths of a schedule count: the optimizer's steps, or the micro-batches between them as well.</summary>
internal sealed class ScheduleLengths
{
    // Behind these a schedule of any length is at rest.
    private const int Late = 1_000_000;
    private const int Later = 2_000_000;

    private readonly SchedulerCreation _creation;
    private readonly TrainingCode _code;
    private readonly CancellationToken _cancellation;

    public ScheduleLengths(SchedulerCreation creation, TrainingCode code, CancellationToken cancellation)
    {
        _creation = creation;
        _code = code;
        _cancellation = cancellation;
    }

    /// <summary>Whether the schedule has a horizon, or a length that is computed, and nothing shows that it counts the optimizer's steps.</summary>
    /// <param name="gathered">
    /// How many micro-batches make a step of the optimizer: a length that is divided by it counts those steps, and one that is multiplied by it the micro-batches.
    /// </param>
    public bool MayCountMicroBatches(ISymbol? gathered) => gathered is null
        ? HasHorizon(_creation)
        : HasHorizon(_creation) ? !Holds(BinaryOperatorKind.Divide, gathered) : Holds(BinaryOperatorKind.Multiply, gathered);

    private bool HasHorizon(SchedulerCreation creation) => creation.Kind switch
    {
        SchedulerKind.CosineAnnealingLR or SchedulerKind.OneCycleLR or SchedulerKind.PolynomialLR => true,
        SchedulerKind.ScheduleLR => creation.MayEnd()
            || creation.Parameters(SpecialType.System_Int64).Any(parameter => ScheduleReader.Number(creation, parameter, _code, _cancellation) is null),
        SchedulerKind.LambdaLR or SchedulerKind.MultiplicativeLR => FactorSchedule.Read(creation, _code, _cancellation) is not { } schedule || schedule.Groups.Any(group => !group.Program.FreeVariables.IsEmpty || Ends(group.Program)),
        SchedulerKind.SequentialLR or SchedulerKind.ChainedLR => PartsOf(creation) is not { } parts || parts.Any(part => part is null || HasHorizon(part)),
        SchedulerKind.MultiStepLR => ScheduleReader.Milestones(creation, _code, _cancellation).IsDefault,
        _ => creation.Parameters(SpecialType.System_Int32).Any(parameter => ScheduleReader.Number(creation, parameter, _code, _cancellation) is null),
    };

    private IEnumerable<SchedulerCreation?>? PartsOf(SchedulerCreation creation) =>
        new Composition(creation, _code, _cancellation) is { Parts: { } parts } whole ? Enumerable.Range(0, parts.Length).Select(whole.KnownPartAt) : null;

    // A decay that comes to rest; a warmup alone, and what goes on for ever, have no end to meet.
    private bool Ends(FactorProgram program)
    {
        // A product has all factors before it to be multiplied, and rests nowhere.
        if (program.Calls == FactorCalls.RunningProduct)
            return false;
        var run = program.Under(Assignment.Empty, _cancellation);
        var end = run.FactorAt(Late);
        return double.IsNaN(end) || (end == run.FactorAt(Later) && Indices().Any(index => run.FactorAt(index) > end));
    }

    private static IEnumerable<int> Indices()
    {
        for (var index = 0; index < Late; index += index / 4 + 1)
            yield return index;
    }

    private bool Holds(BinaryOperatorKind kind, ISymbol gathered)
    {
        var seen = new HashSet<ISymbol>(SymbolEqualityComparer.Default);
        var open = new Stack<IOperation>([_creation.Operation]);
        while (open.Count > 0)
        {
            foreach (var part in open.Pop().DescendantsAndSelf())
            {
                if (part is IBinaryOperation operation && operation.OperatorKind == kind
                    && (Is(operation.RightOperand, gathered) || (kind == BinaryOperatorKind.Multiply && Is(operation.LeftOperand, gathered))))
                    return true;
                // What a variable is made of leads on.
                if (AccumulationCondition.VariableOf(part) is { } variable && seen.Add(variable) && _code.InitializerOf(variable, _cancellation) is { } value)
                    open.Push(value);
            }
        }

        return false;
    }

    private static bool Is(IOperation operand, ISymbol variable) => SymbolEqualityComparer.Default.Equals(AccumulationCondition.VariableOf(operand.Unwrapped()), variable);
}
