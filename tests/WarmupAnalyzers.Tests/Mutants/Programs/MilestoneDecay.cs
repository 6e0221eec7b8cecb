using System;
using System.Collections.Generic;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.utils.data;

var training = new Shapes(1024, seed: 1);
var testing = new Shapes(256, seed: 2);
using var trainLoader = new DataLoader(training, 64, shuffle: true, drop_last: true);
using var testLoader = new DataLoader(testing, 64);

var net = nn.Sequential(
    nn.Conv2d(1, 8, 3L, padding: 1L),
    nn.ReLU(),
    nn.MaxPool2d(2),
    nn.Flatten(),
    nn.Linear(8 * 8 * 8, 2));

const int epochCount = 60;
var optimizer = optim.SGD(net.parameters(), learningRate: 0.1, momentum: 0.9, weight_decay: 1e-4);
var scheduler = optim.lr_scheduler.MultiStepLR(optimizer, new[] { 30, 45, 55 }, gamma: 0.1);

for (var epoch = 0; epoch < epochCount; epoch++)
{
    net.train();
    foreach (var batch in trainLoader)
    {
        optimizer.zero_grad();
        var loss = nn.functional.cross_entropy(net.forward(batch["image"]), batch["shape"]);
        loss.backward();
        optimizer.step();
    }

    net.eval();
    long correct = 0;
    using (no_grad())
    {
        foreach (var batch in testLoader)
        {
            correct += net.forward(batch["image"]).argmax(1).eq(batch["shape"]).sum().item<long>();
        }
    }

    scheduler.step();
    Console.WriteLine($"Epoch {epoch + 1}: {correct}/{testing.Count}");
}

internal sealed class Shapes : Dataset
{
    private readonly List<(Tensor Image, long Shape)> _items = new();

    public Shapes(int count, int seed)
    {
        var random = new Random(seed);
        for (var i = 0; i < count; i++)
        {
            var shape = random.Next(2);
            var image = zeros(1, 16, 16);
            image[0, random.Next(12)] = shape;
            image[0, TensorIndex.Colon, random.Next(12)] = 1 - shape;
            _items.Add((image, shape));
        }
    }

    public override long Count => _items.Count;

    public override Dictionary<string, Tensor> GetTensor(long index)
    {
        var (image, shape) = _items[(int)index];
        return new() { { "image", image }, { "shape", tensor(shape) } };
    }
}
