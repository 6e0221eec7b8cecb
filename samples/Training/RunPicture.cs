using System;
using System.Collections.Generic;
using System.Linq;
using WarmupSchedulers;

namespace Training;

/// <summary>Several runs in one picture: their learning rates, and below them what the loss made of it.</summary>
public static class RunPicture
{
    public static string Of(IReadOnlyList<Run> runs) => Preview.Stacked(
        "One network, three learning rates",
        Curves("learning rate", runs, run => run.LearningRates),
        // From hundreds down to thousandths: on a linear scale only the first few steps would be seen.
        Curves("loss", runs, run => run.Losses).OnLogarithmicScale());

    private static Preview Curves(string quantity, IReadOnlyList<Run> runs, Func<Run, IReadOnlyList<double>> values) =>
        Preview.OfRecorded(quantity, [.. runs.Select(run => new KeyValuePair<string, IReadOnlyList<double>>(run.Name, values(run)))]);
}
