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
    ("not a number", NotANumber.Train),
    ("out of range", OutOfRange.Train),
    ("resumed on a fresh optimizer", ResumedOnFreshOptimizer.Train),
    ("ignored rate", IgnoredRate.Train),
    ("backwards warmup", BackwardsWarmup.Train),
    ("step for ramp", StepForRamp.Train),
    ("late decay", LateDecay.Train),
    ("captured epoch", CapturedEpoch.Train),
    ("recorded factors", () => new RecordedFactors().Train()),
    ("one lambda too many", OneLambdaTooMany.Train),
    ("fading rate", FadingRate.Train),
    ("multiplied ramp", MultipliedRamp.Train),
    ("warmup by name", () => new WarmupByName().Train(epochs: 20)),
    ("endless warmup", EndlessWarmup.Train),
    ("inverse square root", InverseSquareRoot.Train),
    ("decay below zero", DecayBelowZero.Train),
    ("short table", ShortTable.Train),
    ("rebuilt optimizer", () => new RebuiltOptimizer().Train(epochs: 20)),
    ("never stepped", () => new Finetuning().Fit(epochs: 20)),
    ("stepped too early", SteppedTooEarly.Train),
    ("tug of war", TugOfWar.Train),
    ("short cosine", ShortCosine.Train),
    ("hasty handover", HastyHandover.Train),
    ("forgotten warmup", ForgottenWarmup.Train),
    ("long warmup", LongWarmup.Train),
    ("stepped by both", SteppedByBoth.Train),
    ("mixed-up optimizers", MixedUpOptimizers.Train),
    ("warmup, then plateau", WarmupThenPlateau.Train),
    ("uneven one-cycle", UnevenOneCycle.Train),
    ("rising momentum", RisingMomentum.Train),
    ("rebuilt chain", RebuiltChain.Train),
    ("warmed up again", WarmedUpAgain.Train),
    ("unmoved LBFGS", UnmovedLBFGS.Train),
    ("squared warmup", SquaredWarmup.Train),
    ("own group rate", OwnGroupRate.Train),
    ("created anew", () => new CreatedAnew().Train()),
    ("stepped twice", SteppedTwice.Train),
    ("forgotten optimizer", () => new ForgottenOptimizer().Fit(epochs: 20)),
    ("summed gradients", SummedGradients.Train),
    ("forgotten metric", ForgottenMetric.Train),
    ("ignored loss", IgnoredLoss.Train),
    ("two hands", TwoHands.Train),
    ("late head", LateHead.Train),
    ("late by one", LateByOne.Train),
    ("gathered gradients", GatheredGradients.Train),
    ("watched the wrong way", WatchedTheWrongWay.Train),
    ("warmup twice", WarmupTwice.Train),
    ("stepped in validation", SteppedInValidation.Train),
    ("watched loss", WatchedLoss.Train),
    ("cosine on every batch", CosineOnEveryBatch.Train),
    ("shared counter", SharedCounter.Train),
    ("unknown option", UnknownOption.Train),
};

foreach (var (name, train) in trainings)
{
    Console.WriteLine(name);
    train();
}
