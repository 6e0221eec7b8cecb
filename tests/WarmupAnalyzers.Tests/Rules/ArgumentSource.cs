using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using WarmupAnalyzers.Schedules;
using Xunit;

namespace WarmupAnalyzers.Tests.Rules;

/// <summary>Training programs round one scheduler.</summary>
internal static class ArgumentSource
{
    /// <summary>The prefix of TorchSharp's factories.</summary>
    public const string Factory = "torch.optim.lr_scheduler.";

    /// <summary>A script with this scheduler, these statements between the optimizer and it, and these before both.</summary>
    public static string Script(string scheduler, string between = "", string before = "", string members = "", string optimizer = "torch.optim.SGD(model.parameters(), 0.1)") =>
        FactorSource.Script("", before, members, "0.1", scheduler)
            .Replace("public static void Main()", "public static void Main(string[] args)", StringComparison.Ordinal)
            .Replace("var optimizer = torch.optim.SGD(model.parameters(), 0.1);", $"var optimizer = {optimizer};\n        {between}", StringComparison.Ordinal);

    /// <summary>The only report of the program, its markup taken out.</summary>
    public static async Task<Diagnostic> Finding(string source) => Assert.Single(await Findings.In(source));

    /// <summary>The learning rates that TorchSharp trains with, as a message shows them; or the exception that it throws.</summary>
    public static string Run(string source)
    {
        try
        {
            return CurveText.Numbers([.. TrainingRun.LearningRates(source).Take(8)]);
        }
        catch (TargetInvocationException thrown)
        {
            return thrown.InnerException!.GetType().Name;
        }
    }

    /// <summary>The report's numbers are those of a run.</summary>
    public static async Task MessageIsOfRun(string source, string id)
    {
        var found = await Finding(source);
        Assert.Equal(id, found.Id);
        Assert.Contains(Run(source), found.GetMessage(), StringComparison.Ordinal);
    }
}
