using System.Linq;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis.Testing;
using Xunit;
using Verify = WarmupAnalyzers.Tests.Verify<WarmupAnalyzers.Rules.OptimizerAnalyzer, Microsoft.CodeAnalysis.Testing.EmptyCodeFixProvider>;

namespace WarmupAnalyzers.Tests.Rules;

public sealed class RebuiltForLearningRateTests
{
    private const string Train = "optimizer.zero_grad(); model.forward(x).mean().backward(); optimizer.step();";

    private static string Program(string body, string members = "") => $$"""
        using System;
        using System.Collections.Generic;
        using System.Linq;
        using System.Threading.Tasks;
        using TorchSharp;
        using TorchSharp.Modules;
        using static TorchSharp.torch;
        using static TorchSharp.torch.optim;

        class Program
        {
            static readonly Linear model = nn.Linear(4, 1);
            static readonly Tensor x = torch.ones(2, 4);
            {{members}}

            static void Main(string[] args)
            {
                {{body}}
            }
        }
        """;

    [Theory]
    [InlineData("var optimizer = Adam(model.parameters(), 1e-3); for (int e = 0; e < 9; e++) { if (e == 5) optimizer = {|WARM4013:Adam(model.parameters(), 1e-4)|}; " + Train + " }")]
    [InlineData("var rate = 1e-3; var optimizer = Adam(model.parameters(), rate); for (int e = 0; e < 9; e++) { rate *= 0.9; optimizer = {|WARM4013:Adam(model.parameters(), rate)|}; " + Train + " }")]
    [InlineData("var rate = 1e-3; var optimizer = Adam(lr: rate, parameters: model.parameters()); for (int e = 0; e < 9; e++) { rate *= 0.9; optimizer = {|WARM4013:torch.optim.Adam(parameters: model.parameters(), lr: rate)|}; " + Train + " }")]
    [InlineData("var rate = 1e-3; var optimizer = torch.optim.AdamW(model.parameters(), rate); while (rate > 1e-5) { for (int i = 0; i < 9; i++) { " + Train + " } rate /= 2; optimizer = {|WARM4013:torch.optim.AdamW(model.parameters(), rate)|}; }")]
    [InlineData("var optimizer = SGD(model.parameters(), 0.1, momentum: 0.9); foreach (var e in Enumerable.Range(0, 9)) { if (e == 5) optimizer = {|WARM4013:SGD(model.parameters(), 0.01, momentum: 0.9)|}; " + Train + " }")]
    [InlineData("Optimizer optimizer = Adam(model.parameters(), 1e-3); foreach (var rate in new[] { 1e-3, 1e-4 }) { optimizer = {|WARM4013:Adam(model.parameters(), rate)|}; " + Train + " }")]
    [InlineData("var parameters = model.parameters().ToList(); var optimizer = RMSProp(parameters, 1e-3); for (int e = 0; e < 9; e++) { " + Train + " optimizer = {|WARM4013:RMSProp(parameters, 1e-3 / (e + 2))|}; }")]
    [InlineData("Fit(); void Fit() { var optimizer = Adam(model.parameters(), 1e-3); for (int e = 0; e < 9; e++) { if (e == 5) optimizer = {|WARM4013:Adam(model.parameters(), 1e-4)|}; " + Train + " } }")]
    [InlineData("var optimizer = Adam(model.parameters(), 1e-3); for (int e = 0; e < 9; e++) { if (e == 3) optimizer = {|WARM4013:Adam(model.parameters(), 5e-4)|}; if (e == 6) optimizer = {|WARM4013:Adam(model.parameters(), 1e-4)|}; " + Train + " }")]
    public Task A_rebuilt_optimizer_is_reported(string body) => Verify.NoFix(Program(body));

    [Fact]
    public Task A_field_is_reported() => Verify.NoFix(Program(
        "Fit();",
        "static Optimizer optimizer = Adam(model.parameters(), 1e-3); static async Task Fit() { for (int e = 0; e < 9; e++) { await Task.Yield(); optimizer = {|WARM4013:Adam(model.parameters(), 1e-3 * Math.Pow(0.9, e + 1))|}; " + Train + " } }"));

    [Theory]
    [InlineData("1e-4", "Adam(model.parameters(), {0})", "The new Adam is there only to change the learning rate, and its moments start from zero each time")]
    [InlineData("0.01", "SGD(model.parameters(), {0}, 0.9)", "The new SGD is there only to change the learning rate, and its momentum starts from zero each time")]
    public async Task The_message_says_what_is_lost(string rate, string creation, string message)
    {
        var found = await Findings.In(Program($"var optimizer = {string.Format(creation, "0.1")}; for (int e = 0; e < 9; e++) {{ if (e == 5) optimizer = {string.Format(creation, rate)}; {Train} }}"));

        Assert.Equal(message, Assert.Single(found).GetMessage());
    }

    [Theory]
    [InlineData("for (int fold = 0; fold < 5; fold++) { var optimizer = Adam(model.parameters(), 1e-3); for (int e = 0; e < 9; e++) { " + Train + " } }")]
    [InlineData("var optimizer = Adam(model.parameters(), 1e-3); for (int e = 0; e < 9; e++) { " + Train + " } optimizer = Adam(model.parameters(), 1e-4); for (int e = 0; e < 9; e++) { " + Train + " }")]
    [InlineData("var optimizer = Adam(model.parameters(), 1e-3); for (int e = 0; e < 9; e++) { if (e == 5) optimizer = Adam(model.parameters(), 1e-3); " + Train + " }")]
    [InlineData("var rate = 1e-3; var optimizer = Adam(model.parameters(), rate); for (int e = 0; e < 9; e++) { if (e == 5) optimizer = Adam(model.parameters(), rate); " + Train + " }")]
    [InlineData("var optimizer = SGD(model.parameters(), 0.1); for (int e = 0; e < 9; e++) { if (e == 5) optimizer = SGD(model.parameters(), 0.01); " + Train + " }")]
    [InlineData("var m = nn.Linear(4, 1); var optimizer = Adam(m.parameters(), 1e-3); for (int e = 0; e < 9; e++) { if (e == 5) { m = nn.Linear(4, 1); optimizer = Adam(m.parameters(), 1e-4); } " + Train + " }")]
    [InlineData("var m = nn.Linear(4, 1); var optimizer = Adam(m.parameters(), 1e-3); for (int e = 0; e < 9; e++) { if (e == 5) { m.load(\"best\"); optimizer = Adam(m.parameters(), 1e-4); } " + Train + " }")]
    [InlineData("var head = nn.Linear(4, 1); var optimizer = Adam(head.parameters(), 1e-3); for (int e = 0; e < 9; e++) { if (e == 5) optimizer = Adam(model.parameters(), 1e-4); " + Train + " }")]
    [InlineData("Optimizer optimizer = Adam(model.parameters(), 1e-3); for (int e = 0; e < 9; e++) { if (e == 5) optimizer = SGD(model.parameters(), 1e-4, 0.9); " + Train + " }")]
    [InlineData("var optimizer = Adam(model.parameters(), 1e-3); for (int e = 0; e < 9; e++) { if (e == 5) optimizer.ParamGroups.First().LearningRate = 1e-4; " + Train + " }")]
    [InlineData("var optimizer = Adam(model.parameters(), 1e-3); var rates = new[] { 1e-2, 1e-3 }; foreach (var rate in rates) { optimizer = Adam(model.parameters(), rate); Console.WriteLine(optimizer); }")]
    public Task What_starts_anew_or_loses_nothing_is_silent(string body) => Verify.Silent(Program(body));

    [Fact]
    public Task Types_of_the_users_own_are_silent() => Verify.Silent("""
        using System.Collections.Generic;
        class Model { public IEnumerable<int> parameters() => []; }
        class Adam { public Adam(IEnumerable<int> parameters, double lr) { } public void step() { } }
        class Program
        {
            static void Main()
            {
                var model = new Model();
                var optimizer = new Adam(model.parameters(), 1e-3);
                for (int e = 0; e < 9; e++) { if (e == 5) optimizer = new Adam(model.parameters(), 1e-4); optimizer.step(); }
            }
        }
        """);

    [Fact]
    public Task Without_TorchSharp_nothing_is_reported() => Verify.Silent("class Program { static void Main() { } }", withTorchSharp: false);

    [Theory]
    [InlineData("var optimizer = Adam(model.parameters(), 1e-3); for (int e = 0; e < 9; e++) { if (e == 5) optimizer = Adam(model.parameters(), ); optimizer.step(); }")]
    [InlineData("var optimizer = Adam(model.parameters(), 1e-3); for (int e = 0; e < 9; e++) { optimizer = Adam( optimizer.step(); }")]
    [InlineData("var optimizer = Adam(model., 1e-3); while (true) { optimizer = Adam(model., 1e-4); optimizer.step(); }")]
    public async Task Half_typed_code_is_silent(string body) => Assert.Empty(await Findings.In([Program(body)], mustCompile: false));
}
