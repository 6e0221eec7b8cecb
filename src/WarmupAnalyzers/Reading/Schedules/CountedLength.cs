using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using WarmupAnalyzers.Factors;
using WarmupAnalyzers.Reading.Factors;
using WarmupAnalyzers.Reading.Source;
using WarmupAnalyzers.Schedules;

namespace WarmupAnalyzers.Reading.Schedules;

/// <summary>A number of steps that a schedule is made for: the sum of what is written, or its product.</summary>
/// <param name="Name">As a message calls it.</param>
/// <param name="Terms">As they are written, and as the code computes them.</param>
internal sealed record CountedLength(string Name, ImmutableArray<(IOperation Written, FactorProgram Number)> Terms)
{
    private const int NestingLimit = 4;

    /// <summary>The terms are factors.</summary>
    public bool IsProduct { get; private init; }

    /// <summary>The whole of the schedule, and not a part or a period of it.</summary>
    public bool IsHorizon { get; private init; }

    /// <summary>A variable in a function: what it is used for there is not known.</summary>
    public bool IsNameOnly { get; private init; }

    /// <summary>What the code leaves open in it.</summary>
    public IEnumerable<FreeVariable> FreeVariables => Terms.SelectMany(term => term.Number.FreeVariables);

    /// <summary>The number under one assignment; NaN where it is not known.</summary>
    public double Under(Assignment assignment, CancellationToken cancellation)
    {
        var numbers = Terms.Select(term => NumberOf(term.Number, assignment, cancellation));
        return IsProduct ? numbers.Aggregate(1.0, (product, number) => product * number) : numbers.Sum();
    }

    /// <summary>A term's number.</summary>
    public static double NumberOf(FactorProgram term, Assignment assignment, CancellationToken cancellation) => term.Under(assignment, cancellation).FactorAt(0);

    /// <summary>All lengths of a schedule, those of its parts included.</summary>
    public static ImmutableArray<CountedLength> Of(SchedulerCreation creation, TrainingCode code, CancellationToken cancellation) =>
        Of(creation, code, NestingLimit, cancellation).ToImmutableArray();

    private static IEnumerable<CountedLength> Of(SchedulerCreation creation, TrainingCode code, int nesting, CancellationToken cancellation)
    {
        switch (creation.Kind)
        {
            case SchedulerKind.CosineAnnealingLR:
                return Plain(creation, "T_max", isHorizon: true, code, cancellation);
            case SchedulerKind.PolynomialLR:
                return Plain(creation, "total_iters", isHorizon: true, code, cancellation);
            case SchedulerKind.LinearLR or SchedulerKind.ConstantLR:
                return Plain(creation, "total_iters", isHorizon: false, code, cancellation);
            case SchedulerKind.StepLR:
                return Plain(creation, "step_size", isHorizon: false, code, cancellation);
            case SchedulerKind.CyclicLR:
                return Plain(creation, "step_size_up", isHorizon: false, code, cancellation);
            case SchedulerKind.OneCycleLR:
                return ScheduleReader.Number(creation, "total_steps", code, cancellation) is <= 0
                    ? Product(creation, code, cancellation)
                    : Plain(creation, "total_steps", isHorizon: true, code, cancellation);
            case SchedulerKind.ScheduleLR or SchedulerKind.WarmupThenPlateauLR:
                return Plain(creation, "total_steps", isHorizon: true, code, cancellation).Concat(Plain(creation, "warmup_steps", isHorizon: false, code, cancellation));
            case SchedulerKind.MultiStepLR:
                return Milestones(creation, code, cancellation);
            case SchedulerKind.LambdaLR:
                return OfFunctions(creation, code, cancellation);
            case SchedulerKind.SequentialLR or SchedulerKind.ChainedLR when nesting > 0:
                return OfParts(creation, code, nesting - 1, cancellation);
            default:
                return [];
        }
    }

    private static IEnumerable<CountedLength> Plain(SchedulerCreation creation, string parameter, bool isHorizon, TrainingCode code, CancellationToken cancellation) =>
        creation.ArgumentSyntax(parameter) is not null && creation.Argument(parameter) is { } value
            ? [Made(parameter, Term(value, code, cancellation)) with { IsHorizon = isHorizon }]
            : [];

    private static IEnumerable<CountedLength> Product(SchedulerCreation creation, TrainingCode code, CancellationToken cancellation) =>
        creation.ArgumentSyntax("epochs") is not null && creation.Argument("epochs") is { } epochs
        && creation.ArgumentSyntax("steps_per_epoch") is not null && creation.Argument("steps_per_epoch") is { } steps
            ? [Made("epochs * steps_per_epoch", Term(epochs, code, cancellation), Term(steps, code, cancellation)) with { IsProduct = true, IsHorizon = true }]
            : [];

    private static IEnumerable<CountedLength> Milestones(SchedulerCreation creation, TrainingCode code, CancellationToken cancellation) =>
        creation.Argument("milestones") is { } list && WrittenList.ElementsOf(list, code, cancellation) is { } milestones
            ? milestones.Select(milestone => Made("milestones", Term(milestone, code, cancellation)))
            : [];

    private static IEnumerable<CountedLength> OfParts(SchedulerCreation creation, TrainingCode code, int nesting, CancellationToken cancellation)
    {
        var whole = new Composition(creation, code, cancellation);
        if (whole.Parts is not { } parts)
            return [];
        var lengths = parts.Select((_, i) => whole.KnownPartAt(i) is { } part ? Of(part, code, nesting, cancellation).ToArray() : []).ToArray();
        // A part of a sequence is one part of its horizon; a chain has the horizons of all.
        if (creation.Kind == SchedulerKind.ChainedLR)
            return lengths.SelectMany(part => part);
        var all = lengths.SelectMany(part => part).Select(length => length with { IsHorizon = false }).Concat(Milestones(creation, code, cancellation)).ToArray();
        var last = lengths.LastOrDefault()?.FirstOrDefault(length => length.IsHorizon && !length.IsProduct);
        return last is not null && whole.Milestones is { IsEmpty: false } milestones
            ? all.Append(new CountedLength("the last milestone and " + last.Name, last.Terms.Insert(0, Term(milestones[milestones.Length - 1], code, cancellation))) { IsHorizon = true })
            : all;
    }

    // What a function is made of, where every count in it says its unit: another one may turn batches into epochs.
    private static IEnumerable<CountedLength> OfFunctions(SchedulerCreation creation, TrainingCode code, CancellationToken cancellation)
    {
        if (FactorSchedule.Read(creation, code, cancellation) is not { } schedule)
            return [];
        var counts = schedule.Groups.SelectMany(group => group.Delegate.DescendantsAndSelf()).Where(part => IsCount(part) && !IsIndex(part)).ToArray();
        return counts.All(part => NameOf(part) is { } name && CountName.Of(name) != CountUnit.Unknown)
            ? counts.Select(part => Made(NameOf(part)!, Term(part, code, cancellation)) with { IsNameOnly = true })
            : [];
    }

    private static bool IsCount(IOperation part) => part is ILocalReferenceOperation or IParameterReferenceOperation or IFieldReferenceOperation or IPropertyReferenceOperation
        && part.Type?.SpecialType is SpecialType.System_Int32 or SpecialType.System_Int64;

    // The parameter of the function itself.
    private static bool IsIndex(IOperation part) => part is IParameterReferenceOperation { Parameter.ContainingSymbol: IMethodSymbol { MethodKind: MethodKind.AnonymousFunction or MethodKind.LocalFunction } };

    private static CountedLength Made(string name, params (IOperation Written, FactorProgram Number)[] terms) => new(name, terms.ToImmutableArray());

    private static (IOperation Written, FactorProgram Number) Term(IOperation written, TrainingCode code, CancellationToken cancellation) =>
        (written, FactorReader.ReadRate(written, code, cancellation).Value);

    /// <summary>What a variable is called; null for anything else.</summary>
    public static string? NameOf(IOperation value) => value switch
    {
        ILocalReferenceOperation local => local.Local.Name,
        IParameterReferenceOperation parameter => parameter.Parameter.Name,
        IMemberReferenceOperation { Member: IFieldSymbol or IPropertySymbol } member when !member.Member.DeclaringSyntaxReferences.IsEmpty => member.Member.Name,
        _ => null,
    };
}
