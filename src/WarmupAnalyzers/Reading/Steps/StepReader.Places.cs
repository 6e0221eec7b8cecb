using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using WarmupAnalyzers.Reading.Schedules;
using WarmupAnalyzers.Reading.Source;
using WarmupAnalyzers.Schedules;
using WarmupAnalyzers.Training;

namespace WarmupAnalyzers.Reading.Steps;

/// <content>Places: what holds the scheduler and the optimizer, and how they get out of sight.</content>
internal sealed partial class StepReader
{
    /// <summary>The variable that an operation names, or null.</summary>
    public static ISymbol? PlaceOf(IOperation operation) => operation switch
    {
        ILocalReferenceOperation local => local.Local,
        IParameterReferenceOperation parameter => parameter.Parameter,
        IFieldReferenceOperation field => field.Field.OriginalDefinition,
        IPropertyReferenceOperation { Arguments.IsEmpty: true } property => property.Property.OriginalDefinition,
        IDeclarationExpressionOperation declaration => PlaceOf(declaration.Expression),
        _ => null,
    };

    private bool IsCreation(IOperation operation) =>
        ReferenceEquals(operation.Syntax, Creation.Operation.Syntax) && operation.Kind == Creation.Operation.Kind;

    /// <summary>The subject that a value may be.</summary>
    private Subject? Held(IOperation? value, Frame frame)
    {
        switch (value?.Unwrapped())
        {
            case null:
                return null;
            case IInvocationOperation or IObjectCreationOperation:
                return IsCreation(value.Unwrapped()) ? Scheduler : null;
            case IConditionalAccessInstanceOperation instance:
                return Held(AccessOf(instance)?.Operation, frame);
            case IConditionalOperation conditional:
                return Held(conditional.WhenTrue, frame) ?? Held(conditional.WhenFalse, frame);
            case ICoalesceOperation coalesce:
                return Held(coalesce.Value, frame) ?? Held(coalesce.WhenNull, frame);
            case ISwitchExpressionOperation selection:
                return selection.Arms.Select(arm => Held(arm.Value, frame)).FirstOrDefault(held => held is not null);
            case ISimpleAssignmentOperation assignment:
                return Held(assignment.Value, frame);
            case ICoalesceAssignmentOperation assignment:
                return Held(assignment.Target, frame) ?? Held(assignment.Value, frame);
            case { } operation:
                return PlaceOf(operation) is { } place ? Find(place, frame) : null;
        }
    }

    private Subject? Find(ISymbol place, Frame frame)
    {
        var hasLeft = false;
        for (var current = frame; current is not null; current = current.Parent)
        {
            if (current.Variables.TryGetValue(place, out var subject))
            {
                if (hasLeft)
                    Escape(subject); // captured by a delegate that leaves
                return subject;
            }

            hasLeft |= current.Leaves;
        }

        return _fields.TryGetValue(place, out var held) ? held : null;
    }

    private static IConditionalAccessOperation? AccessOf(IConditionalAccessInstanceOperation instance)
    {
        IOperation child = instance;
        for (var parent = instance.Parent; parent is not null; child = parent, parent = parent.Parent)
        {
            if (parent is IConditionalAccessOperation access && ReferenceEquals(access.WhenNotNull, child))
                return access;
        }

        return null;
    }

    /// <summary>A field of another object of the same type: it may hold another scheduler.</summary>
    private bool IsUncertain(IOperation value, Frame frame)
    {
        var unwrapped = value.Unwrapped();
        if (unwrapped is IConditionalAccessInstanceOperation instance && AccessOf(instance) is { } access)
            return IsUncertain(access.Operation, frame);
        return unwrapped is IMemberReferenceOperation { Instance: { } target } member
            && target is not IInstanceReferenceOperation
            && IsOnAnotherObject(target, member.Member, frame);
    }

    private Node TranslateDeclarator(IVariableDeclaratorOperation declarator, Frame frame) =>
        declarator.GetVariableInitializer()?.Value is { } value
            ? Node.Of(Translate(value, frame), Assign(declarator.Symbol, value, declarator, frame))
            : Node.Empty;

    private Node TranslateAssignment(ISimpleAssignmentOperation assignment, Frame frame)
    {
        var target = TranslateTarget(assignment.Target, frame);
        var value = Translate(assignment.Value, frame);
        return Node.Of(target, value, AssignTo(assignment.Target, assignment.Value, assignment, frame));
    }

    private Node TranslateCoalesceAssignment(ICoalesceAssignmentOperation assignment, Frame frame)
    {
        var target = TranslateTarget(assignment.Target, frame);
        var value = Node.Of(Translate(assignment.Value, frame), AssignTo(assignment.Target, assignment.Value, assignment, frame));
        return Node.Of(target, Held(assignment.Target, frame) is { } subject ? new NullTest(subject, Node.Empty, value) : Maybe(value));
    }

    private Node TranslateDeconstruction(IDeconstructionAssignmentOperation assignment, Frame frame)
    {
        var value = Translate(assignment.Value, frame);
        if (TupleOf(assignment.Target) is not { } targets || assignment.Value.Unwrapped() is not ITupleOperation values || targets.Elements.Length != values.Elements.Length)
            return Node.Of(value, Children(assignment.Target, frame), Deconstructed(assignment, frame));
        var parts = new List<Node> { value };
        for (var i = 0; i < targets.Elements.Length; i++)
            parts.Add(AssignTo(targets.Elements[i], values.Elements[i], assignment, frame));
        return Node.Of([.. parts]);
    }

    private Node Deconstructed(IDeconstructionAssignmentOperation assignment, Frame frame) =>
        assignment.Value.Type is INamedTypeSymbol { DeclaringSyntaxReferences.IsEmpty: false } type
            ? Node.Of([.. type.GetMembers("Deconstruct").OfType<IMethodSymbol>().Select(method => Unwritten(method))])
            : Node.Empty;

    private static ITupleOperation? TupleOf(IOperation target) =>
        (target is IDeclarationExpressionOperation declaration ? declaration.Expression : target) as ITupleOperation;

    private Node TranslateTarget(IOperation target, Frame frame)
    {
        switch (target)
        {
            case ILocalReferenceOperation or IParameterReferenceOperation or IDiscardOperation:
                return Node.Empty;
            case IFieldReferenceOperation field:
                return Translate(field.Instance, frame);
            case IPropertyReferenceOperation property:
                return Node.Of(
                    Translate(property.Instance, frame),
                    property.Property.SetMethod is { } setter && IsInSource(property.Property.ContainingType)
                        ? MethodCall(setter, ImmutableArray<IArgumentOperation>.Empty, property.Instance, !IsBase(property.Instance), property, frame)
                        : Node.Empty);
            default:
                return Translate(target, frame);
        }
    }

    private Node TranslateProperty(IPropertyReferenceOperation property, Frame frame)
    {
        var receiver = Node.Of([Translate(property.Instance, frame), .. property.Arguments.Select(argument => Translate(argument.Value, frame))]);
        if (PlaceOf(property) is { } place && Find(place, frame) is not null)
        {
            NoteUse(property, frame);
            return receiver;
        }

        if (_symbols.ReadsRate(property.Property))
            return Node.Of(receiver, new Event(EventKind.RateRead, Optimizer, SiteOf(property)));
        return property.Property.GetMethod is { } getter && IsInSource(property.Property.ContainingType)
            ? Node.Of(receiver, MethodCall(getter, ImmutableArray<IArgumentOperation>.Empty, property.Instance, !IsBase(property.Instance), property, frame))
            : receiver;
    }

    private static bool IsBase(IOperation? instance) => instance is { Syntax: BaseExpressionSyntax };

    private Node AssignTo(IOperation target, IOperation value, IOperation operation, Frame frame)
    {
        if (target is IDiscardOperation)
            return Node.Empty;
        var held = Held(value, frame);
        if (PlaceOf(target) is not { } place)
        {
            if (held is not null)
                Escape(held);
            return Node.Empty;
        }

        if (held is not null && target is IMemberReferenceOperation { Instance: { } instance }
            && instance is not IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ContainingTypeInstance })
        {
            Escape(held); // somebody else's object
            return Node.Empty;
        }

        return Assign(place, value, operation, frame);
    }

    private Node Assign(ISymbol place, IOperation value, IOperation operation, Frame frame)
    {
        var held = Held(value, frame);
        var current = Find(place, frame);
        if (ReferenceEquals(held ?? current, Scheduler))
            NoteElders(value);
        if (held is not null)
        {
            if (!ReferenceEquals(held, current))
                AddPlace(place, held, frame);
            return Node.Empty;
        }

        if (current is null)
            return Node.Empty;
        if (ReferenceEquals(current, Optimizer) && !IsFresh(value) && !IsNull(value))
        {
            if (PlaceOf(value.Unwrapped()) is { } source)
            {
                AddPlace(source, current, frame);
                return Node.Empty;
            }

            OptimizerHasOtherNames = true;
        }

        return new Event(EventKind.Forget, current, SiteOf(operation));
    }

    private void NoteElders(IOperation value)
    {
        switch (value.Unwrapped())
        {
            case IConditionalOperation conditional:
                NoteElders(conditional.WhenTrue);
                if (conditional.WhenFalse is { } otherwise)
                    NoteElders(otherwise);
                break;
            case ICoalesceOperation coalesce:
                NoteElders(coalesce.Value);
                NoteElders(coalesce.WhenNull);
                break;
            case ISwitchExpressionOperation selection:
                foreach (var arm in selection.Arms)
                    NoteElders(arm.Value);
                break;
            case { } made when SchedulerCreation.Read(made, _symbols) is { } creation
                && made.Syntax.SyntaxTree == Creation.Operation.Syntax.SyntaxTree
                && made.Syntax.SpanStart < Creation.Operation.Syntax.SpanStart:
                Elders.Add(creation);
                break;
        }
    }

    /// <summary>Notes an optimizer that comes in through a parameter which others than this type fill.</summary>
    private void NoteArrival(ISymbol place, Subject subject) =>
        OptimizerArrives |= ReferenceEquals(subject, Optimizer) && place is IParameterSymbol { ContainingSymbol: IMethodSymbol function }
            && function is not ({ MethodKind: MethodKind.LocalFunction } or { MethodKind: MethodKind.Ordinary, DeclaredAccessibility: Accessibility.Private });

    private void AddPlace(ISymbol place, Subject subject, Frame frame)
    {
        NoteArrival(place, subject);
        switch (place)
        {
            case IParameterSymbol parameter when IsPrimary(parameter):
                AddField(parameter, subject);
                break;
            case ILocalSymbol { IsRef: false } or IParameterSymbol { RefKind: RefKind.None }:
                var owner = frame.OwnerOf(place);
                if (!owner.Variables.ContainsKey(place))
                {
                    owner.Variables.Add(place, subject);
                    HasGrown = true;
                }

                break;
            case IFieldSymbol { RefKind: RefKind.None }:
                AddMember(place, subject);
                break;
            case IPropertySymbol property when StepMethods.IsAutoProperty(property):
                AddMember(place, subject);
                break;
            default:
                Escape(subject);
                break;
        }
    }

    private void AddMember(ISymbol member, Subject subject)
    {
        if (!IsInSource(member.ContainingType) || IsGivenTooMany(member) || (ReferenceEquals(subject, Scheduler) && _code.Members.Of(member, _cancellation) == MemberSight.Sight.Open))
        {
            Escape(subject);
            return;
        }

        AddField(member, subject);
    }

    /// <summary>What code that is not read does with the places that are known.</summary>
    private void LookAtFields()
    {
        foreach (var field in _fields.Where(field => field.Key is IFieldSymbol or IPropertySymbol))
        {
            var sight = _code.Members.Of(field.Key, _cancellation);
            OptimizerIsOpen |= sight == MemberSight.Sight.Open && ReferenceEquals(field.Value, Optimizer);
            SchedulerIsRead |= sight == MemberSight.Sight.LookedAt && ReferenceEquals(field.Value, Scheduler);
        }
    }

    private void AddField(ISymbol place, Subject subject)
    {
        if (place is IParameterSymbol { ContainingType.IsRecord: true })
        {
            Escape(subject);
            return;
        }

        if (_fields.ContainsKey(place))
            return;
        _fields.Add(place, subject);
        HasGrown = true;
    }

    private bool IsPrimary(IParameterSymbol parameter) =>
        parameter.ContainingSymbol is IMethodSymbol { MethodKind: MethodKind.Constructor } constructor && Declaration(constructor) is TypeDeclarationSyntax;

    private void Escape(Subject subject)
    {
        if (ReferenceEquals(subject, Scheduler))
            SchedulerEscapes = true;
        else
            OptimizerEscapes = true;
    }

    /// <summary>A value that may be a subject is named here: follows what becomes of it.</summary>
    private void NoteUse(IOperation leaf, Frame frame)
    {
        if (Held(leaf, frame) is not { } subject)
            return;
        if (IsUncertain(leaf, frame) && leaf.Parent is not (IInvocationOperation or IConditionalAccessOperation))
        {
            Escape(subject); // another object's, passed on under a name that would be taken for ours
            return;
        }

        var value = leaf;
        while (true)
        {
            var parent = value.Parent;
            switch (parent)
            {
                case IConversionOperation { OperatorMethod: null } or IParenthesizedOperation or ICoalesceOperation or IAwaitOperation:
                case IConditionalOperation conditional when !ReferenceEquals(conditional.Condition, value):
                case IConditionalAccessOperation access when ReferenceEquals(access.WhenNotNull, value):
                case ICoalesceAssignmentOperation:
                    value = parent;
                    continue;
                case ISimpleAssignmentOperation assignment when ReferenceEquals(assignment.Value, value):
                    value = parent;
                    continue;
                case ISwitchExpressionArmOperation { Parent: ISwitchExpressionOperation selection } arm when ReferenceEquals(arm.Value, value):
                    value = selection;
                    continue;
                case ISwitchExpressionOperation selection:
                    foreach (var arm in selection.Arms)
                        NotePattern(arm.Pattern, subject, frame);
                    return;
                case ISwitchOperation selection:
                    foreach (var clause in selection.Cases.SelectMany(section => section.Clauses).OfType<IPatternCaseClauseOperation>())
                        NotePattern(clause.Pattern, subject, frame);
                    return;
                case IIsPatternOperation test:
                    NotePattern(test.Pattern, subject, frame);
                    return;
                case ISimpleAssignmentOperation or IConditionalAccessOperation or IVariableInitializerOperation or ISymbolInitializerOperation:
                case IExpressionStatementOperation or IBinaryOperation or IIsTypeOperation or INameOfOperation or IInterpolationOperation or IUsingOperation or ILockOperation:
                    return;
                case ITupleOperation { Parent: IDeconstructionAssignmentOperation assignment } tuple
                    when ReferenceEquals(assignment.Value, tuple) && TupleOf(assignment.Target) is not null:
                    return;
                case ITupleOperation { Parent: IConversionOperation { Parent: IDeconstructionAssignmentOperation assignment } }
                    when TupleOf(assignment.Target) is not null:
                    return;
                case ITupleOperation { Parent: IDeconstructionAssignmentOperation } target when ReferenceEquals(((IDeconstructionAssignmentOperation)target.Parent!).Target, target):
                    return;
                case IReturnOperation when ReferenceEquals(subject, Optimizer):
                    OptimizerIsOpen = true;
                    return;
                case IInvocationOperation invocation when ReferenceEquals(invocation.Instance, value):
                    NoteMember(invocation.TargetMethod, subject);
                    return;
                case IMemberReferenceOperation member and not IMethodReferenceOperation when ReferenceEquals(member.Instance, value):
                    NoteMember(member.Member, subject);
                    return;
                case IArgumentOperation argument:
                    NoteArgument(argument, value, subject, frame);
                    return;
                default:
                    NoteElement(value, subject);
                    return;
            }
        }
    }

    private void NotePattern(IPatternOperation? pattern, Subject subject, Frame frame)
    {
        switch (pattern)
        {
            case IDeclarationPatternOperation { DeclaredSymbol: { } declared }:
                Alias(declared);
                break;
            case IRecursivePatternOperation { DeclaredSymbol: { } declared }:
                Alias(declared);
                break;
            case INegatedPatternOperation negated:
                NotePattern(negated.Pattern, subject, frame);
                break;
            case IBinaryPatternOperation both:
                NotePattern(both.LeftPattern, subject, frame);
                NotePattern(both.RightPattern, subject, frame);
                break;
        }

        void Alias(ISymbol declared)
        {
            if (!ReferenceEquals(Find(declared, frame), subject))
                AddPlace(declared, subject, frame);
        }
    }

    private void NoteMember(ISymbol member, Subject subject)
    {
        if (member is IMethodSymbol restore && _symbols.Restores(restore))
        {
            Escape(subject); // to whatever step was saved
            return;
        }

        if (_symbols.IsKnown(member))
        {
            SchedulerIsRead |= ReferenceEquals(subject, Scheduler) && _symbols.ReadsRate(member);
            return;
        }

        if (member.ContainingType.SpecialType == SpecialType.System_Object
            || (member is IMethodSymbol method && (_symbols.IsSchedulerStep(method) || _symbols.IsOptimizerStep(method))))
            return;
        Escape(subject); // a member of a type of the user's: it may do anything
    }

    private void NoteArgument(IArgumentOperation argument, IOperation value, Subject subject, Frame frame)
    {
        var method = argument.Parent switch
        {
            IInvocationOperation invocation => invocation.TargetMethod,
            IObjectCreationOperation creation => creation.Constructor,
            _ => null,
        };
        if (method is null || argument.Parameter is not { RefKind: RefKind.None })
        {
            Escape(subject);
            return;
        }

        if (_symbols.MakesScheduler(method) || StepMethods.OnlyLooks(method))
            return;
        if (argument.Parent is IInvocationOperation { Parent: IObjectOrCollectionInitializerOperation })
        {
            NoteElement(value, subject);
            return;
        }

        if (method.MethodKind == MethodKind.Constructor ? IsInSource(method.ContainingType)
            : argument.Parent is IInvocationOperation call && TargetsOf(method, call.Instance, call.IsVirtual, frame) is { } targets
                && targets.All(target => _code.BodyOf(target, _cancellation) is not null))
            return;
        Escape(subject);
    }

    /// <summary>An element of a list that is written out: the schedulers of a Sequential or Chained one, or an escape.</summary>
    private void NoteElement(IOperation value, Subject subject)
    {
        if (SchedulerList.Of(value) is var (list, index) && list.Parent is IArgumentOperation { Parent: { } call } argument)
        {
            if (ReferenceEquals(subject, Scheduler) && SchedulerCreation.Read(call, _symbols) is { Kind: SchedulerKind.SequentialLR or SchedulerKind.ChainedLR } parent)
            {
                Parent = parent;
                IndexInParent = index;
                return;
            }

            if (argument.ArgumentKind == ArgumentKind.ParamArray && call is IInvocationOperation { TargetMethod: var method } && StepMethods.OnlyLooks(method))
                return;
        }

        Escape(subject);
    }
}
