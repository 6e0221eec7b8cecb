using System;
using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

const int Epochs = 100;
const int DecayStart = 50;
const int Batches = 15;
const int Latent = 16;

using var generator = Sequential(Linear(Latent, 64), ReLU(), Linear(64, 2));
using var discriminator = Sequential(Linear(2, 64), LeakyReLU(0.2), Linear(64, 1));
var adversarial = BCEWithLogitsLoss();

var optimizerG = optim.Adam(generator.parameters(), lr: 2e-4, beta1: 0.5, beta2: 0.999);
var optimizerD = optim.Adam(discriminator.parameters(), lr: 2e-4, beta1: 0.5, beta2: 0.999);
var schedulerG = optim.lr_scheduler.LambdaLR(optimizerG, epoch => 1.0 - Math.Max(0, epoch - DecayStart) / (double)(Epochs + 1 - DecayStart));
var schedulerD = optim.lr_scheduler.LambdaLR(optimizerD, epoch => 1.0 - Math.Max(0, epoch - DecayStart) / (double)(Epochs + 1 - DecayStart));

for (var epoch = 0; epoch < Epochs; epoch++)
{
    var (lossG, lossD) = (0f, 0f);
    for (var i = 0; i < Batches; i++)
    {
        using var scope = NewDisposeScope();
        var angle = rand(64, 1) * 2 * Math.PI;
        var real = cat(new[] { cos(angle), sin(angle) }, 1);
        var yes = ones(64, 1);
        var no = zeros(64, 1);

        optimizerD.zero_grad();
        var fake = generator.forward(randn(64, Latent));
        var realLoss = adversarial.forward(discriminator.forward(real), yes);
        var fakeLoss = adversarial.forward(discriminator.forward(fake.detach()), no);
        var both = realLoss + fakeLoss;
        both.backward();
        optimizerD.step();
        lossD += both.item<float>();

        optimizerG.zero_grad();
        var fooled = adversarial.forward(discriminator.forward(fake), yes);
        fooled.backward();
        optimizerG.step();
        lossG += fooled.item<float>();
    }

    schedulerG.step();
    schedulerD.step();
    Console.WriteLine($"{epoch}: generator {lossG / Batches:F3}, discriminator {lossD / Batches:F3}");
}
