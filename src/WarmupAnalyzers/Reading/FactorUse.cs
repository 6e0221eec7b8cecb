namespace WarmupAnalyzers.Reading;

/// <summary>What the values of a user's function are to the learning rate.</summary>
internal enum FactorUse
{
    /// <summary>What multiplies the base learning rate: <c>LambdaLR</c>.</summary>
    Factor,

    /// <summary>The learning rate itself, written by hand: <c>group.LearningRate = lr * step / warmup;</c></summary>
    Rate,
}
