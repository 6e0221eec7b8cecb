using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Xunit;
using static WarmupAnalyzers.Tests.Rules.SteppingProgram;

namespace WarmupAnalyzers.Tests.Training;

/// <summary>Trainers that inherit: what a base class begins another ends, and where both are in sight they are read as one.</summary>
public class InheritedTrainersTests
{
    private const string Run = "new Mine(Linear(10, 1)).Fit();\n\n";

    /// <summary>The reports of all rules: <c>{|WARM3001:…|}</c> is one.</summary>
    private static async Task Check(string source, bool isLibrary = false)
    {
        var expected = new List<string>();
        var text = Usings + source;
        for (int at; (at = text.IndexOf("{|WARM", StringComparison.Ordinal)) >= 0;)
        {
            var (id, end) = (text.Substring(at + 2, 8), text.IndexOf("|}", at, StringComparison.Ordinal));
            var marked = text.Substring(at + 11, end - at - 11);
            expected.Add(id + " " + text[..at].Count(letter => letter == '\n') + " " + marked);
            text = text[..at] + marked + text[(end + 2)..];
        }

        var compilation = Findings.Compile(text);
        if (isLibrary)
            compilation = compilation.WithOptions(compilation.Options.WithOutputKind(OutputKind.DynamicallyLinkedLibrary));
        Assert.Empty(compilation.GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));
        var found = await Findings.In(compilation);

        Assert.Equal(expected, found.Select(report => $"{report.Id} {report.Location.GetLineSpan().StartLinePosition.Line} {text.Substring(report.Location.SourceSpan.Start, report.Location.SourceSpan.Length)}"));
    }

    /// <summary>The same, with the reports gone.</summary>
    private static string Unmarked(string source)
    {
        for (int at; (at = source.IndexOf("{|WARM", StringComparison.Ordinal)) >= 0;)
            source = source.Remove(source.IndexOf("|}", at, StringComparison.Ordinal), 2).Remove(at, 11);
        return source;
    }

    private const string Batch = """
                _optimizer.zero_grad();
                _model.forward(rand(3, 10)).mean().backward();
                _optimizer.step();

        """;

    /// <summary>A base class that makes everything, and one that derives from it.</summary>
    private static string Trainers(string baseMembers, string derivedMembers, string access = "protected", string create = "StepLR(_optimizer, 3)", string kind = "abstract") => Run + $$"""
        {{kind}} class Trainer
        {
            {{access}} readonly Model _model;
            {{access}} readonly Optimizer _optimizer;
            {{access}} readonly LRScheduler _scheduler;

            protected Trainer(Model model)
            {
                _model = model;
                _optimizer = torch.optim.SGD(model.parameters(), 0.1);
                _scheduler = {{create}};
            }

        {{baseMembers}}
        }

        class Mine : Trainer
        {
            public Mine(Model model) : base(model)
            {
            }

        {{derivedMembers}}
        }

        """;

    private static string Epochs(string round) => $$"""
            public void Fit()
            {
                for (var epoch = 0; epoch < 9; epoch++)
                {
                    {{round}}
                }
            }

        """;

    private const string Abstract = "    protected abstract void TrainEpoch();\n";

    private static string Override(string body, string name = "TrainEpoch") => $$"""
            protected override void {{name}}()
            {
        {{body}}
            }

        """;

    [Theory]
    [InlineData("protected")]
    [InlineData("private protected")]
    [InlineData("internal")]
    [InlineData("protected internal")]
    [InlineData("public")]
    public Task Never_stepped_in_any_class(string access) => Check(
        Trainers(Epochs("TrainEpoch();") + Abstract, Override(Batch), access, "{|WARM3001:StepLR(_optimizer, 3)|}"));

    [Theory]
    [InlineData("TrainEpoch(); _scheduler.step();", Batch)]
    [InlineData("TrainEpoch();", Batch + "_scheduler.step();")]
    [InlineData("TrainEpoch();", Batch + "base._scheduler.step();")]
    [InlineData("TrainEpoch(); OnEpoch();", Batch + "}\nprivate void OnEpoch()\n{")]
    public Task Stepped_in_one_of_them(string round, string batch) => Check(
        Trainers(Epochs(round) + Abstract + "    protected void OnEpoch() => _scheduler.step();\n", Override(batch)).Replace("private void OnEpoch()\n{", "private void OnOther()\n{", StringComparison.Ordinal));

    [Theory]
    [InlineData("trainer._scheduler.step();")]
    [InlineData("Next(trainer._scheduler);")]
    [InlineData("if (trainer is { _scheduler: var held }) held.step();")]
    [InlineData("((dynamic)trainer)._scheduler.step();")]
    [InlineData("var both = (trainer._scheduler, 1); both._scheduler.step();")]
    [InlineData("Action next = trainer._scheduler.step;")]
    public Task Stepped_from_another_class(string use) => Check(
        Trainers(Epochs("TrainEpoch();") + Abstract, Override(Batch), "internal")
        + "static class Callbacks\n{\n    public static void OnEpoch(Trainer trainer)\n    {\n        " + use + "\n    }\n\n    private static void Next(LRScheduler scheduler) => scheduler.step();\n}\n");

    [Fact]
    public Task Another_class_that_only_looks_hides_nothing() => Check(
        Trainers(Epochs("TrainEpoch(); Log.Rate(this);") + Abstract, Override(Batch), "internal", "{|WARM3001:StepLR(_optimizer, 3)|}")
        + "static class Log\n{\n    public static void Rate(Trainer trainer) => Console.WriteLine(trainer._scheduler.get_last_lr().First());\n}\n");

    [Fact]
    public Task A_field_of_that_name_in_another_class_is_another_one() => Check(
        Trainers(Epochs("TrainEpoch();") + Abstract, Override(Batch), "internal", "{|WARM3001:StepLR(_optimizer, 3)|}")
        + "class Other(LRScheduler scheduler)\n{\n    internal readonly LRScheduler _scheduler = scheduler;\n    public void Next() => _scheduler.step();\n}\n");

    [Theory]
    [InlineData("protected LRScheduler Scheduler { get; private set; }")]
    [InlineData("protected LRScheduler Scheduler { get; }")]
    [InlineData("internal LRScheduler Scheduler { get; set; }")]
    [InlineData("public LRScheduler Scheduler { get; protected set; }")]
    public Task A_property_that_is_never_stepped(string property) => Check(Property(property, "{|WARM3001:StepLR(_optimizer, 3)|}", string.Empty));

    [Theory]
    [InlineData("protected LRScheduler Scheduler { get; private set; }", "Scheduler.step();")]
    [InlineData("protected virtual LRScheduler Scheduler { get; set; }", "")]
    [InlineData("public LRScheduler Scheduler { get; }", "Held(this);")]
    public Task A_property_that_is_stepped_or_may_be(string property, string round) => Check(Property(property, "StepLR(_optimizer, 3)", round));

    private static string Property(string property, string create, string round) => Run + $$"""
        abstract class Trainer
        {
            private readonly Model _model;
            private readonly Optimizer _optimizer;
            {{property}}

            protected Trainer(Model model)
            {
                _model = model;
                _optimizer = torch.optim.SGD(model.parameters(), 0.1);
                Scheduler = {{create}};
            }

            public void Fit()
            {
                for (var epoch = 0; epoch < 9; epoch++)
                {
        {{Batch}}
                    {{round}}
                }
            }

            private static void Held(IHolder holder) => holder.Scheduler.step();
        }

        interface IHolder
        {
            LRScheduler Scheduler { get; }
        }

        class Mine(Model model) : Trainer(model){{(round.StartsWith("Held", StringComparison.Ordinal) ? ", IHolder" : "")}}
        {
        }

        """.Replace("Held(this)", "Held((IHolder)(object)this)", StringComparison.Ordinal);

    [Fact]
    public Task A_property_of_an_interface_that_is_implemented_by_name() => Check(Run.Replace("Fit", "Train", StringComparison.Ordinal) + """
        interface IHolder
        {
            LRScheduler Scheduler { get; set; }
        }

        class Mine : IHolder
        {
            private readonly Optimizer _optimizer;
            LRScheduler IHolder.Scheduler { get; set; }

            public Mine(Model model)
            {
                _optimizer = torch.optim.SGD(model.parameters(), 0.1);
                ((IHolder)this).Scheduler = StepLR(_optimizer, 3);
            }

            public void Train()
            {
                while (true)
                {
                    _optimizer.step();
                    Next(this);
                }
            }

            private static void Next(IHolder holder) => holder.Scheduler.step();
        }
        """);

    [Theory]
    [InlineData("{|WARM3002:_scheduler.step()|}; TrainEpoch();")]
    [InlineData("OnEpoch(); TrainEpoch();")]
    public Task Stepped_at_the_top_of_the_base_loop(string round) => Check(Trainers(
        Epochs(round) + Abstract + "    protected abstract void OnEpoch();\n",
        Override(Batch) + Override(round.StartsWith("OnEpoch", StringComparison.Ordinal) ? "        {|WARM3002:_scheduler.step()|};" : string.Empty, "OnEpoch")));

    [Theory]
    [InlineData("TrainEpoch(); _scheduler.step();", "")]
    [InlineData("TrainEpoch(); OnEpoch();", "        _scheduler.step();")]
    [InlineData("OnEpoch(); _scheduler.step(); TrainEpoch();", "        TrainEpoch();")]
    public Task Stepped_behind_the_override(string round, string hook) => Check(Trainers(
        Epochs(round) + Abstract + "    protected abstract void OnEpoch();\n", Override(Batch) + Override(hook, "OnEpoch")));

    private const string Second = """
        class Other : Trainer
        {
            public Other(Model model) : base(model)
            {
            }

            protected override void TrainEpoch()
            {
                BATCH
            }
        }

        """;

    [Fact]
    public Task Too_early_in_every_derived_class() => Check(
        Trainers(Epochs("{|WARM3002:_scheduler.step()|}; TrainEpoch();") + Abstract, Override(Batch)) + Second.Replace("BATCH", Batch, StringComparison.Ordinal));

    [Fact]
    public Task Too_early_in_one_derived_class_and_not_in_the_other() => Check(
        Trainers(Epochs("OnEpoch(); TrainEpoch();") + Abstract + "    protected virtual void OnEpoch() => _scheduler.step();\n", Override(Batch))
        + Second.Replace("BATCH", Batch + "_scheduler.step();", StringComparison.Ordinal).Replace("    protected override void TrainEpoch", "    protected override void OnEpoch()\n    {\n    }\n\n    protected override void TrainEpoch", StringComparison.Ordinal));

    [Fact]
    public Task Never_stepped_in_one_derived_class_only() => Check(
        Trainers(Epochs("TrainEpoch();") + Abstract, Override(Batch)) + Second.Replace("BATCH", Batch + "_scheduler.step();", StringComparison.Ordinal));

    [Fact]
    public Task An_override_that_calls_its_base() => Check(Trainers(
        Epochs("TrainEpoch();") + "    protected virtual void TrainEpoch()\n    {\n" + Batch + "    }\n",
        Override("        {|WARM3002:_scheduler.step()|};\n        base.TrainEpoch();")));

    [Fact]
    public Task An_override_that_calls_its_base_first() => Check(Trainers(
        Epochs("TrainEpoch();") + "    protected virtual void TrainEpoch()\n    {\n" + Batch + "    }\n",
        Override("        base.TrainEpoch();\n        _scheduler.step();")));

    [Fact]
    public Task An_intermediate_class_adds_a_second_step() => Check(Trainers(
        Epochs("TrainEpoch(); OnEpoch();") + Abstract + "    protected virtual void OnEpoch() => _scheduler.step();\n",
        Override(Batch) + Override("        base.OnEpoch();\n        {|WARM3009:_scheduler.step()|};", "OnEpoch"), kind: "abstract"));

    [Fact]
    public Task An_override_that_replaces_the_step_of_its_base() => Check(Trainers(
        Epochs("TrainEpoch(); OnEpoch();") + Abstract + "    protected virtual void OnEpoch() => _scheduler.step();\n",
        Override(Batch) + Override("        _scheduler.step();", "OnEpoch")));

    [Fact]
    public Task A_class_in_between() => Check(Trainers(
        Epochs("TrainEpoch(); {|WARM3009:_scheduler.step()|};") + Abstract,
        Override(Batch + "        Done();") + "    protected virtual void Done()\n    {\n    }\n").Replace("new Mine(", "new Last(", StringComparison.Ordinal)
        + "class Last(Model model) : Mine(model)\n{\n    protected override void Done()\n    {\n        base.Done();\n        _scheduler.step();\n    }\n}\n");

    [Fact]
    public Task A_class_in_between_that_trains_itself() => Check(Trainers(
        Epochs("TrainEpoch(); _scheduler.step();") + Abstract,
        Override(Batch + "        Done();") + "    protected virtual void Done()\n    {\n    }\n")
        + "class Last(Model model) : Mine(model)\n{\n    protected override void Done()\n    {\n        base.Done();\n        _scheduler.step();\n    }\n}\n");

    [Fact]
    public Task A_step_for_each_batch_in_the_override_and_one_in_the_base() => Check(Trainers(
        Epochs("TrainEpoch(); {|WARM3009:_scheduler.step()|};") + Abstract,
        Override("        for (var i = 0; i < 5; i++)\n        {\n" + Batch + "            _scheduler.step();\n        }\n"), create: "ExponentialLR(_optimizer, 0.99)"));

    [Fact]
    public Task A_step_for_each_batch_in_the_override() => Check(Trainers(
        Epochs("TrainEpoch();") + Abstract,
        Override("        for (var i = 0; i < 5; i++)\n        {\n" + Batch + "            _scheduler.step();\n        }\n"), create: "ExponentialLR(_optimizer, 0.99)"));

    [Fact]
    public Task Stepped_in_an_override_that_evaluates() => Check(Trainers(
        Epochs("TrainEpoch(); _scheduler.step(); Validate();") + Abstract + "    protected abstract void Validate();\n",
        Override(Batch) + Override("        _model.eval();\n        using var off = no_grad();\n        foreach (var x in new[] { rand(3), rand(3) })\n        {\n            _model.forward(x).print();\n            {|WARM3010:_scheduler.step()|};\n        }\n", "Validate")));

    [Fact]
    public Task An_override_that_evaluates() => Check(Trainers(
        Epochs("TrainEpoch(); _scheduler.step(); Validate();") + Abstract + "    protected abstract void Validate();\n",
        Override(Batch) + Override("        _model.eval();\n        using var off = no_grad();\n        foreach (var x in new[] { rand(3), rand(3) })\n            _model.forward(x).print();\n", "Validate")));

    [Fact]
    public Task Made_anew_in_the_override_that_steps_it() => Check(Run + """
        abstract class Trainer
        {
            protected readonly Model _model;
            protected readonly Optimizer _optimizer;
            protected LRScheduler? _scheduler;

            protected Trainer(Model model)
            {
                _model = model;
                _optimizer = torch.optim.SGD(model.parameters(), 0.1);
            }

            public void Fit()
            {
                for (var epoch = 0; epoch < 9; epoch++)
                    TrainEpoch();
            }

            protected abstract void TrainEpoch();
        }

        class Mine(Model model) : Trainer(model)
        {
            protected override void TrainEpoch()
            {
                for (var batch = 0; batch < 4; batch++)
                {
                    _scheduler = {|WARM3003:StepLR(_optimizer, 3)|};
                    _optimizer.zero_grad();
                    _model.forward(rand(3, 10)).mean().backward();
                    _optimizer.step();
                    _scheduler.step();
                }
            }
        }
        """);

    private static string Gradients(string batch, string update, string create = "StepLR(_optimizer, 30)") => Run + $$"""
        class Learner
        {
            protected readonly Model _model;

            protected Learner(Model model) => _model = model;

            public virtual void Fit()
            {
                for (var epoch = 0; epoch < 9; epoch++)
                {
                    for (var batch = 0; batch < 4; batch++)
                        Update(_model.forward(rand(3, 10)).mean());
                }
            }

            protected virtual void Update(Tensor loss)
            {
                {{batch}}
            }
        }

        sealed class Mine : Learner
        {
            private readonly Optimizer _optimizer;
            private readonly LRScheduler _scheduler;

            public Mine(Model model) : base(model)
            {
                _optimizer = torch.optim.SGD(model.parameters(), 0.1);
                _scheduler = {{create}};
            }

            protected override void Update(Tensor loss)
            {
                {{update}}
            }
        }
        """;

    [Fact]
    public Task Gradients_of_the_base_and_no_step() => Check(Gradients("{|WARM3011:loss.backward()|};", "_optimizer.zero_grad(); base.Update(loss); _scheduler.step();"));

    [Fact]
    public Task Gradients_of_the_base_that_nobody_zeroes() => Check(Gradients("{|WARM3012:loss.backward()|};", "base.Update(loss); _optimizer.step(); _scheduler.step();"));

    [Fact]
    public Task An_override_that_makes_no_gradients() => Check(Gradients("loss.print();", "_optimizer.zero_grad(); base.Update(loss); {|WARM3013:_optimizer.step()|}; _scheduler.step();"));

    [Fact]
    public Task An_override_that_does_all_of_it() => Check(Gradients("loss.backward();", "_optimizer.zero_grad(); base.Update(loss); _optimizer.step(); _scheduler.step();"));

    [Fact]
    public Task A_horizon_shorter_than_the_rounds_of_the_base() => Check(Gradients(
        "loss.backward();", "_optimizer.zero_grad(); base.Update(loss); _optimizer.step(); _scheduler.step();", "OneCycleLR(_optimizer, 0.1, {|WARM4007:total_steps: 30|})"));

    [Fact]
    public Task A_horizon_of_the_rounds_of_the_base() => Check(Gradients(
        "loss.backward();", "_optimizer.zero_grad(); base.Update(loss); _optimizer.step(); _scheduler.step();", "OneCycleLR(_optimizer, 0.1, total_steps: 36)"));

    [Theory]
    [InlineData("CosineAnnealingLR(_optimizer, {|WARM4007:5|})", "TrainEpoch(); _scheduler.step();")]
    [InlineData("CosineAnnealingLR(_optimizer, 9)", "TrainEpoch(); _scheduler.step();")]
    [InlineData("LambdaLR(_optimizer, epoch => Math.Min({|WARM1001:epoch / 5.0|}, 1))", "TrainEpoch(); _scheduler.step();")]
    [InlineData("LambdaLR(_optimizer, epoch => Math.Min(epoch / 5.0, 1))", "_scheduler.step(); TrainEpoch();")]
    [InlineData("LambdaLR(_optimizer, epoch => Math.Min((epoch + 1) / 5.0, 1))", "TrainEpoch(); _scheduler.step();")]
    public Task What_a_schedule_is_measured_by_may_be_inherited(string create, string round) => Check(
        Trainers(Epochs(round) + Abstract, Override(Batch), create: create));

    [Theory]
    [InlineData("T")]
    [InlineData("Linear")]
    public Task A_generic_base(string kind) => Check($$"""
        new Mine(Linear(10, 1)).Fit();

        abstract class Trainer<T> where T : Model
        {
            protected readonly T _model;
            protected readonly Optimizer _optimizer;
            protected readonly LRScheduler _scheduler;

            protected Trainer(T model)
            {
                _model = model;
                _optimizer = torch.optim.SGD(model.parameters(), 0.1);
                _scheduler = StepLR(_optimizer, 3);
            }

            public void Fit()
            {
                for (var epoch = 0; epoch < 9; epoch++)
                {
                    {{(kind == "T" ? "TrainEpoch(_model);" : "{|WARM3002:_scheduler.step()|};")}}
                    {{(kind == "T" ? "_scheduler.step();" : "TrainEpoch(_model);")}}
                }
            }

            protected abstract void TrainEpoch(T model);
        }

        class Mine(TorchSharp.Modules.Linear model) : Trainer<TorchSharp.Modules.Linear>(model)
        {
            protected override void TrainEpoch(TorchSharp.Modules.Linear net)
            {
        {{Batch}}
            }
        }
        """);

    [Theory]
    [InlineData("", "public ")]
    [InlineData("[assembly: System.Runtime.CompilerServices.InternalsVisibleTo(\"Tests\")]\n", "")]
    public Task Others_may_derive_from_it(string attribute, string access) => Check(
        attribute + access + Unmarked(Trainers(Epochs("_scheduler.step(); TrainEpoch();") + Abstract, Override(Batch)))[Run.Length..].Replace("\nclass Mine", "\n" + access + "class Mine", StringComparison.Ordinal),
        isLibrary: true);

    [Theory]
    [InlineData("public LRScheduler Scheduler;", "StepLR(_optimizer, 3)")]
    [InlineData("protected LRScheduler Scheduler;", "StepLR(_optimizer, 3)")]
    [InlineData("protected internal LRScheduler Scheduler { get; private set; }", "StepLR(_optimizer, 3)")]
    [InlineData("internal LRScheduler Scheduler;", "{|WARM3001:StepLR(_optimizer, 3)|}")]
    [InlineData("private protected LRScheduler Scheduler { get; }", "{|WARM3001:StepLR(_optimizer, 3)|}")]
    public Task A_place_in_a_public_class_of_a_library(string declaration, string create) => Check($$"""
        public class Trainer
        {
            private readonly Optimizer _optimizer;
            {{declaration}}

            public Trainer(Model model)
            {
                _optimizer = torch.optim.SGD(model.parameters(), 0.1);
                Scheduler = {{create}};
            }

            public void Update() => _optimizer.step();
        }
        """, isLibrary: true);

    [Fact]
    public Task Nobody_else_can_derive_from_an_internal_class() => Check(
        Trainers(Epochs("{|WARM3002:_scheduler.step()|}; TrainEpoch();") + Abstract, Override(Batch))[Run.Length..], isLibrary: true);

    [Fact]
    public Task A_public_class_that_only_the_library_can_derive_from() => Check(
        "public " + Trainers(Epochs("{|WARM3002:_scheduler.step()|}; TrainEpoch();") + Abstract, Override(Batch), access: "private protected")[Run.Length..]
            .Replace("protected Trainer(", "private protected Trainer(", StringComparison.Ordinal).Replace("\nclass Mine", "\npublic sealed class Mine", StringComparison.Ordinal),
        isLibrary: true);

    [Fact]
    public Task A_sealed_class_on_a_base_that_is_open() => Check(
        Gradients("loss.backward();", "{|WARM3002:_scheduler.step()|}; _optimizer.zero_grad(); base.Update(loss); _optimizer.step();")[Run.Length..].Replace("class ", "public class ", StringComparison.Ordinal)
            .Replace("sealed public", "public sealed", StringComparison.Ordinal), isLibrary: true);

    [Fact]
    public Task Two_trainers_of_one_class_in_one_loop() => Check("""
        var (one, two) = (new Net(Linear(10, 1)), new Net(Linear(1, 10)));
        for (var epoch = 0; epoch < 9; epoch++)
        {
            one.Optimizer.zero_grad();
            one.Model.forward(rand(3, 10)).mean().backward();
            one.Optimizer.step();
            two.Optimizer.zero_grad();
            two.Model.forward(rand(3, 1)).mean().backward();
            two.Optimizer.step();
            one.Scheduler.step();
            two.Scheduler.step();
        }

        class Net
        {
            internal readonly Model Model;
            internal readonly Optimizer Optimizer;
            internal readonly LRScheduler Scheduler;

            public Net(Model model)
            {
                Model = model;
                Optimizer = torch.optim.SGD(model.parameters(), 0.1);
                Scheduler = StepLR(Optimizer, 3);
            }
        }
        """);

    [Theory]
    [InlineData("one.Train(); two.Train(); one.Decay(); two.Decay();")]
    [InlineData("one.Decay(); two.Train(); one.Train(); two.Decay();")]
    [InlineData("foreach (var net in new[] { one, two }) net.Train(); foreach (var net in new[] { one, two }) net.Decay();")]
    public Task Two_trainers_in_the_main_of_their_class(string round) => Check($$"""
        abstract class Trainer
        {
            protected readonly Model _model;
            protected readonly Optimizer _optimizer;
            private readonly LRScheduler _scheduler;

            protected Trainer(Model model)
            {
                _model = model;
                _optimizer = torch.optim.SGD(model.parameters(), 0.1);
                _scheduler = StepLR(_optimizer, 3);
            }

            protected abstract void Train();
            protected void Decay() => _scheduler.step();
        }

        class Mine(Model model) : Trainer(model)
        {
            protected override void Train()
            {
        {{Batch}}
            }

            private static void Main()
            {
                var (one, two) = (new Mine(Linear(10, 1)), new Mine(Linear(10, 1)));
                for (var epoch = 0; epoch < 9; epoch++)
                {
                    {{round}}
                }
            }
        }
        """);

    [Fact]
    public Task A_base_that_only_a_factory_makes() => Check(Gradients("loss.backward();", "_optimizer.zero_grad(); {|WARM3002:_scheduler.step()|}; base.Update(loss); _optimizer.step();")
        + "\nabstract class Factory<T>\n{\n    public abstract T Make();\n}\n\nclass Factory : Factory<Learner>\n{\n    public override Learner Make() => new Mine(Linear(10, 1));\n}\n");

    [Fact]
    public Task Another_trainer_of_the_family() => Check(Trainers(
        Epochs("Teacher?._scheduler.step(); TrainEpoch(); _scheduler.step();") + Abstract + "    protected Trainer? Teacher;\n", Override(Batch)));

    [Fact]
    public Task An_inner_trainer_that_trains_first() => Check(Trainers(
        Epochs("Before(); _scheduler.step(); TrainEpoch();") + Abstract + "    private Trainer? _inner;\n    private void Before() => _inner?.TrainEpoch();\n", Override(Batch)));

    [Fact]
    public Task An_optimizer_that_others_may_step() => Check(
        Trainers(Epochs("_scheduler.step(); TrainEpoch();") + Abstract + "    public Optimizer Optimizer => _optimizer;\n", Override(Batch)));

    [Fact]
    public Task An_optimizer_that_another_class_steps() => Check(
        Trainers(Epochs("Warmup.Before(this); _scheduler.step(); TrainEpoch();") + Abstract, Override(Batch), "internal")
        + "static class Warmup\n{\n    public static void Before(Trainer trainer) => trainer._optimizer.step();\n}\n");

    [Theory]
    [InlineData("protected LRScheduler _scheduler;", "LinearLR(_optimizer, 0.1)", "{|WARM3005:_scheduler.step(loss)|};")]
    [InlineData("protected LRScheduler _scheduler;", "ReduceLROnPlateau(_optimizer)", "{|WARM3004:_scheduler.step()|};")]
    [InlineData("protected LRScheduler _scheduler { get; set; }", "ReduceLROnPlateau(_optimizer)", "{|WARM3004:_scheduler.step()|};")]
    [InlineData("protected LRScheduler _scheduler;", "ReduceLROnPlateau(_optimizer)", "_scheduler.step(loss);")]
    [InlineData("public LRScheduler _scheduler { get; set; }", "loss > 3 ? StepLR(_optimizer, 3) : ReduceLROnPlateau(_optimizer)", "_scheduler.step(loss);")]
    public Task A_scheduler_that_the_derived_class_makes_and_the_base_steps(string declaration, string create, string step) => Check(Run + $$"""
        abstract class Trainer
        {
            protected readonly Model _model;
            protected readonly Optimizer _optimizer;
            {{declaration}}

            protected Trainer(Model model)
            {
                _model = model;
                _optimizer = torch.optim.SGD(model.parameters(), 0.1);
            }

            public void Fit()
            {
                for (var epoch = 0; epoch < 9; epoch++)
                {
                    double loss = TrainEpoch();
                    {{step}}
                }
            }

            protected abstract double TrainEpoch();
        }

        class Mine : Trainer
        {
            public Mine(Model model) : base(model)
            {
                double loss = model.forward(rand(3, 10)).mean().item<float>();
                Console.WriteLine(loss);
                _scheduler = {{create}};
            }

            protected override double TrainEpoch()
            {
        {{Batch}}
                return 1;
            }
        }
        """);
}
