using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace WarmupAnalyzers.Tests.Robustness;

/// <summary>Deep nesting and great length, as generated code has them.</summary>
internal static class DepthMutators
{
    public static ImmutableArray<Mutator> All { get; } =
    [
        new("parentheses", ground => ground.Replace(ground.Any(ground.Values), value => Times("(", 60) + value + Times(")", 60))),
        new("signs", ground => ground.Replace(ground.Any(ground.Values), value => Times("- ", 50) + value)),
        new("sum", ground => ground.Replace(ground.Any(ground.Values), value => "(" + value + Times(" + 0", 400) + ")")),
        new("choices", ground => ground.Replace(ground.Any(ground.Values), value => "(" + string.Concat(Enumerable.Range(0, 60).Select(i => $"DateTime.Now.Ticks == {i} ? {value} : ")) + value + ")")),
        new("calls", ground => ground.Replace(ground.Any(ground.Values), value => Times("Math.Max(1, ", 40) + value + Times(")", 40))),
        new("lambdas", ground => ground.Replace(ground.Any(ground.Values), value => Times("((Func<double>)(() => ", 12) + value + Times("))()", 12))),
        new("blocks", ground => ground.Replace(ground.Any(ground.Actions), statement => Times("{ ", 60) + statement + Times(" }", 60))),
        new("conditions", ground => ground.Replace(ground.Any(ground.Actions), statement => Times("if (DateTime.Now.Ticks > 0) ", 40) + statement)),
        new("loops", ground => ground.Replace(ground.Any(ground.Actions), statement => string.Concat(Enumerable.Range(0, 15).Select(i => $"for (var n{i} = 0; n{i} < 3; n{i}++) ")) + statement)),
        new("other choices", ground => ground.Replace(ground.Any(ground.Actions), statement => string.Concat(Enumerable.Range(0, 80).Select(i => $"if (DateTime.Now.Ticks == {i}) {{ }} else ")) + statement)),
        new("long method", ground => ground.Replace(ground.Any(ground.Actions.Where(action => action.Span.Length < 200)), statement => Times(statement + "\n", 200))),
        new("many variables", ground => ground.Any(ground.Statements) is { } place ? ground.Insert(place.SpanStart, string.Concat(Enumerable.Range(0, 200).Select(i => $"var local{i} = {(i == 0 ? "1.0" : $"local{i - 1} * 1.01")}; "))) : null),
        new("many schedulers", ground => ground.Any(ground.Statements) is { } place ? ground.Insert(place.SpanStart, string.Concat(Enumerable.Range(0, 30).Select(i => $"var scheduler{i} = torch.optim.lr_scheduler.StepLR(optimizer, {i + 1}); "))) : null),
        new("many functions", ground => ground.Any(ground.Statements) is { } place ? ground.Insert(place.SpanStart, string.Concat(Enumerable.Range(0, 60).Select(i => $"double F{i}(int k) => {(i == 0 ? "k / 10" : $"F{i - 1}(k) + F{i - 1}(k)")}; ")) + "torch.optim.lr_scheduler.LambdaLR(optimizer, F59); ") : null),
        new("tries", ground => ground.Replace(ground.Any(ground.Actions), statement => Times("try { ", 20) + statement + Times(" } finally { }", 20))),
        new("switch", ground => ground.Replace(ground.Any(ground.Values), value => "(DateTime.Now.Millisecond switch { " + string.Concat(Enumerable.Range(0, 80).Select(i => $"{i} => {value}, ")) + $"_ => {value} }})")),
    ];

    private static string Times(string text, int times) => string.Concat(Enumerable.Repeat(text, times));
}
