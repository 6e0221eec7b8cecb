using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis.Operations;

namespace WarmupAnalyzers.Reading.Optimizers;

/// <summary>Calls after which an optimizer has other groups, or other rates, than it was made with.</summary>
internal static class OtherGroups
{
    private static readonly ImmutableArray<string> s_calls = ImmutableArray.Create("add_param_group", "load_state_dict");

    /// <summary>Whether any optimizer of the compilation comes to them.</summary>
    public static bool MayCome(TrainingCode code, CancellationToken cancellation) => s_calls
        .SelectMany(name => code.Calls.Of(name, cancellation))
        .Any(call => code.OperationOf(call, cancellation) is IInvocationOperation { TargetMethod.ContainingType: var type } && code.Symbols.IsOptimizer(type));
}
