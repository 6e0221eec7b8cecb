using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using WarmupAnalyzers.Factors;
using WarmupAnalyzers.Factors.Statements;
using WarmupAnalyzers.Reading.Factors;

namespace WarmupAnalyzers.Reading.Rounds;

/// <summary>How a condition in a round is read.</summary>
internal enum RoundPass
{
    /// <summary>Evaluated, like any other.</summary>
    Evaluated,

    /// <summary>What stands behind it is taken to happen: it decides nothing about the rate.</summary>
    Open,

    /// <summary>When it holds is not known, and it matters.</summary>
    Unclear,
}

/// <summary>What of a round has to be read to know its learning rate.</summary>
internal sealed class RoundReading
{
    private readonly HashSet<SyntaxNode> _assignments;
    private readonly HashSet<SyntaxNode> _marks;
    private readonly HashSet<ISymbol> _changing;

    public RoundReading(TrainingRound round, RoundVariables variables, FunctionScope scope, RoundSlots slots)
    {
        Round = round;
        Variables = variables;
        Scope = scope;
        Slots = slots;
        _assignments = new HashSet<SyntaxNode>(variables.Assignments);
        _marks = new HashSet<SyntaxNode>(_assignments.Concat(round.Content.Events.Keys).Concat(round.Content.Jumps.Where(Counts).Select(jump => jump.Syntax)));
        _changing = new HashSet<ISymbol>(round.Content.Assignments.Select(assignment => assignment.Variable), SymbolEqualityComparer.Default);
    }

    public TrainingRound Round { get; }

    public RoundVariables Variables { get; }

    /// <summary>The scope of the round itself, where its variables and slots live.</summary>
    public FunctionScope Scope { get; }

    public RoundSlots Slots { get; }

    public bool Matters(IOperation operation) => Holds(operation, _marks);

    public bool Assigns(IOperation operation) => Holds(operation, _assignments);

    public bool IsAssignment(IOperation operation) => operation is not IExpressionStatementOperation && _assignments.Contains(operation.Syntax);

    /// <summary>Whether every assignment in a statement stands in a value that is read anyway: <c>SetRate(optimizer, step++);</c></summary>
    public bool AssignsOnlyWhatIsRead(IOperation statement)
    {
        var read = RoundContent.Running(statement).SelectMany(ReadIn).ToArray();
        return _assignments.Where(mark => IsAt(statement, mark)).All(mark => read.Count(value => IsAt(value, mark)) == 1);
    }

    private IEnumerable<IOperation> ReadIn(IOperation operation) => operation switch
    {
        IInvocationOperation call when Round.Content.Calls.ContainsKey(call.Syntax) =>
            call.Arguments.Where(argument => argument.Parameter is { } parameter && Variables.Needed.Contains(parameter.OriginalDefinition, SymbolEqualityComparer.Default)).Select(argument => argument.Value),
        ISimpleAssignmentOperation write when Round.Content.Events.TryGetValue(write.Syntax, out var kind) && kind == RoundEvent.Write => [write.Value],
        _ => [],
    };

    public bool HoldsEvents(IOperation operation) => Holds(operation, Round.Content.Events.Keys);

    public bool Holds(IOperation operation, RoundEvent kind) =>
        Round.Content.Events.Any(found => IsAt(operation, found.Key) && (found.Value == kind || found.Value == RoundEvent.Call && Reaches(found.Key, kind)));

    /// <summary>Whether the rate is written inside, or may be.</summary>
    public bool Writes(IOperation operation) =>
        Holds(operation, RoundEvent.Write) || Holds(operation, RoundEvent.Taken) || Holds(operation, RoundEvent.Unclear);

    /// <summary>Whether a loop inside the round changes what the rate comes from, from one of its own rounds to the next.</summary>
    public bool CountsInside(ILoopOperation loop) =>
        HoldsEvents(loop) && Round.Content.Assignments.Any(assignment =>
            _assignments.Contains(assignment.Operation.Syntax) && IsAt(loop, assignment.Operation.Syntax)
            && !assignment.Variable.DeclaringSyntaxReferences.Any(reference => reference.SyntaxTree == loop.Syntax.SyntaxTree && loop.Syntax.Span.Contains(reference.Span)));

    /// <summary>Whether a variable is made or changed in the round: where it is not computed, it is not one number for all rounds.</summary>
    public bool IsOfRound(ILocalSymbol local) => _changing.Contains(local)
        || local.DeclaringSyntaxReferences.Any(reference => reference.SyntaxTree == Round.Body.Syntax.SyntaxTree && Round.Body.Syntax.Span.Contains(reference.Span));

    public int HopsFrom(FunctionScope scope)
    {
        var hops = 0;
        for (FunctionScope? current = scope; current is not null && current != Scope; current = current.Outer)
            hops++;
        return hops;
    }

    public bool IsRoundOf(FunctionScope scope)
    {
        FunctionScope? current = scope;
        while (current is not null && current != Scope)
            current = current.Outer;
        return current is not null;
    }

    public RoundPass Pass(IConditionalOperation conditional)
    {
        var branch = HoldsEvents(conditional.WhenTrue) ? conditional.WhenTrue : conditional.WhenFalse;
        if (branch is null || Assigns(conditional.WhenTrue) && !HoldsEvents(conditional.WhenTrue))
            return RoundPass.Evaluated;
        // The counter stands still where the rest does not happen.
        if (Variables.Index.Increment is { } increment && Variables.HoldsAll(branch) && IsAt(branch, increment.Syntax) && !Variables.IsOfCallee(conditional))
            return RoundPass.Open;
        if (Writes(conditional) || Assigns(conditional) || Round.Content.Jumps.Any(jump => Counts(jump) && IsAt(conditional, jump.Syntax)))
            return RoundPass.Evaluated;
        // `if (!double.IsNaN(loss)) optimizer.step();`
        return conditional.Condition.DescendantsAndSelf().Any(Changes) ? RoundPass.Evaluated : RoundPass.Open;
    }

    // Every how many batches, or from which on: not an accident of the numbers.
    private bool Changes(IOperation part) =>
        RoundContent.VariableOf(part) is { } variable && ValueTypes.KindOf(part.Type) is var kind && (kind.IsInteger() || kind == ValueKind.Boolean)
        && (_changing.Contains(variable) || VariableIsOfLoop(variable) || Round.Content.IsParameterOfFollowed(variable));

    private bool VariableIsOfLoop(ISymbol variable)
    {
        for (IOperation? outer = Round.Loop; outer is not null; outer = outer.Parent)
        {
            if (outer is ILoopOperation loop && variable is ILocalSymbol local && loop.Locals.Contains(local, SymbolEqualityComparer.Default))
                return true;
        }

        return false;
    }

    private bool Reaches(SyntaxNode call, RoundEvent kind)
    {
        var seen = new HashSet<SyntaxNode>();
        var open = new Stack<SyntaxNode>();
        open.Push(call);
        while (open.Count > 0)
        {
            if (!Round.Content.Calls.TryGetValue(open.Pop(), out var callee) || !seen.Add(callee.Body.Syntax))
                continue;
            foreach (var found in Round.Content.Events.Where(found => IsAt(callee.Body, found.Key)))
            {
                if (found.Value == kind)
                    return true;
                if (found.Value == RoundEvent.Call)
                    open.Push(found.Key);
            }
        }

        return false;
    }

    /// <summary>Whether a jump decides about the rate: out of a method that is called, or within what is run through once.</summary>
    private bool Counts(IOperation jump)
    {
        if (Variables.IsOfCallee(jump) || Variables.IsLimit(jump))
            return true;
        var isSkip = jump is IBranchOperation { BranchKind: BranchKind.Continue } || jump is IReturnOperation && Round.Loop is null || jump is IBranchOperation { BranchKind: BranchKind.GoTo };
        var loop = LoopOf(jump);
        if (loop is not null && loop.Syntax != Round.Loop?.Syntax)
            return Writes(loop);
        return isSkip && !IsBehind(jump) && !(Variables.Index.Increment is not null && IsBefore(jump));
    }

    private static ILoopOperation? LoopOf(IOperation jump)
    {
        for (var outer = jump.Parent; outer is not null; outer = outer.Parent)
        {
            if (outer is ILoopOperation loop)
                return loop;
        }

        return null;
    }

    private IEnumerable<SyntaxNode> InRound() => Round.Content.Events.Keys.Where(at => IsAt(Round.Body, at));

    private bool IsBehind(IOperation jump) => InRound().All(at => at.Span.End <= jump.Syntax.SpanStart);

    // Neither trained nor counted.
    private bool IsBefore(IOperation jump) =>
        InRound().All(at => at.SpanStart >= jump.Syntax.Span.End)
        && Variables.Index.Increment is { } increment && (Variables.IsOfCallee(increment) || increment.Syntax.SpanStart >= jump.Syntax.Span.End);

    private static bool Holds(IOperation operation, IEnumerable<SyntaxNode> marks) => marks.Any(mark => IsAt(operation, mark));

    private static bool IsAt(IOperation operation, SyntaxNode mark) =>
        mark.SyntaxTree == operation.Syntax.SyntaxTree && operation.Syntax.Span.Contains(mark.Span);
}
