using System.Threading.Tasks;
using WarmupAnalyzers.CodeFixes.Fixes;
using Xunit;

namespace WarmupAnalyzers.Tests.Rules;

/// <summary>What other code of the compilation does with gradients matters to a loop only where it may run in it.</summary>
public class TrainingElsewhereTests
{
    private const string Unzeroed = "foreach (var (x, y) in data)\n{\n    [|Loss(x, y).backward()|];\n    optimizer.step();\n}\n";

    private static Task Reported(string source) => TrainingLoop<SteppedBeforeOptimizerFix>.Fixed("WARM3012", TrainingLoopProgram.Setup + source, TrainingLoopProgram.Setup + source);

    private static Task Silent(string source) => TrainingLoop<SteppedBeforeOptimizerFix>.Silent(TrainingLoopProgram.Setup + source.Replace("[|", "", System.StringComparison.Ordinal).Replace("|]", "", System.StringComparison.Ordinal));

    [Theory]
    [InlineData("sealed class Events(Optimizer other)\n{\n    public event Action? Batch;\n    public void Listen() => Batch += () => other.zero_grad();\n    public void Raise() => Batch?.Invoke();\n}\n")]
    [InlineData("static class Runner\n{\n    public static void Run(Action<Tensor> batch) => batch(zeros(1));\n    public static void Train(Optimizer other) => Run(x => other.zero_grad());\n}\n")]
    [InlineData("abstract class Trainer\n{\n    public abstract void Train(Tensor x);\n}\nsealed class Mine(Optimizer other) : Trainer\n{\n    public override void Train(Tensor x)\n    {\n        other.zero_grad();\n        x.backward();\n    }\n}\n")]
    [InlineData("static class Folds\n{\n    public static void Train(Tensor[] data, Optimizer other) => System.Threading.Tasks.Parallel.For(0, 4, fold =>\n    {\n        foreach (var x in data)\n        {\n            other.zero_grad();\n            x.backward();\n        }\n    });\n}\n")]
    [InlineData("static class Losses\n{\n    public static IEnumerable<Tensor> Train(Tensor[] data, Optimizer other)\n    {\n        foreach (var x in data)\n        {\n            other.zero_grad();\n            yield return x;\n        }\n    }\n}\n")]
    public Task Other_training_in_the_compilation_hides_nothing(string other) => Reported(Unzeroed + other);

    [Theory]
    [InlineData("foreach (var (x, y) in data)\n{\n    using var scope = new Scope(optimizer);\n    Loss(x, y).backward();\n    optimizer.step();\n}\nsealed class Scope(Optimizer other) : IDisposable\n{\n    public void Dispose() => other.zero_grad();\n}\n")]
    [InlineData("foreach (var (x, y) in data)\n{\n    using (new Scope(optimizer))\n    {\n        Loss(x, y).backward();\n        optimizer.step();\n    }\n}\nsealed class Scope : IDisposable\n{\n    private readonly Optimizer _other;\n    public Scope(Optimizer other) => _other = other;\n    void IDisposable.Dispose() => _other.zero_grad();\n}\n")]
    [InlineData("var batches = Batches();\nforeach (var (x, y) in batches)\n{\n    Loss(x, y).backward();\n    optimizer.step();\n}\nIEnumerable<(Tensor, Tensor)> Batches()\n{\n    foreach (var batch in data)\n    {\n        optimizer.zero_grad();\n        yield return batch;\n    }\n}\n")]
    [InlineData("var batches = data.Select(batch =>\n{\n    optimizer.zero_grad();\n    return batch;\n});\nforeach (var (x, y) in batches)\n{\n    Loss(x, y).backward();\n    optimizer.step();\n}\n")]
    [InlineData("Func<Tensor> closure = () =>\n{\n    optimizer.zero_grad();\n    return Loss(data[0].x, data[0].y);\n};\nforeach (var (x, y) in data)\n{\n    Loss(x, y).backward();\n    optimizer.step(closure);\n}\n")]
    [InlineData("Func<Tensor> closure = Closure;\nforeach (var (x, y) in data)\n{\n    Loss(x, y).backward();\n    optimizer.step(closure);\n}\nTensor Closure()\n{\n    optimizer.zero_grad();\n    return Loss(data[0].x, data[0].y);\n}\n")]
    [InlineData("Action after = Zero;\nforeach (var (x, y) in data)\n{\n    Loss(x, y).backward();\n    optimizer.step();\n    System.Threading.Tasks.Parallel.Invoke(after);\n}\nvoid Zero() => optimizer.zero_grad();\n")]
    [InlineData("model.register_forward_hook((module, input, output) =>\n{\n    optimizer.zero_grad();\n    return output;\n});\n" + Unzeroed)]
    public Task What_may_run_in_the_loop_is_given_the_benefit_of_the_doubt(string source) => Silent(source);
}
