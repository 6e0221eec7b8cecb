using System;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;

namespace WarmupAnalyzers.Reading.Schedules;

/// <summary>What the rounds of a loop from 0 train with where each ends with <c>step()</c>, and where it ends with <c>step(i)</c>.</summary>
internal sealed class LateSchedule
{
    private const double Tolerance = 1e-9;

    private LateSchedule(ImmutableArray<double> right, ImmutableArray<double> late)
    {
        Right = right;
        Late = late;
    }

    /// <summary>The factor in each round, with <c>step()</c>.</summary>
    public ImmutableArray<double> Right { get; }

    /// <summary>The factor in each round, with <c>step(i)</c>.</summary>
    public ImmutableArray<double> Late { get; }

    /// <summary>The first trains twice and all others are late by one.</summary>
    public bool IsShifted => Enumerable.Range(0, Late.Length).All(round => AreEqual(Late[round], Right[Math.Max(0, round - 1)]));

    /// <summary>The first round that trains with another rate than it should; -1 where none does.</summary>
    public int FirstChange => Enumerable.Range(0, Late.Length).Where(round => !AreEqual(Late[round], Right[round])).DefaultIfEmpty(-1).First();

    /// <summary>Both as far as they are known, for so many rounds; null where an argument is open.</summary>
    public static LateSchedule? Of(SchedulerCreation creation, int rounds, TrainingCode code, CancellationToken cancellation)
    {
        if (ScheduleReader.Read(creation, code, cancellation) is not { } scheduler
            || ScheduleCurve.GroupFor(creation.Operation, scheduler, code, cancellation) is not { } rightGroup
            || ScheduleCurve.GroupFor(creation.Operation, scheduler, code, cancellation) is not { } lateGroup)
            return null;
        var (right, late) = (scheduler.Start([rightGroup]), scheduler.Start([lateGroup]));
        var (rightFactors, lateFactors) = (ImmutableArray.CreateBuilder<double>(), ImmutableArray.CreateBuilder<double>());
        for (var round = 0; round < rounds && right.IsKnown && late.IsKnown; round++)
        {
            rightFactors.Add(rightGroup.LearningRate / rightGroup.InitialLearningRate);
            lateFactors.Add(lateGroup.LearningRate / lateGroup.InitialLearningRate);
            right.Step();
            late.StepTo(round);
        }

        return new LateSchedule(rightFactors.ToImmutable(), lateFactors.ToImmutable());
    }

    private static bool AreEqual(double first, double second) => first.Equals(second) || Math.Abs(first - second) <= Tolerance * Math.Max(1, Math.Abs(first));
}
