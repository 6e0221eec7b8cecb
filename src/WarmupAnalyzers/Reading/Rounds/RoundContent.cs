using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using WarmupAnalyzers.Reading.Factors;
using WarmupAnalyzers.Reading.Optimizers;
using WarmupAnalyzers.Reading.Source;
using WarmupAnalyzers.Reading.Steps;

namespace WarmupAnalyzers.Reading.Rounds;

/// <summary>What an operation in a round of training does to one optimizer's learning rate.</summary>
internal enum RoundEvent
{
    /// <summary><c>group.LearningRate = …</c></summary>
    Write,

    /// <summary><c>optimizer.step()</c></summary>
    Step,

    /// <summary>A scheduler's step: from there on the rate is not the user's own arithmetic.</summary>
    Taken,

    /// <summary>A call of a method in which one of these stands.</summary>
    Call,

    /// <summary>It may write the rate or step the optimizer, in a way that is not followed.</summary>
    Unclear,
}

/// <summary>
/// Everything in a round of training, and in the methods it calls, that writes one optimizer's learning rate or steps it, and
/// the assignments that the values written may come from.
/// </summary>
internal sealed class RoundContent
{
    private const int MaximumDepth = 6;

    private readonly SymbolPath _optimizer;
    private readonly TrainingCode _code;
    private readonly CancellationToken _cancellation;
    private readonly Dictionary<ISymbol, SymbolPath> _arguments = new(SymbolEqualityComparer.Default);
    private readonly HashSet<SyntaxNode> _bodies = new();
    private readonly HashSet<ISymbol> _methods = new(SymbolEqualityComparer.Default);
    private readonly HashSet<SyntaxNode> _known = new();
    private readonly List<IOperation> _unseen = new();
    private readonly HashSet<SyntaxNode> _unseenBodies = new();

    private RoundContent(SymbolPath optimizer, TrainingCode code, CancellationToken cancellation)
    {
        _optimizer = optimizer;
        _code = code;
        _cancellation = cancellation;
    }

    /// <summary>By the syntax of the operation.</summary>
    public Dictionary<SyntaxNode, RoundEvent> Events { get; } = new();

    /// <summary>The bodies of the methods that are called, by the call.</summary>
    public Dictionary<SyntaxNode, (IMethodSymbol Method, IBlockOperation Body)> Calls { get; } = new();

    public List<IOperation> Writes { get; } = new();

    public List<IInvocationOperation> Steps { get; } = new();

    public List<IInvocationOperation> Followed { get; } = new();

    /// <summary>Whether a variable is a parameter of a method that is called in the round.</summary>
    public bool IsParameterOfFollowed(ISymbol variable) => variable is IParameterSymbol && _methods.Contains(variable.ContainingSymbol.OriginalDefinition);

    /// <summary>Every assignment, declaration with a value, and increment of a variable.</summary>
    public List<(ISymbol Variable, IOperation Operation)> Assignments { get; } = new();

    /// <summary><c>continue</c>, <c>return</c>, <c>break</c> as they are written.</summary>
    public List<IOperation> Jumps { get; } = new();

    public bool HasErrors { get; private set; }

    /// <summary>Whether another optimizer steps in the same round.</summary>
    public bool StepsAnother { get; private set; }

    public static RoundContent Of(IOperation body, SymbolPath optimizer, TrainingCode code, CancellationToken cancellation)
    {
        var content = new RoundContent(optimizer, code, cancellation);
        content.Visit(body, isOwn: true, depth: 0);
        content.NoteUnseen();
        return content;
    }

    /// <summary>The operations of a body that run with it: not those of local functions, nor of lambdas that are kept.</summary>
    public static IEnumerable<IOperation> Running(IOperation body)
    {
        var open = new Stack<IOperation>();
        open.Push(body);
        while (open.Count > 0)
        {
            var operation = open.Pop();
            yield return operation;
            foreach (var child in operation.ChildOperations.Reverse())
            {
                if (child is not ILocalFunctionOperation && !(child is IAnonymousFunctionOperation lambda && RateTarget.ImmediateCall(lambda) is null))
                    open.Push(child);
            }
        }
    }

    private void Visit(IOperation body, bool isOwn, int depth)
    {
        foreach (var operation in Running(body))
        {
            _cancellation.ThrowIfCancellationRequested();
            switch (operation)
            {
                case IInvalidOperation:
                    HasErrors = true;
                    break;
                case ISimpleAssignmentOperation { Target: IPropertyReferenceOperation rate } write when RateTarget.IsRate(rate.Property, _code.Symbols):
                    NoteWrite(write, rate, RoundEvent.Write, isOwn);
                    break;
                case ICompoundAssignmentOperation { Target: IPropertyReferenceOperation rate } write when RateTarget.IsRate(rate.Property, _code.Symbols):
                    NoteWrite(write, rate, RoundEvent.Unclear, isOwn);
                    break;
                case IIncrementOrDecrementOperation or IAssignmentOperation or IVariableDeclaratorOperation:
                    if (operation is IAssignmentOperation { Target: IPropertyReferenceOperation target })
                        NoteSetter(target, operation);
                    NoteAssignment(operation);
                    break;
                case IInvocationOperation call:
                    NoteCall(call, isOwn, depth);
                    break;
                case IObjectCreationOperation creation when creation.Constructor is { } made && creation.Arguments.Any(argument => IsOptimizer(argument.Value, isOwn)):
                    Events[creation.Syntax] = RoundEvent.Unclear;
                    break;
                case IArgumentOperation { Parameter.RefKind: RefKind.Out or RefKind.Ref } argument when VariableOf(argument.Value) is { } given:
                    Assignments.Add((given, operation));
                    break;
                case IBranchOperation or IReturnOperation { IsImplicit: false, Kind: OperationKind.Return }:
                    Jumps.Add(operation);
                    break;
            }
        }
    }

    // A callback, an override, a delegate: it can have the optimizer from elsewhere, and somebody does write its rate.
    private void NoteUnseen()
    {
        if (Writes.Count == 0 || !_unseen.Any(call => !Events.ContainsKey(call.Syntax)))
            return;
        var writers = Followed.Select(call => call.TargetMethod.OriginalDefinition).Where(method => method.MethodKind != MethodKind.LocalFunction).Distinct(SymbolEqualityComparer.Default);
        if (!_code.RateWrites.CanHappenBeside(_known, writers.Cast<IMethodSymbol>(), _cancellation))
            return;
        foreach (var call in _unseen.Where(call => !Events.ContainsKey(call.Syntax)))
            Events[call.Syntax] = RoundEvent.Taken;
    }

    // `Rate = value;` with a setter of the user's own.
    private void NoteSetter(IPropertyReferenceOperation target, IOperation operation)
    {
        if (target.Property.SetMethod is { DeclaringSyntaxReferences.IsEmpty: false } setter && !StepMethods.IsAutoProperty(target.Property)
            && _code.Relevance.Of(setter, _cancellation) != Relevance.Reach.None)
            _unseen.Add(operation);
    }

    private void NoteWrite(IOperation write, IPropertyReferenceOperation rate, RoundEvent kind, bool isOwn)
    {
        _known.Add(write.Syntax);
        var optimizer = RateTarget.Of(rate, _code, _cancellation) is { } target ? PathOf(target.Optimizer, isOwn) : null;
        if (optimizer is not null && !optimizer.Equals(_optimizer))
            return;
        Events[write.Syntax] = optimizer is null ? RoundEvent.Unclear : kind;
        if (Events[write.Syntax] == RoundEvent.Write)
            Writes.Add(write);
    }

    private void NoteAssignment(IOperation operation)
    {
        if (operation is IDeconstructionAssignmentOperation parts)
        {
            foreach (var part in parts.Target.DescendantsAndSelf().Select(VariableOf).OfType<ISymbol>())
                Assignments.Add((part, operation));
            return;
        }

        var variable = operation switch
        {
            IVariableDeclaratorOperation declarator => declarator.Symbol,
            IIncrementOrDecrementOperation increment => VariableOf(increment.Target),
            IAssignmentOperation assignment => VariableOf(assignment.Target),
            _ => null,
        };
        if (variable is null)
            return;
        if (SymbolEqualityComparer.Default.Equals(variable, _optimizer.Symbol))
            Events[operation.Syntax] = RoundEvent.Unclear; // another optimizer from there on
        if (operation is not IVariableDeclaratorOperation || ((IVariableDeclaratorOperation)operation).GetVariableInitializer() is not null)
            Assignments.Add((variable, operation));
    }

    private void NoteCall(IInvocationOperation call, bool isOwn, int depth)
    {
        var method = call.TargetMethod;
        _known.Add(call.Syntax);
        if (method.MethodKind == MethodKind.DelegateInvoke)
            _unseen.Add(call);
        if (_code.Symbols.MakesScheduler(method) || method.Name == "load_state_dict" && call.Instance is { } loaded && _code.Symbols.IsOptimizer(loaded.Type))
        {
            Events[call.Syntax] = RoundEvent.Unclear; // sets the rate as well
        }
        else if (_code.Symbols.IsOptimizerStep(method))
        {
            if (call.Instance is not { } stepped || PathOf(stepped, isOwn) is not { } path || !path.Equals(_optimizer))
            {
                StepsAnother = true;
                return;
            }

            Steps.Add(call);
            Events[call.Syntax] = RoundEvent.Step;
        }
        else if (_code.Symbols.IsSchedulerStep(method))
        {
            Events[call.Syntax] = RoundEvent.Taken;
        }
        else if (!method.DeclaringSyntaxReferences.IsEmpty && method.MethodKind != MethodKind.DelegateInvoke)
        {
            Follow(call, isOwn, depth);
        }
        else if (TakesOptimizer(call, isOwn) && !_code.Symbols.IsKnown(method) && !StepMethods.OnlyLooks(method)
            && !(StepMethods.IsFramework(method) && method.MethodKind != MethodKind.DelegateInvoke))
        {
            Events[call.Syntax] = RoundEvent.Unclear;
        }
    }

    private void Follow(IInvocationOperation call, bool isOwn, int depth)
    {
        var method = call.TargetMethod;
        if (depth >= MaximumDepth || !StepMethods.IsFinal(method, call.IsVirtual) || _code.BodyOf(method, _cancellation) is not { } body)
        {
            if (TakesOptimizer(call, isOwn))
                Events[call.Syntax] = RoundEvent.Unclear;
            _unseen.Add(call);
            return;
        }

        var reach = _code.Relevance.Of(method, _cancellation);
        if (reach == Relevance.Reach.Outside)
            _unseen.Add(call);
        if (reach != Relevance.Reach.Training)
            return;
        var isAgain = !_bodies.Add(body.Syntax);
        _methods.Add(method.OriginalDefinition);
        if (!Bind(call, isOwn) || IsIterator(body))
            Events[call.Syntax] = RoundEvent.Unclear;
        var (before, unseen) = (Events.Count, _unseen.Count);
        if (!isAgain)
            Visit(body, isOwn && IsOnThis(call), depth + 1);
        // Where nothing else in it matters, it is the call itself that is not seen through.
        if (_unseen.Count > unseen)
            _unseenBodies.Add(body.Syntax);
        if (_unseenBodies.Contains(body.Syntax))
            _unseen.Add(call);
        if (isAgain ? Calls.Values.Any(known => known.Body.Syntax == body.Syntax) : Events.Count > before)
            NoteFollowed(call, method, body);
    }

    // It runs when it is gone through, not when it is called.
    private static bool IsIterator(IBlockOperation body) => body.Descendants().Any(part => part.Kind is OperationKind.YieldReturn);

    private void NoteFollowed(IInvocationOperation call, IMethodSymbol method, IBlockOperation body)
    {
        if (!Events.ContainsKey(call.Syntax))
            Events[call.Syntax] = RoundEvent.Call;
        Calls[call.Syntax] = (method, body);
        Followed.Add(call);
    }

    // False where the method is called for two optimizers: its body is looked at once.
    private bool Bind(IInvocationOperation call, bool isOwn)
    {
        var agrees = true;
        foreach (var argument in call.Arguments)
        {
            if (argument.Parameter is not { } parameter || !_code.Symbols.IsOptimizer(argument.Value.Unwrapped().Type) && !HoldsOptimizer(argument.Value, isOwn))
                continue;
            if (PathOf(argument.Value, isOwn) is not { } path)
                continue;
            if (_arguments.TryGetValue(parameter.OriginalDefinition, out var known))
                agrees &= known.Equals(path);
            else
                _arguments[parameter.OriginalDefinition] = path;
        }

        return agrees;
    }

    // `Train(run)` with `run.Optimizer` the optimizer in question.
    private bool HoldsOptimizer(IOperation argument, bool isOwn)
    {
        for (var part = _optimizer.Receiver; part is not null; part = part.Receiver)
        {
            if (PathOf(argument, isOwn) is { } path && path.Equals(part))
                return true;
        }

        return false;
    }

    private bool TakesOptimizer(IInvocationOperation call, bool isOwn) => call.Arguments.Any(argument => IsOptimizer(argument.Value, isOwn));

    private bool IsOptimizer(IOperation value, bool isOwn) =>
        _code.Symbols.IsOptimizer(value.Unwrapped().Type) && (PathOf(value, isOwn) is not { } path || path.Equals(_optimizer));

    private static bool IsOnThis(IInvocationOperation call) => call.Instance is null or IInstanceReferenceOperation;

    private SymbolPath? PathOf(IOperation operation, bool isOwn)
    {
        var path = SymbolPaths.Of(operation.Unwrapped());
        return path is null ? null : Rebased(path, isOwn);
    }

    private SymbolPath? Rebased(SymbolPath path, bool isOwn)
    {
        if (path.Receiver is { } receiver)
            return Rebased(receiver, isOwn) is { } rebased ? new SymbolPath(path.Symbol, rebased) : null;
        if (path.Symbol is IParameterSymbol parameter && _arguments.TryGetValue(parameter.OriginalDefinition, out var argument))
            return argument;
        if (path.Symbol.ContainingSymbol is IMethodSymbol callee && _methods.Contains(callee.OriginalDefinition) && path.Symbol is IParameterSymbol)
            return null;
        return !isOwn && path.Symbol is IFieldSymbol { IsStatic: false } or IPropertySymbol { IsStatic: false } ? null : path;
    }

    /// <summary>A local, a parameter, or a field or property of the object whose code this is.</summary>
    public static ISymbol? VariableOf(IOperation operation) => operation switch
    {
        ILocalReferenceOperation local => local.Local,
        IParameterReferenceOperation parameter => parameter.Parameter,
        IFieldReferenceOperation { Instance: null or IInstanceReferenceOperation, Field.IsConst: false } field => field.Field.OriginalDefinition,
        IPropertyReferenceOperation { Instance: null or IInstanceReferenceOperation, Arguments.IsEmpty: true } property => property.Property.OriginalDefinition,
        IVariableDeclaratorOperation declarator => declarator.Symbol,
        IDeclarationExpressionOperation { Expression: { } inner } => VariableOf(inner),
        _ => null,
    };
}
