using System;
using System.Linq;
using System.Threading.Tasks;
using Xunit;

namespace WarmupAnalyzers.Tests.Rules;

/// <summary>Where the functions of a scheduler come from: lists, fields, base constructors; and which base rate they multiply.</summary>
public class FactorListTests
{
    private const string Lists = "new torch.optim.lr_scheduler.impl.LambdaLR(optimizer, FACTOR)";

    private static async Task<string> Reported(string source) =>
        string.Join(" ", (await Findings.In(source)).Select(found => found.Id));

    [Theory]
    [InlineData("list", "var list = new List<Func<int, double>> { e => e / 5 };")]
    [InlineData("list", "var list = new List<Func<int, double>> { e => e / 5 }; Console.WriteLine(list.Count);")]
    [InlineData("list", "Func<int, double>[] list = { e => e / 5 }; Console.WriteLine(list[0](3));")]
    [InlineData("s_list", "", "private static readonly List<Func<int, double>> s_list = [e => e / 5];")]
    [InlineData("s_list", "", "private static Func<int, double>[] s_list = { e => e / 5 };")]
    [InlineData("Factors.Warmup", "", "static class Factors { internal static readonly Func<int, double>[] Warmup = { e => e / 5 }; }")]
    public async Task AListThatNobodyChangesIsFollowed(string factors, string before, string members = "") =>
        Assert.Equal("WARM1002", await Reported(FactorSource.Script(factors, before, members, scheduler: Lists)));

    [Theory]
    [InlineData("list", "var list = new List<Func<int, double>> { e => e / 5 }; list.Clear(); list.Add(e => 1.0);")]
    [InlineData("list", "var list = new List<Func<int, double>> { e => e / 5 }; list[0] = e => 1.0;")]
    [InlineData("list", "var list = new List<Func<int, double>> { e => e / 5 }; Fill(list);", "static void Fill(List<Func<int, double>> list) => list[0] = e => 1.0;")]
    [InlineData("list", "Func<int, double>[] list = { e => e / 5 }; var other = list; other[0] = e => 1.0;")]
    [InlineData("list", "var others = new Func<int, double>[] { e => 1.0 }; var list = new List<Func<int, double>>(others) { e => e / 5 };")]
    [InlineData("list", "Func<int, double>[] others = { e => 1.0 }; Func<int, double>[] list = [.. others, e => e / 5];")]
    [InlineData("s_list", "s_list[0] = e => 1.0;", "private static readonly Func<int, double>[] s_list = { e => e / 5 };")]
    [InlineData("s_list", "s_list = [e => 1.0];", "private static Func<int, double>[] s_list = { e => e / 5 };")]
    [InlineData("Factors", "", "public static readonly Func<int, double>[] Factors = { e => e / 5 };")]
    [InlineData("new Odd { e => e / 5 }", "", "class Odd : List<Func<int, double>> { public new void Add(Func<int, double> f) => base.Add(e => 1.0); }")]
    public async Task AListThatMayHoldOthersIsSilent(string factors, string before, string members = "") =>
        Assert.Empty(await Reported(FactorSource.Script(factors, before, members, scheduler: Lists)));

    [Theory]
    [InlineData("public class WarmupLR : torch.optim.lr_scheduler.impl.LambdaLR { public WarmupLR(torch.optim.Optimizer optimizer, int warmup) : base(optimizer, e => e / warmup) { } }")]
    [InlineData("public class WarmupLR(torch.optim.Optimizer optimizer, int warmup) : torch.optim.lr_scheduler.impl.LambdaLR(optimizer, e => e / warmup);")]
    [InlineData("public class WarmupLR : torch.optim.lr_scheduler.impl.LambdaLR { public WarmupLR(torch.optim.Optimizer optimizer) : base(optimizer, Ramp) { } static double Ramp(int e) => e / 5; }")]
    public async Task ABaseConstructorsDelegateIsRead(string type) =>
        Assert.Equal("WARM1002", await Reported("using TorchSharp;\npublic static class Program { public static void Main() { } }\n" + type));

    [Theory]
    [InlineData("public class WarmupLR : torch.optim.lr_scheduler.impl.LambdaLR { public WarmupLR(torch.optim.Optimizer optimizer, int warmup) : base(optimizer, e => (e + 1) / (double)warmup) { } }")]
    [InlineData("public class Decay(torch.optim.Optimizer optimizer) : torch.optim.lr_scheduler.impl.ExponentialLR(optimizer, 0.9);")]
    [InlineData("public class WarmupLR : LambdaLR { public WarmupLR(torch.optim.Optimizer optimizer) : base(optimizer, e => e / 5) { } } public class LambdaLR(torch.optim.Optimizer optimizer, System.Func<int, double> f) { public object Held => (optimizer, f); }")]
    public async Task WhatBecomesOfAUsersOwnSchedulerIsNotSeen(string type) => Assert.Empty(await Reported(
        "using TorchSharp;\npublic static class Program { public static void Main() { using var model = torch.nn.Linear(2, 2); var optimizer = torch.optim.SGD(model.parameters(), 0.1); optimizer.step(); } }\n" + type));

    [Theory]
    [InlineData("foreach (var group in optimizer.ParamGroups) group.InitialLearningRate = 1.0; return optimizer;", "")]
    [InlineData("Prepare(optimizer); return optimizer;", "static void Prepare(torch.optim.Optimizer optimizer) { foreach (var group in optimizer.ParamGroups) { group.InitialLearningRate = group.LearningRate / 0.05; } }")]
    [InlineData("return optimizer;", "class Other { public double InitialLearningRate; void Set() => InitialLearningRate = 1; }", "WARM1003")]
    [InlineData("return optimizer;", "class Other { public double InitialLearningRate; } static void Set(Other o) => o.InitialLearningRate = 1;", "WARM1003")]
    [InlineData("System.Console.WriteLine(System.Linq.Enumerable.First(optimizer.ParamGroups).InitialLearningRate); return optimizer;", "", "WARM1003")]
    public async Task ABaseRateThatIsSetByHandIsUnknown(string prepare, string members, string expected = "") => Assert.Equal(expected, await Reported($$"""
        using System;
        using TorchSharp;
        using static TorchSharp.torch.nn;

        public class Trainer
        {
            private readonly torch.optim.Optimizer _optimizer;
            private readonly torch.optim.lr_scheduler.LRScheduler _scheduler;

            public Trainer(torch.nn.Module model)
            {
                const double lr = 0.05;
                _optimizer = Prepared(torch.optim.SGD(model.parameters(), lr));
                var optimizer = torch.optim.SGD(model.parameters(), lr);
                _scheduler = torch.optim.lr_scheduler.LambdaLR(optimizer, e => lr * Math.Pow(0.9, e));
                _optimizer = optimizer;
            }

            public void Step() { _optimizer.step(); _scheduler.step(); }

            private static torch.optim.Optimizer Prepared(torch.optim.Optimizer optimizer) { {{prepare}} }

            {{members}}

            public static void Main() { }
        }
        """));
}
