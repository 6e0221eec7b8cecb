using System.Collections.Generic;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Mistakes;

/// <summary>Pictures of digits, made of noise, and a network to read them.</summary>
internal static class Digits
{
    public const int BatchesPerEpoch = 50;

    public static Sequential Network() => Sequential(
        ("flatten", Flatten()),
        ("hidden", Linear(28 * 28, 128)),
        ("relu", ReLU()),
        ("digits", Linear(128, 10)));

    public static IEnumerable<(Tensor Images, Tensor Labels)> Batches(int size = 64)
    {
        for (var batch = 0; batch < BatchesPerEpoch; batch++)
            yield return (rand(size, 1, 28, 28), randint(10, size, dtype: ScalarType.Int64));
    }

    public static Tensor Loss(Sequential model, Tensor images, Tensor labels) => functional.cross_entropy(model.forward(images), labels);
}
