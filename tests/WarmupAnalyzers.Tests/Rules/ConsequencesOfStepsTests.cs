using System.Linq;
using System.Threading.Tasks;
using Xunit;

namespace WarmupAnalyzers.Tests.Rules;

/// <summary>A step too many is reported, and what it does to the schedule is not reported once more.</summary>
public class ConsequencesOfStepsTests
{
    // Right for the 100 epochs that the loop makes, negative behind them.
    private const string Decay = "LambdaLR(optimizer, e => 1.0 - Math.Max(0, e - 50) / 51.0)";

    // Falls below 1e-8 of its base after 175 steps.
    private const string Exponential = "ExponentialLR(optimizer, 0.9)";

    private static async Task<string> Ids(string scheduler, string batch, string epoch, string behind = "", string counter = "batch")
    {
        var found = await Findings.In(SteppingProgram.Usings + SteppingProgram.Setup + $$"""
            var scheduler = {{scheduler}};
            for (var epoch = 0; epoch < 100; epoch++)
            {
                for (var batch = 0; {{counter}} < 20; {{counter}}++)
                {
                    Backward(data[0].x, data[0].y);
                    optimizer.step();
                    {{batch}}
                }

                {{epoch}}
            }

            {{behind}}
            """);
        return string.Join(" ", found.Select(diagnostic => diagnostic.Id).Distinct());
    }

    [Theory]
    [InlineData("", "scheduler.step();", "", "")]
    [InlineData("", "scheduler.step();\n    scheduler.step();", "", "WARM3009")]
    [InlineData("scheduler.step();", "scheduler.step();", "", "WARM3009")]
    [InlineData("", "scheduler.step();", "scheduler.step();\nscheduler.step();", "WARM3010")]
    [InlineData("", "scheduler.step();", "using (no_grad())\n{\n    for (var i = 0; i < 9; i++)\n        scheduler.step();\n}", "WARM3010")]
    [InlineData("scheduler.step();", "", "", "WARM1006")]
    public async Task A_factor_that_ends_with_the_training(string batch, string epoch, string behind, string reported) =>
        Assert.Equal(reported, await Ids(Decay, batch, epoch, behind));

    [Theory]
    [InlineData("", "scheduler.step();", "")]
    [InlineData("", "scheduler.step();\n    scheduler.step();", "WARM3009")]
    [InlineData("scheduler.step();", "scheduler.step();", "WARM3009")]
    [InlineData("scheduler.step();", "", "WARM2006")]
    public async Task A_decay_that_ends_in_time(string batch, string epoch, string reported) =>
        Assert.Equal(reported, await Ids(Exponential, batch, epoch));

    [Fact]
    public async Task A_batch_loop_that_counts_with_the_epoch() =>
        Assert.Equal("WARM3014", await Ids(Decay, "", "scheduler.step();", counter: "epoch"));
}
