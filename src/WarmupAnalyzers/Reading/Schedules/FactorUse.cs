namespace WarmupAnalyzers.Reading.Schedules;

/// <summary>What the values of a user's function are to the learning rate.</summary>
internal enum FactorUse
{
    /// <summary>What multiplies the base learning rate: <c>LambdaLR</c>.</summary>
    Factor,

    /// <summary>What multiplies the learning rate in force, from index 1 on; judged on the running product: <c>MultiplicativeLR</c>.</summary>
    Product,

    /// <summary>What scales the amplitude of a cycle, by the cycle's number from 1 or by the iteration: <c>CyclicLR.scale_fn</c>.</summary>
    CycleScale,

    /// <summary>The learning rate itself, written by hand: <c>group.LearningRate = lr * step / warmup;</c></summary>
    Rate,
}
