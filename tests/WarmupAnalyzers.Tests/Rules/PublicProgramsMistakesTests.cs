using System.Linq;
using System.Threading.Tasks;
using Xunit;

namespace WarmupAnalyzers.Tests.Rules;

/// <summary>Mistakes that stand in public training code, in programs of our own: each is reported, and nothing else.</summary>
public class PublicProgramsMistakesTests
{
    private static async Task Reports(string code, params string[] expected)
    {
        var found = await Findings.In(Usings + code + Main);
        Assert.Equal(expected, found.OrderBy(finding => finding.Location.SourceSpan.Start).Select(finding => finding.Id));
    }

    private const string Usings = """
        using System;
        using System.Collections.Generic;
        using System.Linq;
        using TorchSharp;
        using TorchSharp.Modules;
        using static TorchSharp.torch;
        using static TorchSharp.torch.nn;
        using static TorchSharp.torch.optim;

        """;

    private const string Main = "\nstatic class Program { static void Main() { } }\n";

    [Fact]
    public Task A_decay_that_is_made_and_never_stepped() => Reports("""
        static class Mnist
        {
            public static void Train(Module<Tensor, Tensor> model, List<(Tensor Image, Tensor Label)> train)
            {
                var optimizer = Adam(model.parameters());
                var scheduler = lr_scheduler.StepLR(optimizer, 1, 0.7);
                for (var epoch = 1; epoch <= 4; epoch++)
                {
                    foreach (var (image, label) in train)
                    {
                        optimizer.zero_grad();
                        using var loss = functional.nll_loss(model.forward(image), label);
                        loss.backward();
                        optimizer.step();
                    }
                }
            }
        }
        """, "WARM3001");

    [Fact]
    public Task A_last_epoch_on_a_fresh_optimizer_and_a_step_behind_the_training() => Reports("""
        static class Cifar
        {
            public static void Train(Module<Tensor, Tensor> model, List<(Tensor Image, Tensor Label)> train)
            {
                using var optimizer = SGD(model.parameters(), 0.05);
                var scheduler = lr_scheduler.StepLR(optimizer, 1, 0.2, last_epoch: 5);
                for (var epoch = 1; epoch <= 10; epoch++)
                {
                    foreach (var (image, label) in train)
                    {
                        optimizer.zero_grad();
                        using var loss = functional.cross_entropy(model.forward(image), label);
                        loss.backward();
                        optimizer.step();
                    }

                    scheduler.step();
                }

                scheduler.step();
            }
        }
        """, "WARM2003", "WARM3010");

    [Fact]
    public Task An_index_where_verbose_is_meant() => Reports("""
        static class Flow
        {
            public static void Fit(Module<Tensor, Tensor> net, Func<Tensor> sample)
            {
                var adam = Adam(net.parameters(), 1e-4);
                var decay = lr_scheduler.ExponentialLR(adam, 0.999, 0, true);
                for (int i = 0; i < 1000; i++)
                {
                    adam.zero_grad();
                    using var loss = net.forward(sample()).mean();
                    loss.backward();
                    adam.step();
                    decay.step();
                }
            }
        }
        """, "WARM2003");

    [Fact]
    public Task Two_schedulers_before_their_optimizers() => Reports("""
        static class TwoParts
        {
            public static void Fit(Module<Tensor, Tensor> encoder, Module<Tensor, Tensor> head, List<(Tensor X, Tensor Y)> batches)
            {
                var adam = Adam(encoder.parameters(), 1e-3);
                var sgd = SGD(head.parameters(), 1e-2);
                var adamDecay = lr_scheduler.ExponentialLR(adam, 0.999);
                var sgdDecay = lr_scheduler.StepLR(sgd, 100, 0.5);
                foreach (var (x, y) in batches)
                {
                    adam.zero_grad();
                    sgd.zero_grad();
                    using var loss = functional.mse_loss(head.forward(encoder.forward(x)), y);
                    loss.backward();
                    adamDecay.step();
                    sgdDecay.step();
                    adam.step();
                    sgd.step();
                }
            }
        }
        """, "WARM3002", "WARM3002");

    [Fact]
    public async Task A_cosine_of_twice_the_epochs()
    {
        const string code = Usings + """
            static class Detector
            {
                public static void Train(Module<Tensor, Tensor> model, List<(Tensor Image, Tensor Target)> train)
                {
                    var optimizer = SGD(model.parameters(), 0.01, momentum: 0.9);
                    var scheduler = lr_scheduler.CosineAnnealingLR(optimizer, T_max: 200);
                    for (int epoch = 0; epoch < 100; epoch++)
                    {
                        foreach (var (image, target) in train)
                        {
                            optimizer.zero_grad();
                            using var loss = functional.mse_loss(model.forward(image), target);
                            loss.backward();
                            optimizer.step();
                        }

                        scheduler.step();
                    }
                }
            }
            """;
        var found = Assert.Single(await Findings.In(code + Main));
        Assert.Equal(("WARM4007", Microsoft.CodeAnalysis.DiagnosticSeverity.Info), (found.Id, found.Severity));
        Assert.Contains("ends at 0.5 of the base learning rate", found.GetMessage(System.Globalization.CultureInfo.InvariantCulture), System.StringComparison.Ordinal);
    }

    [Fact]
    public Task Eight_schedulers_with_seven_equal_milestones() => Reports("""
        static class Restarts
        {
            public static lr_scheduler.LRScheduler Of(Optimizer optimizer) => lr_scheduler.SequentialLR(
                optimizer,
                new[]
                {
                    lr_scheduler.CosineAnnealingLR(optimizer, 5), lr_scheduler.CosineAnnealingLR(optimizer, 5), lr_scheduler.CosineAnnealingLR(optimizer, 5),
                    lr_scheduler.CosineAnnealingLR(optimizer, 5), lr_scheduler.CosineAnnealingLR(optimizer, 5), lr_scheduler.CosineAnnealingLR(optimizer, 5),
                    lr_scheduler.CosineAnnealingLR(optimizer, 5), lr_scheduler.CosineAnnealingLR(optimizer, 5),
                },
                new[] { 5, 5, 5, 5, 5, 5, 5 });
        }
        """, "WARM4002");

    [Fact]
    public Task A_plateau_that_waits_for_the_f1_score_to_fall() => Reports("""
        static class Tagger
        {
            public static void Train(Module<Tensor, Tensor> model, List<(Tensor X, Tensor Y)> train, Func<double> evaluate)
            {
                var optimizer = Adam(model.parameters(), 2e-5);
                var scheduler = lr_scheduler.ReduceLROnPlateau(optimizer, "min", factor: 0.5, patience: 2);
                for (int epoch = 0; epoch < 30; epoch++)
                {
                    foreach (var (x, y) in train)
                    {
                        optimizer.zero_grad();
                        using var loss = functional.cross_entropy(model.forward(x), y);
                        loss.backward();
                        optimizer.step();
                    }

                    double f1Score = evaluate();
                    scheduler.step(f1Score);
                }
            }
        }
        """, "WARM4012");

    [Fact]
    public Task An_optimizer_rebuilt_to_lower_its_rate() => Reports("""
        static class Gpt
        {
            public static void Train(Module<Tensor, Tensor> model, List<(Tensor X, Tensor Y)> train)
            {
                double lr = 3e-4;
                var optimizer = Adam(model.parameters(), lr);
                for (int epoch = 0; epoch < 30; epoch++)
                {
                    foreach (var (x, y) in train)
                    {
                        optimizer.zero_grad();
                        using var loss = functional.cross_entropy(model.forward(x), y);
                        loss.backward();
                        optimizer.step();
                    }

                    lr *= 0.9;
                    optimizer = Adam(model.parameters(), lr);
                }
            }
        }
        """, "WARM4013");

    [Fact]
    public Task A_property_that_makes_a_scheduler_at_each_access() => Reports("""
        sealed class Learner
        {
            private readonly Module<Tensor, Tensor> _model;
            private readonly Optimizer _optimizer;

            public Learner(Module<Tensor, Tensor> model)
            {
                _model = model;
                _optimizer = Adam(model.parameters(), 1e-3);
            }

            private lr_scheduler.LRScheduler Scheduler => lr_scheduler.StepLR(_optimizer, 10, 0.5);

            public void Train(List<(Tensor X, Tensor Y)> train, int epochs)
            {
                for (int epoch = 0; epoch < epochs; epoch++)
                {
                    foreach (var (x, y) in train)
                    {
                        _optimizer.zero_grad();
                        using var loss = functional.mse_loss(_model.forward(x), y);
                        loss.backward();
                        _optimizer.step();
                    }

                    Scheduler.step();
                }
            }
        }
        """, "WARM3003");
}
