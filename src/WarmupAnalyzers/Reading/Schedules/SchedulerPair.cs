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
    /// <summary>Whether nothing else is known to move the rate: no third scheduler and nobody by hand.</summary>
    public bool IsAlone { get; private init; }

    private const int MaximumBefore = 16;

    /// <summary>The pairs that a creation is the second of, in the order of the first.</summary>
    public static IEnumerable<SchedulerPair> EndingWith(SchedulerCreation second, TrainingCode code, CancellationToken cancellation) =>
        BlockOf(second.Operation.Syntax) is { } block && code.ModelOf(block.SyntaxTree) is { } model
            ? code.Creations.For(second.Optimizer, model, cancellation)
                .TakeWhile(first => first.Operation.Syntax.SpanStart < second.Operation.Syntax.SpanStart)
                .Where(first => BlockOf(first.Operation.Syntax) == block)
                .Take(MaximumBefore)
                .Select(first => Of(first, second, code, cancellation)).OfType<SchedulerPair>()
            : [];

    /// <summary>The pair that two creations of a file are; null where it is not certain that they are one.</summary>
    public static SchedulerPair? Of(SchedulerCreation first, SchedulerCreation second, TrainingCode code, CancellationToken cancellation)
    {
        if (first.IsBaseCall || second.IsBaseCall || BlockOf(first.Operation.Syntax) is not { } block || block != BlockOf(second.Operation.Syntax)
            || !IsSameOptimizer(first.Optimizer, second.Optimizer, code, cancellation))
            return null;
        var (steps, others) = (Steps(first, code, cancellation), Steps(second, code, cancellation));
        if (steps.Length != 1 || others.Length != 1 || steps[0].Parent != others[0].Parent)
            return null;
        var isAlone = !code.RateWrites.In(block.SyntaxTree.GetRoot(cancellation)).Any()
            && code.ModelOf(block.SyntaxTree) is { } model && AreTwo(code.Creations.For(first.Optimizer, model, cancellation), code, cancellation);
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

    /// <summary>The one statement that steps a scheduler of a pair.</summary>
    public static StatementSyntax? StepOf(SchedulerCreation creation, TrainingCode code, CancellationToken cancellation) =>
        Steps(creation, code, cancellation) is [var step] ? step : null;

    /// <summary>Whether two of the schedulers of an optimizer stand for themselves, and no more.</summary>
    public static bool AreTwo(IEnumerable<SchedulerCreation> all, TrainingCode code, CancellationToken cancellation) =>
        all.Where(other => !IsPart(other, code, cancellation)).Take(3).Count() == 2;

    private static bool IsPart(SchedulerCreation creation, TrainingCode code, CancellationToken cancellation) =>
        SchedulerLife.Of(creation, code, cancellation).Parent is not null;

    // In one block, so that both are made and both are stepped.
    private static ImmutableArray<StatementSyntax> Steps(SchedulerCreation creation, TrainingCode code, CancellationToken cancellation)
    {
        var life = SchedulerLife.Of(creation, code, cancellation);
        return life.Parent is not null || !life.IsTrained
            ? ImmutableArray<StatementSyntax>.Empty
            : PartSteps.Certain(life, creation.Operation, code, cancellation).Select(step => StepMove.StatementOf(step)).OfType<StatementSyntax>().ToImmutableArray();
    }

    /// <summary>Whether both are certainly the same optimizer.</summary>
    public static bool IsSameOptimizer(IOperation? one, IOperation? other, TrainingCode code, CancellationToken cancellation) =>
        other is not null && one?.Unwrapped() is not (null or IInvocationOperation or IObjectCreationOperation)
            && IdentityOf(one, code, cancellation) is { } identity && identity.Equals(IdentityOf(other, code, cancellation));

    /// <summary>The parameter that an optimizer certainly is, or the call that made it; null where neither is certain.</summary>
    public static object? IdentityOf(IOperation optimizer, TrainingCode code, CancellationToken cancellation) => optimizer.Unwrapped() is IParameterReferenceOperation { Parameter: var parameter }
        ? VariableWrites.Of(parameter, code, cancellation).Count == 0 ? parameter : null
        : BaseLearningRate.CreationOf(optimizer, code, cancellation)?.Syntax;

    private static SyntaxNode? BlockOf(SyntaxNode creation)
    {
        var statement = creation.FirstAncestorOrSelf<StatementSyntax>();
        return statement is LocalDeclarationStatementSyntax or ExpressionStatementSyntax && creation.Parent is EqualsValueClauseSyntax or AssignmentExpressionSyntax
            ? statement?.Parent is GlobalStatementSyntax global ? global.Parent : statement?.Parent
            : null;
    }
}
