using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis.Testing;
using WarmupAnalyzers.CodeFixes.Fixes;
using WarmupAnalyzers.Rules;
using Xunit;

namespace WarmupAnalyzers.Tests.Rules;

public class SteppedWithoutGradientsTests
{
    private const string Id = "WARM3013";

    private static Task Reported(string source) => TrainingLoop<MissingCallFix>.Fixed(Id, source, source);

    private static Task Silent(string source) => TrainingLoop<MissingCallFix>.Silent(source);

    private static string Script(string body, string after = "") => TrainingLoopProgram.Setup + "foreach (var (x, y) in data)\n{\n" + body + "\n}\n" + after;

    [Theory]
    [InlineData("optimizer.zero_grad(); var loss = Loss(x, y); [|optimizer.step()|];")]
    [InlineData("model.zero_grad(); var loss = Loss(x, y); [|optimizer.step()|];")]
    [InlineData("var loss = Loss(x, y); [|optimizer.step()|]; optimizer.zero_grad();")]
    [InlineData("optimizer.zero_grad(); using (NewDisposeScope()) { Loss(x, y); } [|optimizer.step(null!)|];")]
    [InlineData("optimizer.zero_grad(); Loss(x, y); _ = [|optimizer.step()|]; optimizer.step();")]
    public Task Nothing_makes_gradients(string body) => Reported(Script(body));

    [Fact]
    public Task Two_optimizers_are_two_mistakes() => Reported(
        TrainingLoopProgram.Setup + "var second = torch.optim.Adam(model.parameters(), 0.1);\nwhile (true) { optimizer.zero_grad(); second.zero_grad(); [|optimizer.step()|]; [|second.step()|]; }\n");

    [Theory]
    [InlineData("optimizer.zero_grad(); Loss(x, y).backward(); optimizer.step();")]
    [InlineData("optimizer.step();")] // a schedule is printed
    [InlineData("Loss(x, y); optimizer.step();")]
    [InlineData("optimizer.zero_grad(); Back(x, y); optimizer.step();")]
    [InlineData("optimizer.zero_grad(); back(x, y); optimizer.step();")]
    [InlineData("optimizer.zero_grad(); optimizer.step(() => Loss(x, y));")]
    [InlineData("optimizer.zero_grad(); foreach (var p in model.parameters()) p.grad = ones_like(p); optimizer.step();")]
    [InlineData("optimizer.zero_grad(); autograd.backward(new[] { Loss(x, y) }); optimizer.step();")]
    [InlineData("if (++count % 2 == 0) optimizer.zero_grad(); optimizer.step();")]
    [InlineData("optimizer.zero_grad(); Loss(x, y); if (++count % 2 == 0) optimizer.step();")]
    [InlineData("other.zero_grad(); optimizer.step();")]
    public Task What_makes_them_or_may(string body) => Silent(
        TrainingLoopProgram.Setup + "var count = 0;\nvar other = torch.optim.Adam(model.parameters(), 0.1);\nAction<Tensor, Tensor> back = Back;\nforeach (var (x, y) in data)\n{\n" + body + "\n}\nvoid Back(Tensor x, Tensor y) => Loss(x, y).backward();\n");

    [Fact]
    public Task The_losses_are_gathered_outside() => Silent(TrainingLoopProgram.Setup + """
        while (true)
        {
            Loss(data[0].x, data[0].y).backward();
            foreach (var one in new Optimizer[] { optimizer })
            {
                one.step();
                one.zero_grad();
            }
        }
        """);

    [Fact]
    public Task Each_optimizer_in_turn_steps_with_what_was_made_before() => Silent(TrainingLoopProgram.Setup + """
        Update(new[] { optimizer }, Loss(data[0].x, data[0].y));

        static void Update(Optimizer[] optimizers, Tensor loss)
        {
            loss.backward();
            foreach (var one in optimizers)
            {
                one.step();
                one.zero_grad();
            }
        }
        """);

    private static string Trainer(string batch, string more = "") => $$"""
        new Trainer().Fit();

        class Trainer
        {
            private readonly Model _model = Linear(10, 1);
            protected readonly Optimizer _optimizer;

            public Trainer() => _optimizer = torch.optim.Adam(_model.parameters(), 0.1);

            public void Fit()
            {
                foreach (var x in new[] { rand(3), rand(3) })
                    TrainBatch(x);
            }

            private void TrainBatch(Tensor x)
            {
                {{batch}}
            }

            {{more}}
        }
        """;

    [Fact]
    public Task Across_methods() => Reported(Trainer("_optimizer.zero_grad(); _model.forward(x); Step();", "private void Step() => [|_optimizer.step()|];"));

    [Theory]
    [InlineData("_optimizer.zero_grad(); Learn(x); _optimizer.step();", "protected virtual void Learn(Tensor x) { } } class Mine : Trainer { protected override void Learn(Tensor x) => x.backward();")]
    [InlineData("_optimizer.zero_grad(); Learn(x); _optimizer.step();", "private void Learn(Tensor x) => Deeper(x); private static void Deeper(Tensor x) => x.mean().backward();")]
    [InlineData("_optimizer.zero_grad(); Ready?.Invoke(x); _optimizer.step();", "public event Action<Tensor>? Ready; public void Listen() => Ready += x => x.backward();")]
    [InlineData("_optimizer.zero_grad(); _model.forward(x); _optimizer.step();", "public void Listen() => _model.register_forward_hook((_, _, y) => { y.backward(); return y; });")]
    public Task What_is_not_seen_may_make_them(string batch, string more) => Silent(Trainer(batch, more));

    [Fact]
    public Task Types_of_ones_own() => Silent("""
        var optimizer = new Mine();
        while (true)
        {
            optimizer.zero_grad();
            optimizer.step();
        }

        class Mine
        {
            public void zero_grad() { }
            public void step() { }
        }
        """);

    [Theory]
    [InlineData("optimizer.zero_grad(); Loss(x, y).back; optimizer.step();")]
    [InlineData("optimizer.zero_grad(); Loss(x, y). optimizer.step();")]
    [InlineData("optimizer.zero_grad(); Missing(); optimizer.step();")]
    public Task Half_typed_code(string body) =>
        new WarmupTest<TrainingLoopAnalyzer, MissingCallFix> { TestCode = TrainingLoopProgram.Usings + Script(body), CompilerDiagnostics = CompilerDiagnostics.None }.RunAsync(CancellationToken.None);
}
