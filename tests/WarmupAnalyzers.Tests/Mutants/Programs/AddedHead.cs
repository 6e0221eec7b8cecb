using System;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Birds;

internal static class AddedHead
{
    private const int Rounds = 30;

    private static void Main()
    {
        using var body = nn.Sequential(nn.Linear(40, 32), nn.ReLU());
        using var head = nn.Linear(32, 6);
        var sounds = rand(240, 40);
        var species = randint(6, 240);

        // The body is slow, the head is new.
        var optimizer = optim.SGD(body.parameters(), 0.005, momentum: 0.9);
        optimizer.add_param_group(new SGD.ParamGroup(head.parameters(), lr: 0.05));
        var scheduler = optim.lr_scheduler.LinearLR(optimizer, start_factor: 0.2, total_iters: 6);

        for (var round = 0; round < Rounds; round++)
        {
            var sum = 0.0;
            for (var start = 0; start < 240; start += 24)
            {
                using var scope = NewDisposeScope();
                optimizer.zero_grad();
                var guess = head.forward(body.forward(sounds.narrow(0, start, 24)));
                var loss = nn.functional.cross_entropy(guess, species.narrow(0, start, 24));
                loss.backward();
                optimizer.step();
                sum += loss.item<float>();
            }

            scheduler.step();
            Console.WriteLine($"{round}: {sum / 10:F3}");
        }
    }
}
