using WarmupAnalyzers.Schedules;
using Xunit;

namespace WarmupAnalyzers.Tests.Schedules;

public sealed class WarmupNameTests
{
    [Theory]
    [InlineData("warmup")]
    [InlineData("Warmup")]
    [InlineData("warmUp")]
    [InlineData("WarmUp")]
    [InlineData("warm_up")]
    [InlineData("WARMUP_STEPS")]
    [InlineData("WARM_UP")]
    [InlineData("warmupEpochs")]
    [InlineData("numWarmupSteps")]
    [InlineData("num_warmup_steps")]
    [InlineData("warmupsteps")]
    [InlineData("linearwarmup")]
    [InlineData("_warmupScheduler")]
    [InlineData("LRWarmup")]
    [InlineData("LRWarmUpLength")]
    [InlineData("warmup2")]
    [InlineData("config.Warmup.Epochs")]
    [InlineData("rampUp")]
    [InlineData("ramp_up_iterations")]
    [InlineData("RampUpSteps")]
    [InlineData("rampup")]
    [InlineData("warmingUp")]
    public void IsAWarmup(string identifier) => Assert.True(WarmupName.IsWarmup(identifier));

    [Theory]
    [InlineData("")]
    [InlineData("_")]
    [InlineData("epoch")]
    [InlineData("decay")]
    [InlineData("warm")]
    [InlineData("warmRestarts")]
    [InlineData("CosineAnnealingWarmRestarts")]
    [InlineData("ramp")]
    [InlineData("rampDown")]
    [InlineData("afterWarmup")]
    [InlineData("after_warm_up")]
    [InlineData("AfterRampUp")]
    [InlineData("postWarmup")]
    [InlineData("postwarmup")]
    [InlineData("post_warmup_steps")]
    [InlineData("warmedUp")]
    [InlineData("warmedup")]
    [InlineData("isWarmedUp")]
    [InlineData("warmupDone")]
    [InlineData("stepsSinceWarmup")]
    [InlineData("noWarmup")]
    [InlineData("withoutWarmup")]
    [InlineData("decayAfterWarmup")]
    public void IsNone(string identifier) => Assert.False(WarmupName.IsWarmup(identifier));

    [Theory]
    [InlineData("numWarmupSteps", "num warmup steps")]
    [InlineData("LRWarmUp2Epochs", "lr warm up epochs")]
    [InlineData("WARM_UP__STEPS", "warm up steps")]
    [InlineData("a.bC", "a b c")]
    [InlineData("", "")]
    public void HasItsWords(string identifier, string words) => Assert.Equal(words, string.Join(' ', WarmupName.Words(identifier)));
}
