using System;
using System.Globalization;
using System.IO;
using Training;

// Trains the same network three times from the same start: at the full learning rate from the first step, with a warmup written with
// TorchSharp's own LambdaLR, and with a warmup and cosine decay of WarmupSchedulers. Prints every step, and draws learning rate and loss in a picture.
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
if (CommandLine.Read(args) is not { } asked)
{
    Console.Error.WriteLine(CommandLine.Usage);
    return 1;
}

var steps = asked.Steps;
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

File.WriteAllText(asked.Picture, RunPicture.Of(runs));
Console.WriteLine($"learning rate and loss: {asked.Picture}");
return 0;
