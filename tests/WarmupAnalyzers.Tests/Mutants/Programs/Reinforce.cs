using System;
using System.Collections.Generic;
using System.Linq;
using TorchSharp;
using static TorchSharp.torch;

namespace Corridor;

internal sealed class Walk
{
    private readonly Random random = new(5);
    private int place;

    public float[] Reset()
    {
        place = random.Next(-3, 4);
        return new[] { place / 5f, 1f };
    }

    public (float[] State, float Reward, bool Done) Move(int direction)
    {
        place += direction == 0 ? -1 : 1;
        return (new[] { place / 5f, 1f }, place == 5 ? 1f : -0.01f, Math.Abs(place) >= 5);
    }
}

internal static class Reinforce
{
    private const int Episodes = 600;
    private const double Discount = 0.97;

    private static void Main()
    {
        var world = new Walk();
        var policy = nn.Sequential(nn.Linear(2, 16), nn.Tanh(), nn.Linear(16, 2));
        var optimizer = optim.Adam(policy.parameters(), lr: 1e-2);
        var scheduler = optim.lr_scheduler.StepLR(optimizer, 200, 0.3);
        var recent = new Queue<float>();

        for (var episode = 0; episode < Episodes; episode++)
        {
            using var scope = NewDisposeScope();
            var logs = new List<Tensor>();
            var rewards = new List<float>();
            var state = world.Reset();
            var done = false;
            while (!done && rewards.Count < 100)
            {
                var choice = distributions.Categorical(logits: policy.forward(tensor(state)));
                var action = choice.sample();
                logs.Add(choice.log_prob(action));
                (state, var reward, done) = world.Move((int)action.item<long>());
                rewards.Add(reward);
            }

            var returns = new float[rewards.Count];
            var running = 0.0;
            for (var t = rewards.Count - 1; t >= 0; t--)
            {
                running = rewards[t] + Discount * running;
                returns[t] = (float)running;
            }

            optimizer.zero_grad();
            var loss = -(stack(logs).reshape(-1) * tensor(returns)).sum();
            loss.backward();
            optimizer.step();
            scheduler.step();

            recent.Enqueue(rewards.Sum());
            if (recent.Count > 50)
                recent.Dequeue();
            if (episode % 50 == 0)
                Console.WriteLine($"episode {episode}: mean reward {recent.Average():F2}");
        }
    }
}
