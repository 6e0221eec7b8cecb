using System;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Training;

/// <summary>
/// A narrow, deep network with generous initial weights: sharp where it starts, so that a large first step throws it off and its units
/// die. After a few small steps it bears the same learning rate well.
/// </summary>
internal static class DeepNetwork
{
    private const int HiddenLayers = 6;
    private const int Width = 32;
    private const double WeightScale = 2.4;

    internal static Sequential Create(int seed)
    {
        manual_seed(seed);
        var network = Sequential(Layer(2, Width), ReLU());
        for (var i = 1; i < HiddenLayers; i++)
            network = network.append(Layer(Width, Width)).append(ReLU());

        return network.append(Layer(Width, 3));
    }

    private static Linear Layer(int inputs, int outputs)
    {
        var layer = Linear(inputs, outputs);
        init.normal_(layer.weight, 0, WeightScale / Math.Sqrt(inputs));
        init.zeros_(layer.bias!);
        return layer;
    }
}
