using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Microsoft.CodeAnalysis.Text;
using WarmupAnalyzers.Reading.Schedules;
using WarmupAnalyzers.Reading.Source;

namespace WarmupAnalyzers.Reading.Optimizers;

/// <summary>What happens to an optimizer between its creation and that of a scheduler on it, where both stand in one function.</summary>
/// <param name="Optimizer">The call that makes the optimizer; null where it is not TorchSharp's own or stands elsewhere.</param>
/// <param name="Uses">Every mention of the optimizer between the two, in the order of the file.</param>
/// <param name="Scheduler">The scheduler's creation.</param>
internal sealed record OptimizerHistory(IOperation? Optimizer, ImmutableArray<OptimizerUse> Uses, SyntaxNode Scheduler)
{

    /// <summary>The optimizer is in sight from its creation on, and every mention of it is understood.</summary>
    public bool IsKnown => Optimizer is not null && Uses.All(use => use.Kind != OptimizerUseKind.Other);

    /// <summary>The scheduler finds the optimizer as it was made.</summary>
    public bool IsUntouched => Optimizer is not null && Uses.All(use => use.Kind == OptimizerUseKind.Harmless);

    /// <summary>
    /// The writes of <c>LearningRate</c> that nobody sees before the scheduler is made; empty where not all are of that kind, or
    /// <c>InitialLearningRate</c> is written as well.
    /// </summary>
    public ImmutableArray<OptimizerWrite> LostWrites => IsKnown && Uses.All(use => use.Kind != OptimizerUseKind.InitialRate) && Writes.All(write => LeadsToScheduler(write.Syntax))
        ? Writes
        : ImmutableArray<OptimizerWrite>.Empty;

    private ImmutableArray<OptimizerWrite> Writes => Uses.Where(use => use.Kind == OptimizerUseKind.Rate).Select(use => use.Write!).ToImmutableArray();

    public static OptimizerHistory Of(SchedulerCreation creation, TrainingCode code, CancellationToken cancellation)
    {
        // In one semantic model, so that symbols and nodes of both are the same.
        if (code.OperationOf(creation.Operation.Syntax, cancellation) is not { } operation
            || SchedulerCreation.Read(operation, code.Symbols) is not { IsBaseCall: false, Optimizer: { } passed }
            || BaseLearningRate.CreationOf(passed, code, cancellation) is not { } made || !IsOwn(made, code.Symbols))
            return new OptimizerHistory(null, ImmutableArray<OptimizerUse>.Empty, creation.Operation.Syntax);
        if (operation.Syntax.Span.Contains(made.Syntax.Span))
            return new OptimizerHistory(made, ImmutableArray<OptimizerUse>.Empty, operation.Syntax);
        if (FunctionOf(made.Syntax) is not { } function || function != FunctionOf(operation.Syntax)
            || !LeadsTo(made.Syntax, operation.Syntax, function))
            return new OptimizerHistory(null, ImmutableArray<OptimizerUse>.Empty, creation.Operation.Syntax);
        var between = TextSpan.FromBounds(made.Syntax.Span.End, operation.Syntax.SpanStart);
        return new OptimizerMentions(code, cancellation).In(function, passed, between, operation.Syntax) is { } known ? new OptimizerHistory(made, known, operation.Syntax)
            : new OptimizerHistory(null, ImmutableArray<OptimizerUse>.Empty, operation.Syntax);
    }

    /// <summary>Whether the call makes one of TorchSharp's optimizers, a new one each time.</summary>
    internal static bool IsOwn(IOperation creation, KnownSymbols symbols) => creation switch
    {
        IInvocationOperation { TargetMethod: { IsStatic: true } factory } => symbols.IsDeclaredInTorchSharp(factory) && symbols.IsOptimizer(creation.Type),
        IObjectCreationOperation { Constructor: { } constructor } => symbols.IsDeclaredInTorchSharp(constructor) && symbols.IsOptimizer(creation.Type),
        _ => false,
    };

    /// <summary>The body in which a node runs; null for an initializer.</summary>
    private static SyntaxNode? FunctionOf(SyntaxNode node) => node.Ancestors().FirstOrDefault(ancestor =>
        ancestor is AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax or BaseMethodDeclarationSyntax or AccessorDeclarationSyntax or PropertyDeclarationSyntax
            or FieldDeclarationSyntax
        || ancestor is CompilationUnitSyntax unit && unit.Members.Any(member => member is GlobalStatementSyntax && member.Span.Contains(node.Span)));

    /// <summary>Whether each run of the second node has had a run of the first just before: no loop, and no other branch, holds the second alone.</summary>
    private static bool LeadsTo(SyntaxNode first, SyntaxNode second, SyntaxNode function)
    {
        if (first.Span.End > second.SpanStart)
            return false;
        var shared = second.Ancestors().FirstOrDefault(ancestor => ancestor.Span.Contains(first.Span));
        return IsSequence(shared)
            && second.Ancestors().TakeWhile(ancestor => ancestor != shared && ancestor != function).All(ancestor => !LoopJumps.IsLoop(ancestor));
    }

    // From every place of the write: not in another branch, and nothing leaves the way between.
    private bool LeadsToScheduler(SyntaxNode write)
    {
        var shared = Scheduler.Ancestors().First(ancestor => ancestor.Span.Contains(write.Span));
        if (!IsSequence(shared))
            return false;
        var way = write.AncestorsAndSelf().First(ancestor => ancestor.Parent == shared);
        return !way.DescendantNodesAndSelf().Any(node => node switch
        {
            ReturnStatementSyntax or ThrowStatementSyntax or GotoStatementSyntax or YieldStatementSyntax => true,
            BreakStatementSyntax or ContinueStatementSyntax => !node.Ancestors().TakeWhile(ancestor => ancestor != shared).Any(ancestor => LoopJumps.IsLoop(ancestor) || ancestor is SwitchStatementSyntax),
            _ => false,
        });
    }

    // Whose parts run one after the other.
    private static bool IsSequence(SyntaxNode? node) => node is BlockSyntax or CompilationUnitSyntax or SwitchSectionSyntax or UsingStatementSyntax;
}
