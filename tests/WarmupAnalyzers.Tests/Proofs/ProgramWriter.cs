using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace WarmupAnalyzers.Tests.Proofs;

/// <summary>Writes training programs of different architectures, with different names, round one mistake. Deterministic by its seed.</summary>
internal sealed class ProgramWriter
{
    private readonly Random _random;

    public ProgramWriter(int seed) => _random = new Random(seed);

    /// <summary>The name of the schedule index or loop variable in this program.</summary>
    public string Index { get; private set; } = "epoch";

    /// <summary>How many steps of the scheduler the last program makes; <c>STEPS</c> in its text.</summary>
    public int Length { get; private set; }

    public MistakenProgram Write(Func<ProgramWriter, Mistake> makeMistake)
    {
        Index = Pick("epoch", "e", "step", "k", "iteration", "epoch_index");
        var mistake = makeMistake(this);
        var names = new Names(Pick("optimizer", "opt", "adam", "@base"), Pick("scheduler", "sched", mistake.IsDecay ? "decay" : "warmupScheduler"), Pick("i", "n_epoch", "round"));
        var rounds = _random.Next(12, 18);
        var batches = _random.Next(1, 4);
        var perBatch = mistake.Stepping is not (Stepping.Never or Stepping.WithIndex) && OneIn(3) || mistake.Stepping == Stepping.OnMicroBatch; // the fix steps once a round of the outermost loop
        if (mistake.OfSteps is { } ofSteps)
            mistake = ofSteps(perBatch ? rounds * batches : rounds);
        if (mistake.ByHand.Length > 0 && !perBatch)
            names = names with { Round = Index };
        perBatch &= mistake.Stepping != Stepping.None;
        var source = _random.Next(5) switch
        {
            0 => TopLevel(mistake, names, rounds, batches, perBatch),
            1 => AsyncMain(mistake, names, rounds, batches, perBatch),
            2 when IsForFields(mistake) && (mistake.Before.Length + mistake.Members.Length == 0 || OneIn(2)) => Trainer(mistake, names, rounds, batches, perBatch),
            3 => StaticMethod(mistake, names, rounds, batches, perBatch),
            _ => Main(mistake, names, rounds, batches, perBatch),
        };
        Length = perBatch ? rounds * batches : rounds;
        var promised = Enumerable.Range(0, rounds * batches).Select(made => mistake.Promised(perBatch ? made : made / batches)).ToArray();
        return new MistakenProgram(source.Replace("STEPS", Length.ToString(CultureInfo.InvariantCulture)), promised);
    }

    // What a method of its own reads has to be a constant of the class.
    private static bool IsForFields(Mistake mistake) => !mistake.IsOfOneFunction && mistake.Stepping != Stepping.MadeAnew && AreConstants(mistake);

    private static bool AreConstants(Mistake mistake) =>
        mistake.ByHand.Length == 0 || mistake.Before.Split('\n', StringSplitOptions.RemoveEmptyEntries).All(line => line.StartsWith("const ", StringComparison.Ordinal));

    public T Pick<T>(params T[] choices) => choices[_random.Next(choices.Length)];

    public bool OneIn(int chances) => _random.Next(chances) == 0;

    public int Whole(int low, int high) => _random.Next(low, high + 1);

    public static string Text(double number) => number == Math.Floor(number)
        ? number.ToString("0.0", CultureInfo.InvariantCulture)
        : number.ToString("R", CultureInfo.InvariantCulture);

    /// <summary>A <c>LambdaLR</c> in one of its spellings, with the function in one of its forms; the body is an expression of <see cref="Index"/>.</summary>
    public Mistake LambdaLR(string body, Func<int, double> promised, string before = "", string members = "", string rate = "0.1")
    {
        var (factor, declared) = Delegate(body);
        var scheduler = Pick(
            "torch.optim.lr_scheduler.LambdaLR(OPTIMIZER, FACTOR)",
            "torch.optim.lr_scheduler.LambdaLR(OPTIMIZER, lr_lambda: FACTOR)",
            "torch.optim.lr_scheduler.LambdaLR(lr_lambda: FACTOR, optimizer: OPTIMIZER)",
            "lr_scheduler.LambdaLR(OPTIMIZER, FACTOR)",
            "new lr_scheduler.impl.LambdaLR(OPTIMIZER, FACTOR)",
            "TorchSharp.torch.optim.lr_scheduler.LambdaLR(OPTIMIZER, FACTOR, last_epoch: -1)");
        return new Mistake(scheduler.Replace("FACTOR", factor), promised) { Before = before + declared, Members = members, Rate = rate };
    }

    /// <summary>A function of the index as an argument, and what has to be declared for it.</summary>
    private (string Argument, string Declared) Delegate(string body) => _random.Next(8) switch
    {
        0 => ($"({("int " + Index)}) => {body}", string.Empty),
        1 => ($"{Index} => {{ return {body}; }}", string.Empty),
        2 => ($"{Index} => {{ var factor = {body}; return factor; }}", string.Empty),
        3 => ("Ramp", $"double Ramp(int {Index}) => {body};\n"),
        4 => ("Ramp", $"double Ramp(int {Index})\n{{\nreturn {body};\n}}\n"),
        5 => ("ramp", $"Func<int, double> ramp = {Index} => {body};\n"),
        6 => ($"delegate (int {Index}) {{ return {body}; }}", string.Empty),
        _ => ($"{Index} => {body}", string.Empty),
    };

    private string Main(Mistake mistake, Names names, int rounds, int batches, bool perBatch) => Usings + $$"""
        public static class Program
        {
            public static void Main()
            {
        {{Setup(mistake, names)}}
        {{Loop(mistake, names, rounds, batches, perBatch)}}
            }

            {{mistake.Members}}
        }
        """;

    private string TopLevel(Mistake mistake, Names names, int rounds, int batches, bool perBatch) => mistake.Members.Length > 0
        ? Main(mistake, names, rounds, batches, perBatch)
        : Usings + Setup(mistake, names) + Loop(mistake, names, rounds, batches, perBatch);

    private string AsyncMain(Mistake mistake, Names names, int rounds, int batches, bool perBatch) => Usings + $$"""
        internal sealed class Training
        {
            public static async Task Main(string[] args)
            {
                await Task.Yield();
        {{Setup(mistake, names)}}
        {{Loop(mistake, names, rounds, batches, perBatch)}}
                await Task.CompletedTask;
            }

            {{mistake.Members}}
        }
        """;

    private string StaticMethod(Mistake mistake, Names names, int rounds, int batches, bool perBatch) => Usings + $$"""
        namespace Examples
        {
            public class Fitting
            {
                {{mistake.Members}}

                private static void Fit()
                {
        {{Setup(mistake, names)}}
                    /* train */
        {{Loop(mistake, names, rounds, batches, perBatch)}}
                }

                public static void Main() => Fit();
            }
        }
        """;

    // The optimizer and the scheduler live in fields; the steps are made in methods.
    private string Trainer(Mistake mistake, Names names, int rounds, int batches, bool perBatch)
    {
        var (optimizer, scheduler) = ("_" + names.Optimizer.TrimStart('@'), "_" + names.Scheduler);
        var steps = Steps(mistake, names with { Optimizer = optimizer, Scheduler = scheduler }, batches, perBatch);
        var (inBatch, inRound) = perBatch ? (steps, Nothing) : (Nothing, steps);
        var isByHand = mistake.ByHand.Length > 0;
        var hasScheduler = !isByHand && mistake.Stepping != Stepping.None;
        return Usings + $$"""
            public sealed class Trainer
            {
                private readonly Linear _model = Linear(4, 1); // network
                private readonly torch.optim.Optimizer {{optimizer}};
                {{(isByHand ? mistake.Before : hasScheduler ? $"private readonly torch.optim.lr_scheduler.LRScheduler {scheduler};" : "")}}
                {{(mistake.Second.Length == 0 ? "" : "private readonly torch.optim.lr_scheduler.LRScheduler _tail;")}}

                public Trainer()
                {
                    {{(isByHand ? "" : mistake.Before)}}
                    {{optimizer}} = {{Optimizer(mistake, "_model")}};
                    {{mistake.Between.Replace("OPTIMIZER", optimizer)}}
                    {{(!hasScheduler ? "" : $"{scheduler} = {mistake.Scheduler.Replace("OPTIMIZER", optimizer)};")}}
                    {{(mistake.Second.Length == 0 ? "" : $"_tail = {mistake.Second.Replace("OPTIMIZER", optimizer)};")}}
                    {{mistake.Behind.Replace("OPTIMIZER", optimizer)}}
                }

                public void Fit()
                {
                    {{steps.Before}}
                    for (int {{names.Round}} = 0; {{names.Round}} < {{rounds}}; {{names.Round}}++)
                    {
                        {{inRound.Early}}
                        for (int batch = 0; batch < {{batches}}; batch++)
                        {
                            {{inBatch.Early}}
                            RunBatch();
                            {{inBatch.Late}}
                        }

                        {{inRound.Late}}
                    }

                    {{BehindTraining(mistake, scheduler)}}
                }

                private void RunBatch()
                {
                    {{Unless(mistake, optimizer, "zero_grad")}}
                    var loss = _model.forward(randn(8, 4)).mean(); // network
                    loss.backward(); // network
                    {{Unless(mistake, optimizer, "step")}}
                }

                {{mistake.Members}}
            }

            public static class Program
            {
                public static void Main() => new Trainer().Fit();
            }
            """;
    }

    private string Setup(Mistake mistake, Names names) => $$"""
                using var model = Linear(4, 1); // network
                {{mistake.Before}}
                var {{names.Optimizer}} = {{Optimizer(mistake, "model")}};
                {{mistake.Between.Replace("OPTIMIZER", names.Optimizer)}}
                {{(mistake.ByHand.Length > 0 || mistake.Stepping is Stepping.MadeAnew or Stepping.None ? "" : Creation(mistake, names))}}
                {{(mistake.Second.Length == 0 ? "" : $"var {names.Second} = {mistake.Second.Replace("OPTIMIZER", names.Optimizer)};")}}
                {{mistake.Behind.Replace("OPTIMIZER", names.Optimizer)}}

        """;

    private string Optimizer(Mistake mistake, string model) => (mistake.Optimizer.Length > 0 ? mistake.Optimizer : Pick("SGD", "Adam", "AdamW", "SGD")) switch
    {
        var kind when mistake.HasGroup => $"torch.optim.{kind}({OneGroup($"TorchSharp.Modules.{kind}.ParamGroup", model)}, {mistake.Rate})",
        "SGD" => $"torch.optim.SGD({model}.parameters(), {mistake.Rate})",
        var adam => $"torch.optim.{adam}({model}.parameters(), lr: {mistake.Rate})",
    };

    private string OneGroup(string type, string model) => Pick(
        $"new[] {{ new {type}({model}.parameters()) }}",
        $"new {type}[] {{ new({model}.parameters()) }}");

    private (string Before, string Early, string Late) Steps(Mistake mistake, Names names, int batches, bool perBatch) => mistake switch
    {
        { ByHand.Length: > 0 } => ByHand(mistake.ByHand.Replace("OPTIMIZER", names.Optimizer), names, batches, perBatch),
        { Stepping: Stepping.TooEarly } => ("", names.Scheduler + ".step();", ""),
        { Stepping: Stepping.Never or Stepping.None } => Nothing,
        { Stepping: Stepping.WithLoss } => ("", "", names.Scheduler + Pick(".step(0.5);", ".step(0.25f);", ".step(1e-3);")),
        { Stepping: Stepping.WithIndex } => ("", "", $"{names.Scheduler}.step({names.Round});"),
        { Stepping: Stepping.BesideSecond } => ("", "", Pick($"{names.Scheduler}.step();\n{names.Second}.step();", $"{names.Second}.step();\n{names.Scheduler}.step();")),
        { Stepping: Stepping.WithPart } => ("", "", names.Scheduler + ".step();\nramp.step();"),
        { Stepping: Stepping.MadeAnew } => ("", Creation(mistake, names), names.Scheduler + ".step();"),
        _ => ("", "", names.Scheduler + ".step();"),
    };

    // The index is the loop's own variable, a counter, or computed from two.
    private (string Before, string Early, string Late) ByHand(string write, Names names, int batches, bool perBatch)
    {
        if (!perBatch)
            return ("", write, "");
        return OneIn(2) ? ($"int {Index} = 0;", write, Index + Pick("++;", " += 1;")) : ("", $"int {Index} = {names.Round} * {batches} + batch;\n{write}", "");
    }

    private string Gathered(Names names) => Pick(
        $"if ((batch + 1) % 2 == 0) {{ {names.Optimizer}.step(); {names.Optimizer}.zero_grad(); }}",
        $"if (batch % 2 == 1)\n{{\n{names.Optimizer}.step();\n{names.Optimizer}.zero_grad();\n}}");

    private string Loop(Mistake mistake, Names names, int rounds, int batches, bool perBatch)
    {
        var steps = Steps(mistake, names, batches, perBatch);
        var (inBatch, inRound) = perBatch ? (steps, Nothing) : (Nothing, steps);
        var header = Pick(
            $"for (int {names.Round} = 0; {names.Round} < {rounds}; {names.Round}++)",
            $"foreach (var {names.Round} in Enumerable.Range(0, {rounds}))",
            mistake.ByHand.Length > 0 || mistake.Stepping == Stepping.WithIndex ? $"for (var {names.Round} = 0; {names.Round} <= {rounds} - 1; ++{names.Round})" : $"for (var {names.Round} = 1; {names.Round} <= {rounds}; {names.Round} += 1)");
        var gathers = mistake.Stepping == Stepping.OnMicroBatch;
        return $$"""
                    {{steps.Before}}
                    {{header}}
                    {
                        {{inRound.Early}}
                        for (int batch = 0; batch < {{(gathers ? 2 * batches : batches)}}; ++batch)
                        {
                            {{inBatch.Early}}
                            {{(gathers ? "" : Unless(mistake, names.Optimizer, "zero_grad"))}}
                            var loss = model.forward(randn(8, 4)).mean(); // network
                            loss.backward(); // network
                            {{(gathers ? Gathered(names) : Unless(mistake, names.Optimizer, "step"))}} // one step
                            {{inBatch.Late}}
                        }

                        {{inRound.Late}}
                    }

                    {{BehindTraining(mistake, names.Scheduler)}}

            """;
    }

    private static string Unless(Mistake mistake, string optimizer, string call) => mistake.Lost == call ? "" : $"{optimizer}.{call}();";

    private static string BehindTraining(Mistake mistake, string scheduler) => mistake.Stepping == Stepping.BehindTraining ? scheduler + ".step();" : "";

    private string Creation(Mistake mistake, Names names) =>
        Pick("var", "torch.optim.lr_scheduler.LRScheduler") + $" {names.Scheduler} = {mistake.Scheduler.Replace("OPTIMIZER", names.Optimizer)};";

    private const string Usings = """
        using System;
        using System.Collections.Generic;
        using System.Linq;
        using System.Threading.Tasks;
        using TorchSharp;
        using TorchSharp.Modules;
        using static TorchSharp.torch;
        using static TorchSharp.torch.nn;
        using static TorchSharp.torch.optim;


        """;

    private static readonly (string Before, string Early, string Late) Nothing = ("", "", "");

    private sealed record Names(string Optimizer, string Scheduler, string Round)
    {
        public string Second => Scheduler.StartsWith('_') ? "_tail" : "tail";
    }
}
