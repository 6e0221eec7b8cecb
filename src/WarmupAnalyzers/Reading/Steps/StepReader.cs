using System;
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
using WarmupAnalyzers.Training;

namespace WarmupAnalyzers.Reading.Steps;

/// <summary>
/// Reads method bodies into the training model, for one scheduler and its optimizer, and notes on the way where the two are kept
/// and whether they get out of sight. Reads anew from the start whenever a place is found that holds one of them.
/// </summary>
internal sealed partial class StepReader
{
    private const int OperationBudget = 120_000;
    private const int DepthLimit = 48;

    /// <summary>Of operations in operations, across calls: what is nested deeper is not worth the stack.</summary>
    private const int NestingLimit = 700;

    /// <summary>Of assignments to one member: a family of types that all put a scheduler of their own into it is not read anew for each of them.</summary>
    private const int AssignmentLimit = 64;

    private readonly TrainingCode _code;
    private readonly KnownSymbols _symbols;
    private CancellationToken _cancellation;
    private readonly Dictionary<FrameKey, Frame> _frames = new();
    private readonly Dictionary<FrameKey, Body> _bodies = new();
    private readonly Dictionary<ISymbol, Subject> _fields = new(SymbolEqualityComparer.Default);
    private readonly HashSet<SyntaxNode> _called = new();
    private readonly List<Body> _leaving = new();
    private readonly Dictionary<ISymbol, List<IOperation>> _given = new(SymbolEqualityComparer.Default);
    private readonly Dictionary<SyntaxNode, bool> _several = new();
    private Frame? _rootFrame;
    private LocalMentions? _mentions;
    private int _operations;
    private int _depth;
    private int _nesting;

    public StepReader(SchedulerCreation creation, TrainingCode code, CancellationToken cancellation)
    {
        Creation = creation;
        _code = code;
        _symbols = code.Symbols;
        _cancellation = cancellation;
    }

    public SchedulerCreation Creation { get; }

    public Subject Scheduler { get; } = new("scheduler");

    public Subject Optimizer { get; } = new("optimizer");

    /// <summary>The scheduler gets out of sight.</summary>
    public bool SchedulerEscapes { get; private set; }

    /// <summary>The optimizer is handed to code that is not read.</summary>
    public bool OptimizerEscapes { get; private set; }

    /// <summary>Code that is not read can reach the optimizer by itself.</summary>
    public bool OptimizerIsOpen { get; private set; }

    /// <summary>The optimizer comes from where it may have other names.</summary>
    public bool OptimizerHasOtherNames { get; private set; }

    /// <summary>The optimizer is handed in by callers that are not all read: they may have given it to others as well.</summary>
    public bool OptimizerArrives { get; private set; }

    /// <summary>No place of the optimizer is known.</summary>
    public bool OptimizerIsUnknown { get; private set; }

    /// <summary>Something is read from the scheduler.</summary>
    public bool SchedulerIsRead { get; private set; }

    /// <summary>The code is not finished, or too much to read.</summary>
    public bool IsBroken { get; private set; }

    /// <summary>The creation that takes this scheduler as one of its own (SequentialLR, ChainedLR).</summary>
    public SchedulerCreation? Parent { get; private set; }

    /// <summary>Its place among the parent's schedulers; -1 where that is not known.</summary>
    public int IndexInParent { get; private set; } = -1;

    /// <summary>Schedulers made earlier in the file that are kept in the same place.</summary>
    public List<SchedulerCreation> Elders { get; } = new();

    /// <summary>Fields, properties and captured parameters that hold the scheduler or the optimizer.</summary>
    public IReadOnlyDictionary<ISymbol, Subject> Fields => _fields;

    /// <summary>Delegates that were handed to code which is not read.</summary>
    public IReadOnlyList<Body> Leaving => _leaving;

    /// <summary>A place was found since the last start: what was read is not to be used.</summary>
    public bool HasGrown { get; private set; }

    /// <summary>Forgets what was read and keeps the places that were found.</summary>
    public void Restart()
    {
        _bodies.Clear();
        _leaving.Clear();
        _given.Clear();
        _called.Clear();
        Elders.Clear();
        HasGrown = false;
        foreach (var frame in _frames.Values)
            frame.IsIrregular = false;
        _operations = 0;
        _nesting = 0;
        _depth = 0;
        SchedulerEscapes = OptimizerEscapes = OptimizerIsOpen = OptimizerHasOtherNames = SchedulerIsRead = IsBroken = false;
        Parent = null;
        LookAtFields();
    }

    /// <summary>All is read. What others ask later is not called off with the one who asked first.</summary>
    public void Settle() => _cancellation = CancellationToken.None;

    /// <summary>Whether a method is called where something was read.</summary>
    public bool IsCalled(IMethodSymbol method)
    {
        foreach (var reference in method.DeclaringSyntaxReferences)
        {
            if (_called.Contains(reference.GetSyntax(_cancellation)))
                return true;
        }

        return false;
    }

    /// <summary>What a parameter that counts is given by the calls that were read.</summary>
    public IReadOnlyList<IOperation> ArgumentsOf(IParameterSymbol parameter) =>
        _given.TryGetValue(parameter.OriginalDefinition, out var arguments) ? arguments : [];

    /// <summary>Reads a method that somebody else calls: nothing is known of its arguments.</summary>
    public Body? ReadMethod(IMethodSymbol method)
    {
        if (_code.BodyOf(method, _cancellation) is null)
            return null;
        return MethodBody(method, ImmutableArray<Subject?>.Empty, parent: null, leaves: false);
    }

    /// <summary>Reads a constructor with the initializers that run before it.</summary>
    public Body ReadConstructor(IMethodSymbol constructor, ImmutableArray<Subject?> binding)
    {
        var key = new FrameKey((object?)Declaration(constructor) ?? (constructor.IsStatic, constructor.ContainingType.OriginalDefinition.ToDisplayString()), Text(binding), null, false);
        return Read(key, constructor, parent: null, leaves: false, frame =>
        {
            Bind(frame, constructor, binding);
            var type = TypeBodies.Read(constructor.ContainingType, _code, _cancellation);
            var operation = ConstructorOperation(constructor);
            var parts = new List<Node>();
            foreach (var initializer in constructor.IsStatic ? type.StaticInitializers : type.InstanceInitializers)
                parts.Add(Translate(initializer, frame));
            parts.Add(operation?.Initializer is { } chained ? Translate(chained, frame) : constructor.IsStatic ? Node.Empty : BaseConstructor(constructor, frame));
            parts.Add(Translate(operation?.BlockBody ?? operation?.ExpressionBody, frame));
            return Node.Of([.. parts]);
        });
    }

    /// <summary>Reads the body of a lambda, local function or whole program as the start of everything.</summary>
    public Body ReadRoot(ISymbol? function, SyntaxNode key, Func<IOperation?> operation) =>
        Read(new FrameKey(key, string.Empty, null, false), function, parent: null, leaves: false, frame => Translate(operation(), frame));

    /// <summary>Whether a member is given so many values that it is not followed.</summary>
    public bool IsGivenTooMany(ISymbol place) => place is IFieldSymbol or IPropertySymbol && _code.WritesOf(place, _cancellation).Count > AssignmentLimit;

    /// <summary>Says that a variable holds the subject.</summary>
    public void Hold(ISymbol place, Subject subject, SyntaxNode rootKey, ISymbol? rootFunction)
    {
        NoteArrival(place, subject);
        switch (place)
        {
            case IFieldSymbol or IPropertySymbol:
                AddField(place, subject);
                break;
            case IParameterSymbol parameter when IsPrimary(parameter):
                AddField(parameter, subject);
                break;
            default:
                _rootFrame = GetFrame(new FrameKey(rootKey, string.Empty, null, false), rootFunction, null, false);
                _rootFrame.Variables[place] = subject;
                break;
        }
    }

    /// <summary>Says where the scheduler is put when it is made, so that the code need not be read once to find out.</summary>
    public void HoldScheduler(IOperation creation, SyntaxNode rootKey, ISymbol? rootFunction)
    {
        var value = creation;
        while (value.Parent is IConversionOperation conversion)
            value = conversion;
        switch (value.Parent)
        {
            case IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol: { IsRef: false } local } }
                when SymbolEqualityComparer.Default.Equals(local.ContainingSymbol, rootFunction):
                Hold(local, Scheduler, rootKey, rootFunction);
                break;
            case ISimpleAssignmentOperation { Target: IFieldReferenceOperation { Field: { RefKind: RefKind.None } field, Instance: null or IInstanceReferenceOperation } } assignment
                when ReferenceEquals(assignment.Value, value):
                AddMember(field.OriginalDefinition, Scheduler);
                break;
        }
    }

    /// <summary>Says that only these parts of the function matter: the others are passed over.</summary>
    public void PassOver(LocalMentions mentions) => _mentions = mentions;

    /// <summary>The optimizer stands in no place that can be followed.</summary>
    public void OptimizerUnknown() => OptimizerIsUnknown = true;

    /// <summary>What happens in a part of a function that was read, in whatever binding it was read.</summary>
    public IReadOnlyList<Event> EventsIn(IOperation part)
    {
        var events = new List<Event>();
        lock (_frames)
        {
            _operations = 0;
            _nesting = 0;
            foreach (var frame in _frames.Values.ToArray())
            {
                if (frame.Function is null || frame.Function.DeclaringSyntaxReferences.Any(reference =>
                    reference.SyntaxTree == part.Syntax.SyntaxTree && reference.Span.Contains(part.Syntax.Span)))
                    events.AddRange(Translate(part, frame).AllEvents());
            }
        }

        return events;
    }

    private Body MethodBody(IMethodSymbol method, ImmutableArray<Subject?> binding, Frame? parent, bool leaves)
    {
        var key = new FrameKey(Declaration(method) ?? (object)method, Text(binding), parent, leaves);
        return Read(key, method, parent, leaves, frame =>
        {
            Bind(frame, method, binding);
            var operation = _code.BodyOf(method, _cancellation);
            if (operation is not null && IsIterator(operation))
                frame.IsIrregular = true;
            return Translate(operation, frame);
        });
    }

    private Body LambdaBody(IAnonymousFunctionOperation lambda, Frame parent, bool leaves) =>
        Read(new FrameKey(lambda.Syntax, string.Empty, parent, leaves), lambda.Symbol, parent, leaves, frame => Translate(lambda.Body, frame));

    private Body Read(FrameKey key, ISymbol? function, Frame? parent, bool leaves, Func<Frame, Node> translate)
    {
        if (_bodies.TryGetValue(key, out var known))
            return known;
        var body = new Body(function?.Name ?? "initializer");
        _bodies.Add(key, body);
        if (_depth >= DepthLimit)
        {
            IsBroken = true;
            return body;
        }

        _depth++;
        var frame = GetFrame(key, function, parent, leaves);
        body.Root = translate(frame);
        body.IsIrregular = frame.IsIrregular;
        _depth--;
        return body;
    }

    private Frame GetFrame(FrameKey key, ISymbol? function, Frame? parent, bool leaves)
    {
        if (!_frames.TryGetValue(key, out var frame))
            _frames.Add(key, frame = new Frame(function, parent, leaves));
        return frame;
    }

    private void Bind(Frame frame, IMethodSymbol method, ImmutableArray<Subject?> binding)
    {
        var definition = (method.PartialImplementationPart ?? method).OriginalDefinition;
        for (var i = 0; i < binding.Length && i < definition.Parameters.Length; i++)
        {
            if (binding[i] is not { } subject)
                continue;
            if (IsPrimary(definition.Parameters[i]))
                AddField(definition.Parameters[i], subject);
            else
                frame.Variables[definition.Parameters[i]] = subject;
        }
    }

    private Node Translate(IOperation? operation, Frame frame)
    {
        if (_nesting >= NestingLimit)
        {
            IsBroken = true;
            return Unknown.Instance;
        }

        _nesting++;
        var node = TranslateOne(operation, frame);
        _nesting--;
        return node;
    }

    private Node TranslateOne(IOperation? operation, Frame frame)
    {
        if (operation is null)
            return Node.Empty;
        if (operation is IMethodBodyBaseOperation or IBlockOperation && operation.Syntax.ContainsDiagnostics)
            IsBroken = true; // half typed: what stands there may be anything
        if (_mentions is not null && _mentions.AreNoneIn(operation.Syntax.Span) && operation is not IWhileLoopOperation and not IForLoopOperation { Condition: null })
            return Node.Empty;
        if (++_operations > OperationBudget)
        {
            IsBroken = true;
            return Unknown.Instance;
        }

        if ((_operations & 0xFF) == 0)
            _cancellation.ThrowIfCancellationRequested();
        switch (operation)
        {
            case IInvalidOperation:
                IsBroken = true;
                return Unknown.Instance;
            case ILocalFunctionOperation or INameOfOperation or ITypeOfOperation or ILiteralOperation:
                return Node.Empty;
            case IConditionalOperation conditional:
                return TranslateConditional(conditional, frame);
            case ISwitchOperation selection:
                return TranslateSwitch(selection, frame);
            case ISwitchExpressionOperation selection:
                return TranslateSwitchExpression(selection, frame);
            case ILoopOperation loop:
                return TranslateLoop(loop, frame);
            case ITryOperation attempt:
                return TranslateTry(attempt, frame);
            case IReturnOperation { Kind: OperationKind.YieldReturn } yielded:
                return Translate(yielded.ReturnedValue, frame);
            case IReturnOperation returned:
                return Node.Of(Translate(returned.ReturnedValue, frame), Jump.Return);
            case IUsingOperation statement when _symbols.TurnsGradientsOff(statement.Resources):
                return Node.Of(
                    Translate(statement.Resources, frame),
                    new Event(EventKind.GradientsOff, Optimizer, SiteOf(statement)),
                    Translate(statement.Body, frame),
                    new Event(EventKind.GradientsOn, Optimizer, SiteOf(statement)));
            case IUsingDeclarationOperation declaration when _symbols.TurnsGradientsOff(declaration.DeclarationGroup):
                return Node.Of(Translate(declaration.DeclarationGroup, frame), new Event(EventKind.GradientsOff, Optimizer, SiteOf(declaration)));
            case IBlockOperation block when EndsGradientsOff(block):
                return Node.Of(Children(block, frame), new Event(EventKind.GradientsOn, Optimizer, SiteOf(block)));
            case IThrowOperation thrown:
                return Node.Of(Translate(thrown.Exception, frame), Jump.Throw);
            case IBranchOperation branch:
                return TranslateBranch(branch, frame);
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd or BinaryOperatorKind.ConditionalOr } both:
                return Node.Of(Translate(both.LeftOperand, frame), Maybe(Translate(both.RightOperand, frame)));
            case ICoalesceOperation coalesce:
                return Node.Of(Translate(coalesce.Value, frame), Maybe(Translate(coalesce.WhenNull, frame)));
            case IConditionalAccessOperation access:
                return TranslateConditionalAccess(access, frame);
            case ISimpleAssignmentOperation assignment:
                return TranslateAssignment(assignment, frame);
            case ICoalesceAssignmentOperation assignment:
                return TranslateCoalesceAssignment(assignment, frame);
            case IDeconstructionAssignmentOperation assignment:
                return TranslateDeconstruction(assignment, frame);
            case IVariableDeclaratorOperation declarator:
                return TranslateDeclarator(declarator, frame);
            case IFieldInitializerOperation initializer:
                return TranslateInitializer(initializer, initializer.InitializedFields, frame);
            case IPropertyInitializerOperation initializer:
                return TranslateInitializer(initializer, initializer.InitializedProperties, frame);
            case IAnonymousFunctionOperation lambda:
                return TranslateLambda(lambda, frame);
            case IMethodReferenceOperation reference:
                return TranslateMethodGroup(reference, frame);
            case IInvocationOperation invocation:
                return TranslateInvocation(invocation, frame);
            case IObjectCreationOperation creation:
                return TranslateObjectCreation(creation, frame);
            case ILocalReferenceOperation or IParameterReferenceOperation or IConditionalAccessInstanceOperation:
                NoteUse(operation, frame);
                return Node.Empty;
            case IFieldReferenceOperation field:
                NoteUse(operation, frame);
                return Translate(field.Instance, frame);
            case IPropertyReferenceOperation property:
                return TranslateProperty(property, frame);
            default:
                return Node.Of(Children(operation, frame), Unwritten(operation, frame));
        }
    }

    // In methods of their own: what a lambda captures is made anew in every call of the method that it stands in.
    private Node TranslateSwitchExpression(ISwitchExpressionOperation selection, Frame frame) => Node.Of(
        Translate(selection.Value, frame),
        new Choice([.. selection.Arms.Select(arm => Node.Of(Translate(arm.Guard, frame), Translate(arm.Value, frame)))]));

    private Node TranslateTry(ITryOperation attempt, Frame frame) => new Try(
        Translate(attempt.Body, frame),
        attempt.Catches.Select(handler => Node.Of(Translate(handler.Filter, frame), Translate(handler.Handler, frame))).ToImmutableArray(),
        Translate(attempt.Finally, frame));

    private Node TranslateInitializer<T>(ISymbolInitializerOperation initializer, ImmutableArray<T> places, Frame frame)
        where T : ISymbol => Node.Of([Translate(initializer.Value, frame), .. places.Select(place => Assign(place, initializer.Value, initializer, frame))]);

    // `using var _ = torch.no_grad();`: until the block's end.
    private bool EndsGradientsOff(IBlockOperation block)
    {
        foreach (var part in block.Operations)
        {
            if (part is IUsingDeclarationOperation declaration && _symbols.TurnsGradientsOff(declaration.DeclarationGroup))
                return true;
        }

        return false;
    }

    private Node Children(IOperation operation, Frame frame)
    {
        List<Node>? parts = null;
        foreach (var child in operation.ChildOperations)
        {
            var part = Translate(child, frame);
            if (!ReferenceEquals(part, Node.Empty))
                (parts ??= new List<Node>()).Add(part);
        }

        return parts is null ? Node.Empty : Node.Of([.. parts]);
    }

    private Node TranslateConditional(IConditionalOperation conditional, Frame frame)
    {
        var condition = Translate(conditional.Condition, frame);
        if (conditional.Condition.ConstantValue is { HasValue: true, Value: bool known })
        {
            var (taken, dropped) = known ? (conditional.WhenTrue, conditional.WhenFalse) : (conditional.WhenFalse, conditional.WhenTrue);
            Translate(dropped, frame); // a place it fills counts, whether it runs or not
            return Node.Of(condition, Translate(taken, frame));
        }

        var whenTrue = Translate(conditional.WhenTrue, frame);
        var whenFalse = Translate(conditional.WhenFalse, frame);
        if (NullTested(conditional.Condition, frame) is var (subject, trueMeansHeld))
            return Node.Of(condition, trueMeansHeld ? new NullTest(subject, whenTrue, whenFalse) : new NullTest(subject, whenFalse, whenTrue));
        return Node.Of(condition, Node.Either(whenTrue, whenFalse));
    }

    private Node TranslateSwitch(ISwitchOperation selection, Frame frame)
    {
        var breakable = new Breakable();
        frame.Labels[selection.ExitLabel] = breakable.Break;
        var branches = new List<Node>();
        var hasDefault = false;
        foreach (var section in selection.Cases)
        {
            hasDefault |= section.Clauses.Any(clause => clause.CaseKind == CaseKind.Default);
            branches.Add(Node.Of(
                [.. section.Clauses.Select(clause => Translate(clause, frame)), .. section.Body.Select(statement => Translate(statement, frame))]));
        }

        if (!hasDefault)
            branches.Add(Node.Empty);
        breakable.Body = new Choice([.. branches]);
        return Node.Of(Translate(selection.Value, frame), breakable);
    }

    private Node TranslateLoop(ILoopOperation operation, Frame frame)
    {
        var loop = new Loop { Site = SiteOf(operation) };
        frame.Labels[operation.ExitLabel] = loop.Break;
        frame.Labels[operation.ContinueLabel] = loop.Continue;
        loop.MayReplay = operation is not IWhileLoopOperation { ConditionIsTop: false };
        var before = Node.Empty;
        switch (operation)
        {
            case IForLoopOperation counting:
                before = Node.Of([.. counting.Before.Select(part => Translate(part, frame))]);
                loop.Head = Translate(counting.Condition, frame);
                loop.Body = Translate(counting.Body, frame);
                loop.Tail = Node.Of([.. counting.AtLoopBottom.Select(part => Translate(part, frame))]);
                loop.EndsOnlyByJump = counting.Condition is null || IsTrue(counting.Condition);
                loop.RunsAtLeastOnce = LoopCount.RunsAtLeastOnce(counting);
                break;
            case IForEachLoopOperation each:
                before = Node.Of(Translate(each.Collection, frame), Unwritten(each, frame));
                loop.Body = Translate(each.Body, frame);
                loop.RunsAtLeastOnce = LoopCount.RunsAtLeastOnce(each);
                break;
            case IWhileLoopOperation { ConditionIsTop: true } condition:
                loop.Head = Translate(condition.Condition, frame);
                loop.Body = Translate(condition.Body, frame);
                loop.EndsOnlyByJump = IsTrue(condition.Condition);
                break;
            case IWhileLoopOperation condition:
                loop.Body = Translate(condition.Body, frame);
                loop.Tail = Translate(condition.Condition, frame);
                loop.EndsOnlyByJump = IsTrue(condition.Condition);
                loop.RunsAtLeastOnce = true;
                break;
            default:
                return Unknown.Instance;
        }

        var isNothing = !loop.EndsOnlyByJump && ReferenceEquals(loop.Head, Node.Empty) && ReferenceEquals(loop.Body, Node.Empty) && ReferenceEquals(loop.Tail, Node.Empty);
        return isNothing ? before : Node.Of(before, loop);
    }

    private static bool IsTrue(IOperation? condition) => condition?.ConstantValue is { HasValue: true, Value: true };

    private static Node TranslateBranch(IBranchOperation branch, Frame frame)
    {
        if (branch.BranchKind is BranchKind.Break or BranchKind.Continue && frame.Labels.TryGetValue(branch.Target, out var label))
            return Jump.To(label);
        frame.IsIrregular = true;
        return Unknown.Instance;
    }

    private Node TranslateConditionalAccess(IConditionalAccessOperation access, Frame frame)
    {
        var receiver = Translate(access.Operation, frame);
        var member = Translate(access.WhenNotNull, frame);
        return Held(access.Operation, frame) is { } subject
            ? Node.Of(receiver, new NullTest(subject, member, Node.Empty))
            : Node.Of(receiver, Maybe(member));
    }

    /// <summary>A condition that asks whether the place of a subject is filled, and which answer means that it is.</summary>
    private (Subject Subject, bool TrueMeansHeld)? NullTested(IOperation condition, Frame frame)
    {
        switch (condition.Unwrapped())
        {
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals } comparison:
                var operand = IsNull(comparison.RightOperand) ? comparison.LeftOperand : IsNull(comparison.LeftOperand) ? comparison.RightOperand : null;
                return operand is not null && Held(operand, frame) is { } compared ? (compared, comparison.OperatorKind == BinaryOperatorKind.NotEquals) : null;
            case IIsPatternOperation { Pattern: IConstantPatternOperation constant } test when IsNull(constant.Value) && Held(test.Value, frame) is { } tested:
                return (tested, false);
            case IIsPatternOperation { Pattern: INegatedPatternOperation { Pattern: IConstantPatternOperation constant } } test
                when IsNull(constant.Value) && Held(test.Value, frame) is { } tested:
                return (tested, true);
            case IUnaryOperation { OperatorKind: UnaryOperatorKind.Not } not when NullTested(not.Operand, frame) is var (subject, held):
                return (subject, !held);
            default:
                return null;
        }
    }

    private static bool IsNull(IOperation value) => value.Unwrapped().ConstantValue is { HasValue: true, Value: null };

    private static Node Maybe(Node node) => Node.Either(node, Node.Empty);

    private Site SiteOf(IMethodSymbol constructor)
    {
        var declaration = Declaration(constructor) ?? constructor.ContainingType.DeclaringSyntaxReferences[0].GetSyntax(_cancellation);
        return new Site(declaration, declaration.SyntaxTree);
    }

    private static Site SiteOf(IOperation operation) => new(operation.Syntax, operation.Syntax.SyntaxTree);

    private bool IsIterator(IOperation body) => _code.Names.In(body.Syntax, "yield").Any(token =>
        token.Parent is YieldStatementSyntax yield
        && !yield.Ancestors().TakeWhile(outer => outer != body.Syntax).Any(outer => outer is LambdaExpressionSyntax or LocalFunctionStatementSyntax));

    private SyntaxNode? Declaration(IMethodSymbol method)
    {
        var definition = (method.PartialImplementationPart ?? method).OriginalDefinition;
        return definition.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(_cancellation);
    }

    // `class Mine(Model model) : Trainer(model)`, or one that nobody writes.
    private Node BaseConstructor(IMethodSymbol constructor, Frame frame)
    {
        if (constructor.ContainingType.BaseType is not { DeclaringSyntaxReferences.IsEmpty: false } type)
            return Node.Empty;
        if (Declaration(constructor) is TypeDeclarationSyntax { BaseList.Types: [PrimaryConstructorBaseTypeSyntax written, ..] })
            return _code.OperationOf(written, _cancellation) is IInvocationOperation call ? Translate(call, frame) : Unknown.Instance;
        return type.InstanceConstructors.FirstOrDefault(candidate => candidate.Parameters.All(parameter => parameter.IsOptional || parameter.IsParams)) is { } unwritten
            ? ConstructorCall(unwritten, ImmutableArray<IArgumentOperation>.Empty, SiteOf(constructor), frame)
            : Node.Empty;
    }

    private IConstructorBodyOperation? ConstructorOperation(IMethodSymbol constructor) =>
        Declaration(constructor) is ConstructorDeclarationSyntax declaration
            ? _code.OperationOf(declaration, _cancellation) as IConstructorBodyOperation
            : null;

    private string Text(ImmutableArray<Subject?> binding) =>
        string.Concat(binding.Select(subject => subject is null ? '-' : ReferenceEquals(subject, Scheduler) ? 's' : 'o')).TrimEnd('-');

    private sealed record FrameKey(object Declaration, string Binding, Frame? Parent, bool Leaves);
}
