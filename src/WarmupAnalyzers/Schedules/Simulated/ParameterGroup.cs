namespace WarmupAnalyzers.Schedules.Simulated;

/// <summary>A parameter group of a simulated optimizer: what schedulers read and write.</summary>
internal sealed class ParameterGroup
{
    public ParameterGroup(double rate, MomentumKind momentumKind = MomentumKind.None, double momentum = 0)
    {
        LearningRate = rate;
        InitialLearningRate = rate;
        MomentumKind = momentumKind;
        Momentum = momentum;
    }

    /// <summary>The rate in force.</summary>
    public double LearningRate { get; set; }

    /// <summary>The rate the optimizer was made with: the base of closed forms.</summary>
    public double InitialLearningRate { get; set; }

    public MomentumKind MomentumKind { get; }

    /// <summary>The momentum in force, or the first of the betas; without meaning where the group has neither.</summary>
    public double Momentum { get; set; }
}

/// <summary>What an optimizer and its groups have for schedulers that cycle the momentum.</summary>
internal enum MomentumKind
{
    /// <summary>Neither, as Adagrad.</summary>
    None,

    /// <summary><c>IMomentum</c>, as SGD.</summary>
    Momentum,

    /// <summary><c>IBetas</c>, as Adam: the first of them is its momentum.</summary>
    Betas,
}
