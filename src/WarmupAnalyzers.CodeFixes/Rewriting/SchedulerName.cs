using System;
using Microsoft.CodeAnalysis;

namespace WarmupAnalyzers.CodeFixes.Rewriting;

/// <summary>A name for a scheduler that goes with the name of its optimizer: <c>_optimizer</c> and <c>_scheduler</c>.</summary>
internal static class SchedulerName
{
    private const string Optimizer = "optimizer";

    public static string For(VariableBeside optimizer, string wanted, SemanticModel model, int position) =>
        FreeNames.For(Like(optimizer.Variable.Name, wanted), [optimizer.Scope], model, position);

    private static string Like(string name, string wanted)
    {
        var at = name.IndexOf(Optimizer, StringComparison.OrdinalIgnoreCase);
        if (at < 0)
            return name.Substring(0, name.Length - name.TrimStart('_').Length) + wanted;
        var isCapital = char.IsUpper(name[at]);
        return name.Substring(0, at) + (isCapital ? char.ToUpperInvariant(wanted[0]) : wanted[0]) + wanted.Substring(1) + name.Substring(at + Optimizer.Length);
    }
}
