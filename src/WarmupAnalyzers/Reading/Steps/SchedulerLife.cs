using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using WarmupAnalyzers.Reading.Schedules;
using WarmupAnalyzers.Reading.Source;
using WarmupAnalyzers.Schedules;
using WarmupAnalyzers.Training;

namespace WarmupAnalyzers.Reading.Steps;

/// <summary>What becomes of one scheduler, as far as the source of this compilation tells.</summary>
internal sealed class SchedulerLife
{
    private const int RestartLimit = 16;

    private readonly StepReader? _reader;
    private readonly World _world;

    // Asked for by several rules; whoever asks first has it computed.
    private IReadOnlyList<RepeatedStep>? _repeated;
    private IReadOnlyList<IdleStep>? _idle;

    private SchedulerLife(SchedulerCreation creation, StepReader? reader, World world, FirstSteps first, bool isTrained, ISymbol? optimizerPlace = null)
    {
        Creation = creation;
        _reader = reader;
        _world = world;
        First = first;
        IsTrained = isTrained;
        OptimizerPlace = optimizerPlace;
    }

    /// <summary>The variable that the optimizer was passed from.</summary>
    public ISymbol? OptimizerPlace { get; }

    /// <summary>The creation, read in the reader's own semantic model.</summary>
    public SchedulerCreation Creation { get; }

    /// <summary>How its optimizer comes to step first.</summary>
    public FirstSteps First { get; }

    /// <summary>Its optimizer is stepped where it can be seen, or may be where it cannot.</summary>
    public bool IsTrained { get; }

    /// <summary>The creation that takes it as one of its own.</summary>
    public SchedulerCreation? Parent => _reader?.Parent;

    public int IndexInParent => _reader?.IndexInParent ?? -1;

    /// <summary>It is in sight all its life, and stands for itself.</summary>
    public bool IsInSight => _reader is { IsBroken: false, HasGrown: false, SchedulerEscapes: false, Parent: null };

    /// <summary>Nobody out of sight has its optimizer, so that all of the training is seen.</summary>
    public bool IsOptimizerInSight => _reader is { OptimizerEscapes: false, OptimizerIsOpen: false, OptimizerIsUnknown: false };

    /// <summary>It is in sight all its life, stands for itself, and nothing ever steps it.</summary>
    public bool IsNeverStepped => _reader is { IsBroken: false, SchedulerEscapes: false, Parent: null }
        && Holds(EventKind.Create) && !Holds(EventKind.SchedulerStep);

    /// <summary>Its steps that follow another one in every iteration of a loop; none where it is not in sight.</summary>
    public IReadOnlyList<RepeatedStep> RepeatedSteps(CancellationToken cancellation) => _repeated ??= _reader is null || !IsInSight
        ? []
        : Training.RepeatedSteps.Find(
            _world, _reader.Scheduler, _reader.Optimizer, _reader.OptimizerEscapes || _reader.OptimizerIsUnknown, Creation.Operation.Syntax.SyntaxTree, cancellation);

    /// <summary>Its steps that belong to no training; none where it is not in sight.</summary>
    public IReadOnlyList<IdleStep> IdleSteps(CancellationToken cancellation) => _idle ??= _reader is null || !IsInSight
        ? []
        : Training.IdleSteps.Find(
            _world, _reader.Scheduler, _reader.OptimizerEscapes || _reader.OptimizerIsUnknown, EndsWithOptimizer(cancellation), Creation.Operation.Syntax.SyntaxTree, cancellation);

    // A local of the function that makes both: nobody has the optimizer once it ends.
    private bool EndsWithOptimizer(CancellationToken cancellation) =>
        OptimizerPlace is ILocalSymbol place && _reader!.IsMadeAtDeclaration(place)
        && SymbolEqualityComparer.Default.Equals(place.ContainingSymbol, Creation.Operation.SemanticModel?.GetEnclosingSymbol(Creation.Operation.Syntax.SpanStart, cancellation));

    /// <summary>The loop that makes it anew in every round; null where there is none, or where it is not in sight.</summary>
    public Recreation? Recreation => IsInSight ? Recreation.Find(_world) : null;

    /// <summary>Another scheduler works on the same optimizer, or may.</summary>
    public bool HasRival => Holds(EventKind.RivalStep) || Holds(EventKind.RivalCreate);

    /// <summary>Its optimizer has a known name wherever it goes: nobody out of sight has it, or can make another scheduler of it.</summary>
    public bool IsOptimizerFollowed => _reader is { OptimizerEscapes: false, OptimizerIsUnknown: false, OptimizerIsOpen: false, OptimizerHasOtherNames: false };

    /// <summary>Schedulers made earlier in the file and kept in the same place: a mistake that they share is theirs.</summary>
    public IReadOnlyList<SchedulerCreation> Elders => _reader?.Elders ?? [];

    public Subject? Optimizer => _reader?.Optimizer;

    public Subject? Scheduler => _reader?.Scheduler;

    public World World => _world;

    /// <summary>Whether the place holds this scheduler wherever it is seen.</summary>
    public bool IsHeldByField(ISymbol place) => _reader is not null && _reader.Fields.TryGetValue(place, out var subject) && ReferenceEquals(subject, _reader.Scheduler);

    public bool Holds(EventKind kind) => _world.AllBodies.Any(body => body.Root.Holds(kind));

    /// <summary>What a parameter that counts is given, where nobody else calls its method; else nothing.</summary>
    public IReadOnlyList<IOperation> ArgumentsOf(IParameterSymbol parameter) =>
        _reader is not null && parameter.ContainingSymbol is IMethodSymbol method
        && (!_world.OutlivesRoots || method.MethodKind == MethodKind.LocalFunction || method.DeclaredAccessibility == Accessibility.Private)
            ? _reader.ArgumentsOf(parameter)
            : [];

    /// <summary>The nodes of a part of the code that was read, or null where it was not.</summary>
    public IEnumerable<Event> EventsAt(IOperation part) => _reader?.EventsIn(part) ?? [];

    /// <summary>How the optimizer would come to step first if a step of the scheduler were not there.</summary>
    public FirstSteps FirstWithout(object step, CancellationToken cancellation) => _reader is null
        ? FirstSteps.Unknown
        : Simulation.Run(_world, _reader.Scheduler, _reader.Optimizer, Creation.Operation.Syntax.SyntaxTree, cancellation, step);

    public static SchedulerLife Of(SchedulerCreation creation, TrainingCode code, CancellationToken cancellation)
    {
        if (code.Lives.TryGetValue(creation.Operation.Syntax, out var known))
            return known;
        return code.Lives.GetOrAdd(creation.Operation.Syntax, Read(creation, code, cancellation));
    }

    private static SchedulerLife Read(SchedulerCreation given, TrainingCode code, CancellationToken cancellation)
    {
        var operation = code.OperationOf(given.Operation.Syntax, cancellation);
        if (operation is null || SchedulerCreation.Read(operation, code.Symbols) is not { IsBaseCall: false } creation)
            return new SchedulerLife(given, null, new World(), FirstSteps.Unknown, isTrained: false);
        var reader = new StepReader(creation, code, cancellation);
        var start = Start.Of(operation, code, cancellation);
        var optimizer = OptimizerOf(creation, code, cancellation);
        var place = optimizer is null ? null : StepReader.PlaceOf(optimizer.Unwrapped());
        if (place is null || reader.IsGivenTooMany(place))
            reader.OptimizerUnknown();
        else
            reader.Hold(place, reader.Optimizer, start.Key, start.Function);
        reader.HoldScheduler(operation, start.Key, start.Function);
        if (LocalMentions.Of(creation, start.Key, start.Function, code, cancellation) is { } mentions)
            reader.PassOver(mentions);
        World world;
        var restarts = 0;
        do
        {
            reader.Restart();
            world = ReadWorld(reader, start, code, cancellation);
        }
        while (reader.HasGrown && ++restarts < RestartLimit);
        if (place is not null && !IsFollowed(place, reader))
            reader.OptimizerUnknown();
        var isHidden = reader.HasGrown || reader.IsBroken || reader.SchedulerEscapes || reader.OptimizerEscapes || reader.OptimizerIsUnknown || reader.Parent is not null;
        var first = isHidden
            ? FirstSteps.Unknown
            : Simulation.Run(world, reader.Scheduler, reader.Optimizer, operation.Syntax.SyntaxTree, cancellation);
        var isMadeForNobody = place is null && optimizer is not null && reader.IsNewOptimizer(optimizer);
        var life = new SchedulerLife(creation, reader, world, first, !isMadeForNobody && CanTrain(reader, world, start, place), place);
        reader.Settle();
        return life;
    }

    /// <summary>The optimizer's step is seen; or it may well be stepped out of sight and nobody only looks at the numbers.</summary>
    private static bool CanTrain(StepReader reader, World world, Start start, ISymbol? place)
    {
        if (world.AllBodies.Any(body => body.Root.Holds(EventKind.OptimizerStep)) || (place is not null && start.IsSteppedAround(place)))
            return true;
        var isOutOfSight = reader.OptimizerEscapes || reader.OptimizerIsOpen || reader.OptimizerIsUnknown || place is IParameterSymbol
            || (reader.OptimizerHasOtherNames && world.AllBodies.Any(body => body.Root.Holds(EventKind.PossibleOptimizerStep)));
        return isOutOfSight && !reader.SchedulerIsRead && !world.AllBodies.Any(body => body.Root.Holds(EventKind.RateRead));
    }

    private static bool IsFollowed(ISymbol place, StepReader reader) => place switch
    {
        IFieldSymbol field => !field.ContainingType.DeclaringSyntaxReferences.IsEmpty,
        IPropertySymbol property => StepMethods.IsAutoProperty(property) && reader.Fields.ContainsKey(property),
        _ => true,
    };

    private static World ReadWorld(StepReader reader, Start start, TrainingCode code, CancellationToken cancellation)
    {
        var world = new World();
        var root = start.Read(reader);
        world.OutlivesRoots = reader.Fields.Values.Contains(reader.Scheduler);
        var types = FollowedTypes.Of(reader.Fields.Keys, start.InitializedType, code, cancellation);
        var unread = new List<IMethodSymbol>();
        foreach (var type in types.All)
        {
            foreach (var method in TypeBodies.Read(type, code, cancellation).Methods)
            {
                if (method.MethodKind is MethodKind.Constructor or MethodKind.StaticConstructor)
                {
                    if ((world.OutlivesRoots || start.InitializedType is not null) && types.AreMadeBy(method))
                        world.Constructors.Add(reader.ReadConstructor(method, System.Collections.Immutable.ImmutableArray<Subject?>.Empty));
                }
                else if (types.IsOnlyCalledBy(method))
                {
                    unread.Add(method);
                }
                else
                {
                    Enter(method);
                }
            }
        }

        foreach (var method in unread)
        {
            if (!reader.IsCalled(method))
                Enter(method);
        }

        if (root is not null && !world.Constructors.Contains(root) && (!world.OutlivesRoots || !start.IsIn(types.All)))
        {
            world.Roots.Add(root);
            world.Entries.Remove(root);
        }

        world.Entries.AddRange(reader.Leaving);
        if (reader.OptimizerIsOpen)
        {
            var site = new Site(start.Key, start.Key.SyntaxTree);
            world.Entries.Add(new Body("outside") { Root = new Event(EventKind.PossibleOptimizerStep, reader.Optimizer, site) });
        }

        world.OptimizerHasOtherNames = reader.OptimizerIsOpen || reader.OptimizerHasOtherNames || reader.OptimizerArrives;
        return world;

        void Enter(IMethodSymbol method)
        {
            if (reader.ReadMethod(method) is not { } body)
                return;
            world.Entries.Add(body);
            if (SymbolEqualityComparer.Default.Equals(method, code.Compilation.GetEntryPoint(cancellation)))
                world.Start = body;
        }
    }

    /// <summary>The optimizer of a scheduler; of a chained one, that of its first.</summary>
    private static IOperation? OptimizerOf(SchedulerCreation creation, TrainingCode code, CancellationToken cancellation)
    {
        if (creation.Kind != SchedulerKind.ChainedLR)
            return creation.Optimizer;
        var first = Child(creation, 0, code, cancellation);
        return first is null || first.Kind == SchedulerKind.ChainedLR ? null : first.Optimizer;
    }

    /// <summary>One of the schedulers handed to a SequentialLR or ChainedLR, where it is made there or in a variable's declaration.</summary>
    public static SchedulerCreation? Child(SchedulerCreation parent, int index, TrainingCode code, CancellationToken cancellation)
    {
        if (parent.Argument("schedulers") is not { } list || SchedulerList.Elements(list) is not { } elements || index >= elements.Count)
            return null;
        var value = elements[index].Unwrapped();
        if (value is ILocalReferenceOperation { Local: var local })
            value = code.InitializerOf(local, cancellation)?.Unwrapped();
        return value is null ? null : SchedulerCreation.Read(value, code.Symbols);
    }

    /// <summary>The function whose run is the scheduler's: the one that declares its variable, or the one that makes it.</summary>
    private sealed class Start
    {
        private readonly IOperation? _body;
        private readonly INamedTypeSymbol? _type;
        private readonly IOperation _all;

        private Start(ISymbol? function, SyntaxNode key, IOperation? body, IOperation all)
        {
            Function = function;
            Key = key;
            _body = body;
            _all = all;
            _type = function?.ContainingType;
        }

        public ISymbol? Function { get; }

        public SyntaxNode Key { get; }

        /// <summary>The type whose constructors run it, where it is made in the initializer of a field or property.</summary>
        public INamedTypeSymbol? InitializedType => Function is IFieldSymbol or IPropertySymbol ? _type?.OriginalDefinition : null;

        public static Start Of(IOperation creation, TrainingCode code, CancellationToken cancellation)
        {
            var declaredBy = DeclaringFunction(creation);
            IOperation all = creation;
            IOperation? nested = null;
            ISymbol? nestedSymbol = null;
            for (IOperation? current = creation; current is not null; all = current, current = current.Parent)
            {
                var symbol = current switch
                {
                    IAnonymousFunctionOperation lambda => lambda.Symbol,
                    ILocalFunctionOperation local => local.Symbol,
                    _ => null,
                };
                if (symbol is not null && nested is null && (declaredBy is null || SymbolEqualityComparer.Default.Equals(declaredBy, symbol)))
                {
                    nested = current;
                    nestedSymbol = symbol;
                }
            }

            if (nested is IAnonymousFunctionOperation anonymous)
                return new Start(nestedSymbol, anonymous.Syntax, anonymous.Body, all);
            if (nested is ILocalFunctionOperation named)
                return new Start(nestedSymbol, named.Syntax, named.Body, all);
            var enclosing = code.ModelOf(creation.Syntax.SyntaxTree)?.GetEnclosingSymbol(creation.Syntax.SpanStart, cancellation);
            while (enclosing is IMethodSymbol { MethodKind: MethodKind.AnonymousFunction or MethodKind.LocalFunction })
                enclosing = enclosing.ContainingSymbol;
            var key = enclosing?.DeclaringSyntaxReferences.FirstOrDefault(reference => reference.SyntaxTree == creation.Syntax.SyntaxTree)?.GetSyntax(cancellation) ?? all.Syntax;
            return new Start(enclosing, key, all, all);
        }

        public Body? Read(StepReader reader) => Function switch
        {
            IMethodSymbol { MethodKind: MethodKind.Constructor or MethodKind.StaticConstructor } constructor =>
                reader.ReadConstructor(constructor, System.Collections.Immutable.ImmutableArray<Subject?>.Empty),
            IFieldSymbol or IPropertySymbol => null, // an initializer: the constructors run it
            _ => reader.ReadRoot(Function, Key, () => _body),
        };

        public bool IsIn(IReadOnlyCollection<INamedTypeSymbol> types) => _type is not null && types.Contains(_type.OriginalDefinition, SymbolEqualityComparer.Default);

        /// <summary>The variable's optimizer steps somewhere in the whole member round the function.</summary>
        public bool IsSteppedAround(ISymbol place) =>
            !ReferenceEquals(_all, _body) && _all.Descendants().OfType<IInvocationOperation>().Any(call =>
                call.TargetMethod.Name == "step" && call.Instance is { } instance
                && SymbolEqualityComparer.Default.Equals(StepReader.PlaceOf(instance.Unwrapped()), place));

        private static ISymbol? DeclaringFunction(IOperation creation)
        {
            var value = creation;
            while (true)
            {
                switch (value.Parent)
                {
                    case IVariableInitializerOperation { Parent: IVariableDeclaratorOperation declarator }:
                        return declarator.Symbol.ContainingSymbol;
                    case IAssignmentOperation assignment when StepReader.PlaceOf(assignment.Target) is { } place:
                        return place is ILocalSymbol or IParameterSymbol ? place.ContainingSymbol : place.ContainingType;
                    case null or IBlockOperation or IExpressionStatementOperation or IArgumentOperation or IAnonymousFunctionOperation:
                        return null;
                    default:
                        value = value.Parent;
                        continue;
                }
            }
        }
    }
}
