using System.Linq;
using System.Threading.Tasks;
using Xunit;
using static WarmupAnalyzers.Tests.Rules.SteppingProgram;

namespace WarmupAnalyzers.Tests.Training;

/// <summary>Correct training programs whose steps are spread over a base class and those that derive from it: no rule says anything.</summary>
public class InheritedProgramsPeopleWriteTests
{
    private static async Task Silent(string source) =>
        Assert.Empty((await Findings.In(Usings + source)).Select(found => found.ToString()));

    [Theory]
    [InlineData("protected override bool IsPerEpoch => false;", "_scheduler.step();")]
    [InlineData("protected override bool IsPerEpoch => true;", "")]
    public Task The_derived_class_says_when_the_schedule_moves(string property, string step) => Silent($$"""
        new Classifier(Linear(10, 2)).Fit(20);

        abstract class Module
        {
            protected readonly Model _model;
            protected Optimizer _optimizer = null!;
            protected LRScheduler _scheduler = null!;

            protected Module(Model model) => _model = model;

            protected virtual bool IsPerEpoch => true;

            protected abstract (Optimizer, LRScheduler) Configure();

            protected abstract Tensor Loss(Tensor x);

            protected virtual void OnStep() => _optimizer.step();

            public void Fit(int epochs)
            {
                (_optimizer, _scheduler) = Configure();
                for (var epoch = 0; epoch < epochs; epoch++)
                {
                    for (var batch = 0; batch < 50; batch++)
                    {
                        _optimizer.zero_grad();
                        Loss(rand(4, 10)).backward();
                        OnStep();
                    }

                    if (IsPerEpoch)
                        _scheduler.step();
                }
            }
        }

        sealed class Classifier : Module
        {
            public Classifier(Model model) : base(model)
            {
            }

            {{property}}

            protected override (Optimizer, LRScheduler) Configure()
            {
                var optimizer = torch.optim.Adam(_model.parameters(), 1e-3);
                return (optimizer, LinearLR(optimizer, 0.1, total_iters: 5));
            }

            protected override Tensor Loss(Tensor x) => _model.forward(x).mean();

            protected override void OnStep()
            {
                base.OnStep();
                {{step}}
            }
        }
        """);

    [Theory]
    [InlineData("protected override bool IsPerEpoch => false;", "_scheduler.step();")]
    [InlineData("protected override bool IsPerEpoch => true;", "")]
    public Task The_derived_class_says_so_of_a_scheduler_of_the_base(string property, string step) => Silent($$"""
        new Regressor().Fit(20);

        abstract class Learner
        {
            protected readonly Model _model = Linear(10, 1);
            protected readonly Optimizer _optimizer;
            protected readonly LRScheduler _scheduler;

            protected Learner()
            {
                _optimizer = torch.optim.Adam(_model.parameters(), 1e-3);
                _scheduler = LinearLR(_optimizer, 0.1, total_iters: 5);
            }

            protected abstract bool IsPerEpoch { get; }

            protected virtual void OnStep() => _optimizer.step();

            public void Fit(int epochs)
            {
                for (var epoch = 0; epoch < epochs; epoch++)
                {
                    for (var batch = 0; batch < 50; batch++)
                    {
                        _optimizer.zero_grad();
                        _model.forward(rand(4, 10)).mean().backward();
                        OnStep();
                    }

                    if (IsPerEpoch)
                        _scheduler.step();
                }
            }
        }

        class Regressor : Learner
        {
            {{property}}

            protected override void OnStep()
            {
                base.OnStep();
                {{step}}
            }
        }
        """);

    [Fact]
    public Task A_scheduler_that_only_some_have() => Silent("""
        foreach (var trainer in new Trainer[] { new Plain(), new Decaying() })
            trainer.Fit();

        abstract class Trainer
        {
            protected readonly Model _model = Linear(10, 1);
            protected Optimizer Optimizer { get; init; } = null!;
            protected LRScheduler? Scheduler { get; init; }

            public void Fit()
            {
                for (var epoch = 0; epoch < 12; epoch++)
                {
                    Optimizer.zero_grad();
                    _model.forward(rand(8, 10)).mean().backward();
                    Optimizer.step();
                    Scheduler?.step();
                }
            }
        }

        class Plain : Trainer
        {
            public Plain() => Optimizer = torch.optim.SGD(_model.parameters(), 0.1);
        }

        class Decaying : Trainer
        {
            public Decaying()
            {
                Optimizer = torch.optim.SGD(_model.parameters(), 0.1);
                Scheduler = CosineAnnealingLR(Optimizer, 12);
            }
        }
        """);

    [Fact]
    public Task Hooks_in_three_generations() => Silent("""
        new Captions(Linear(10, 4)).Run();

        abstract class Loop
        {
            protected int Round { get; private set; }

            public void Run()
            {
                for (Round = 0; Round < 40; Round++)
                {
                    Before();
                    Work();
                    After();
                }
            }

            protected virtual void Before()
            {
            }

            protected abstract void Work();

            protected virtual void After()
            {
            }
        }

        abstract class Supervised : Loop
        {
            protected readonly Model Net;
            protected readonly Optimizer Optimizer;
            protected LRScheduler Schedule;

            protected Supervised(Model net)
            {
                Net = net;
                Optimizer = torch.optim.RMSProp(net.parameters(), 1e-3);
                Schedule = LambdaLR(Optimizer, k => Math.Min(1.0, (k + 1) / 8.0));
            }

            protected override void Before()
            {
                base.Before();
                if (Round > 0)
                    Schedule.step();
            }

            protected override void Work()
            {
                Optimizer.zero_grad();
                Net.forward(rand(6, 10)).pow(2).mean().backward();
                Optimizer.step();
            }
        }

        class Captions : Supervised
        {
            public Captions(Model net) : base(net)
            {
            }

            protected override void After() => Console.WriteLine(Round);
        }
        """);

    [Fact]
    public Task One_that_trains_and_one_that_evaluates() => Silent("""
        new Training().Fit();
        new Evaluation().Fit();

        abstract class Trainer
        {
            protected readonly Model _model = Linear(10, 1);
            protected readonly Optimizer _optimizer;
            private readonly LRScheduler _scheduler;

            protected Trainer()
            {
                _optimizer = torch.optim.SGD(_model.parameters(), 0.1);
                _scheduler = StepLR(_optimizer, 5, 0.5);
            }

            public void Fit()
            {
                for (var epoch = 0; epoch < 20; epoch++)
                {
                    Epoch();
                    OnEpochEnd();
                }
            }

            protected abstract void Epoch();

            protected virtual void OnEpochEnd() => _scheduler.step();
        }

        class Training : Trainer
        {
            protected override void Epoch()
            {
                foreach (var x in new[] { rand(3, 10), rand(3, 10) })
                {
                    _optimizer.zero_grad();
                    _model.forward(x).mean().backward();
                    _optimizer.step();
                }
            }
        }

        class Evaluation : Trainer
        {
            protected override void Epoch()
            {
                _model.eval();
                using var off = no_grad();
                foreach (var x in new[] { rand(3, 10), rand(3, 10) })
                    Console.WriteLine(_model.forward(x).mean().item<float>());
            }

            protected override void OnEpochEnd() => Console.WriteLine("done");
        }
        """);

    [Fact]
    public Task A_resumed_trainer_that_replays_its_steps() => Silent("""
        new Resumed(17).Fit();

        class Trainer
        {
            protected readonly Model _model = Linear(10, 1);
            protected readonly Optimizer _optimizer;
            protected readonly LRScheduler _scheduler;
            protected int _start;

            public Trainer()
            {
                _optimizer = torch.optim.SGD(_model.parameters(), 0.1);
                _scheduler = StepLR(_optimizer, 30, 0.5);
            }

            public void Fit()
            {
                for (var epoch = _start; epoch < 90; epoch++)
                {
                    _optimizer.zero_grad();
                    _model.forward(rand(3, 10)).mean().backward();
                    _optimizer.step();
                    _scheduler.step();
                }
            }
        }

        class Resumed : Trainer
        {
            public Resumed(int start)
            {
                _start = start;
                for (var done = 0; done < start; done++)
                    _scheduler.step();
            }
        }
        """);

    [Fact]
    public Task Two_stages_that_each_make_a_scheduler() => Silent("""
        new Staged().Fit();

        class Trainer
        {
            protected readonly Model _model = Linear(10, 1);
            protected readonly Optimizer _optimizer;
            protected LRScheduler _scheduler;

            public Trainer()
            {
                _optimizer = torch.optim.SGD(_model.parameters(), 0.1);
                _scheduler = ConstantLR(_optimizer, 0.1, 5);
            }

            public virtual void Fit()
            {
                for (var epoch = 0; epoch < 10; epoch++)
                {
                    _optimizer.zero_grad();
                    _model.forward(rand(3, 10)).mean().backward();
                    _optimizer.step();
                    _scheduler.step();
                }
            }
        }

        class Staged : Trainer
        {
            public override void Fit()
            {
                base.Fit();
                _scheduler = CosineAnnealingLR(_optimizer, 10);
                base.Fit();
            }
        }
        """);

    [Fact]
    public Task The_scheduler_comes_from_a_method_of_the_derived_class() => Silent("""
        new Cosine().Fit();
        new Steps().Fit();

        abstract class Trainer
        {
            private readonly Model _model = Linear(10, 1);
            protected const int Epochs = 30;

            public void Fit()
            {
                var optimizer = CreateOptimizer(_model);
                var scheduler = CreateScheduler(optimizer);
                for (var epoch = 0; epoch < Epochs; epoch++)
                {
                    Epoch(optimizer);
                    scheduler.step();
                }
            }

            protected virtual void Epoch(Optimizer optimizer)
            {
                optimizer.zero_grad();
                _model.forward(rand(3, 10)).mean().backward();
                optimizer.step();
            }

            protected virtual Optimizer CreateOptimizer(Model model) => torch.optim.SGD(model.parameters(), 0.1);

            protected abstract LRScheduler CreateScheduler(Optimizer optimizer);
        }

        class Cosine : Trainer
        {
            protected override LRScheduler CreateScheduler(Optimizer optimizer) => CosineAnnealingLR(optimizer, Epochs);
        }

        class Steps : Trainer
        {
            protected override LRScheduler CreateScheduler(Optimizer optimizer)
            {
                var scheduler = StepLR(optimizer, 10);
                return scheduler;
            }

            protected override void Epoch(Optimizer optimizer)
            {
                for (var i = 0; i < 4; i++)
                    base.Epoch(optimizer);
            }
        }
        """);

    [Fact]
    public Task Several_optimizers_by_one_class_for_each() => Silent("""
        var (generator, critic) = (new Generator(), new Critic());
        for (var epoch = 0; epoch < 50; epoch++)
        {
            for (var i = 0; i < 5; i++)
                critic.Update(rand(4, 10));
            generator.Update(rand(4, 10));
            critic.Decay();
            generator.Decay();
        }

        abstract class Player
        {
            protected readonly Model _model = Linear(10, 1);
            protected readonly Optimizer _optimizer;
            protected readonly LRScheduler _scheduler;

            protected Player(double rate)
            {
                _optimizer = torch.optim.Adam(_model.parameters(), rate);
                _scheduler = ExponentialLR(_optimizer, 0.97);
            }

            public void Update(Tensor x)
            {
                _optimizer.zero_grad();
                Loss(x).backward();
                _optimizer.step();
            }

            public void Decay() => _scheduler.step();

            protected abstract Tensor Loss(Tensor x);
        }

        sealed class Generator : Player
        {
            public Generator() : base(1e-4)
            {
            }

            protected override Tensor Loss(Tensor x) => -_model.forward(x).mean();
        }

        sealed class Critic : Player
        {
            public Critic() : base(4e-4)
            {
            }

            protected override Tensor Loss(Tensor x) => _model.forward(x).mean();
        }
        """);

    [Fact]
    public Task An_agent_that_learns_when_its_memory_is_full() => Silent("""
        var agent = new Agent();
        for (var episode = 0; episode < 500; episode++)
            agent.Play();

        abstract class Player<TMemory> where TMemory : List<Tensor>, new()
        {
            protected readonly TMemory _memory = new();
            protected readonly Model _model = Linear(4, 2);
            protected readonly Optimizer _optimizer;
            private protected readonly LRScheduler _scheduler;

            protected Player()
            {
                _optimizer = torch.optim.AdamW(_model.parameters(), 3e-4);
                _scheduler = ExponentialLR(_optimizer, 0.995);
            }

            public void Play()
            {
                _memory.Add(rand(1, 4));
                if (_memory.Count < 64)
                    return;
                Learn();
                _memory.Clear();
            }

            protected virtual void Learn()
            {
                _scheduler.step();
            }
        }

        class Agent : Player<List<Tensor>>
        {
            protected override void Learn()
            {
                _optimizer.zero_grad();
                _model.forward(cat(_memory)).mean().backward();
                _optimizer.step();
                base.Learn();
            }
        }
        """);
}
