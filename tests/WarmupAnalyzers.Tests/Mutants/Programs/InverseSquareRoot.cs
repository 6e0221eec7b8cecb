using System;
using System.Linq;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Language;

internal sealed class NextLetter : nn.Module<Tensor, Tensor>
{
    private readonly Embedding embedding;
    private readonly GRU recurrent;
    private readonly Linear output;

    public NextLetter(long letters)
        : base(nameof(NextLetter))
    {
        embedding = nn.Embedding(letters, 16);
        recurrent = nn.GRU(16, 48, batchFirst: true);
        output = nn.Linear(48, letters);
        RegisterComponents();
    }

    public override Tensor forward(Tensor text)
    {
        var (hidden, _) = recurrent.forward(embedding.forward(text));
        return output.forward(hidden);
    }
}

internal static class InverseSquareRoot
{
    private const string Text = "the quick brown fox jumps over the lazy dog and runs away before it wakes up again ";
    private const int WarmupSteps = 100;
    private const int MaxSteps = 2000;
    private const int Length = 20;

    private static void Main()
    {
        var letters = Text.Distinct().OrderBy(letter => letter).ToArray();
        var codes = tensor(Text.Select(letter => (long)Array.IndexOf(letters, letter)).ToArray());
        var random = new Random(9);
        using var model = new NextLetter(letters.Length);
        var optimizer = optim.Adam(model.parameters(), lr: 2e-3);
        var scheduler = optim.lr_scheduler.LambdaLR(optimizer, step => Math.Min((step + 1) / (double)WarmupSteps, Math.Sqrt(WarmupSteps / (step + 1.0))));

        model.train();
        for (var step = 0; step < MaxSteps; step++)
        {
            using var scope = NewDisposeScope();
            var from = random.Next(Text.Length - Length - 1);
            var input = codes.narrow(0, from, Length).unsqueeze(0);
            var target = codes.narrow(0, from + 1, Length);

            optimizer.zero_grad();
            var loss = nn.functional.cross_entropy(model.forward(input).squeeze(0), target);
            loss.backward();
            nn.utils.clip_grad_norm_(model.parameters(), 0.5);
            optimizer.step();
            scheduler.step();

            if (step % 200 == 0)
                Console.WriteLine($"step {step}: perplexity {Math.Exp(loss.item<float>()):F2}");
        }
    }
}
