using System.Collections.Generic;
using System.Linq;
using TorchSharp;

namespace Training;

/// <summary>What a training run did: the learning rate and the loss of every step.</summary>
public sealed class Run(string name)
{
    private readonly List<double> _learningRates = [];
    private readonly List<double> _losses = [];

    public string Name { get; } = name;

    public IReadOnlyList<double> LearningRates => _learningRates;

    public IReadOnlyList<double> Losses => _losses;

    internal void Record(torch.optim.Optimizer optimizer, torch.Tensor loss)
    {
        _learningRates.Add(optimizer.ParamGroups.First().LearningRate);
        _losses.Add(loss.item<float>());
    }
}
