using System.Linq;
using Microsoft.CodeAnalysis;

namespace WarmupAnalyzers.Reading.Schedules;

/// <summary>The function that scales the amplitude of a <c>CyclicLR</c>.</summary>
internal static class CycleScale
{
    /// <summary>The number that the function is called with first: 1 for the first cycle, 0 for the first iteration; null where there is no function, or which of them is open.</summary>
    public static int? FirstNumber(SchedulerCreation creation, KnownSymbols symbols)
    {
        if (creation.Argument("scale_fn") is null or { ConstantValue.HasValue: true } or { Kind: OperationKind.DefaultValue }
            || creation.Argument("scale_mode")?.ConstantValue is not { HasValue: true, Value: { } mode }
            || symbols.SchedulerImplementations?.GetTypeMembers("CyclicLR").SelectMany(type => type.GetTypeMembers("ScaleMode")).FirstOrDefault() is not { } modes)
            return null;
        return modes.GetMembers().OfType<IFieldSymbol>().FirstOrDefault(member => member.HasConstantValue && Equals(member.ConstantValue, mode))?.Name switch
        {
            "Cycle" => 1,
            "Iterations" => 0,
            _ => null,
        };
    }
}
