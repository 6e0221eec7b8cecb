using System;
using System.Linq;
using System.Threading.Tasks;
using WarmupAnalyzers.CodeFixes.Fixes;
using WarmupAnalyzers.Rules;
using Xunit;
using Verify = WarmupAnalyzers.Tests.Verify<WarmupAnalyzers.Rules.OptimizerAnalyzer, WarmupAnalyzers.CodeFixes.Fixes.ChangedBehindSchedulerFix>;

namespace WarmupAnalyzers.Tests.Rules;

public sealed class ChangedBehindSchedulerTests
{
    private const string Loop = "for (var epoch = 0; epoch < 40; epoch++) { optimizer.zero_grad(); model.forward(x).mean().backward(); optimizer.step(); scheduler.step(); }";
    private const string Add = "optimizer.add_param_group(new SGD.ParamGroup { Parameters = head.parameters() });";
    private const string Make = "var scheduler = StepLR(optimizer, 3);";

    /// <summary>A program round these statements; CHANGED stands for the group that is added, reported.</summary>
    private static string Program(string body, string members = "") => $$"""
        using System;
        using System.Collections.Generic;
        using System.Linq;
        using System.Threading.Tasks;
        using TorchSharp;
        using TorchSharp.Modules;
        using static TorchSharp.torch;
        using static TorchSharp.torch.optim;
        using static TorchSharp.torch.optim.lr_scheduler;

        class Program
        {
            static readonly Linear model = nn.Linear(4, 1), head = nn.Linear(1, 1);
            static readonly Tensor x = torch.ones(2, 4);
            {{Spelled(members)}}

            static void Main(string[] args)
            {
                {{Spelled(body)}}
            }
        }
        """;

    private static string Spelled(string code) => code
        .Replace("CHANGED", "{|WARM4010:optimizer.add_param_group(new SGD.ParamGroup { Parameters = head.parameters() })|};", StringComparison.Ordinal)
        .Replace("OPTIMIZER", "var optimizer = torch.optim.SGD(model.parameters(), 0.1);", StringComparison.Ordinal)
        .Replace("LOOP", Loop, StringComparison.Ordinal)
        .Replace("ADD", Add, StringComparison.Ordinal)
        .Replace("MAKE", Make, StringComparison.Ordinal);

    [Theory]
    [InlineData("OPTIMIZER MAKE CHANGED LOOP", "OPTIMIZER ADD MAKE LOOP")]
    [InlineData("OPTIMIZER MAKE CHANGED ADD LOOP", "OPTIMIZER ADD ADD MAKE LOOP")]
    [InlineData("OPTIMIZER var scheduler = LambdaLR(optimizer, e => Math.Min((e + 1) / 5.0, 1.0)); CHANGED LOOP", "OPTIMIZER ADD var scheduler = LambdaLR(optimizer, e => Math.Min((e + 1) / 5.0, 1.0)); LOOP")]
    [InlineData("OPTIMIZER LRScheduler scheduler = new impl.ExponentialLR(gamma: 0.9, optimizer: optimizer); Console.WriteLine(1); CHANGED LOOP", "OPTIMIZER Console.WriteLine(1); ADD LRScheduler scheduler = new impl.ExponentialLR(gamma: 0.9, optimizer: optimizer); LOOP")]
    [InlineData(
        "OPTIMIZER var warmup = LinearLR(optimizer, 0.1, total_iters: 5); var decay = CosineAnnealingLR(optimizer, 15); var scheduler = SequentialLR(optimizer, [warmup, decay], [5]); CHANGED LOOP",
        "OPTIMIZER ADD var warmup = LinearLR(optimizer, 0.1, total_iters: 5); var decay = CosineAnnealingLR(optimizer, 15); var scheduler = SequentialLR(optimizer, [warmup, decay], [5]); LOOP")]
    [InlineData("OPTIMIZER var scheduler = ChainedLR(new LRScheduler[] { ExponentialLR(optimizer, 0.9), StepLR(optimizer, 3) }); CHANGED LOOP", "OPTIMIZER ADD var scheduler = ChainedLR(new LRScheduler[] { ExponentialLR(optimizer, 0.9), StepLR(optimizer, 3) }); LOOP")]
    [InlineData("for (var fold = 0; fold < 5; fold++) { OPTIMIZER MAKE CHANGED LOOP }", "for (var fold = 0; fold < 5; fold++) { OPTIMIZER ADD MAKE LOOP }")]
    [InlineData("Fit(); void Fit() { OPTIMIZER MAKE CHANGED LOOP }", "Fit(); void Fit() { OPTIMIZER ADD MAKE LOOP }")]
    [InlineData("Action fit = () => { OPTIMIZER MAKE CHANGED LOOP }; fit();", "Action fit = () => { OPTIMIZER ADD MAKE LOOP }; fit();")]
    [InlineData("OPTIMIZER MAKE CHANGED for (var e = 0; e < 9; e++) Round(); void Round() { optimizer.step(); scheduler.step(); }", "OPTIMIZER ADD MAKE for (var e = 0; e < 9; e++) Round(); void Round() { optimizer.step(); scheduler.step(); }")]
    public Task A_group_that_comes_late_is_reported_and_the_creation_moved(string body, string mended) => Verify.Fix(Program(body), Program(mended));

    [Theory]
    [InlineData("OPTIMIZER MAKE {|WARM4010:optimizer = torch.optim.SGD(head.parameters(), 0.01)|}; LOOP", "OPTIMIZER optimizer = torch.optim.SGD(head.parameters(), 0.01); MAKE LOOP")]
    [InlineData("Optimizer optimizer = torch.optim.SGD(model.parameters(), 0.1); MAKE {|WARM4010:optimizer = torch.optim.Adam(lr: 0.01, parameters: model.parameters())|}; LOOP", "Optimizer optimizer = torch.optim.SGD(model.parameters(), 0.1); optimizer = torch.optim.Adam(lr: 0.01, parameters: model.parameters()); MAKE LOOP")]
    public Task Another_optimizer_in_its_place_is_reported(string body, string mended) => Verify.Fix(Program(body), Program(mended));

    [Fact]
    public Task Members_are_reported() => Verify.Fix(Program("new Trainer(model, head).Fit();") + Trainer("{|WARM4010:_optimizer.add_param_group(new SGD.ParamGroup { Parameters = head.parameters() })|};", isMended: false), Program("new Trainer(model, head).Fit();") + Trainer("_optimizer.add_param_group(new SGD.ParamGroup { Parameters = head.parameters() });", isMended: true));

    private static string Trainer(string change, bool isMended)
    {
        const string Creation = "_scheduler = ConstantLR(_optimizer, 0.5, 4);";
        var (first, second) = isMended ? (change, Creation) : (Creation, change);
        return $$"""

            class Trainer
            {
                private readonly SGD _optimizer;
                private readonly LRScheduler _scheduler;

                public Trainer(Linear model, Linear head)
                {
                    _optimizer = torch.optim.SGD(model.parameters(), 0.1);
                    {{first}}
                    {{second}}
                }

                public async Task Fit()
                {
                    for (var epoch = 0; epoch < 9; epoch++)
                    {
                        await Task.Yield();
                        _optimizer.step();
                        this._scheduler.step();
                    }
                }
            }
            """;
    }

    [Fact]
    public Task Comments_and_lines_stay_where_they_belong() => Verify.Fix(
        Program("""
            OPTIMIZER
                    // thirty epochs
                    MAKE // slow
                    // the head
                    CHANGED // late

                    LOOP
            """),
        Program("""
            OPTIMIZER
                    // the head
                    ADD // late
                    // thirty epochs
                    MAKE // slow

                    LOOP
            """));

    [Fact]
    public Task All_of_a_document_are_mended_at_once() => Verify.Fix(
        Program("One(); { OPTIMIZER MAKE CHANGED LOOP }", "static void One() { OPTIMIZER MAKE CHANGED { } LOOP }"),
        Program("One(); { OPTIMIZER ADD MAKE LOOP }", "static void One() { OPTIMIZER ADD MAKE { } LOOP }"));

    [Theory]
    [InlineData("OPTIMIZER MAKE for (var epoch = 0; epoch < 40; epoch++) { if (epoch == 5) CHANGED optimizer.step(); scheduler.step(); }")]
    [InlineData("OPTIMIZER MAKE for (var epoch = 0; epoch < 40; epoch++) { optimizer.step(); scheduler.step(); if (epoch == 5) { {|WARM4010:optimizer = torch.optim.SGD(head.parameters(), 0.01)|}; } }")]
    [InlineData("OPTIMIZER MAKE if (args.Length > 0) CHANGED LOOP")]
    [InlineData("OPTIMIZER MAKE Console.WriteLine(scheduler.get_last_lr().First()); CHANGED LOOP")]
    [InlineData("OPTIMIZER var gamma = 0.5; var scheduler = ExponentialLR(optimizer, gamma); gamma = 0.9; CHANGED Console.WriteLine(gamma); LOOP")]
    [InlineData("OPTIMIZER var scheduler = ReduceLROnPlateau(optimizer); Console.WriteLine(optimizer.ParamGroups.Count()); CHANGED for (var e = 0; e < 9; e++) { optimizer.step(); scheduler.step(0.5); }")]
    [InlineData("OPTIMIZER MAKE CHANGED if (args.Length > 0) optimizer.ParamGroups.First(); for (var e = 0; e < 9; e++) { if (e == 3) ADD optimizer.step(); scheduler.step(); }")]
    [InlineData("OPTIMIZER var scheduler = StepLR(optimizer, Size()); CHANGED LOOP int Size() => Console.Read();")]
    public Task What_cannot_be_moved_has_no_fix(string body) => Verify.NoFix(Program(body));

    [Theory]
    [InlineData("OPTIMIZER MAKE void Grow() { CHANGED } Grow(); LOOP")]
    [InlineData("OPTIMIZER MAKE for (var e = 0; e < 9; e++) { if (e == 3) Grow(); optimizer.step(); scheduler.step(); } void Grow() { CHANGED }")]
    [InlineData("OPTIMIZER MAKE for (var e = 0; e < 9; e++) { if (e == 3) Grow(); optimizer.step(); scheduler.step(); } void Grow() => Add(); void Add() { Console.WriteLine(); CHANGED }")]
    public Task A_group_that_a_function_adds_has_no_fix(string body) => Verify.NoFix(Program(body));

    [Theory]
    [InlineData("OPTIMIZER void Grow() { ADD } Grow(); MAKE LOOP")]
    [InlineData("OPTIMIZER MAKE LOOP Grow(); void Grow() { ADD }")]
    [InlineData("OPTIMIZER MAKE LOOP void Grow() { ADD } Console.CancelKeyPress += (_, _) => Grow();")]
    [InlineData("OPTIMIZER MAKE for (var e = 0; e < 9; e++) { if (e == 3) { Grow(); scheduler = StepLR(optimizer, 3); } optimizer.step(); scheduler.step(); } void Grow() { ADD }")]
    public Task A_group_that_a_function_adds_at_another_time_is_silent(string body) => Verify.Silent(Program(body));

    private static string Unfreezing(string members) => Program("new Trainer(model, head).Fit();") + $$"""

        class Trainer
        {
            private readonly Linear _head;
            private readonly SGD _optimizer;
            private LRScheduler _scheduler;

            public Trainer(Linear model, Linear head)
            {
                _head = head;
                _optimizer = torch.optim.SGD(model.parameters(), 0.1);
                _scheduler = ConstantLR(_optimizer, 0.5, 4);
            }

            {{members}}
        }
        """;

    private const string Added = "_optimizer.add_param_group(new SGD.ParamGroup { Parameters = _head.parameters() });";

    private const string AddedHere = "{|WARM4010:_optimizer.add_param_group(new SGD.ParamGroup { Parameters = _head.parameters() })|};";

    [Theory]
    [InlineData("public void Fit() { for (var e = 0; e < 9; e++) { if (e == 3) Unfreeze(); _optimizer.step(); _scheduler.step(); } } private void Unfreeze() { " + AddedHere + " }")]
    [InlineData("public void Fit() { for (var e = 0; e < 9; e++) { if (e == 3) this.Unfreeze(); _optimizer.step(); _scheduler.step(); } } public void Unfreeze() => Add(1); private void Add(int n) { " + AddedHere + " }")]
    [InlineData("public void Fit() { Unfreeze(); for (var e = 0; e < 9; e++) { _optimizer.step(); _scheduler?.step(); } } private void Unfreeze() { " + AddedHere + " }")]
    [InlineData("public void Fit() { for (var e = 0; e < 9; e++) { if (e == 3) " + AddedHere + " _optimizer.step(); _scheduler.step(); } }")]
    public Task A_method_that_adds_a_group_while_the_scheduler_is_stepped_is_reported(string members) => Verify.NoFix(Unfreezing(members));

    [Theory]
    [InlineData("public void Fit() { for (var e = 0; e < 9; e++) { _optimizer.step(); _scheduler.step(); } } public void Unfreeze() { " + Added + " }")]
    [InlineData("public void Fit() { for (var e = 0; e < 9; e++) { _optimizer.step(); _scheduler.step(); } Unfreeze(); } private void Unfreeze() { " + Added + " }")]
    [InlineData("public void Fit() { for (var e = 0; e < 9; e++) { if (e == 3) Unfreeze(); _optimizer.step(); _scheduler.step(); } } private void Unfreeze() { " + Added + " _scheduler = StepLR(_optimizer, 3); }")]
    [InlineData("public void Fit() { for (var e = 0; e < 9; e++) { if (e == 3) Unfreeze(); _optimizer.step(); _scheduler.step(); } } public virtual void Unfreeze() { " + Added + " }")]
    public Task A_method_that_adds_a_group_at_another_time_is_silent(string members) => Verify.Silent(Unfreezing(members));

    [Theory]
    [InlineData("OPTIMIZER ADD MAKE LOOP")]
    [InlineData("OPTIMIZER MAKE ADD scheduler = StepLR(optimizer, 4); LOOP")]
    [InlineData("OPTIMIZER MAKE for (var epoch = 0; epoch < 40; epoch++) { if (epoch == 5) { ADD scheduler = StepLR(optimizer, 4); } optimizer.step(); scheduler.step(); }")]
    [InlineData("OPTIMIZER MAKE LOOP ADD for (var e = 0; e < 9; e++) optimizer.step();")]
    [InlineData("OPTIMIZER MAKE if (args.Length > 0) { ADD return; } LOOP")]
    [InlineData("OPTIMIZER MAKE if (args.Length > 0) { ADD } else { LOOP }")]
    [InlineData("OPTIMIZER MAKE for (var e = 0; e < 9; e++) { optimizer.step(); scheduler.step(); if (e == 5) { ADD break; } } optimizer.step();")]
    [InlineData("OPTIMIZER MAKE for (var e = 0; e < 9; e++) { optimizer.step(); scheduler.step(); if (e == 5) { ADD return; } }")]
    [InlineData("OPTIMIZER MAKE for (var e = 0; e < 9; e++) { optimizer.step(); scheduler.step(); if (e == 5) { optimizer = torch.optim.SGD(head.parameters(), 0.01); throw new InvalidOperationException(); } }")]
    [InlineData("var other = torch.optim.SGD(head.parameters(), 0.1); OPTIMIZER MAKE other.add_param_group(new SGD.ParamGroup { Parameters = head.parameters() }); LOOP")]
    [InlineData("OPTIMIZER var scheduler = StepLR(optimizer, 3, 1.0); ADD LOOP")]
    [InlineData("OPTIMIZER MAKE ADD LOOP void Late() => optimizer.ParamGroups.Last().LearningRate = 0.01; Late();")]
    [InlineData("OPTIMIZER MAKE ADD Keep(scheduler); LOOP", "static void Keep(object o) => Kept = o; public static object? Kept;")]
    [InlineData("OPTIMIZER MAKE optimizer = torch.optim.SGD(head.parameters(), 0.01); scheduler = StepLR(optimizer, 3); LOOP")]
    [InlineData("OPTIMIZER MAKE var old = optimizer; optimizer = torch.optim.SGD(head.parameters(), 0.01); for (var e = 0; e < 9; e++) { old.step(); optimizer.step(); scheduler.step(); }")]
    [InlineData("OPTIMIZER MAKE LOOP optimizer = torch.optim.SGD(head.parameters(), 0.01); for (var e = 0; e < 9; e++) optimizer.step();")]
    [InlineData("for (var stage = 0; stage < 3; stage++) { OPTIMIZER if (stage > 0) ADD MAKE LOOP }")]
    [InlineData("OPTIMIZER Grow(optimizer); MAKE LOOP", "static void Grow(SGD o) => o.add_param_group(new SGD.ParamGroup { Parameters = head.parameters() });")]
    public Task What_is_right_or_not_known_is_silent(string body, string members = "") => Verify.Silent(Program(body, members));

    [Theory]
    [InlineData("LambdaLR(optimizer, e => 0.5)", "LambdaLR throws ArgumentOutOfRangeException at its next step()")]
    [InlineData("MultiplicativeLR(optimizer, e => 0.9)", "MultiplicativeLR throws ArgumentOutOfRangeException at its next step()")]
    [InlineData("OneCycleLR(optimizer, 0.1, 100)", "OneCycleLR throws ArgumentOutOfRangeException at its next step()")]
    [InlineData("CyclicLR(optimizer, 0.1, 0.5, args.Length)", "CyclicLR throws ArgumentOutOfRangeException at its next step()")]
    [InlineData("StepLR(optimizer, args.Length)", "StepLR never changes the learning rate of the new parameter group")]
    [InlineData("LinearLR(optimizer, 0.5, total_iters: 4)", "LinearLR never changes the learning rate of the new parameter group, while that of the others runs 0.05, 0.0625, 0.075, 0.0875, 0.1, 0.1, … ▅▅▆▇████")]
    [InlineData("SequentialLR(optimizer, new LRScheduler[] { LinearLR(optimizer, 0.5, total_iters: 4), LambdaLR(optimizer, e => 0.9) }, new[] { 4 })", "SequentialLR throws ArgumentOutOfRangeException at step() number 4")]
    public async Task The_message_says_what_comes_of_it(string creation, string effect)
    {
        var found = (await Findings.In(Program($"OPTIMIZER var scheduler = {creation}; ADD LOOP"))).Single(diagnostic => diagnostic.Id == "WARM4010");

        Assert.Equal("The optimizer is changed behind its scheduler: " + effect, found.GetMessage());
    }

    [Fact]
    public async Task A_plateau_throws_when_it_lowers_the_rate()
    {
        var found = Assert.Single(await Findings.In(Program("OPTIMIZER var scheduler = ReduceLROnPlateau(optimizer); ADD for (var e = 0; e < 9; e++) { optimizer.zero_grad(); model.forward(x).mean().backward(); optimizer.step(); scheduler.step(0.5); }")));

        Assert.Equal("The optimizer is changed behind its scheduler: ReduceLROnPlateau throws ArgumentOutOfRangeException when it first lowers the learning rate", found.GetMessage());
    }

    [Theory]
    [InlineData("optimizer = torch.optim.SGD(head.parameters(), 0.01);", "LinearLR(optimizer, 0.5, total_iters: 4)", "LinearLR stays with the old one, and the learning rate of the new one is never multiplied by 0.5, 0.625, 0.75, 0.875, 1, 1, … ▅▅▆▇████")]
    [InlineData("optimizer = torch.optim.SGD(head.parameters(), 0.01);", "OneCycleLR(optimizer, 0.1, 100)", "OneCycleLR stays with the old one, and the learning rate of the new one is never changed")]
    public async Task The_message_says_what_the_new_one_misses(string change, string creation, string effect)
    {
        var found = (await Findings.In(Program($"OPTIMIZER var scheduler = {creation}; {change} LOOP"))).Where(diagnostic => diagnostic.Id.StartsWith("WARM4", StringComparison.Ordinal));

        Assert.Equal("The optimizer is changed behind its scheduler: " + effect, Assert.Single(found).GetMessage());
    }

    [Fact]
    public async Task A_rebuilt_optimizer_that_leaves_its_scheduler_behind_is_one_mistake()
    {
        var found = await Findings.In(Program("var optimizer = torch.optim.Adam(model.parameters(), 1e-3); var scheduler = StepLR(optimizer, 30); for (var epoch = 0; epoch < 40; epoch++) { if (epoch == 9) optimizer = torch.optim.Adam(model.parameters(), 1e-4); optimizer.zero_grad(); model.forward(x).mean().backward(); optimizer.step(); scheduler.step(); }"));

        Assert.Equal("WARM4010", Assert.Single(found).Id);
    }

    [Fact]
    public Task Types_of_the_users_own_are_silent() => Verify.Silent("""
        class Optimizer { public void add_param_group(int group) { } public void step() { } }
        class StepLR { public StepLR(Optimizer optimizer, int size) { } public void step() { } }
        class Program
        {
            static void Main()
            {
                var optimizer = new Optimizer();
                var scheduler = new StepLR(optimizer, 3);
                optimizer.add_param_group(1);
                optimizer = new Optimizer();
                for (int e = 0; e < 9; e++) { optimizer.step(); scheduler.step(); }
            }
        }
        """);

    [Fact]
    public Task Without_TorchSharp_nothing_is_reported() => Verify.Silent("class Program { static void Main() { } }", withTorchSharp: false);

    [Theory]
    [InlineData("OPTIMIZER MAKE optimizer.add_param_group(; LOOP")]
    [InlineData("OPTIMIZER MAKE optimizer.add_param_group() LOOP")]
    [InlineData("OPTIMIZER var scheduler = StepLR(optimizr, 3); ADD LOOP")]
    [InlineData("OPTIMIZER var scheduler = StepLR(optimizer, ; ADD LOOP")]
    [InlineData("OPTIMIZER MAKE optimizer = torch.optim.SGD(head., 0.1); LOOP")]
    public async Task Half_typed_code_is_silent(string body) =>
        Assert.DoesNotContain(await Findings.In([Program(body)], mustCompile: false), found => found.Id == "WARM4010");
}
