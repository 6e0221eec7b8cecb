namespace WarmupAnalyzers.Schedules;

/// <summary>The fourteen schedulers of TorchSharp.</summary>
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
}
