namespace WarmupAnalyzers.Schedules.Simulated;

/// <summary>A parameter group of a simulated optimizer: what schedulers read and write.</summary>
internal sealed class ParameterGroup
{
    public ParameterGroup(double rate)
    {
        LearningRate = rate;
        InitialLearningRate = rate;
    }

    /// <summary>The rate in force.</summary>
    public double LearningRate { get; set; }

    /// <summary>The rate the optimizer was made with: the base of closed forms.</summary>
    public double InitialLearningRate { get; set; }
}
