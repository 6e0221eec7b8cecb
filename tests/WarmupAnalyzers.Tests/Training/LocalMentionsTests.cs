using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using WarmupAnalyzers.Reading;
using WarmupAnalyzers.Reading.Source;
using WarmupAnalyzers.Reading.Steps;
using Xunit;

namespace WarmupAnalyzers.Tests.Training;

/// <summary>Only what nobody else can reach is followed through its mentions alone.</summary>
public sealed class LocalMentionsTests
{
    private const string Create = "var optimizer = torch.optim.SGD(model.parameters(), 0.1);\nvar scheduler = torch.optim.lr_scheduler.StepLR(optimizer, 3);\n";

    private static (LocalMentions? Mentions, SyntaxNode Function) Read(string body)
    {
        var compilation = Findings.Compile($$"""
            using System;
            using System.Collections.Generic;
            using System.Linq;
            using TorchSharp;
            class Program
            {
                static object? kept;
                static void Main() { }
                static void Give(object value) => kept = value;
                static void Train(torch.nn.Module model)
                {
            {{body}}
                }
            }
            static class Extensions { public static void step(this List<int> list) { } public static void Leak(this torch.optim.Optimizer optimizer) { } }
            """);
        Assert.Empty(compilation.GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));
        var code = TrainingCode.Of(compilation)!;
        var model = code.ModelOf(compilation.SyntaxTrees[0])!;
        var function = compilation.SyntaxTrees[0].GetRoot().DescendantNodes().OfType<MethodDeclarationSyntax>().Single(method => method.Identifier.ValueText == "Train");
        var creation = code.Creations.In(model, CancellationToken.None)[0];
        return (LocalMentions.Of(creation, function, model.GetDeclaredSymbol(function), code, CancellationToken.None), function);
    }

    [Theory]
    [InlineData(Create + "for (int e = 0; e < 9; e++) { optimizer.zero_grad(); optimizer.step(); scheduler.step(); }")]
    [InlineData(Create + "foreach (var group in optimizer.ParamGroups) Console.WriteLine(group.LearningRate); optimizer.step(); scheduler.step();")]
    [InlineData(Create + "Console.WriteLine(scheduler.get_last_lr().First()); optimizer.step(() => null!); scheduler.step();")]
    public void What_only_steps_is_followed(string body) => Assert.NotNull(Read(body).Mentions);

    [Theory]
    [InlineData(Create + "Give(optimizer); optimizer.step(); scheduler.step();")]
    [InlineData(Create + "Give(scheduler); optimizer.step(); scheduler.step();")]
    [InlineData(Create + "var other = optimizer; other.step(); scheduler.step();")]
    [InlineData(Create + "var other = scheduler; optimizer.step(); other.step();")]
    [InlineData(Create + "kept = scheduler;")]
    [InlineData(Create + "Action step = () => scheduler.step(); optimizer.step(); step();")]
    [InlineData(Create + "Action step = scheduler.step; optimizer.step(); step();")]
    [InlineData(Create + "Step(); scheduler.step(); void Step() { optimizer.step(); }")]
    [InlineData(Create + "optimizer.Leak(); optimizer.step(); scheduler.step();")]
    [InlineData(Create + "var second = torch.optim.lr_scheduler.StepLR(optimizer, 5); optimizer.step(); scheduler.step(); second.step();")]
    [InlineData(Create + "optimizer = torch.optim.SGD(model.parameters(), 0.2); optimizer.step(); scheduler.step();")]
    [InlineData(Create + "scheduler = torch.optim.lr_scheduler.StepLR(optimizer, 5); optimizer.step(); scheduler.step();")]
    [InlineData(Create + "optimizer.add_param_group(null!); optimizer.step(); scheduler.step();")]
    [InlineData("torch.optim.Optimizer optimizer = (torch.optim.Optimizer)kept!; var scheduler = torch.optim.lr_scheduler.StepLR(optimizer, 3); optimizer.step(); scheduler.step();")]
    [InlineData("var optimizer = torch.optim.SGD(model.parameters(), 0.1); kept = torch.optim.lr_scheduler.StepLR(optimizer, 3); optimizer.step();")]
    public void What_others_may_reach_is_not(string body) => Assert.Null(Read(body).Mentions);

    [Fact]
    public void Statements_that_concern_neither_are_passed_over_but_for_jumps()
    {
        var (mentions, function) = Read(Create + "for (int e = 0; e < 9; e++) { Give(e); if (e > 5) break; optimizer.step(); scheduler.step(); }");
        var body = ((MethodDeclarationSyntax)function).Body!.DescendantNodes().OfType<ForStatementSyntax>().Single().Statement;

        Assert.Equal([true, false, false, false], ((BlockSyntax)body).Statements.Select(statement => mentions!.AreNoneIn(statement.Span)));
    }
}
