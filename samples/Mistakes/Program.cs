using System;
using Mistakes;

// Every training below compiles, runs and learns worse than it should. Build this project to see why:
//     dotnet build samples/Mistakes
// (To run it, add the libtorch package of your operating system, such as libtorch-cpu-linux-x64.)
var trainings = new (string Name, Action Train)[]
{
    ("zero start", ZeroStart.Train),
    ("frozen warmup", FrozenWarmup.Train),
    ("hand-written warmup", HandWrittenWarmup.Train),
    ("transformer", TransformerSchedule.Train),
    ("integer division", IntegerDivision.Train),
    ("learning rate twice", LearningRateTwice.Train),
    ("endless warmup", EndlessWarmup.Train),
    ("inverse square root", InverseSquareRoot.Train),
    ("decay below zero", DecayBelowZero.Train),
    ("short table", ShortTable.Train),
    ("never stepped", () => new Finetuning().Fit(epochs: 20)),
    ("stepped too early", SteppedTooEarly.Train),
    ("unknown option", UnknownOption.Train),
};

foreach (var (name, train) in trainings)
{
    Console.WriteLine(name);
    train();
}
