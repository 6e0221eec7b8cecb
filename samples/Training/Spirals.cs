using System;
using TorchSharp;

namespace Training;

/// <summary>Three spiral arms around one centre, to be told apart: made here with a fixed seed, so every run sees the same points.</summary>
internal sealed class Spirals : IDisposable
{
    private const int Arms = 3;
    private const int PointsPerArm = 200;

    internal Spirals()
    {
        var random = new Random(1);
        var points = new float[Arms * PointsPerArm, 2];
        var arms = new long[Arms * PointsPerArm];
        for (var i = 0; i < arms.Length; i++)
        {
            arms[i] = i % Arms;
            var along = i / Arms / (double)PointsPerArm;
            var angle = 5 * along + arms[i] * 2 * Math.PI / Arms + 0.3 * (random.NextDouble() - 0.5);
            points[i, 0] = (float)(2 * along * Math.Cos(angle));
            points[i, 1] = (float)(2 * along * Math.Sin(angle));
        }

        Inputs = torch.tensor(points);
        Labels = torch.tensor(arms);
    }

    internal torch.Tensor Inputs { get; }

    internal torch.Tensor Labels { get; }

    public void Dispose()
    {
        Inputs.Dispose();
        Labels.Dispose();
    }
}
