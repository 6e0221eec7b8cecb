using System;
using System.Collections.Immutable;
using System.Linq;

namespace WarmupAnalyzers.Tests.Robustness;

/// <summary>Programs that are made of n of the same.</summary>
internal static class GrowthShapes
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

    private const string Optimizer = "var model = nn.Linear(4, 1); var optimizer = SGD(model.parameters(), 0.1);";
    private const string Ramp = Optimizer + " var scheduler = LambdaLR(optimizer, e => Math.Min(1.0, (e + 1) / 5.0));\n";
    private const string Batch = "optimizer.zero_grad(); model.forward(rand(2, 4)).mean().backward(); optimizer.step();";
    private const string Epochs = "for (var epoch = 0; epoch < 100; epoch++) { " + Batch + " scheduler.step(); }\n";
    private const string Three = "(nn.Module<Tensor, Tensor> model, Optimizer optimizer, LRScheduler scheduler)";

    private const string Trainer = """
        private readonly nn.Module<Tensor, Tensor> model = nn.Linear(4, 1);
        private readonly Optimizer optimizer;
        private readonly LRScheduler scheduler;

        """;

    private const string Make = "optimizer = SGD(model.parameters(), 0.1); scheduler = StepLR(optimizer, 3);";

    /// <summary>What there are n of, the program, and the n of the smaller of two.</summary>
    public static ImmutableArray<(string Name, int Count, Func<int, string[]> Program)> All { get; } =
    [
        ("statements before the loop", 400, n => Run(Ramp + Many(n, i => $"Console.WriteLine({i});") + Epochs)),
        ("statements in the loop", 400, n => Run(Ramp + Loop("double total = 0;" + Many(n, i => $"total += Math.Sqrt({i}); Console.WriteLine(total);") + Batch + "scheduler.step();"))),
        ("locals that lead to each other", 400, n => Run(Ramp + "var x0 = 1.0;" + Many(n, i => $"var x{i + 1} = x{i} + {i};") + Epochs)),
        ("locals that lead to the rate", 400, n => Run("var r0 = 0.1;" + Many(n, i => $"var r{i + 1} = r{i};") + Ramp.Replace("0.1)", $"r{n})") + Epochs)),
        ("uses of the optimizer", 100, n => Run(Ramp + Loop(Many(n, _ => "Console.WriteLine(optimizer);") + Batch + "scheduler.step();"))),
        ("writes of a variable", 200, n => Run(Ramp + Many(n, i => $"count = {i};") + Epochs.Replace("100", "count"))),
        ("conditions in a row", 200, n => Run(Ramp + Loop(Many(n, i => $"if (count == {i}) continue;") + Batch + "scheduler.step();"))),
        ("conditions in each other", 16, n => Run(Ramp + Loop(string.Concat(Enumerable.Range(0, n).Select(i => $"if (count > {i}) {{ ")) + Batch + "scheduler.step();" + string.Concat(Enumerable.Repeat("} else { optimizer.step(); scheduler.step(); }", n))))),
        ("loops in a row", 100, n => Run(Ramp + Many(n, i => $"for (var i = 0; i < 10; i++) {{ Console.WriteLine(i + {i}); }}") + Epochs)),
        ("loops that train", 25, n => Run(Ramp + Many(n, _ => Epochs))),
        ("loops that make gradients", 25, n => Run(Optimizer + Many(n, _ => Loop("model.forward(rand(2, 4)).mean().backward(); optimizer.step();")))),
        ("steps of the scheduler", 25, n => Run(Ramp + Loop(Batch + Many(n, i => $"if (count == {i}) scheduler.step();")))),
        ("steps of the optimizer", 25, n => Run(Ramp + Loop(Many(n, _ => Batch) + "scheduler.step();"))),
        ("trainings in a method", 25, n => Run(Many(n, i => (Ramp + Epochs).Replace("model", "model" + i).Replace("optimizer", "optimizer" + i).Replace("scheduler", "scheduler" + i)))),
        ("trainings in blocks", 25, n => Run(Many(n, _ => "{" + Ramp + Epochs + "}"))),
        ("mistakes in blocks", 25, n => Run(Many(n, _ => "{" + Ramp.Replace("Math.Min(1.0, (e + 1) / 5.0)", "e / 5.0") + Epochs + "}"))),
        ("methods beside a training", 200, n => Run(Ramp + Epochs, Many(n, i => $"static int M{i}(int x) {{ Console.WriteLine(x); return x + {i}; }}"))),
        ("methods that train", 25, n => Run(string.Empty, Many(n, i => $"static void M{i}() {{ {Ramp}{Epochs} }}"))),
        ("methods that use the fields", 25, n => [Usings + "sealed class Trainer {" + Trainer + "public Trainer() {" + Make + "} public void Fit() {" + Epochs + "}" + Many(n, i => $"public object M{i}() => optimizer.ParamGroups.First().LearningRate;") + "}"]),
        ("trainers in a file", 25, n => [Usings + Many(n, i => $"sealed class Trainer{i} {{ {Trainer} public Trainer{i}() {{ {Make} }} public void Fit() {{ {Epochs} }} }}")]),
        ("trainers in files of their own", 25, n => [.. Enumerable.Range(0, n).Select(i => Usings + $"sealed class Trainer{i} {{ {Trainer} public Trainer{i}() {{ {Make} }} public void Fit() {{ {Epochs} }} }}")]),
        ("parts of a trainer", 25, n => [Usings + "sealed partial class Trainer {" + Trainer + "public Trainer() {" + Make + "} public void Fit() {" + Loop(Many(n, i => $"M{i}();") + "scheduler.step();") + "} }", .. Enumerable.Range(0, n).Select(i => Usings + $"partial class Trainer {{ void M{i}() {{ {Batch} }} }}")]),
        ("overrides of a method", 25, n => [Usings + "abstract class Base {" + Trainer.Replace("private", "protected") + "protected Base() {" + Make + "} public void Fit() {" + Loop("Train(); scheduler.step();") + "} protected abstract void Train(); }" + Many(n, i => $"sealed class T{i} : Base {{ protected override void Train() {{ {Batch} }} }}")]),
        ("callers of a method", 25, n => Run(string.Empty, "static void Train(nn.Module<Tensor, Tensor> model, Optimizer optimizer) {" + Batch + "}" + Many(n, i => $"static void M{i}() {{ {Ramp} {Loop("Train(model, optimizer); scheduler.step();")} }}"))),
        ("calls of a method", 50, n => Run(Ramp + Loop(Many(n, _ => "Train(model, optimizer);") + "scheduler.step();"), "static void Train(nn.Module<Tensor, Tensor> model, Optimizer optimizer) {" + Batch + "}")),
        ("methods that call the next", 25, n => Run(Ramp + Loop("M0(model, optimizer, scheduler);"), Many(n, i => $"static void M{i}{Three} {{ {(i == n - 1 ? Batch : $"M{i + 1}(model, optimizer, scheduler);")} scheduler.step(); }}"))),
        ("methods that call the next three", 25, n => Run(Ramp + Loop("M0(model, optimizer, scheduler);"), Many(n, i => $"static void M{i}{Three} {{ {Batch} {Many(3, k => i + k + 1 < n ? $"M{i + k + 1}(model, optimizer, scheduler);" : "")} scheduler.step(); }}"))),
        ("methods that call each other in a circle", 25, n => Run(Ramp + Loop("M0(model, optimizer, scheduler);"), Many(n, i => $"static void M{i}{Three} {{ {Batch} {Many(3, k => $"if (model.training) M{(i + k + 1) % n}(model, optimizer, scheduler);")} scheduler.step(); }}"))),
        ("local functions", 50, n => Run(Ramp + Many(n, i => $"void F{i}() {{ {Batch} }}") + Loop(Many(n, i => $"F{i}();") + "scheduler.step();"))),
        ("lambdas", 100, n => Run(Ramp + "var list = new List<Func<int, int>>();" + Many(n, i => $"list.Add(x => x + {i});") + Epochs)),
        ("handlers of an event", 50, n => Run(Ramp + "Action ended = () => { };" + Many(n, _ => "ended += () => scheduler.step();") + Loop(Batch + "ended();"))),
        ("elements of a table", 400, n => Run("double[] table = {" + string.Join(", ", Enumerable.Range(0, n).Select(i => i + ".5")) + "};" + Ramp.Replace("Math.Min(1.0, (e + 1) / 5.0)", $"table[Math.Min(e, {n - 1})]") + Epochs)),
        ("arms of a factor", 25, n => Run(Ramp.Replace("Math.Min(1.0, (e + 1) / 5.0)", "e switch {" + string.Concat(Enumerable.Range(0, n).Select(i => $"{i} => {i + 1}.5, ")) + " _ => 1.0 }") + Epochs)),
        ("rates written by hand", 25, n => Run(string.Empty, Many(n, i => $"static void M{i}(nn.Module<Tensor, Tensor> model) {{ var optimizer = SGD(model.parameters(), 0.1); {Loop($"foreach (var g in optimizer.ParamGroups) g.LearningRate = 0.1 * Math.Min(1.0, (epoch + 1) / {i + 5}.0);" + Batch)} }}"))),
        ("rates written in one loop", 25, n => Run(Optimizer + Loop(Many(n, i => $"if (epoch == {i}) foreach (var g in optimizer.ParamGroups) g.LearningRate = 0.1 / {i + 1};") + Batch))),
        ("groups added", 25, n => Run(Ramp + Many(n, _ => "optimizer.add_param_group(new TorchSharp.Modules.SGD.ParamGroup(model.parameters()));") + Epochs)),
    ];

    private static string[] Run(string body, string members = "") => [Usings + "static class Program { public static void Run(int count) {\n" + body + "\n}\n" + members + "}"];

    private static string Loop(string body) => "for (var epoch = 0; epoch < 100; epoch++) { " + body + " }\n";

    private static string Many(int count, Func<int, string> part) => string.Concat(Enumerable.Range(0, count).Select(i => part(i) + "\n"));
}
