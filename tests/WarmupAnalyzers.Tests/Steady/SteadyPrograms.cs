using System;
using System.Collections.Immutable;
using System.Linq;

namespace WarmupAnalyzers.Tests.Steady;

/// <summary>Trainings with mistakes whose parts stand in several files.</summary>
internal static class SteadyPrograms
{
    private const string Usings = """
        using System;
        using System.Collections.Generic;
        using System.Linq;
        using TorchSharp;
        using static TorchSharp.torch;
        using static TorchSharp.torch.optim;
        using static TorchSharp.torch.optim.lr_scheduler;

        """;

    private const string Main = "static class Entry { static void Main() { } }";

    public static ImmutableArray<(string Name, ImmutableArray<(string Name, string Text)> Files, ImmutableArray<string> Ids)> All { get; } =
    [
        ("a trainer in four files, its scheduler made in one, stepped in another, its optimizer in a base class", Files(
            ("Create.cs", "sealed partial class Trainer { private void Create() { scheduler = CosineAnnealingLR(optimizer, T_max: 80); } }"),
            ("Base.cs", "abstract class TrainerBase { protected readonly nn.Module<Tensor, Tensor> model = nn.Linear(4, 1); protected Optimizer optimizer; protected TrainerBase() { optimizer = SGD(model.parameters(), 0.1); } protected abstract void Epoch(); }"),
            ("Fields.cs", "partial class Trainer : TrainerBase { private LRScheduler scheduler = null!; public Trainer() { Create(); } }"),
            ("Fit.cs", "partial class Trainer { public void Fit() { for (var epoch = 0; epoch < 100; epoch++) { Epoch(); scheduler.step(); scheduler.step(); } } }"),
            ("Epoch.cs", "partial class Trainer { protected override void Epoch() { for (var i = 0; i < 9; i++) { optimizer.zero_grad(); model.forward(rand(2, 4)).mean().backward(); optimizer.step(); } } }"),
            ("Main.cs", "static class Entry { static void Main() => new Trainer().Fit(); }")),
            ["WARM3009"]),
        ("a step before the optimizer's, in a method of another part", Files(
            ("Model.cs", "partial class Trainer { private readonly nn.Module<Tensor, Tensor> model = nn.Linear(4, 1); private readonly Optimizer optimizer; private readonly LRScheduler scheduler; }"),
            ("Make.cs", "partial class Trainer { public Trainer() { optimizer = Adam(model.parameters(), 0.1); scheduler = StepLR(optimizer, 3); } }"),
            ("Fit.cs", "partial class Trainer { public void Fit(int epochs) { for (var epoch = 0; epoch < epochs; epoch++) { Before(); Batch(); } } }"),
            ("Before.cs", "partial class Trainer { private void Before() => scheduler.step(); }"),
            ("Batch.cs", "partial class Trainer { private void Batch() { optimizer.zero_grad(); model.forward(rand(2, 4)).mean().backward(); optimizer.step(); } }"),
            ("Main.cs", Main)),
            ["WARM3002"]),
        ("a factor function in another file, used by two trainers", Files(
            ("Ramp.cs", "static class Ramps { public static double Up(int epoch) => Math.Min(1.0, epoch / (double)Settings.Warmup); public static double Whole(int epoch) => epoch / Settings.Warmup; }"),
            ("Settings.cs", "static class Settings { public const int Warmup = 5; public static readonly int Epochs = 40; }"),
            ("First.cs", "static class First { public static void Fit(nn.Module model) { var optimizer = SGD(model.parameters(), 0.1); var scheduler = LambdaLR(optimizer, Ramps.Up); for (var e = 0; e < Settings.Epochs; e++) { optimizer.step(); scheduler.step(); } } }"),
            ("Second.cs", "static class Second { public static void Fit(nn.Module model) { var optimizer = SGD(model.parameters(), 0.1); var scheduler = LambdaLR(optimizer, k => Ramps.Up(k)); for (var e = 0; e < Settings.Epochs; e++) { optimizer.step(); scheduler.step(); } } }"),
            ("Third.cs", "static class Third { public static void Fit(nn.Module model) { var optimizer = SGD(model.parameters(), 0.1); var scheduler = LambdaLR(optimizer, k => Ramps.Whole(k)); for (var e = 0; e < Settings.Epochs; e++) { optimizer.step(); scheduler.step(); } } }"),
            ("Main.cs", Main)),
            ["WARM1001", "WARM1002"]),
        ("an optimizer that is never stepped, whose gradients are made in a third file", Files(
            ("Gradients.cs", "static class Gradients { public static void Of(nn.Module<Tensor, Tensor> model, Optimizer optimizer) { optimizer.zero_grad(); model.forward(rand(2, 4)).mean().backward(); } public static void Again(nn.Module<Tensor, Tensor> model, Optimizer optimizer) { optimizer.zero_grad(); model.forward(rand(2, 4)).sum().backward(); } }"),
            ("Left.cs", "static class Left { public static void Fit(nn.Module<Tensor, Tensor> model, Optimizer optimizer, LRScheduler scheduler) { for (var e = 0; e < 9; e++) { Gradients.Of(model, optimizer); Gradients.Again(model, optimizer); scheduler.step(); } } }"),
            ("Right.cs", "static class Right { public static void Fit(nn.Module<Tensor, Tensor> model, Optimizer optimizer, LRScheduler scheduler) { for (var e = 0; e < 9; e++) { Gradients.Of(model, optimizer); scheduler.step(); } } }"),
            ("Main.cs", Main)),
            ["WARM3011"]),
        ("an optimizer that is never stepped, in two loops of two files", Files(
            ("Gradients.cs", "static class Gradients { public static void Of(nn.Module<Tensor, Tensor> model, Optimizer optimizer) { optimizer.zero_grad(); model.forward(rand(2, 4)).mean().backward(); } public static void Again(nn.Module<Tensor, Tensor> model, Optimizer optimizer) { optimizer.zero_grad(); model.forward(rand(2, 4)).sum().backward(); } }"),
            ("Left.cs", "static class Left { public static void Fit(nn.Module<Tensor, Tensor> model, Optimizer optimizer, LRScheduler scheduler) { for (var e = 0; e < 9; e++) { Gradients.Of(model, optimizer); scheduler.step(); } } }"),
            ("Right.cs", "static class Right { public static void Fit(nn.Module<Tensor, Tensor> model, Optimizer optimizer, LRScheduler scheduler) { for (var e = 0; e < 9; e++) { Gradients.Of(model, optimizer); Gradients.Again(model, optimizer); scheduler.step(); } } }"),
            ("Main.cs", Main)),
            ["WARM3011"]),
        ("gradients that nobody zeroes, made for two loops", Files(
            ("Gradients.cs", "static class Gradients { public static void Of(nn.Module<Tensor, Tensor> model) => model.forward(rand(2, 4)).mean().backward(); }"),
            ("Left.cs", "static class Left { public static void Fit(nn.Module<Tensor, Tensor> model, Optimizer optimizer) { for (var e = 0; e < 9; e++) { Gradients.Of(model); optimizer.step(); } } }"),
            ("Right.cs", "static class Right { public static void Fit(nn.Module<Tensor, Tensor> model, Optimizer adam) { for (var e = 0; e < 9; e++) { Gradients.Of(model); adam.step(); } } }"),
            ("Main.cs", Main)),
            ["WARM3012"]),
        ("gradients that nobody zeroes, stepped with by two optimizers in two parts", Files(
            ("Fields.cs", "sealed partial class Trainer { private readonly nn.Module<Tensor, Tensor> model = nn.Linear(4, 1); private readonly Optimizer fast; private readonly Optimizer slow; public Trainer() { fast = SGD(model.parameters(), 0.1); slow = SGD(model.parameters(), 0.01); } }"),
            ("Batch.cs", "sealed partial class Trainer { private void Batch() { model.forward(rand(2, 4)).mean().backward(); } }"),
            ("Left.cs", "sealed partial class Trainer { public void Left() { for (var e = 0; e < 9; e++) { Batch(); fast.step(); } } }"),
            ("Right.cs", "sealed partial class Trainer { public void Right() { for (var e = 0; e < 9; e++) { Batch(); slow.step(); } } }"),
            ("Main.cs", Main)),
            ["WARM3012"]),
        ("a trainer with two entrances", Files(
            ("Fields.cs", "sealed partial class Trainer { private readonly nn.Module<Tensor, Tensor> model = nn.Linear(4, 1); private readonly Optimizer optimizer; private readonly LRScheduler scheduler; public Trainer() { optimizer = SGD(model.parameters(), 0.1); scheduler = CosineAnnealingLR(optimizer, 70); } }"),
            ("Short.cs", "sealed partial class Trainer { public void Short() { for (var e = 0; e < 50; e++) { optimizer.step(); scheduler.step(); } } }"),
            ("Long.cs", "sealed partial class Trainer { public void Long() { for (var e = 0; e < 90; e++) { scheduler.step(); optimizer.step(); } } }"),
            ("Twice.cs", "sealed partial class Trainer { public void Twice() { for (var e = 0; e < 70; e++) { optimizer.step(); scheduler.step(); scheduler.step(); } } }"),
            ("Main.cs", Main)),
            []),
        ("schedulers of one factory in two trainers, one of them forgotten", Files(
            ("Factory.cs", "static class Factory { public static LRScheduler Cosine(Optimizer optimizer, int horizon) => CosineAnnealingLR(optimizer, horizon); }"),
            ("Kept.cs", "class Kept { private readonly Optimizer optimizer = SGD(nn.Linear(4, 1).parameters(), 0.1); private readonly LRScheduler scheduler; public Kept() { scheduler = ExponentialLR(optimizer, 0.5); } public void Fit() { for (var e = 0; e < 9; e++) optimizer.step(); } }"),
            ("Stepped.cs", "class Stepped { public void Fit(nn.Module model) { var optimizer = SGD(model.parameters(), 0.1); var scheduler = Factory.Cosine(optimizer, 30); for (var e = 0; e < 30; e++) { scheduler.step(); optimizer.step(); } } }"),
            ("Main.cs", Main)),
            ["WARM3001"]),
        ("a rate written by hand and a group added, each in a file of its own", Files(
            ("Trainer.cs", "partial class Trainer { private readonly nn.Module<Tensor, Tensor> model = nn.Linear(4, 1); private readonly Optimizer optimizer; private readonly LRScheduler scheduler; public Trainer() { optimizer = SGD(model.parameters(), 0.1); scheduler = LambdaLR(optimizer, e => Math.Pow(0.9, e)); } }"),
            ("Fit.cs", "partial class Trainer { public void Fit() { for (var e = 0; e < 20; e++) { Lower(e); optimizer.zero_grad(); model.forward(rand(2, 4)).mean().backward(); optimizer.step(); scheduler.step(); } } }"),
            ("Lower.cs", "partial class Trainer { private void Lower(int e) { foreach (var group in optimizer.ParamGroups) group.LearningRate = 0.1 * Math.Pow(0.5, e); } }"),
            ("Main.cs", Main)),
            []),
        ("epochs and batches, counted in three files", Files(
            ("Numbers.cs", "static class Numbers { public const int Epochs = 60; public const int Batches = 40; }"),
            ("Make.cs", "partial class Trainer { private readonly nn.Module<Tensor, Tensor> model = nn.Linear(4, 1); private readonly Optimizer optimizer; private readonly LRScheduler scheduler; public Trainer() { optimizer = SGD(model.parameters(), 0.1); scheduler = CosineAnnealingLR(optimizer, T_max: Numbers.Epochs); } }"),
            ("Fit.cs", "partial class Trainer { public void Fit() { for (var e = 0; e < Numbers.Epochs; e++) Epoch(); } }"),
            ("Epoch.cs", "partial class Trainer { private void Epoch() { for (var i = 0; i < Numbers.Batches; i++) { optimizer.zero_grad(); model.forward(rand(2, 4)).mean().backward(); optimizer.step(); scheduler.step(); } } }"),
            ("Main.cs", Main)),
            ["WARM3008"]),
        ("two schedulers on one optimizer, each stepped in a part of its own", Files(
            ("Make.cs", "partial class Trainer { private readonly Optimizer optimizer; private readonly LRScheduler warmup; private readonly LRScheduler decay; public Trainer(nn.Module model) { optimizer = SGD(model.parameters(), 0.1); warmup = LinearLR(optimizer, 0.1, 1, 5); decay = LambdaLR(optimizer, e => Math.Pow(0.9, e)); } }"),
            ("Fit.cs", "partial class Trainer { public void Fit() { for (var e = 0; e < 20; e++) { optimizer.step(); First(); Second(); } } }"),
            ("First.cs", "partial class Trainer { private void First() => warmup.step(); }"),
            ("Second.cs", "partial class Trainer { private void Second() => decay.step(); }"),
            ("Main.cs", Main)),
            []),
        ("two trainers of one base, whose overrides step", Files(
            ("Base.cs", "abstract class TrainerBase { protected readonly Optimizer optimizer; protected readonly LRScheduler scheduler; protected TrainerBase(nn.Module model) { optimizer = SGD(model.parameters(), 0.1); scheduler = StepLR(optimizer, 3); } public void Fit() { for (var e = 0; e < 20; e++) { Train(); scheduler.step(); } } protected abstract void Train(); }"),
            ("Plain.cs", "sealed class Plain : TrainerBase { public Plain(nn.Module model) : base(model) { } protected override void Train() => optimizer.step(); }"),
            ("Hasty.cs", "sealed class Hasty : TrainerBase { public Hasty(nn.Module model) : base(model) { } protected override void Train() { scheduler.step(); optimizer.step(); } }"),
            ("Main.cs", Main)),
            []),
        ("a sequence whose parts, milestone and steps stand apart", Files(
            ("Numbers.cs", "static class Numbers { public static readonly int Warmup = 6; public static readonly int Handover = 3; public const int Total = 30; }"),
            ("Parts.cs", "static class Parts { public static LRScheduler Ramp(Optimizer optimizer) => LinearLR(optimizer, 0.1, 1, Numbers.Warmup); }"),
            ("Whole.cs", "static class Whole { public static void Fit(nn.Module model) { var optimizer = SGD(model.parameters(), 0.1); var ramp = LinearLR(optimizer, 0.1, 1, Numbers.Warmup); var cosine = CosineAnnealingLR(optimizer, Numbers.Total); var all = SequentialLR(optimizer, new[] { ramp, cosine }, new[] { Numbers.Handover }); Run.All(optimizer, all); } }"),
            ("Run.cs", "static class Run { public static void All(Optimizer optimizer, LRScheduler all) { for (var e = 0; e < Numbers.Total; e++) { optimizer.step(); all.step(); } } }"),
            ("Main.cs", Main)),
            ["WARM4002"]),
    ];

    private static ImmutableArray<(string Name, string Text)> Files(params (string Name, string Text)[] files) => [.. files.Select(file => (file.Name, Usings + file.Text))];
}
