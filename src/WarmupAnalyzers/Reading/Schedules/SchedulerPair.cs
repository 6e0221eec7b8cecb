using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using WarmupAnalyzers.Reading.Optimizers;
using WarmupAnalyzers.Reading.Source;
using WarmupAnalyzers.Reading.Steps;
using WarmupAnalyzers.Schedules.Simulated;

namespace WarmupAnalyzers.Reading.Schedules;

/// <summary>Two schedulers of one optimizer, made one after the other and stepped one after the other in the same block.</summary>
/// <param name="First">The one that is made first.</param>
/// <param name="Second">The one that is made second.</param>
/// <param name="StepsSecondFirst">Whether the second is stepped before the first.</param>
internal sealed record SchedulerPair(SchedulerCreation First, SchedulerCreation Second, bool StepsSecondFirst)
{
    private bool IsAlone { get; init; }

    /// <summary>The pair that two creations of a file are; null where it is not certain that they are one.</summary>
    public static SchedulerPair? Of(SchedulerCreation first, SchedulerCreation second, ImmutableArray<SchedulerCreation> all, TrainingCode code, CancellationToken cancellation)
    {
        if (first.IsBaseCall || second.IsBaseCall || BlockOf(first.Operation.Syntax) is not { } block || block != BlockOf(second.Operation.Syntax)
            || !IsSameOptimizer(first.Optimizer, second.Optimizer, code, cancellation))
            return null;
        var (steps, others) = (Steps(first, code, cancellation), Steps(second, code, cancellation));
        if (steps.Length != 1 || others.Length != 1 || steps[0].Parent != others[0].Parent)
            return null;
        var isAlone = !code.RateWrites.In(block.SyntaxTree.GetRoot(cancellation)).Any()
            && all.Count(other => other.Optimizer is not null && IsSameOptimizer(other.Optimizer, first.Optimizer, code, cancellation)) == 2;
        return new SchedulerPair(first, second, others[0].SpanStart < steps[0].SpanStart) { IsAlone = isAlone };
    }

    /// <summary>The learning rates of both together, from a base rate; empty where they are not known.</summary>
    public IReadOnlyList<double> Run(double rate, int count, TrainingCode code, CancellationToken cancellation)
    {
        var rates = new List<double>();
        if (!IsAlone || ScheduleReader.Read(First, code, cancellation) is not { } first || ScheduleReader.Read(Second, code, cancellation) is not { } second)
            return rates;
        var group = new ParameterGroup(rate, MomentumKind.Momentum, 0.9);
        ParameterGroup[] groups = [group];
        ScheduleRun[] runs = [first.Start(groups), second.Start(groups)];
        while (rates.Count < count && runs.All(run => run.IsKnown))
        {
            rates.Add(group.LearningRate);
            foreach (var run in StepsSecondFirst ? runs.Reverse() : runs)
                run.Step();
        }

        return rates;
    }

    // In one block, so that both are made and both are stepped.
    private static ImmutableArray<StatementSyntax> Steps(SchedulerCreation creation, TrainingCode code, CancellationToken cancellation)
    {
        var life = SchedulerLife.Of(creation, code, cancellation);
        return life.Parent is not null || !life.IsTrained
            ? ImmutableArray<StatementSyntax>.Empty
            : PartSteps.Certain(life, creation.Operation, code, cancellation).Select(step => StepMove.StatementOf(step)).OfType<StatementSyntax>().ToImmutableArray();
    }

    private static bool IsSameOptimizer(IOperation? one, IOperation? other, TrainingCode code, CancellationToken cancellation)
    {
        if (one is null || other is null)
            return false;
        if (one.Unwrapped() is IParameterReferenceOperation { Parameter: var parameter })
            return other.Unwrapped() is IParameterReferenceOperation reference && SymbolEqualityComparer.Default.Equals(reference.Parameter, parameter)
                && VariableWrites.Of(parameter, code, cancellation).Count == 0;
        return one.Unwrapped() is not (IInvocationOperation or IObjectCreationOperation)
            && BaseLearningRate.CreationOf(one, code, cancellation) is { } made && made.Syntax == BaseLearningRate.CreationOf(other, code, cancellation)?.Syntax;
    }

    private static SyntaxNode? BlockOf(SyntaxNode creation)
    {
        var statement = creation.FirstAncestorOrSelf<StatementSyntax>();
        return statement is LocalDeclarationStatementSyntax or ExpressionStatementSyntax && creation.Parent is EqualsValueClauseSyntax or AssignmentExpressionSyntax
            ? statement?.Parent is GlobalStatementSyntax global ? global.Parent : statement?.Parent
            : null;
    }
}
