using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using WarmupAnalyzers.Reading.Factors;
using WarmupAnalyzers.Reading.Schedules;
using WarmupAnalyzers.Reading.Source;
using WarmupAnalyzers.Reading.Steps;

namespace WarmupAnalyzers.Reading.Optimizers;

/// <summary>An optimizer that is changed once a scheduler has been made on it, while that scheduler is stepped on.</summary>
/// <param name="Scheduler">The scheduler that is stepped.</param>
/// <param name="Creations">All schedulers that were made on the optimizer, in the order of the file.</param>
/// <param name="Changes">The calls and assignments behind them, in the order of the file.</param>
/// <param name="IsReplaced">Whether the variable is given another optimizer; else it gets another parameter group.</param>
internal sealed record ChangedOptimizer(
    SchedulerCreation Scheduler, ImmutableArray<SchedulerCreation> Creations, ImmutableArray<IOperation> Changes, bool IsReplaced)
{
    private const string AddGroup = "add_param_group";

    /// <summary>The first thing that is done to the optimizer.</summary>
    public IOperation Change => Changes[0];

    /// <summary>All in one file, one for each optimizer and function.</summary>
    public static IEnumerable<ChangedOptimizer> In(SemanticModel model, TrainingCode code, CancellationToken cancellation)
    {
        var creations = code.Creations.In(model, cancellation);
        if (creations.IsEmpty)
            return [];
        var root = model.SyntaxTree.GetRoot(cancellation);
        return GroupsAdded(root, code, cancellation).Concat(Replacements(model, code, cancellation))
            .OrderBy(change => change.Operation.Syntax.SpanStart)
            .Select(change => (Change: change, Found: Read(change, creations, code, cancellation)))
            .Where(pair => pair.Found is not null)
            .GroupBy(pair => pair.Found!.Scheduler)
            .Select(changes => changes.First().Found! with { Changes = changes.Select(pair => pair.Change.Operation).ToImmutableArray() });
    }

    private static IEnumerable<Changed> GroupsAdded(SyntaxNode root, TrainingCode code, CancellationToken cancellation) => code.Calls.In(root, AddGroup)
        .Select(call => code.OperationOf(call, cancellation)).OfType<IInvocationOperation>()
        .Where(call => call.Instance is not null && code.Symbols.IsDeclaredInTorchSharp(call.TargetMethod) && code.Symbols.IsOptimizer(call.TargetMethod.ContainingType))
        .Select(call => new Changed(call, call.Instance!, IsReplaced: false));

    private static IEnumerable<Changed> Replacements(SemanticModel model, TrainingCode code, CancellationToken cancellation) =>
        OptimizerCreations.OptimizersIn(model, code, cancellation)
            .Where(made => OptimizerHistory.IsOwn(made.Creation, code.Symbols))
            .Select(made => AssignmentOf(made.Creation)).OfType<ISimpleAssignmentOperation>()
            .Select(assignment => new Changed(assignment, assignment.Target, IsReplaced: true));

    private static ISimpleAssignmentOperation? AssignmentOf(IOperation creation)
    {
        var value = creation;
        while (value.Parent is IConversionOperation { IsImplicit: true } conversion)
            value = conversion;
        return value.Parent is ISimpleAssignmentOperation { Parent: IExpressionStatementOperation } assignment && ReferenceEquals(assignment.Value, value) ? assignment : null;
    }

    private static ChangedOptimizer? Read(Changed change, ImmutableArray<SchedulerCreation> all, TrainingCode code, CancellationToken cancellation)
    {
        var place = change.Operation.Syntax;
        if (place.ContainsDiagnostics)
            return null;
        var creations = all.Where(creation => !creation.HoldsError && change.IsOf(creation, code, cancellation)).ToImmutableArray();
        var places = change.IsReplaced ? ImmutableArray.Create(place) : new ChangePlaces(place, code, cancellation).All;
        // One that is made anew, here or elsewhere, knows what has become of the optimizer.
        if (creations.IsEmpty || creations.Any(creation => creation.IsBaseCall || !places.Any(here => ChangePlaces.IsMadeBefore(creation.Operation.Syntax, here)))
            || (change.IsReplaced && IsKeptElsewhere(change.Optimizer, place, creations, code, cancellation)))
            return null;
        var stepped = creations.LastOrDefault(creation => places.Any(here => ChangePlaces.IsMadeBefore(creation.Operation.Syntax, here) && IsSteppedBehind(here, creation, code, cancellation)));
        return stepped is null ? null : new ChangedOptimizer(stepped, creations, ImmutableArray.Create(change.Operation), change.IsReplaced);
    }

    private static bool IsSteppedBehind(SyntaxNode change, SchedulerCreation creation, TrainingCode code, CancellationToken cancellation)
    {
        var life = SchedulerLife.Of(creation, code, cancellation);
        return life.IsInSight && PartSteps.Certain(life, creation.Operation, code, cancellation).Any(step => RunsBehind(change, step, creation.Operation.Syntax));
    }

    // In another method of the same object, which nobody has called before.
    private static bool RunsBehind(SyntaxNode change, SyntaxNode step, SyntaxNode creation)
    {
        var (here, there) = (CodeOrder.FunctionOf(change), CodeOrder.FunctionOf(step));
        if (here is null || there is null)
            return false;
        if (here == there)
            return CodeOrder.IsFollowedBy(change, step, creation);
        if (here.SyntaxTree == there.SyntaxTree && here.Span.Contains(there.Span))
            return there is LocalFunctionStatementSyntax named ? IsUsedBehind(named.Identifier.ValueText, change, here, creation) : CodeOrder.IsFollowedBy(change, there, creation);
        return there is MethodDeclarationSyntax method && here is BaseMethodDeclarationSyntax && here == CodeOrder.FunctionOf(creation)
            && !here.DescendantNodes().OfType<IdentifierNameSyntax>().Any(name => name.Identifier.ValueText == method.Identifier.ValueText);
    }

    private static bool IsUsedBehind(string function, SyntaxNode change, SyntaxNode scope, SyntaxNode creation) => scope.DescendantNodes().OfType<IdentifierNameSyntax>()
        .Any(name => name.Identifier.ValueText == function && CodeOrder.FunctionOf(name) == scope && CodeOrder.IsFollowedBy(change, name, creation));

    // Whoever has the old optimizer too may step it on.
    private static bool IsKeptElsewhere(IOperation optimizer, SyntaxNode change, ImmutableArray<SchedulerCreation> creations, TrainingCode code, CancellationToken cancellation) =>
        StepReader.PlaceOf(optimizer.Unwrapped()) is not { } variable
        || VariableWrites.NamesOf(variable, code, cancellation).Any(name => name.SyntaxTree == change.SyntaxTree && name.SpanStart < change.SpanStart && !IsOwnUse(name, creations));

    private static bool IsOwnUse(IdentifierNameSyntax name, ImmutableArray<SchedulerCreation> creations)
    {
        ExpressionSyntax use = name.Parent is MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax } own && own.Name == name ? own : name;
        return use.Parent switch
        {
            MemberAccessExpressionSyntax access => access.Expression == use && access.Name.Identifier.ValueText is "step" or "zero_grad" or AddGroup or "load_state_dict",
            AssignmentExpressionSyntax assignment => assignment.Left == use && assignment.Parent is ExpressionStatementSyntax,
            ArgumentSyntax argument => creations.Any(creation => creation.Optimizer?.Syntax == argument.Expression),
            _ => false,
        };
    }

    /// <summary>Something done to an optimizer.</summary>
    private sealed record Changed(IOperation Operation, IOperation Optimizer, bool IsReplaced)
    {
        public bool IsOf(SchedulerCreation creation, TrainingCode code, CancellationToken cancellation)
        {
            if (ChildSchedulerReader.OptimizerOf(creation.Operation, code, cancellation) is not { } passed)
                return false;
            return IsReplaced
                ? SymbolPaths.Of(Optimizer.Unwrapped()) is { } place && place.Equals(SymbolPaths.Of(passed.Unwrapped()))
                : SchedulerPair.IsSameOptimizer(passed, Optimizer, code, cancellation);
        }
    }
}
