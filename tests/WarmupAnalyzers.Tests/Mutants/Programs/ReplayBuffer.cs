using System;
using System.Collections.Generic;
using System.Linq;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Pendulum;

public sealed record Transition(float[] State, long Action, float Reward, float[] Next, bool Done);

public sealed class ReplayBuffer
{
    private const int Capacity = 2000;
    private const int BatchSize = 64;
    private const int Frames = 20000;

    private readonly Random random = new(1);
    private readonly List<Transition> memory = new();
    private readonly Sequential online = Network();
    private readonly Sequential target = Network();
    private readonly optim.Optimizer optimizer;
    private readonly optim.lr_scheduler.LRScheduler scheduler;

    public ReplayBuffer()
    {
        target.load_state_dict(online.state_dict());
        optimizer = optim.AdamW(online.parameters(), lr: 1e-3);
        scheduler = optim.lr_scheduler.StepLR(optimizer, step_size: 5000, gamma: 0.5);
    }

    public static void Main() => new ReplayBuffer().Play();

    public void Play()
    {
        var state = new float[] { 0, 0, 1 };
        for (var frame = 0; frame < Frames; frame++)
        {
            var action = random.NextDouble() < 0.1 ? random.Next(2) : Best(state);
            var next = state.Select(x => x * 0.99f + (action - 0.5f) * 0.1f).ToArray();
            memory.Add(new Transition(state, action, -Math.Abs(next[0]), next, Math.Abs(next[0]) > 2));
            if (memory.Count > Capacity)
                memory.RemoveAt(0);
            state = memory[^1].Done ? new float[] { 0, 0, 1 } : next;

            if (memory.Count >= BatchSize)
            {
                Replay();
                scheduler.step();
            }

            if (frame % 500 == 0)
                target.load_state_dict(online.state_dict());
        }
    }

    private void Replay()
    {
        using var scope = NewDisposeScope();
        var batch = Enumerable.Range(0, BatchSize).Select(_ => memory[random.Next(memory.Count)]).ToArray();
        var states = tensor(batch.SelectMany(t => t.State).ToArray()).reshape(BatchSize, 3);
        var following = tensor(batch.SelectMany(t => t.Next).ToArray()).reshape(BatchSize, 3);
        var actions = tensor(batch.Select(t => t.Action).ToArray()).unsqueeze(1);
        var rewards = tensor(batch.Select(t => t.Reward).ToArray());
        var going = tensor(batch.Select(t => t.Done ? 0f : 1f).ToArray());

        var expected = rewards + 0.98 * going * target.forward(following).amax(new long[] { 1 }).detach();
        var values = online.forward(states).gather(1, actions).squeeze(1);
        optimizer.zero_grad();
        var loss = nn.functional.smooth_l1_loss(values, expected);
        loss.backward();
        optimizer.step();
    }

    private long Best(float[] state)
    {
        using var quiet = no_grad();
        return online.forward(tensor(state)).argmax().item<long>();
    }

    private static Sequential Network() => nn.Sequential(nn.Linear(3, 32), nn.ReLU(), nn.Linear(32, 2));
}
