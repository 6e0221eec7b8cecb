using System;
using System.Globalization;
using Training;

// Trains the same network three times from the same start: at the full learning rate from the first step, with a warmup written with
// TorchSharp's own LambdaLR, and with a warmup and cosine decay of WarmupSchedulers. Pass --steps N for a shorter or longer run.
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
if (!CommandLine.TryReadSteps(args, out var steps))
{
    Console.Error.WriteLine("usage: Training [--steps N]   N at least 3, default 300");
    return 1;
}

var runs = new[] { SpiralTraining.WithoutWarmup(steps), SpiralTraining.WithLambdaLR(steps), SpiralTraining.WithWarmupSchedulers(steps) };

Console.WriteLine("        no warmup             LambdaLR              WarmupThenCosineLR");
Console.WriteLine(" step   lr        loss        lr        loss        lr        loss");
for (var step = 0; step < steps; step++)
{
    Console.Write($"{step,5}");
    foreach (var run in runs)
        Console.Write($"   {run.LearningRates[step]:F6}  {run.Losses[step],-9:G4}");
    Console.WriteLine();
}

Console.WriteLine();
foreach (var run in runs)
    Console.WriteLine($"{run.Name,-20} ends at loss {run.Losses[^1]:F4}");

return 0;
