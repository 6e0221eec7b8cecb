using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using WarmupAnalyzers.Reading;
using WarmupAnalyzers.Reading.Schedules;

namespace WarmupAnalyzers.Rules;

/// <summary>A file, and the defects of the TorchSharp that it is compiled against.</summary>
internal sealed record FileUnderJudgement(SemanticModel Model, TrainingCode Code, ImmutableArray<TorchSharpDefect> Defects, CancellationToken Cancellation)
{
    /// <summary>The schedulers that are made here; none in code that is half typed.</summary>
    public IEnumerable<SchedulerCreation> Creations => Code.Creations.In(Model, Cancellation).Where(creation => !creation.HoldsError);

    /// <summary>The name of the library in a message: a defect is one of this version.</summary>
    public string TorchSharp => "TorchSharp " + Code.Symbols.Assembly.Identity.Version.ToString(3);

    public bool Has(TorchSharpDefect defect) => Defects.IndexOf(defect) >= 0;
}
