using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using WarmupAnalyzers.Reading.Schedules;
using WarmupAnalyzers.Reading.Source;
using WarmupAnalyzers.Schedules;
using WarmupAnalyzers.Training;

namespace WarmupAnalyzers.Reading.Steps;

/// <summary>Where the missing <c>scheduler.step();</c> belongs: the end of a loop, and what to call it on.</summary>
internal sealed class StepInsertion
{
    /// <summary>What the step is called on; absent where the scheduler must be given a name first.</summary>
    public const string Receiver = "receiver";

    /// <summary>Present where the edit is to be looked at by a person.</summary>
    public const string NeedsReview = "review";

    private StepInsertion(StatementSyntax loop, string? receiver, bool isPartial)
    {
        Loop = loop;
        ReceiverText = receiver;
        IsPartial = isPartial;
    }

    public StatementSyntax Loop { get; }

    /// <summary>What the step is called on; null where the scheduler must be given a name first.</summary>
    public string? ReceiverText { get; }

    /// <summary>An iteration may end before it gets to the step.</summary>
    public bool MayBeSkipped => HasContinue(Loop);

    /// <summary>The schedule may count other steps than the iterations.</summary>
    private bool IsPartial { get; }

    private bool IsDoubtful => IsPartial || MayBeSkipped;

    public ImmutableDictionary<string, string?> ToProperties()
    {
        var properties = ImmutableDictionary.CreateBuilder<string, string?>();
        properties.Add("fix", "insert");
        if (ReceiverText is not null)
            properties.Add(Receiver, ReceiverText);
        if (IsDoubtful)
            properties.Add(NeedsReview, "true");
        return properties.ToImmutable();
    }

    public static StepInsertion? Find(SchedulerLife life, TrainingCode code, CancellationToken cancellation)
    {
        // A plateau scheduler needs a metric, and a second scheduler of the same optimizer would overwrite the first.
        if (life.Creation.Kind is SchedulerKind.ReduceLROnPlateau or SchedulerKind.WarmupThenPlateauLR || life.HasRival || life.Optimizer is not { } optimizer)
            return null;
        var creation = life.Creation.Operation.Syntax;
        if (LoopOf(life, optimizer) is not { Site.Location: StatementSyntax loop } chosen || loop.SyntaxTree != creation.SyntaxTree || code.ModelOf(creation.SyntaxTree) is not { } model)
            return null;
        if (BodyOf(loop) is not { } body || model.AnalyzeControlFlow(body) is not { EndPointIsReachable: true })
            return null;
        if (IsMadeAnewForAnOlderOptimizer(life, creation))
            return null;
        var (receiver, isKnown) = Name(life, loop, code, cancellation);
        if (!isKnown || (receiver is not null && !receiver.EndsWith("?", System.StringComparison.Ordinal) && IsEmptied(life, code, cancellation)))
            return null;
        var isPartial = IsPerBatch(life) ? !AlwaysTrains(chosen.Body, optimizer, new HashSet<Body>()) : chosen.Body.OutermostLoops(_ => true).Any(inner => MayGather(inner.Body, optimizer));
        return new StepInsertion(loop, receiver, isPartial);
    }

    /// <summary>What holds the scheduler is later given something that is no new scheduler, null for one.</summary>
    private static bool IsEmptied(SchedulerLife life, TrainingCode code, CancellationToken cancellation) =>
        life.World.AllBodies.SelectMany(body => body.Root.AllEvents()).Any(happening =>
            happening.Kind == EventKind.Forget && ReferenceEquals(happening.Subject, life.Scheduler)
            && happening.Site.Location is AssignmentExpressionSyntax assignment
            && (code.OperationOf(assignment.Right, cancellation) is not { } value || SchedulerCreation.Read(value.Unwrapped(), code.Symbols) is null));

    /// <summary>In a loop that the optimizer outlives: a step would not mend a schedule that starts again and again.</summary>
    private static bool IsMadeAnewForAnOlderOptimizer(SchedulerLife life, SyntaxNode creation)
    {
        var around = creation.Ancestors().TakeWhile(node => node is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax))
            .FirstOrDefault(LoopJumps.IsLoop);
        return around is not null
            && !(life.OptimizerPlace is ILocalSymbol local && local.DeclaringSyntaxReferences.Any(reference => reference.SyntaxTree == around.SyntaxTree && around.Span.Contains(reference.Span)));
    }

    /// <summary>The loop's body.</summary>
    public static StatementSyntax? BodyOf(StatementSyntax loop) => loop switch
    {
        ForStatementSyntax statement => statement.Statement,
        CommonForEachStatementSyntax statement => statement.Statement,
        WhileStatementSyntax statement => statement.Statement,
        DoStatementSyntax statement => statement.Statement,
        _ => null,
    };

    private static bool IsPerBatch(SchedulerLife life) => life.Creation.Kind is SchedulerKind.OneCycleLR or SchedulerKind.CyclicLR or SchedulerKind.ScheduleLR;

    /// <summary>Every run of the code steps the optimizer. Gradients that are gathered over several batches make fewer steps.</summary>
    private static bool AlwaysTrains(Node node, Subject optimizer, HashSet<Body> running) => node switch
    {
        Event happening => happening.Kind == EventKind.OptimizerStep && ReferenceEquals(happening.Subject, optimizer),
        Sequence sequence => sequence.Parts.Any(part => AlwaysTrains(part, optimizer, running)),
        Choice choice => choice.Branches.All(branch => AlwaysTrains(branch, optimizer, running)),
        NullTest test => AlwaysTrains(test.WhenHeld, optimizer, running),
        Try attempt => AlwaysTrains(attempt.Body, optimizer, running) || AlwaysTrains(attempt.Final, optimizer, running),
        Breakable breakable => AlwaysTrains(breakable.Body, optimizer, running),
        Loop loop => (loop.Site is null || loop.RunsAtLeastOnce) && AlwaysTrains(loop.Body, optimizer, running),
        Call call => running.Add(call.Callee) && AlwaysTrains(call.Callee.Root, optimizer, running),
        _ => false,
    };

    /// <summary>The batches do not all step the optimizer: the schedule may count those that do, and not the epochs.</summary>
    private static bool MayGather(Node node, Subject optimizer) => node switch
    {
        Choice choice => choice.Branches.Any(branch => AlwaysTrains(branch, optimizer, new HashSet<Body>())) && !choice.Branches.All(branch => AlwaysTrains(branch, optimizer, new HashSet<Body>())),
        Call => false,
        _ => node.Children.Any(child => MayGather(child, optimizer)),
    };

    private static Loop? LoopOf(SchedulerLife life, Subject optimizer)
    {
        var perBatch = IsPerBatch(life);
        var loops = new Dictionary<object, Loop>();
        foreach (var body in life.World.AllBodies)
        {
            var found = perBatch ? body.Root.InnermostLoops(Trains) : body.Root.OutermostLoops(Trains);
            foreach (var loop in found)
                loops[loop.Site!.Location] = loop;
        }

        var nested = loops.Values
            .SelectMany(loop => loop.Children.SelectMany(child => child.InnermostLoops(_ => true).Concat(child.OutermostLoops(_ => true)).Concat(AllLoops(child))))
            .Select(loop => loop.Site!.Location)
            .ToImmutableHashSet();
        var outer = perBatch ? loops.Keys.ToArray() : loops.Keys.Where(location => !nested.Contains(location)).ToArray();
        return outer.Length == 1 ? loops[outer[0]] : null;

        bool Trains(Loop loop) => loop.Holds(EventKind.OptimizerStep, optimizer) && !loop.Holds(EventKind.Create);

        static IEnumerable<Loop> AllLoops(Node node) => node.OutermostLoops(_ => true).SelectMany(loop => loop.Children.SelectMany(AllLoops).Prepend(loop));
    }

    private static (string? Receiver, bool IsKnown) Name(SchedulerLife life, StatementSyntax loop, TrainingCode code, CancellationToken cancellation)
    {
        var operation = life.Creation.Operation;
        var creation = operation.Syntax;
        var value = operation;
        var isSure = true; // the variable holds this scheduler and no null
        while (value.Parent is IConversionOperation or IParenthesizedOperation or IConditionalOperation or ICoalesceOperation or ISwitchExpressionArmOperation or ISwitchExpressionOperation)
        {
            isSure &= value.Parent is IConversionOperation or IParenthesizedOperation;
            value = value.Parent;
        }

        switch (value.Parent)
        {
            case IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol: var local } declarator }:
                if (declarator.Syntax.FirstAncestorOrSelf<StatementSyntax>() is not { } declaration || !IsInScope(declaration, loop) || !code.Symbols.IsScheduler(local.Type) || !IsSeen(local, loop, code))
                    return default;
                return (WrittenName.Of(local) + Access(IsDeclaredNullable(declarator.Syntax), isSure), isSure || IsDeclaredNullable(declarator.Syntax));
            case IFieldInitializerOperation initializer when initializer.InitializedFields.Length == 1:
                return Member(initializer.InitializedFields[0], creation, loop, code);
            case IPropertyInitializerOperation initializer when initializer.InitializedProperties.Length == 1:
                return Member(initializer.InitializedProperties[0], creation, loop, code);
            case ISimpleAssignmentOperation { Target: IDiscardOperation, Parent: IExpressionStatementOperation statement } when isSure:
                return (null, statement.Syntax is StatementSyntax discarded && IsInScope(discarded, loop));
            case IExpressionStatementOperation statement:
                return (null, statement.Syntax is StatementSyntax alone && IsInScope(alone, loop));
            case IAssignmentOperation { Target: ILocalReferenceOperation { Local: var local } } assignment:
                if (assignment.Syntax.Parent is not StatementSyntax written || !code.Symbols.IsScheduler(local.Type)
                    || local.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellation) is not VariableDeclaratorSyntax { Parent.Parent: StatementSyntax declared } variable
                    || !IsInScope(declared, loop) || !IsSeen(local, loop, code))
                    return default;
                var isAssigned = isSure && assignment is ISimpleAssignmentOperation && IsInScope(written, loop);
                var isNullable = IsDeclaredNullable(variable) && variable.Initializer is not null;
                return (WrittenName.Of(local) + Access(IsDeclaredNullable(variable), isAssigned), isAssigned || isNullable);
            case IAssignmentOperation { Target: IFieldReferenceOperation { Field: var field } }:
                return Member(field, creation, loop, code);
            case IAssignmentOperation { Target: IPropertyReferenceOperation { Property: var property } }:
                return Member(property, creation, loop, code);
            default:
                return default;
        }
    }

    // Of two variables with one name the compiler takes neither.
    private static bool IsSeen(ILocalSymbol local, StatementSyntax loop, TrainingCode code) =>
        code.ModelOf(loop.SyntaxTree) is { } model && WrittenName.Means(local, model, loop.Span.End - 1);

    private static (string? Receiver, bool IsKnown) Member(ISymbol member, SyntaxNode creation, StatementSyntax loop, TrainingCode code)
    {
        var type = member switch
        {
            IFieldSymbol field => field.Type,
            IPropertySymbol property => property.Type,
            _ => null,
        };
        if (!code.Symbols.IsScheduler(type) || code.ModelOf(loop.SyntaxTree) is not { } model)
            return default;
        var isPlain = WrittenName.Means(member, model, loop.Span.End - 1);
        var inside = model.GetEnclosingSymbol(loop.SpanStart);
        if (!SymbolEqualityComparer.Default.Equals(TypeAround(inside), member.ContainingType))
            return default;
        for (var function = inside; function is IMethodSymbol && !member.IsStatic; function = function.ContainingSymbol)
        {
            if (function.IsStatic)
                return default;
        }

        var owner = isPlain ? string.Empty : member.IsStatic ? WrittenName.Of(member.ContainingType) + "." : "this.";
        return (owner + WrittenName.Of(member) + (type!.NullableAnnotation == NullableAnnotation.Annotated ? "?" : string.Empty), true);
    }

    private static ISymbol? TypeAround(ISymbol? symbol)
    {
        while (symbol is not (null or INamedTypeSymbol))
            symbol = symbol.ContainingSymbol;
        return symbol;
    }

    private static string Access(bool isDeclaredNullable, bool isSure) => isDeclaredNullable && !isSure ? "?" : string.Empty;

    private static bool IsDeclaredNullable(SyntaxNode declarator) => declarator.Parent is VariableDeclarationSyntax { Type: NullableTypeSyntax };

    /// <summary>What a statement declares or assigns is there in the loop: it stands before it, in a block round it, in the same function.</summary>
    private static bool IsInScope(StatementSyntax statement, StatementSyntax loop)
    {
        var scope = statement.Parent is GlobalStatementSyntax global ? global.Parent : statement.Parent;
        if (scope is not (BlockSyntax or CompilationUnitSyntax) || statement.SpanStart >= loop.SpanStart)
            return false;
        foreach (var ancestor in loop.Ancestors())
        {
            if (ancestor == scope)
                return true;
            if (ancestor is AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax)
                return false;
        }

        return false;
    }

    private static bool HasContinue(StatementSyntax loop) => LoopJumps.In(BodyOf(loop)!, loop).Any(jump => jump is ContinueStatementSyntax);
}
