using System;
using System.Linq;
using System.Threading.Tasks;
using Xunit;
using Xunit.Abstractions;

namespace WarmupAnalyzers.Tests.Rules;

public class Probe(ITestOutputHelper output)
{
    [Theory]
    [InlineData("epoch => epoch / warmupEpochs")]
    [InlineData("epoch => (double)epoch / warmupEpochs")]
    [InlineData("epoch => Math.Min((epoch + 1) / (double)warmupEpochs, 1.0)")]
    [InlineData("epoch => Math.Min(1.0, (epoch + 1) / warmupEpochs)")]
    [InlineData("epoch => 0.05 * Math.Min((epoch + 1) / 4.0, 1)")]
    [InlineData("epoch => epoch < 4 ? 0 : 1")]
    [InlineData("epoch => 0.5 * (1 + Math.Cos(Math.PI * epoch / 100))")]
    [InlineData("epoch => Math.Pow(0.1, epoch / 30)")]
    [InlineData("epoch => 1.0 / (1 + epoch / 30)")]
    [InlineData("e => { var p = e / 5.0; if (p < 1) { return p; } return 1; }")]
    [InlineData("e => e < warmupEpochs ? e / warmupEpochs : 0.5 * (1 + Math.Cos(Math.PI * (e - warmupEpochs) / 95.0))")]
    [InlineData("e => e < 4 ? 0.0125 * (e + 1) : 0.05")]
    [InlineData("e => optimizer.ParamGroups.First().LearningRate * Math.Min((e + 1) / 5.0, 1)")]
    [InlineData("e => Math.Min(Math.Pow(e, -0.5), e * Math.Pow(4000, -1.5))")]
    [InlineData("e => e switch { < 5 => e / 5, _ => 1.0 }")]
    public async Task Show(string factor)
    {
        foreach (var d in await Findings.In(FactorSource.Script(factor)))
            output.WriteLine(d.Id + " [" + d.Location.SourceTree!.GetText().ToString(d.Location.SourceSpan) + "] " + d.GetMessage());
    }
}
