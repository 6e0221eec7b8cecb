using System.Collections.Generic;
using System.Threading;
using Microsoft.CodeAnalysis;
using WarmupAnalyzers.Reading.Rounds;

namespace WarmupAnalyzers.Reading.Schedules;

/// <summary>All schedules in one file that are written as functions of the index.</summary>
internal static class FactorSchedules
{
    public static IEnumerable<FactorSchedule> In(SemanticModel model, TrainingCode code, CancellationToken cancellation)
    {
        foreach (var creation in code.Creations.In(model, cancellation))
        {
            if (FactorSchedule.Read(creation, code, cancellation) is { } schedule)
                yield return schedule;
        }

        foreach (var schedule in HandWrittenRates.In(model, code, cancellation))
            yield return schedule;
    }
}
