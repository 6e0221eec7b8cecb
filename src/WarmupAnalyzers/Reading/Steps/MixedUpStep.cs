using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using WarmupAnalyzers.Factors;
using WarmupAnalyzers.Reading.Factors;
using WarmupAnalyzers.Reading.Schedules;
using WarmupAnalyzers.Reading.Source;
using WarmupAnalyzers.Schedules;
using WarmupAnalyzers.Training;

namespace WarmupAnalyzers.Reading.Steps;

/// <summary>A scheduler's only step, made on every batch where the schedule counts epochs, or once per epoch where it counts batches.</summary>
internal sealed class MixedUpStep
{
    private const int LargestCount = 1_000;

    private readonly LoopedStep _step;
    private readonly ImmutableArray<LoopUnit> _loops;
    private readonly LoopUnit? _batches;
    private readonly ImmutableArray<CountedLength> _lengths;
    private readonly ImmutableArray<Assignment> _assignments;
    private readonly TrainingCode _code;
    private readonly CancellationToken _cancellation;

    private MixedUpStep(
        LoopedStep step, ImmutableArray<LoopUnit> loops, LoopUnit? batches, ImmutableArray<CountedLength> lengths, TrainingCode code, CancellationToken cancellation)
    {
        _code = code;
        _step = step;
        _loops = loops;
        _batches = batches;
        _lengths = lengths;
        _cancellation = cancellation;
        _assignments = AssignmentsOf(lengths, batches is null ? loops : loops.Add(batches));
    }

    public SteppedAt Place => _step.Place;

    /// <summary>The step is made on every batch; otherwise once per epoch.</summary>
    public bool IsPerBatch => _batches is null;

    /// <summary>The length that counts the other unit.</summary>
    public CountedLength Length { get; private init; } = null!;

    /// <summary>Shown by the numbers, and not by the names alone.</summary>
    public bool IsCertain { get; private init; }

    /// <summary>The loop at whose end the step belongs.</summary>
    public StatementSyntax Target { get; private init; } = null!;

    /// <summary>Each round of that loop steps the optimizer, and not one in several.</summary>
    public bool IsTargetTraining { get; private init; }

    /// <summary>How often the step is made, where the code says it.</summary>
    public int? Made => Constant(assignment => Product(_loops, 0, _loops.Length, assignment));

    /// <summary>How many steps the length asks for, where the code says it.</summary>
    public int? Asked => Constant(assignment => Length.Under(assignment, _cancellation));

    private LoopUnit Stepping => _loops[_loops.Length - 1];

    /// <summary>Null where the step is where it belongs, or nothing shows that it is not.</summary>
    public static MixedUpStep? Find(SchedulerLife life, TrainingCode code, CancellationToken cancellation)
    {
        if (!life.IsInSight || life.Scheduler is not { } scheduler || life.Optimizer is not { } optimizer)
            return null;
        var lengths = CountedLength.Of(life.Creation, code, cancellation);
        if (lengths.All(IsMereNumber) || lengths.SelectMany(length => length.FreeVariables).Any(variable => variable.IsDiscrete))
            return null;
        if (life.World.AllBodies.Any(body => body.Root.Holds(EventKind.Forget, scheduler))
            || LoopedStep.Find(life.World, scheduler, life.Creation.Operation.Syntax.SyntaxTree) is not { } step
            || step.Place.Step.Location is not InvocationExpressionSyntax { ArgumentList.Arguments.Count: 0 })
            return null;
        var isPerBatch = LoopedStep.Trains(step.Stepping, optimizer);
        if (isPerBatch ? step.Loops.Length < 2 : LoopedStep.MayTrain(step.Stepping))
            return null; // the whole data in one batch
        var inner = isPerBatch ? null : OnlyLoopOfBatches(step.Stepping);
        var batches = inner is null ? null : LoopUnit.Read(inner, life, code, cancellation);
        var loops = step.Loops.Select(outer => LoopUnit.Read(outer, life, code, cancellation)).OfType<LoopUnit>().ToImmutableArray();
        if (loops.Length < step.Loops.Length || (!isPerBatch && batches is null))
            return null;
        return new MixedUpStep(step, loops, batches, lengths, code, cancellation) { IsTargetTraining = inner is null || LoopedStep.Trains(inner, optimizer) }.Judged();
    }

    /// <summary>It is no length of the whole, and neither a variable nor a name says what it counts: whatever the loops are, nothing is known of it.</summary>
    private static bool IsMereNumber(CountedLength length) => length.IsNameOnly
        ? UnitOf(length) == CountUnit.Unknown
        : !length.IsHorizon && !length.IsProduct && length.Terms.All(term => term.Written.Unwrapped() is ILiteralOperation);

    private static Loop? OnlyLoopOfBatches(Loop epochs)
    {
        var inner = epochs.Children.SelectMany(child => child.InnermostLoops(loop => loop.EventKinds().Overlaps(EventKinds.Training))).Distinct().ToArray();
        return inner is [var only] ? only : null;
    }

    private MixedUpStep? Judged()
    {
        if (_assignments.IsEmpty || _lengths.Any(length => !length.IsNameOnly && FitsLoops(length)))
            return null;
        return IsPerBatch ? PerBatch() : PerEpoch();
    }

    /// <summary>Made for the rounds of the loop that steps it, or for those of all loops from another one on.</summary>
    private bool FitsLoops(CountedLength length) => Enumerable.Range(0, _loops.Length).Any(from =>
        Always(assignment => length.Under(assignment, _cancellation) == Product(_loops, from, _loops.Length, assignment)));

    private MixedUpStep? PerBatch()
    {
        // A loop of a single round is none.
        if (_lengths.Any(length => CountsRounds(length, Stepping)) || Never(assignment => Stepping.Under(assignment) is not (0 or 1)))
            return null;
        foreach (var length in _lengths.Where(length => !length.IsNameOnly))
        {
            foreach (var (outer, isCertain) in Enumerable.Range(0, _loops.Length - 1).Select(i => _loops[i]).Select(outer => (outer, IsSameVariable(length, outer))))
            {
                if ((isCertain || (length.IsHorizon && outer.IsBoundByEpochs)) && !IsPeriod(length) && Always(assignment => length.Under(assignment, _cancellation) is >= 2 and var asked && asked == outer.Under(assignment)))
                    return With(length, isCertain, outer);
            }
        }

        return NamedFor(CountUnit.Epochs) is { } named && !CountName.MayBeEpochs(Stepping.Names) ? With(named, isCertain: false, _loops[_loops.Length - 2]) : null;
    }

    private MixedUpStep? PerEpoch()
    {
        var batches = _batches!;
        if (Never(assignment => batches.Under(assignment) is not (0 or 1)))
            return null;
        foreach (var length in _lengths.Where(length => !length.IsNameOnly))
        {
            if (CountsRounds(length, batches) || IsMadeOfBoth(length, batches) || IsOfBothLoops(length))
                return With(length, isCertain: true, batches);
            if (length.IsHorizon && Always(assignment => length.Under(assignment, _cancellation) == Product(_loops, 0, _loops.Length, assignment) * batches.Under(assignment)))
                return With(length, isCertain: false, batches);
        }

        return NamedFor(CountUnit.Batches) is { } named && CountName.IsEpochs(Stepping.Names) && !IsOverInTime(named) ? With(named, isCertain: false, batches) : null;
    }

    private MixedUpStep With(CountedLength length, bool isCertain, LoopUnit target) =>
        new(_step, _loops, _batches, _lengths, _code, _cancellation) { Length = length, IsCertain = isCertain, Target = target.Syntax, IsTargetTraining = IsTargetTraining };

    /// <summary>A period of a staircase says nothing of the whole.</summary>
    private static bool IsPeriod(CountedLength length) => length.Name is "step_size" or "step_size_up" or "milestones";

    /// <summary>A multiple of the rounds of a loop, computed with the same variable; or of the batches of a loader, whichever it is.</summary>
    private bool CountsRounds(CountedLength length, LoopUnit loop)
    {
        if (length.IsNameOnly)
            return false;
        if (length.FreeVariables.Where(IsCountOfLoader).Any(count => Always(assignment => IsMultiple(length.Under(assignment, _cancellation), assignment.ValueOf(count).ToDouble()))))
            return true;
        return IsSameVariable(length, loop) && Always(assignment => loop.Under(assignment) > 1 && IsMultiple(length.Under(assignment, _cancellation), loop.Under(assignment)));
    }

    /// <summary>Computed with the variables of both loops, and for more steps than there are epochs: the batches less a warmup, or gathered.</summary>
    private bool IsMadeOfBoth(CountedLength length, LoopUnit batches) => IsSameVariable(length, batches) && IsSameVariable(length, Stepping)
        && Always(assignment => length.Under(assignment, _cancellation) > Product(_loops, 0, _loops.Length, assignment) + 1);

    private static bool IsMultiple(double number, double of) => of >= 1 && number >= of && number % of == 0;

    private bool IsCountOfLoader(FreeVariable variable) =>
        variable.Key is SymbolPath { Symbol: IPropertySymbol { Name: "Count", ContainingType.Name: "DataLoader" } count } && _code.Symbols.IsDeclaredInTorchSharp(count);

    private bool IsSameVariable(CountedLength length, LoopUnit loop) =>
        loop.Rounds is { } rounds && (rounds.FreeVariables.Any(variable => length.FreeVariables.Contains(variable)) || loop.Shares(length));

    /// <summary>OneCycleLR's <c>epochs</c> is that of the loop, so what it calls the steps of an epoch are steps; or the other way round.</summary>
    private bool IsOfBothLoops(CountedLength length) => length is { IsProduct: true, Terms: [var epochs, var steps] }
        && Always(assignment => CountedLength.NumberOf(steps.Number, assignment, _cancellation) >= 2)
        && (Always(assignment => CountedLength.NumberOf(epochs.Number, assignment, _cancellation) == Stepping.Under(assignment))
            || Always(assignment => CountedLength.NumberOf(steps.Number, assignment, _cancellation) == _batches!.Under(assignment)));

    private CountedLength? NamedFor(CountUnit unit)
    {
        var units = _lengths.Select(length => (Length: length, Unit: UnitOf(length))).Where(pair => pair.Unit != CountUnit.Unknown).ToArray();
        return units.All(pair => pair.Unit == unit) ? units.FirstOrDefault().Length : null;
    }

    private static CountUnit UnitOf(CountedLength length) =>
        length.Terms is [var only] && CountedLength.NameOf(only.Written.Unwrapped()) is { } name ? CountName.Of(name) : CountUnit.Unknown;

    /// <summary>Within the epochs, whatever it is called.</summary>
    private bool IsOverInTime(CountedLength length) => length.FreeVariables.All(variable => Stepping.Rounds?.FreeVariables.Contains(variable) == true)
        && Always(assignment => length.Under(assignment, _cancellation) <= Stepping.Under(assignment));

    private static double Product(ImmutableArray<LoopUnit> loops, int from, int to, Assignment assignment)
    {
        var product = 1.0;
        for (var i = from; i < to; i++)
            product *= loops[i].Under(assignment);
        return product;
    }

    private bool Always(Func<Assignment, bool> claim) => _assignments.All(claim);

    private bool Never(Func<Assignment, bool> claim) => !_assignments.Any(claim);

    private int? Constant(Func<Assignment, double> number)
    {
        var numbers = _assignments.Select(number).Distinct().ToArray();
        return numbers is [>= 0 and <= int.MaxValue and var only] ? (int)only : null;
    }

    // Where nothing overflows.
    private static ImmutableArray<Assignment> AssignmentsOf(ImmutableArray<CountedLength> lengths, ImmutableArray<LoopUnit> loops)
    {
        var variables = lengths.SelectMany(length => length.FreeVariables).Concat(loops.SelectMany(loop => loop.Rounds?.FreeVariables ?? ImmutableArray<FreeVariable>.Empty)).Distinct().ToImmutableArray();
        return Assignments.ByBranch(FactorReader.Number(0), ImmutableHashSet<object>.Empty, double.NaN, variables) is [var only]
            ? only.Assignments.Where(assignment => assignment.LargestCount(variables) <= LargestCount).ToImmutableArray()
            : ImmutableArray<Assignment>.Empty;
    }
}
