namespace WarmupAnalyzers.Schedules;

/// <summary>The fourteen schedulers of TorchSharp, and the two of our own library.</summary>
internal enum SchedulerKind
{
    LambdaLR,
    MultiplicativeLR,
    StepLR,
    MultiStepLR,
    ExponentialLR,
    PolynomialLR,
    ConstantLR,
    LinearLR,
    CosineAnnealingLR,
    OneCycleLR,
    CyclicLR,
    ReduceLROnPlateau,
    SequentialLR,
    ChainedLR,

    /// <summary>Our own, which follows a schedule whatever the factory that made it.</summary>
    ScheduleLR,

    /// <summary>Our own, which is stepped with a metric.</summary>
    WarmupThenPlateauLR,
}
