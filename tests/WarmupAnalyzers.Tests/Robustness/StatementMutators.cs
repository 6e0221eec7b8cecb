using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace WarmupAnalyzers.Tests.Robustness;

/// <summary>Statements in another order, twice, not at all, or in something that they were not in.</summary>
internal static class StatementMutators
{
    public static ImmutableArray<Mutator> All { get; } =
    [
        new("neighbours swapped", Neighbours),
        new("statements swapped", ground => ground.Any(ground.Statements) is { } one && ground.Any(ground.Statements) is { } other ? ground.Swap(one.Span, other.Span) : null),
        new("statement duplicated", ground => ground.Any(ground.Statements) is { } statement ? ground.Insert(statement.FullSpan.End, statement.ToFullString()) : null),
        new("action duplicated", ground => ground.Any(ground.Actions) is { } statement ? ground.Insert(statement.FullSpan.End, statement.ToFullString()) : null),
        new("statement deleted", ground => ground.Any(ground.Statements) is { } statement ? ground.Replace(statement.FullSpan, string.Empty) : null),
        new("action deleted", ground => ground.Any(ground.Actions) is { } statement ? ground.Replace(statement.Span, string.Empty) : null),
        new("action moved", Moved),
        new("action copied", ground => ground.Any(ground.Actions) is { } statement && ground.Any(ground.Statements) is { } place ? ground.Insert(place.FullSpan.End, statement.ToFullString()) : null),
        new("action wrapped", ground => ground.Replace(ground.Any(ground.Actions), statement => Wrapped(ground, statement))),
        new("call wrapped", ground => ground.Replace(ground.Any(ground.Nodes<ExpressionStatementSyntax>()), statement => Wrapped(ground, statement))),
        new("braces taken away", Bare),
        new("statement of another", ground => StatementOf(ground) is { } foreign && ground.Any(ground.Statements) is { } place ? ground.Insert(place.FullSpan.End, foreign) : null),
        new("statement replaced", ground => StatementOf(ground) is { } foreign && ground.Any(ground.Actions) is { } place ? ground.Replace(place.Span, foreign) : null),
        new("way out", ground => ground.Any(ground.Statements) is { } place ? ground.Insert(place.SpanStart, ground.Of("continue; ", "break; ", "return; ", "if (DateTime.Now.Ticks > 0) continue; ", "if (DateTime.Now.Ticks > 0) break; ", "if (DateTime.Now.Ticks > 0) return; ", "throw new Exception(); ", "yield return 1; ", "goto end; ", "end: ", "a: ")) : null),
        new("statement of a training", ground => ground.Any(ground.Statements) is { } place ? ground.Insert(place.SpanStart, ground.Of(
            "scheduler.step(); ", "optimizer.step(); ", "optimizer.zero_grad(); ", "loss.backward(); ", "scheduler.step(1); ", "scheduler.step(0.5); ", "optimizer.ParamGroups.First().LearningRate = 0.1; ",
            "foreach (var g in optimizer.ParamGroups) g.LearningRate *= 0.5; ", "var scheduler = torch.optim.lr_scheduler.StepLR(optimizer, 3); ", "var warmup = torch.optim.lr_scheduler.LinearLR(optimizer, 0, 1, 5); ",
            "torch.optim.lr_scheduler.LambdaLR(optimizer, e => e / 10); ", "_ = torch.optim.lr_scheduler.LambdaLR(optimizer, e => e / 10.0); ", "model.eval(); ", "using var off = torch.no_grad(); ", "optimizer.load_state_dict(\"x\"); ",
            "var again = torch.optim.lr_scheduler.SequentialLR(optimizer, new torch.optim.lr_scheduler.LRScheduler[] { torch.optim.lr_scheduler.LinearLR(optimizer, 0.1, 1, 5), torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, 10) }, new[] { 3 }); ")) : null),
    ];

    private static string? Neighbours(Ground ground)
    {
        if (ground.Any(ground.Nodes<BlockSyntax>().Where(block => block.Statements.Count > 1)) is not { } block)
            return null;
        var at = ground.Random.Next(block.Statements.Count - 1);
        return ground.Swap(block.Statements[at].Span, block.Statements[at + 1].Span);
    }

    private static string? Moved(Ground ground)
    {
        if (ground.Any(ground.Actions) is not { } statement || ground.Any(ground.Statements) is not { } place)
            return null;
        return ground.Swap(statement.FullSpan, new TextSpan(place.FullSpan.End, 0));
    }

    private static string? Bare(Ground ground) =>
        ground.Any(ground.Nodes<BlockSyntax>().Where(block => block.Statements.Count == 1 && block.Parent is StatementSyntax)) is { } block ? ground.Replace(block.Span, block.Statements[0].ToString()) : null;

    private static string? StatementOf(Ground ground) =>
        ground.Any(CSharpSyntaxTree.ParseText(ground.Other(), FuzzHost.ParseOptions).GetRoot().DescendantNodes().OfType<StatementSyntax>().Where(statement => statement.Span.Length < 400))?.ToString();

    private static string Wrapped(Ground ground, string statement) => ground.Random.Next(30) switch
    {
        0 => $"{{ {statement} }}",
        1 => $"if (true) {statement}",
        2 => $"if (DateTime.Now.Ticks % 2 == 0) {{ {statement} }}",
        3 => $"try {{ {statement} }} finally {{ }}",
        4 => $"try {{ {statement} }} catch (Exception) {{ throw; }}",
        5 => $"using (torch.no_grad()) {{ {statement} }}",
        6 => $"checked {{ {statement} }}",
        7 => $"unchecked {{ {statement} }}",
        8 => $"unsafe {{ {statement} }}",
        9 => $"lock (new object()) {{ {statement} }}",
        10 => $"for (int once = 0; once < 1; once++) {{ {statement} }}",
        11 => $"foreach (var one in new[] {{ 1, 2, 3 }}) {statement}",
        12 => $"while (true) {{ {statement} break; }}",
        13 => $"do {statement} while (false);",
        14 => $"((Action)(() => {{ {statement} }}))();",
        15 => $"void Local() {{ {statement} }} Local();",
        16 => $"switch (1) {{ case 1: {statement} break; default: {statement} break; }}",
        17 => $"if (args.Length > 0) {statement} else {statement}",
        18 => $"Action later = () => {{ {statement} }}; later();",
        19 => $"Action later = delegate {{ {statement} }};",
        20 => $"label{ground.Random.Next(100)}: {statement}",
        21 => $"for (;;) {{ {statement} }}",
        22 => $"fixed (char* c = \"\") {{ {statement} }}",
        23 => $"async Task Later() {{ await Task.Yield(); {statement} }} Later().Wait();",
        24 => $"Enumerable.Range(0, 10).ToList().ForEach(i => {{ {statement} }});",
        25 => $"static void Apart() {{ {statement} }} Apart();",
        26 => $"if (false) {{ {statement} }}",
        27 => $"{{{{ ; {statement} ; }}}}",
        28 => $"for (var i = 0; i < 5; i++) for (var j = 0; j < 5; j++) {statement}",
        _ => $"if (true)\n#pragma warning disable CS0162\n{statement} // end {ground.Random.Next(1000)}\nelse {{ }}",
    };
}
