using System.Linq;
using System.Threading.Tasks;
using Xunit;
using static WarmupAnalyzers.Tests.Rules.SteppingProgram;

namespace WarmupAnalyzers.Tests.Training;

/// <summary>The idioms of the catalogue about which no rule says anything, of whatever severity: each in at least two renderings, before all analyzers.</summary>
public class SilentIdiomsTests
{
    private const string Epoch = "foreach (var (x, y) in data) { Backward(x, y); optimizer.step(); }";

    private static async Task Silent(string source) =>
        Assert.Empty((await Findings.In(Usings + source)).Select(found => found.ToString()));

    // A trainer class with what the idiom needs; `data` and `Backward` are as in a script.
    private static Task Trainer(string members, string main, string types = "") => Silent($$"""
        {{main}}

        class Trainer
        {
            private readonly Model model = Linear(10, 1);
            private readonly Optimizer optimizer;
            private readonly List<(Tensor x, Tensor y)> data = new();

            void Backward(Tensor x, Tensor y)
            {
                optimizer.zero_grad();
                functional.mse_loss(model.forward(x), y).backward();
            }

            {{members}}
        }

        {{types}}
        """);

    [Theory]
    [InlineData("readonly LRScheduler s; public Trainer() { optimizer = optim.SGD(model.parameters(), 0.1); s = StepLR(optimizer, 3); } void Update() => optimizer.step(); void EndEpoch() => s.step(); public void Fit() { for (var e = 0; e < 9; e++) { foreach (var (x, y) in data) { Backward(x, y); Update(); } EndEpoch(); } }")]
    [InlineData("LRScheduler s; public Trainer() { optimizer = optim.Adam(model.parameters(), 0.1); s = ExponentialLR(optimizer, 0.9); } public void Fit(int epochs = 5) { for (var e = 0; e < epochs; e++) { TrainEpoch(); Decay(); } } private void TrainEpoch() { foreach (var (x, y) in data) { Backward(x, y); optimizer.step(); } } private void Decay() { s.step(); }")]
    [InlineData("LRScheduler? s; public Trainer() => optimizer = optim.Adam(model.parameters(), 0.1); LRScheduler Schedule => s ??= StepLR(optimizer, 3); public void Fit() { for (var e = 0; e < 9; e++) { foreach (var (x, y) in data) { Backward(x, y); optimizer.step(); } Schedule.step(); } }")]
    [InlineData("LRScheduler? s; public Trainer() => optimizer = optim.Adam(model.parameters(), 0.1); public void Fit() { s ??= StepLR(optimizer, 3); for (var e = 0; e < 9; e++) { foreach (var (x, y) in data) { Backward(x, y); optimizer.step(); } s?.step(); } }")]
    [InlineData("readonly LRScheduler s; public Trainer() { optimizer = optim.SGD(model.parameters(), 0.1); s = Make(optimizer); } static LRScheduler Make(Optimizer o) => StepLR(o, 3); public void Fit() { for (var e = 0; e < 9; e++) { foreach (var (x, y) in data) { Backward(x, y); optimizer.step(); } s.step(); } }")]
    [InlineData("readonly LRScheduler s; public Trainer() { (optimizer, s) = Make(); } (Optimizer, LRScheduler) Make() { var o = optim.SGD(model.parameters(), 0.1); return (o, StepLR(o, 3)); } public void Fit() { for (var e = 0; e < 9; e++) { foreach (var (x, y) in data) { Backward(x, y); optimizer.step(); } s.step(); } }")]
    public Task Steps_and_creations_spread_over_a_trainer(string members) => Trainer(members, "new Trainer().Fit();");

    [Theory]
    [InlineData("abstract class Base { protected Optimizer o = null!; protected LRScheduler s = null!; protected void OptimizeStep() { o.step(); s.step(); } public abstract void Fit(); } class Net : Base { readonly Model m = Linear(9, 1); public Net() { o = optim.SGD(m.parameters(), 0.1); s = StepLR(o, 5); } public override void Fit() { for (var e = 0; e < 9; e++) { o.zero_grad(); m.forward(ones(1, 9)).sum().backward(); OptimizeStep(); } } }")]
    [InlineData("abstract class Base { readonly Optimizer o; readonly LRScheduler s; protected Base(Model m) { o = optim.SGD(m.parameters(), 0.1); s = Create(o); } protected abstract LRScheduler Create(Optimizer o); protected abstract void Loss(); public void Fit() { for (var e = 0; e < 9; e++) { o.zero_grad(); Loss(); o.step(); s.step(); } } } class Net : Base { readonly Model m; public Net() : this(Linear(9, 1)) { } Net(Model m) : base(m) => this.m = m; protected override LRScheduler Create(Optimizer o) => StepLR(o, 5); protected override void Loss() => m.forward(ones(1, 9)).sum().backward(); }")]
    [InlineData("abstract class Base { protected virtual void OptimizeStep(Optimizer o, LRScheduler s) { o.step(); } public void Fit(Model m) { var o = optim.SGD(m.parameters(), 0.1); var s = StepLR(o, 5); for (var e = 0; e < 9; e++) { o.zero_grad(); m.forward(ones(1, 9)).sum().backward(); OptimizeStep(o, s); } } } class Net : Base { public void Fit() => Fit(Linear(9, 1)); protected override void OptimizeStep(Optimizer o, LRScheduler s) { base.OptimizeStep(o, s); s.step(); } }")]
    [InlineData("interface ISteps { void Step(); } class Both : ISteps { readonly Optimizer o; readonly LRScheduler s; public Both(Optimizer o, LRScheduler s) => (this.o, this.s) = (o, s); public void Step() { o.step(); s.step(); } } class Net { readonly Model m = Linear(9, 1); readonly ISteps steps; readonly Optimizer o; public Net() { o = optim.SGD(m.parameters(), 0.1); steps = new Both(o, StepLR(o, 5)); } public void Fit() { for (var e = 0; e < 9; e++) { o.zero_grad(); m.forward(ones(1, 9)).sum().backward(); steps.Step(); } } }")]
    [InlineData("class Net { readonly Model m = Linear(9, 1); readonly List<Action> callbacks = new(); readonly Optimizer o; public Net() { o = optim.SGD(m.parameters(), 0.1); var s = StepLR(o, 5); callbacks.Add(() => o.step()); callbacks.Add(() => s.step()); } public void Fit() { for (var e = 0; e < 9; e++) { o.zero_grad(); m.forward(ones(1, 9)).sum().backward(); foreach (var callback in callbacks) callback(); } } }")]
    [InlineData("class Context { public Optimizer Optimizer = null!; public LRScheduler Scheduler = null!; } class Net { readonly Model m = Linear(9, 1); public void Fit() { var o = optim.SGD(m.parameters(), 0.1); var c = new Context { Optimizer = o, Scheduler = StepLR(o, 5) }; for (var e = 0; e < 9; e++) { c.Optimizer.zero_grad(); m.forward(ones(1, 9)).sum().backward(); c.Optimizer.step(); c.Scheduler.step(); } } }")]
    public Task Steps_behind_a_base_class_an_interface_a_callback_or_a_context(string types) => Silent("new Net().Fit();\n" + types);

    [Theory]
    [InlineData("static void Train(Model m, Optimizer o, List<(Tensor x, Tensor y)> d) { foreach (var (x, y) in d) { o.zero_grad(); functional.mse_loss(m.forward(x), y).backward(); o.step(); } } var s = StepLR(optimizer, 3); for (var e = 0; e < 9; e++) { Train(model, optimizer, data); s.step(); }")]
    [InlineData("void RunEpoch(bool train) { foreach (var (x, y) in data) { var loss = functional.mse_loss(model.forward(x), y); if (train) { optimizer.zero_grad(); loss.backward(); optimizer.step(); } } } var s = StepLR(optimizer, 3); for (var e = 0; e < 9; e++) { RunEpoch(train: true); RunEpoch(train: false); s.step(); }")]
    [InlineData("var s = StepLR(optimizer, 3); void Run(Action body) { for (var e = 0; e < 9; e++) body(); } Run(() => { " + Epoch + " s.step(); });")]
    [InlineData("LRScheduler s = ReduceLROnPlateau(optimizer); for (var e = 0; e < 9; e++) { " + Epoch + " if (s is lr_scheduler_impl p) p.step(0.5); else s.step(); }")]
    [InlineData("LRScheduler s = data.Count > 3 ? ReduceLROnPlateau(optimizer) : StepLR(optimizer, 3); for (var e = 0; e < 9; e++) { " + Epoch + " s.step(0.5); }")]
    [InlineData("LRScheduler s = ReduceLROnPlateau(optimizer); for (var e = 0; e < 9; e++) { " + Epoch + " s.step(1.5); }")]
    [InlineData("var s = StepLR(optimizer, 3); for (var e = 0; e < 9; e++) { foreach (var (x, y) in data) optimizer.step(() => { Backward(x, y); return zeros(1); }); s.step(); }")]
    public Task Steps_in_methods_delegates_and_closures(string program) =>
        Silent(Setup + program.Replace("lr_scheduler_impl", "torch.optim.lr_scheduler.impl.ReduceLROnPlateau"));

    [Theory]
    [InlineData("epoch => Math.Pow(0.1, epoch / 30)")]
    [InlineData("epoch => 1.0 / (1 + epoch / 30)")]
    [InlineData("epoch => Math.Pow(0.5, epoch / 10 + epoch / 30)")]
    [InlineData("_ => 0.5")]
    [InlineData("epoch => 0.3 * Math.Pow(0.9, epoch)")]
    [InlineData("e => e < 30 ? 1.0 : 0.1")]
    [InlineData("e => e >= 10 ? 1e-5 / 0.1 : 1")]
    [InlineData("k => k == 0 ? 1e-3 : Math.Min(k / 5.0, 1)")]
    [InlineData("k => Math.Min(1.0, Math.Max(1, k) / (double)5)")]
    [InlineData("k => k < 5 ? 0.1 + 0.9 * k / 5 : 1.0")]
    [InlineData("k => Math.Min(1.0, 0.01 + k * 0.2)")]
    public Task Factors_that_are_right(string factor) => Silent(Setup + $$"""
        var scheduler = LambdaLR(optimizer, {{factor}});
        for (var epoch = 0; epoch < 90; epoch++)
        {
            {{Epoch}}
            scheduler.step();
        }
        """);

    [Theory]
    [InlineData("var scheduler = LambdaLR(noam, k => Math.Pow(512, -0.5) * Math.Min(Math.Pow(k + 1, -0.5), (k + 1) * Math.Pow(4000, -1.5)));")]
    [InlineData("double Rate(int step) => 2e-3 * Math.Min((step + 1) / 100.0, 1); var scheduler = LambdaLR(noam, Rate);")]
    public Task A_base_rate_of_one_with_the_rates_in_the_function(string creation) => Silent(Setup + $$"""
        var noam = torch.optim.Adam(model.parameters(), lr: 1.0);
        {{creation}}
        for (var epoch = 0; epoch < 90; epoch++)
        {
            foreach (var (x, y) in data)
            {
                noam.zero_grad();
                functional.mse_loss(model.forward(x), y).backward();
                noam.step();
                scheduler.step();
            }
        }
        """);

    [Theory]
    [InlineData("var s = StepLR(optimizer, 30); for (var e = 1; e <= 90; e++) { EPOCH s.step(e); }")]
    [InlineData("var s = StepLR(optimizer, 30); for (var e = 0; e < 90; e++) { s.step(e); EPOCH }")]
    [InlineData("var s = ExponentialLR(optimizer, 0.9); for (var e = 0; e < 90; e++) { if (e > 0) s.step(); EPOCH }")]
    [InlineData("var s = StepLR(optimizer, 30); for (var e = 0; e < 90; e++) { if (e != 0) s.step(); EPOCH }")]
    [InlineData("var s = LambdaLR(optimizer, k => Math.Min(k / 5.0, 1)); for (var e = 0; e < 90; e++) { s.step(); EPOCH }")]
    [InlineData("var s = LambdaLR(optimizer, k => k < 10 ? k / 10.0 : 1.0); for (var e = 0; e < 90; e++) { s.step(); EPOCH }")]
    public Task Indices_that_are_right(string program) => Silent(Setup + program.Replace("EPOCH", Epoch));

    [Theory]
    [InlineData("var s = CosineAnnealingLR(optimizer, T_max: epochs); for (var e = 0; e < epochs; e++) { Backward(x, x); optimizer.step(); s.step(); }")]
    [InlineData("var s = LinearLR(optimizer, 1.0, 0.1, total_iters: epochs); foreach (var e in Enumerable.Range(0, epochs)) { Backward(x, x); optimizer.step(); s.step(); }")]
    [InlineData("var s = SequentialLR(optimizer, new LRScheduler[] { LinearLR(optimizer, 0.1, total_iters: 5), CosineAnnealingLR(optimizer, epochs - 10) }, new[] { 10 }); for (var e = 0; e < epochs; e++) { Backward(x, x); optimizer.step(); s.step(); }")]
    [InlineData("var s = SequentialLR(optimizer, new LRScheduler[] { LinearLR(optimizer, 0.1, total_iters: 5), ConstantLR(optimizer, 1.0, 1), LinearLR(optimizer, 1.0, 0.01, total_iters: 10) }, new[] { 5, epochs - 10 }); for (var e = 0; e < epochs; e++) { Backward(x, x); optimizer.step(); s.step(); }")]
    public Task Full_batches_and_holds(string program) => Silent(Setup + "var x = rand(4, 10);\nconst int epochs = 100;\n" + program);

    [Theory]
    [InlineData("var step = 0; var s = LambdaLR(optimizer, e => Math.Pow(0.9, e)); for (var e = 0; e < 20; e++) { foreach (var (x, y) in data) { if (step < 100) foreach (var g in optimizer.ParamGroups) g.LearningRate = 0.1 * (step + 1) / 100.0; step++; Backward(x, y); optimizer.step(); } if (step >= 100) s.step(); }")]
    [InlineData("var s = ExponentialLR(optimizer, 0.9); for (var e = 0; e < 20; e++) { EPOCH s.step(); foreach (var g in optimizer.ParamGroups) g.LearningRate = Math.Max(g.LearningRate, 1e-4); }")]
    [InlineData("var s = StepLR(optimizer, 3); for (var e = 0; e < 20; e++) { EPOCH s.step(); foreach (var g in optimizer.ParamGroups) if (g.LearningRate < 1e-5) g.LearningRate = 1e-5; }")]
    [InlineData("void Adjust(int epoch) { foreach (var g in optimizer.ParamGroups) g.LearningRate = 0.1 * Math.Pow(0.1, epoch / 30); } for (var e = 0; e < 90; e++) { Adjust(e); EPOCH }")]
    [InlineData("for (var e = 0; e < 90; e++) { var lr = e < 30 ? 0.1 : e < 60 ? 0.01 : 0.001; foreach (var g in optimizer.ParamGroups) g.LearningRate = lr; EPOCH }")]
    [InlineData("var start = data.Count; var s = StepLR(optimizer, 3); foreach (var g in optimizer.ParamGroups) g.LearningRate = 0.1; for (var e = 0; e < start; e++) s.step(); for (var e = start; e < 20; e++) { EPOCH s.step(); }")]
    public Task Rates_that_are_rightly_written(string program) => Silent(Setup + program.Replace("EPOCH", Epoch));

    [Theory]
    [InlineData("var s = StepLR(optimizer, 3); for (var e = 0; e < 9; e++) { optimizer.zero_grad(); var i = 0; foreach (var (x, y) in data) { functional.mse_loss(model.forward(x), y).backward(); if (++i % 4 == 0) { optimizer.step(); optimizer.zero_grad(); } } s.step(); }")]
    [InlineData("var s = StepLR(optimizer, 3); for (var e = 0; e < 9; e++) { foreach (var (x, y) in data) { functional.mse_loss(model.forward(x), y).backward(); functional.l1_loss(model.forward(x), y).backward(); optimizer.step(); optimizer.zero_grad(); } s.step(); }")]
    [InlineData("var s = StepLR(optimizer, 3); for (var e = 0; e < 9; e++) { foreach (var (x, y) in data) { model.zero_grad(); functional.mse_loss(model.forward(x), y).backward(); optimizer.step(); } s.step(); }")]
    [InlineData("var s = StepLR(optimizer, 3); for (var e = 0; e < 9; e++) { foreach (var (x, y) in data) { functional.mse_loss(model.forward(x), y).backward(); optimizer.step(); foreach (var p in model.parameters()) p.grad?.zero_(); } s.step(); }")]
    [InlineData("var s = StepLR(optimizer, 3); for (var e = 0; e < 9; e++) { foreach (var (real, fake) in data) { optimizer.zero_grad(); model.forward(real).mean().neg().backward(); model.forward(fake.detach()).mean().backward(); optimizer.step(); } s.step(); }")]
    public Task Gradients_that_are_rightly_gathered_and_zeroed(string program) => Silent(Setup + program);

    [Theory]
    [InlineData("var s = StepLR(optimizer, 3); foreach (var epoch in Enumerable.Range(1, 9)) { EPOCH s.step(); }")]
    [InlineData("var s = StepLR(optimizer, 3); var epoch = 1; while (epoch <= 9) { EPOCH s.step(); epoch++; }")]
    [InlineData("var s = StepLR(optimizer, 3); var epoch = 0; while (true) { EPOCH s.step(); if (++epoch == 9) break; }")]
    [InlineData("var s = StepLR(optimizer, 3); var epoch = 0; do { EPOCH s.step(); } while (++epoch < 9);")]
    [InlineData("var s = StepLR(optimizer, 3); var i = 0; foreach (var (x, y) in data) { Backward(x, y); optimizer.step(); if (i++ % 100 == 99) s.step(); }")]
    [InlineData("var s = StepLR(optimizer, 3); var buffer = new Queue<(Tensor, Tensor)>(); foreach (var (x, y) in data) { buffer.Enqueue((x, y)); if (buffer.Count < 64) continue; Backward(x, y); optimizer.step(); s.step(); }")]
    [InlineData("var s = StepLR(optimizer, 3); while (data.Count > 0) { var (x, y) = data[0]; Backward(x, y); optimizer.step(); s.step(); }")]
    public Task Loops_of_every_kind(string program) => Silent(Setup + program.Replace("EPOCH", Epoch));

    [Theory]
    [InlineData("var g = Linear(5, 10); var og = torch.optim.Adam(g.parameters(), 1e-4); var sg = StepLR(og, 3); var sd = StepLR(optimizer, 3); for (var e = 0; e < 9; e++) { foreach (var (x, y) in data) { Backward(x, y); optimizer.step(); og.zero_grad(); model.forward(g.forward(randn(4, 5))).mean().backward(); og.step(); } sd.step(); sg.step(); }")]
    [InlineData("for (var fold = 0; fold < 5; fold++) { var m = Linear(10, 1); using var o = torch.optim.SGD(m.parameters(), 0.1); var s = StepLR(o, 3); for (var e = 0; e < 9; e++) { foreach (var (x, y) in data) { o.zero_grad(); functional.mse_loss(m.forward(x), y).backward(); o.step(); } s.step(); } }")]
    [InlineData("foreach (var rate in new[] { 0.1, 0.01 }) { var o = torch.optim.SGD(model.parameters(), rate); var s = CosineAnnealingLR(o, 10); for (var e = 0; e < 10; e++) { foreach (var (x, y) in data) { o.zero_grad(); functional.mse_loss(model.forward(x), y).backward(); o.step(); } s.step(); } }")]
    [InlineData("var scheduler = new Own(optimizer); for (var e = 0; e < 9; e++) { foreach (var (x, y) in data) { scheduler.step(); Backward(x, y); optimizer.step(); } } class Own { public Own(Optimizer o) { } public void step() { } }")]
    [InlineData("var scheduler = new StepLR(optimizer); scheduler.step(); optimizer.step(); class StepLR { public StepLR(Optimizer o) { } public void step() { } }")]
    public Task Several_optimizers_and_schedulers_of_ones_own(string program) => Silent(Setup + program);

    [Theory]
    [InlineData("const int batchSize = 16, epochs = 10; var s = CosineAnnealingLR(optimizer, T_max: data.Count / batchSize * epochs);")]
    [InlineData("var epochs = 10; var s = CosineAnnealingLR(optimizer, T_max: epochs * (data.Count / 8));")]
    public Task A_division_of_counts(string creation) => Silent(Setup + creation + """

        foreach (var (x, y) in data)
        {
            Backward(x, y);
            optimizer.step();
            s.step();
        }
        """);

    [Theory]
    [InlineData("using static TorchSharp.torch.optim.lr_scheduler.impl.CyclicLR;\nclass Program { static void Main() { System.Console.WriteLine(1); } }")]
    [InlineData("using TorchSharp;\nusing static TorchSharp.torch.optim.lr_scheduler;\nclass Program { static void Main() { var x = torch.ones(3); x.Dispose(); } }")]
    public async Task A_stray_using(string source) => Assert.Empty((await Findings.In(source)).Select(found => found.ToString()));
}
