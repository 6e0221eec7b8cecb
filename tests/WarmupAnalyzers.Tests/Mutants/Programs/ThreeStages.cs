using System;
using System.Collections.Generic;
using TorchSharp;
using static TorchSharp.torch;
using Schedulers = TorchSharp.torch.optim.lr_scheduler;

const int rampEpochs = 5;
const int holdEpochs = 15;
const int decayEpochs = 40;
const int epochs = rampEpochs + holdEpochs + decayEpochs;

var generator = new Random(11);
var vocabulary = 50L;
var embedding = nn.Sequential(nn.Embedding(vocabulary, 24), nn.Flatten(), nn.Linear(4 * 24, vocabulary));
var corpus = new List<(Tensor Context, Tensor Target)>();
for (var i = 0; i < 20; i++)
{
    corpus.Add((randint(vocabulary, new long[] { 16, 4 }), randint(vocabulary, new long[] { 16 })));
}

var optimizer = optim.AdamW(embedding.parameters(), lr: 1e-3);
var ramp = Schedulers.LinearLR(optimizer, 0.1, 1.0, rampEpochs);
var hold = Schedulers.ConstantLR(optimizer, 1.0, holdEpochs);
var decay = Schedulers.CosineAnnealingLR(optimizer, decayEpochs);
var schedule = Schedulers.SequentialLR(
    optimizer,
    new List<Schedulers.LRScheduler> { ramp, hold, decay },
    new List<int> { rampEpochs, rampEpochs + holdEpochs });

for (var epoch = 0; epoch < epochs; epoch++)
{
    embedding.train();
    var perplexity = 0.0;
    foreach (var (context, target) in corpus)
    {
        using var scope = NewDisposeScope();
        optimizer.zero_grad();
        var loss = nn.functional.cross_entropy(embedding.forward(context), target);
        loss.backward();
        nn.utils.clip_grad_norm_(embedding.parameters(), 1.0);
        optimizer.step();
        perplexity += Math.Exp(loss.item<float>()) / corpus.Count;
    }

    schedule.step();
    Console.WriteLine($"epoch {epoch}: perplexity {perplexity:F2}");
}

embedding.eval();
using (no_grad())
{
    var (context, _) = corpus[generator.Next(corpus.Count)];
    Console.WriteLine(embedding.forward(context).argmax(1).ToString(TorchSharp.TensorStringStyle.Julia));
}
