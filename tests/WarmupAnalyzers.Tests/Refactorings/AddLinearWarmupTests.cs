using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using WarmupAnalyzers.CodeFixes.Refactorings;
using WarmupAnalyzers.Tests.Mutants;
using Xunit;

namespace WarmupAnalyzers.Tests.Refactorings;

/// <summary>An optimizer without a scheduler gets a warmup, and its loop the step.</summary>
public class AddLinearWarmupTests
{
    private const string Title = "Add a linear warmup: 0.1, 0.28, 0.46, 0.64, 0.82, 1 of the learning rate over 5 epochs ▂▃▄▅▇█";
    private const string Usings = "using System;\nusing System.Linq;\nusing System.Collections.Generic;\nusing System.Threading.Tasks;\nusing TorchSharp;\nusing static TorchSharp.torch;\nusing static TorchSharp.torch.nn;\n\n";
    private const string Warmup = "torch.optim.lr_scheduler.LinearLR(optimizer, start_factor: 0.1, total_iters: 5)";
    private const string Sgd = "torch.optim.SGD(model.parameters(), 0.1)";
    private const string Train = "optimizer.zero_grad();\n        model.forward(input).mean().backward();\n        optimizer.step();";

    [Theory]
    [InlineData("for (int epoch = 0; epoch < 20; epoch++)")]
    [InlineData("for (var epoch = 1; epoch <= epochs; ++epoch)")]
    [InlineData("for (int epoch = 20; epoch > 0; epoch -= 1)")]
    [InlineData("foreach (var epoch in Enumerable.Range(0, 20))")]
    [InlineData("foreach (var epoch in Enumerable.Range(1, epochs))")]
    [InlineData("foreach (var _ in new int[20])", "batches")]
    [InlineData("for (int i = 0; i < 20; i++)")]
    [InlineData("for (int step = 0; step < 2000; step++)", "steps")]
    [InlineData("for (int nIter = 0; nIter < 2000; nIter++)", "iterations")]
    [InlineData("foreach (var episode in Enumerable.Range(0, 500))", "episodes")]
    public async Task LoopsThatCount(string header, string unit = "epochs")
    {
        var before = Script($"var optimizer = {Sgd};", header);

        var after = await Offered(before, "optimizer =", Title.Replace("epochs", unit, StringComparison.Ordinal));

        Assert.Equal(Script($"var optimizer = {Sgd};\n    var scheduler = {Warmup};", header, Train + "\n        scheduler.step();"), after);
    }

    [Theory]
    [InlineData("int epoch = 0;\n    while (epoch < 20)\n    {\n        BODY\n        epoch++;\n    }", "int epoch = 0;\n    while (epoch < 20)\n    {\n        BODY\n        epoch++;\n        scheduler.step();\n    }")]
    [InlineData("int epoch = 1;\n    while (epoch <= epochs)\n    {\n        BODY\n        epoch += 1;\n    }", "int epoch = 1;\n    while (epoch <= epochs)\n    {\n        BODY\n        epoch += 1;\n        scheduler.step();\n    }")]
    // Braceless.
    [InlineData("for (int epoch = 0; epoch < 20; epoch++)\n        TrainEpoch(model, optimizer);", "for (int epoch = 0; epoch < 20; epoch++)\n    {\n        TrainEpoch(model, optimizer);\n        scheduler.step();\n    }")]
    [InlineData("for (int epoch = 0; epoch < 20; epoch++)\n        for (int batch = 0; batch < 3; batch++)\n            TrainEpoch(model, optimizer);", "for (int epoch = 0; epoch < 20; epoch++)\n    {\n        for (int batch = 0; batch < 3; batch++)\n            TrainEpoch(model, optimizer);\n        scheduler.step();\n    }")]
    [InlineData("foreach (var epoch in Enumerable.Range(0, 9)) TrainEpoch(model, optimizer);", "foreach (var epoch in Enumerable.Range(0, 9))\n    {\n        TrainEpoch(model, optimizer);\n        scheduler.step();\n    }")]
    // The outermost loop counts the epochs.
    [InlineData("for (int epoch = 0; epoch < 20; epoch++)\n    {\n        foreach (var batch in batches)\n        {\n            BODY\n        }\n    }", "for (int epoch = 0; epoch < 20; epoch++)\n    {\n        foreach (var batch in batches)\n        {\n            BODY\n        }\n        scheduler.step();\n    }")]
    [InlineData("for (int epoch = 0; epoch < 20; epoch++)\n    {\n        foreach (var batch in batches)\n        {\n            if (batch == 0) continue;\n            BODY\n        }\n        model.eval();\n        Console.WriteLine(epoch);\n        model.train();\n    }", "for (int epoch = 0; epoch < 20; epoch++)\n    {\n        foreach (var batch in batches)\n        {\n            if (batch == 0) continue;\n            BODY\n        }\n        model.eval();\n        Console.WriteLine(epoch);\n        model.train();\n        scheduler.step();\n    }")]
    // Gradients of several batches: the warmup counts epochs all the same.
    [InlineData("for (int epoch = 0; epoch < 20; epoch++)\n    {\n        for (int i = 0; i < 8; i++)\n        {\n            model.forward(input).mean().backward();\n            if (i % 4 == 3) { optimizer.step(); optimizer.zero_grad(); }\n        }\n    }", "for (int epoch = 0; epoch < 20; epoch++)\n    {\n        for (int i = 0; i < 8; i++)\n        {\n            model.forward(input).mean().backward();\n            if (i % 4 == 3) { optimizer.step(); optimizer.zero_grad(); }\n        }\n        scheduler.step();\n    }")]
    [InlineData("void Rounds() { for (int i = 0; i < 3; i++) TrainEpoch(model, optimizer); }\n    for (int epoch = 0; epoch < 20; epoch++) Rounds();", "void Rounds() { for (int i = 0; i < 3; i++) TrainEpoch(model, optimizer); }\n    for (int epoch = 0; epoch < 20; epoch++)\n    {\n        Rounds();\n        scheduler.step();\n    }")]
    // What stands round and in it.
    [InlineData("if (epochs > 3)\n    {\n        for (int epoch = 0; epoch < epochs; epoch++)\n            TrainEpoch(model, optimizer);\n    }", "if (epochs > 3)\n    {\n        for (int epoch = 0; epoch < epochs; epoch++)\n        {\n            TrainEpoch(model, optimizer);\n            scheduler.step();\n        }\n    }")]
    [InlineData("try\n    {\n        for (int epoch = 0, n = 0; epoch < epochs && n < 100; epoch++)\n        {\n            using var scope = NewDisposeScope();\n            BODY\n        }\n    }\n    finally\n    {\n        model.Dispose();\n    }", "try\n    {\n        for (int epoch = 0, n = 0; epoch < epochs && n < 100; epoch++)\n        {\n            using var scope = NewDisposeScope();\n            BODY\n        scheduler.step();\n        }\n    }\n    finally\n    {\n        model.Dispose();\n    }")]
    [InlineData("for (int epoch = 0; epoch < 20; epoch++)\n    {\n        using (NewDisposeScope())\n            TrainEpoch(model, optimizer);\n        Console.WriteLine(optimizer.ParamGroups.First().LearningRate);\n    }", "for (int epoch = 0; epoch < 20; epoch++)\n    {\n        using (NewDisposeScope())\n            TrainEpoch(model, optimizer);\n        Console.WriteLine(optimizer.ParamGroups.First().LearningRate);\n        scheduler.step();\n    }")]
    [InlineData("for (int epoch = 0; epoch < 20; epoch++)\n    {\n        BODY\n        if (epoch > 10 && input.mean().item<float>() < 0.1)\n            break;\n    }", "for (int epoch = 0; epoch < 20; epoch++)\n    {\n        BODY\n        if (epoch > 10 && input.mean().item<float>() < 0.1)\n            break;\n        scheduler.step();\n    }")]
    [InlineData("for (int epoch = 0; epoch < 20; epoch++)\n    {\n        BODY\n        #if DEBUG\n        Console.WriteLine(epoch);\n        #endif\n    }", "for (int epoch = 0; epoch < 20; epoch++)\n    {\n        BODY\n        #if DEBUG\n        Console.WriteLine(epoch);\n        #endif\n        scheduler.step();\n    }")]
    // Comments stay where they are.
    [InlineData("// Train.\n    for (int epoch = 0; epoch < 20; epoch++) // all of them\n    {\n        BODY // one\n        // That was an epoch.\n    }", "// Train.\n    for (int epoch = 0; epoch < 20; epoch++) // all of them\n    {\n        BODY // one\n        // That was an epoch.\n        scheduler.step();\n    }")]
    [InlineData("for (int epoch = 0; epoch < 20; epoch++) { TrainEpoch(model, optimizer); }", "for (int epoch = 0; epoch < 20; epoch++) { TrainEpoch(model, optimizer); scheduler.step(); }")]
    public async Task LoopsAreWrittenInManyWays(string loop, string expected)
    {
        var before = Method($"var optimizer = {Sgd};\n    {loop}".Replace("BODY", Train, StringComparison.Ordinal));

        var after = await Offered(before, "optimizer =");

        Assert.Equal(Method($"var optimizer = {Sgd};\n    var scheduler = {Warmup};\n    {expected}".Replace("BODY", Train, StringComparison.Ordinal)), after);
    }

    [Theory]
    [InlineData("torch.optim.Adam(model.parameters(), lr: 0.01)", "torch.optim.lr_scheduler.")]
    [InlineData("optim.AdamW(model.parameters())", "optim.lr_scheduler.")]
    [InlineData("TorchSharp.torch.optim.SGD(model.parameters(), learningRate: 0.01)", "TorchSharp.torch.optim.lr_scheduler.")]
    [InlineData("global::TorchSharp.torch.optim.SGD(model.parameters(), 0.01)", "global::TorchSharp.torch.optim.lr_scheduler.")]
    [InlineData("SGD(model.parameters(), 0.01)", "lr_scheduler.", "using static TorchSharp.torch.optim;\n")]
    [InlineData("o.SGD(model.parameters(), 0.01)", "o.lr_scheduler.", "using o = TorchSharp.torch.optim;\n")]
    [InlineData("t.optim.SGD(model.parameters(), 0.01)", "t.optim.lr_scheduler.", "using t = TorchSharp.torch;\n")]
    [InlineData("torch.optim.SGD(model.parameters(), 0.01)", "", "using static TorchSharp.torch.optim.lr_scheduler;\n")]
    [InlineData("(torch.optim.SGD(model.parameters(), 0.01))", "torch.optim.lr_scheduler.")]
    [InlineData("(torch.optim.Optimizer)torch.optim.SGD(model.parameters(), 0.01)", "torch.optim.lr_scheduler.")]
    public async Task NamesAreWrittenAsTheFileWritesThem(string optimizer, string qualifier, string usings = "")
    {
        var before = usings + Script($"var optimizer = {optimizer};");

        var after = await Offered(before, "optimizer =");

        Assert.Equal(usings + Script($"var optimizer = {optimizer};\n    var scheduler = {qualifier}LinearLR(optimizer, start_factor: 0.1, total_iters: 5);", body: Train + "\n        scheduler.step();"), after);
    }

    [Theory]
    [InlineData("int scheduler = 1;", "optimizer", "scheduler2")]
    [InlineData("int scheduler = 1, scheduler2 = 2;", "optimizer", "scheduler3")]
    [InlineData("void scheduler() { }", "optimizer", "scheduler2")]
    [InlineData("Action act = () => { int scheduler = 1; };", "optimizer", "scheduler2")]
    [InlineData("", "opt", "scheduler")]
    [InlineData("", "@base", "scheduler")]
    [InlineData("", "_adam", "_scheduler")]
    [InlineData("", "criticOptimizer", "criticScheduler")]
    [InlineData("", "optimizerG", "schedulerG")]
    public async Task TheNameIsFree(string before, string optimizer, string scheduler)
    {
        var source = Script($"{before}\n    var optimizer = {Sgd};").Replace("optimizer", optimizer, StringComparison.Ordinal);

        var after = await Offered(source, optimizer + " =");

        Assert.Equal(
            Script($"{before}\n    var optimizer = {Sgd};\n    var SCHEDULER = {Warmup};", body: Train + "\n        SCHEDULER.step();")
                .Replace("optimizer", optimizer, StringComparison.Ordinal).Replace("SCHEDULER", scheduler, StringComparison.Ordinal),
            after);
    }

    [Fact]
    public async Task AMemberOfThatNameIsNotHidden()
    {
        var source = "public static class Program\n{\n    static int scheduler;\n\n    public static void Main()\n    {\n        var model = Linear(4, 1);\n        var input = randn(8, 4);\n        var optimizer = SGD;\n        for (int epoch = 0; epoch < 20; epoch++)\n        {\n            TRAIN\n        }\n        Console.WriteLine(scheduler);\n    }\n}\n";

        Assert.Contains("var scheduler2 = " + Warmup + ";", await Offered(Usings + Filled(source), "optimizer ="), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("for (int")]
    [InlineData("int epoch = 0")]
    [InlineData("epoch++)")]
    [InlineData("torch.optim.SGD")]
    [InlineData("var optimizer")]
    [InlineData("model.parameters(), 0.1")]
    public async Task OfferedAtTheOptimizerAndAtTheLoop(string caret) => await Offered(Script($"var optimizer = {Sgd};"), caret);

    [Theory]
    [InlineData("optimizer.zero_grad()")]
    [InlineData("var model")]
    [InlineData("using TorchSharp;")]
    [InlineData("static void Main")]
    public async Task NotOfferedElsewhere(string caret) => await NotOffered(Script($"var optimizer = {Sgd};"), caret);

    [Fact]
    public async Task TopLevelStatements()
    {
        const string Before = Usings + "using var model = Linear(4, 1);\nusing var input = randn(8, 4);\nvar optimizer = torch.optim.SGD(model.parameters(), 0.1); // plain\n\n// Train.\nfor (int epoch = 0; epoch < 20; epoch++)\n{\n    optimizer.zero_grad();\n    model.forward(input).mean().backward();\n    optimizer.step();\n}\n";

        var after = await Offered(Before, "optimizer =");

        Assert.Equal(
            Before.Replace("0.1); // plain\n", $"0.1); // plain\nvar scheduler = {Warmup};\n", StringComparison.Ordinal).Replace("step();\n}", "step();\n    scheduler.step();\n}", StringComparison.Ordinal),
            after);
    }

    [Theory]
    [InlineData("#if ADAM\n    var optimizer = torch.optim.Adam(model.parameters());\n    #else\n    var optimizer = SGD;\n    #endif")]
    [InlineData("var optimizer = torch.optim.SGD(\n    #if SLOW\n        model.parameters(), 0.01);\n    #else\n        model.parameters(), 0.1);\n    #endif")]
    public async Task NotInOneOfSeveralBuilds(string optimizer) => await NotOffered(Script(Filled(optimizer)), "for (");

    [Fact]
    public async Task InALambda()
    {
        const string Source = Usings + "public static class Program\n{\n    public static async Task Main() => await Task.Run(() =>\n    {\n        var model = Linear(4, 1);\n        var optimizer = torch.optim.SGD(model.parameters(), 0.1);\nSCHEDULER        for (int epoch = 0; epoch < 20; epoch++)\n        {\n            optimizer.zero_grad();\n            model.forward(randn(8, 4)).mean().backward();\n            optimizer.step();\nSTEP        }\n    });\n}\n";

        Assert.Equal(
            Source.Replace("SCHEDULER", $"        var scheduler = {Warmup};\n", StringComparison.Ordinal).Replace("STEP", "            scheduler.step();\n", StringComparison.Ordinal),
            await Offered(Source.Replace("SCHEDULER", "", StringComparison.Ordinal).Replace("STEP", "", StringComparison.Ordinal), "optimizer ="));
    }

    [Fact]
    public async Task NotOfferedWhereTheLoopIsElsewhere()
    {
        var source = Usings + Filled("public static class Program\n{\n    public static void Main()\n    {\n        var model = Linear(4, 1);\n        var optimizer = SGD;\n        Fit(model, optimizer);\n    }\n\n    static void Fit(TorchSharp.Modules.Linear model, torch.optim.Optimizer optimizer)\n    {\n        var input = randn(8, 4);\n        for (int epoch = 0; epoch < 20; epoch++)\n        {\n            TRAIN\n        }\n    }\n}\n");

        await NotOffered(source, "optimizer =");
        await NotOffered(source, "for (");
    }

    [Fact]
    public async Task WindowsLineEnds()
    {
        var after = await Offered(Script($"var optimizer = {Sgd};").Replace("\n", "\r\n", StringComparison.Ordinal), "optimizer =");

        Assert.Equal(Script($"var optimizer = {Sgd};\n    var scheduler = {Warmup};", body: Train + "\n        scheduler.step();").Replace("\n", "\r\n", StringComparison.Ordinal), after);
    }

    [Theory]
    [InlineData("using var optimizer = SGD;", "using var optimizer = SGD;\n    var scheduler = WARMUP;")]
    [InlineData("torch.optim.Optimizer optimizer;\n    optimizer = SGD;", "torch.optim.Optimizer optimizer;\n    optimizer = SGD;\n    var scheduler = WARMUP;")]
    [InlineData("var optimizer = torch.optim.SGD(\n        model.parameters(),\n        learningRate: 0.1); // plain", "var optimizer = torch.optim.SGD(\n        model.parameters(),\n        learningRate: 0.1); // plain\n    var scheduler = WARMUP;")]
    [InlineData("var optimizer = SGD; Console.WriteLine();", "var optimizer = SGD; var scheduler = WARMUP; Console.WriteLine();")]
    public async Task TheOptimizerIsALocal(string before, string expected)
    {
        var after = await Offered(Script(Filled(before)), "optimizer =");

        Assert.Equal(Script(Filled(expected), body: Train + "\n        scheduler.step();"), after);
    }

    [Fact]
    public async Task UsingWithABlock()
    {
        var before = Method($"using (var optimizer = {Sgd})\n    {{\n        // Train.\n        for (int epoch = 0; epoch < 20; epoch++)\n            TrainEpoch(model, optimizer);\n    }}");

        var after = await Offered(before, "optimizer =");

        Assert.Equal(
            Method($"using (var optimizer = {Sgd})\n    {{\n        var scheduler = {Warmup};\n        // Train.\n        for (int epoch = 0; epoch < 20; epoch++)\n        {{\n            TrainEpoch(model, optimizer);\n            scheduler.step();\n        }}\n    }}"),
            after);
    }

    [Theory]
    [InlineData("async Task", "await Task.Delay(1);")]
    [InlineData("async Task<int>", "await Task.Delay(1);", "return 1;")]
    public async Task Async(string type, string wait, string end = "")
    {
        var source = Usings + Filled($"public static class Program\n{{\n    public static {type} Main()\n    {{\n        var model = Linear(4, 1);\n        var input = randn(8, 4);\n        var optimizer = SGD;\n        for (int epoch = 0; epoch < 20; epoch++)\n        {{\n            {wait}\n            TRAIN\n        HERE\n        }}\n        {end}\n    }}\n}}\n");

        var after = await Offered(source.Replace("        HERE\n", "", StringComparison.Ordinal), "for (");

        Assert.Equal(source.Replace("HERE", "scheduler.step();", StringComparison.Ordinal).Replace("0.1);", $"0.1);\n        var scheduler = {Warmup};", StringComparison.Ordinal), after);
    }

    [Theory]
    // In fields, filled in a constructor.
    [InlineData("private readonly torch.optim.Optimizer _optimizer;", "private readonly torch.optim.lr_scheduler.LRScheduler _scheduler;", "public Trainer()\n    {\n        _optimizer = OPTIMIZER;\n    }", "public Trainer()\n    {\n        _optimizer = OPTIMIZER;\n        _scheduler = WARMUP;\n    }")]
    [InlineData("readonly optim.Optimizer _optimizer;", "readonly optim.lr_scheduler.LRScheduler _scheduler;", "public Trainer()\n    {\n        this._optimizer = OPTIMIZER;\n    }", "public Trainer()\n    {\n        this._optimizer = OPTIMIZER;\n        this._scheduler = THISWARMUP;\n    }")]
    [InlineData("private readonly Adam _optimizer; // all", "private readonly optim.lr_scheduler.LRScheduler _scheduler;", "public Trainer()\n    {\n        _optimizer = torch.optim.Adam(_model.parameters());\n    }", "public Trainer()\n    {\n        _optimizer = torch.optim.Adam(_model.parameters());\n        _scheduler = WARMUP;\n    }")]
    [InlineData("private readonly torch.optim.Optimizer _optimizer;", "private readonly torch.optim.lr_scheduler.LRScheduler _scheduler;", "public Trainer() => _optimizer = OPTIMIZER;", "public Trainer()\n    {\n        _optimizer = OPTIMIZER;\n        _scheduler = WARMUP;\n    }")]
    public async Task FieldsBesideFields(string field, string scheduler, string constructor, string expected)
    {
        var before = Trainer(field, constructor);

        var after = await Offered(before, "_optimizer =");

        Assert.Equal(Trainer(field + "\n    " + scheduler, expected, "_scheduler.step();"), after);
    }

    [Fact]
    public async Task AStaticFieldToo()
    {
        const string Source = Usings + "public static class Program\n{\n    static readonly TorchSharp.Modules.Linear s_model = Linear(4, 1);\n    static readonly torch.optim.Optimizer s_optimizer = torch.optim.SGD(s_model.parameters(), 0.1);\nFIELD\n    public static void Main()\n    {\n        for (int epoch = 0; epoch < 20; epoch++)\n        {\n            s_optimizer.zero_grad();\n            s_model.forward(randn(8, 4)).mean().backward();\n            s_optimizer.step();\nSTEP        }\n    }\n}\n";

        var after = await Offered(Source.Replace("FIELD", "", StringComparison.Ordinal).Replace("STEP", "", StringComparison.Ordinal), "s_optimizer =");

        Assert.Equal(
            Source.Replace("FIELD", "    static readonly torch.optim.lr_scheduler.LRScheduler s_scheduler = torch.optim.lr_scheduler.LinearLR(s_optimizer, start_factor: 0.1, total_iters: 5);\n", StringComparison.Ordinal).Replace("STEP", "            s_scheduler.step();\n", StringComparison.Ordinal),
            after);
    }

    [Fact]
    public async Task AFieldThatIsFilledLater()
    {
        var before = Trainer("private torch.optim.Optimizer? _optimizer;", "public void Prepare()\n    {\n        _optimizer = OPTIMIZER;\n    }").Replace("_optimizer.", "_optimizer!.", StringComparison.Ordinal).Replace("new Trainer().Fit()", "{ var t = new Trainer(); t.Prepare(); t.Fit(); }", StringComparison.Ordinal).Replace("=> {", "{", StringComparison.Ordinal).Replace("};", "}", StringComparison.Ordinal);

        var after = await Offered(before, "_optimizer =");

        Assert.Contains("private torch.optim.lr_scheduler.LRScheduler? _scheduler;", after, StringComparison.Ordinal);
        Assert.Contains("_scheduler?.step();", after, StringComparison.Ordinal);
    }

    [Fact]
    public async Task OfTwoOptimizersEachGetsItsOwn()
    {
        var before = Method($"var optimizer = {Sgd};\n    var critic = torch.optim.Adam(other.parameters());\n    for (int epoch = 0; epoch < 20; epoch++)\n    {{\n        optimizer.zero_grad();\n        critic.zero_grad();\n        (model.forward(input) + other.forward(input)).mean().backward();\n        optimizer.step();\n        critic.step();\n    }}", "Linear other");

        var after = await Offered(before, "critic =");

        Assert.Contains("var critic = torch.optim.Adam(other.parameters());\n        var scheduler = torch.optim.lr_scheduler.LinearLR(critic, start_factor: 0.1, total_iters: 5);\n", after, StringComparison.Ordinal);
        var offered = await Refactored.AllBy(new AddLinearWarmup(), before, "for (");
        Assert.Equal([Title + " for optimizer", Title + " for critic"], offered.Select(one => one.Title));
        Assert.Equal(after, offered[1].Text);

        // The second goes on where the first has been.
        Assert.Contains("var scheduler2 = " + Warmup, await Offered(after, "optimizer ="), StringComparison.Ordinal);
    }

    [Fact]
    public async Task OneOptimizerPerFold()
    {
        var before = Method($"for (int fold = 0; fold < 5; fold++)\n    {{\n        var net = Linear(4, 1);\n        var optimizer = torch.optim.SGD(net.parameters(), 0.1);\n        for (int epoch = 0; epoch < 20; epoch++)\n            TrainEpoch(net, optimizer);\n    }}");

        var after = await Offered(before, "epoch = 0");

        Assert.Contains($"var scheduler = {Warmup};\n            for (int epoch = 0; epoch < 20; epoch++)\n            {{\n                TrainEpoch(net, optimizer);\n                scheduler.step();\n            }}\n        }}", after, StringComparison.Ordinal);
        await NotOffered(before, "int fold");
    }

    [Fact]
    public async Task TheLoopOfTheCallerCountsTheEpochs()
    {
        const string Source = Usings + "public static class Program\n{\n    public static void Main()\n    {\n        var model = Linear(4, 1);\n        var optimizer = torch.optim.SGD(model.parameters(), 0.1);\nSCHEDULER        for (int epoch = 0; epoch < 20; epoch++)\n        {\n            Epoch(model, optimizer, new int[3]);\nSTEP        }\n    }\n\n    static void Epoch(TorchSharp.Modules.Linear model, torch.optim.Optimizer optimizer, int[] batches)\n    {\n        foreach (var batch in batches)\n        {\n            optimizer.zero_grad();\n            model.forward(randn(8, 4)).mean().backward();\n            optimizer.step();\n        }\n    }\n}\n";
        var before = Source.Replace("SCHEDULER", "", StringComparison.Ordinal).Replace("STEP", "", StringComparison.Ordinal);

        Assert.Equal(
            Source.Replace("SCHEDULER", $"        var scheduler = {Warmup};\n", StringComparison.Ordinal).Replace("STEP", "            scheduler.step();\n", StringComparison.Ordinal),
            await Offered(before, "optimizer ="));
        await NotOffered(before, "foreach");
    }

    [Theory]
    // It has a scheduler.
    [InlineData("var decay = torch.optim.lr_scheduler.StepLR(optimizer, 3);", "decay.step();")]
    [InlineData("var decay = new torch.optim.lr_scheduler.impl.ExponentialLR(optimizer, 0.9);", "decay.step();")]
    [InlineData("torch.optim.lr_scheduler.StepLR(optimizer, 3);")]
    [InlineData("var plateau = torch.optim.lr_scheduler.ReduceLROnPlateau(optimizer);", "plateau.step(0.5);")]
    [InlineData("var same = optimizer; var decay = torch.optim.lr_scheduler.StepLR(same, 3);", "decay.step();")]
    [InlineData("var decay = WarmupSchedulers.LRSchedulers.LinearWarmupLR(optimizer, 5);", "decay.step();")]
    [InlineData("var all = new[] { torch.optim.lr_scheduler.StepLR(optimizer, 3) };", "all[0].step();")]
    [InlineData("torch.optim.lr_scheduler.LRScheduler Make(torch.optim.Optimizer o) => torch.optim.lr_scheduler.StepLR(o, 3); var decay = Make(optimizer);", "decay.step();")]
    [InlineData("Func<torch.optim.lr_scheduler.LRScheduler> make = () => torch.optim.lr_scheduler.StepLR(optimizer, 3); var decay = make();", "decay.step();")]
    // It may have one out of sight.
    [InlineData("var list = new List<torch.optim.Optimizer> { optimizer }; foreach (var one in list) Console.WriteLine(one);")]
    [InlineData("Other.Known = optimizer;")]
    [InlineData("GC.KeepAlive(optimizer);")]
    [InlineData("object boxed = optimizer; Console.WriteLine(boxed);")]
    [InlineData("Action<torch.optim.Optimizer> run = Other.Run; run(optimizer);")]
    [InlineData("Other.Hook.Prepare(optimizer);")]
    // Its rate is written by hand.
    [InlineData("", "foreach (var group in optimizer.ParamGroups) group.LearningRate = 0.1 / (epoch + 1);")]
    [InlineData("void Set(double rate) { foreach (var group in optimizer.ParamGroups) group.LearningRate = rate; }", "Set(0.1 * epoch);")]
    [InlineData("", "Other.Set(optimizer, 0.1 / (epoch + 1));")]
    [InlineData("", "if (epoch == 9) foreach (var group in optimizer.ParamGroups) group.LearningRate *= 0.1;")]
    [InlineData("optimizer.ParamGroups.First().LearningRate = 0.05;")]
    [InlineData("optimizer.load_state_dict(optimizer.state_dict());")]
    [InlineData("void Resume(TorchSharp.Modules.SGD o) => o.load_state_dict(o.state_dict()); if (epochs > 3) Resume(optimizer);")]
    // It does not live on.
    [InlineData("", "if (epoch == 10) optimizer = torch.optim.SGD(model.parameters(), 0.01);")]
    [InlineData("optimizer = torch.optim.SGD(model.parameters(), 0.01);")]
    // The step would not come once an epoch.
    [InlineData("", "if (epoch == 3) continue;")]
    [InlineData("for (int epoch = 0; epoch < 3; epoch++) { TRAIN }")]
    // A group that comes later is not scheduled.
    [InlineData("", "if (epoch == 3) optimizer.add_param_group(new TorchSharp.Modules.SGD.ParamGroup(model.parameters(), lr: 0.1));")]
    public async Task NotOfferedBesideWhatIsThere(string statements, string inLoop = "")
    {
        var source = Script(Filled($"var optimizer = SGD;\n    {statements}"), body: $"{inLoop}\n        {Train}") + Other;

        await NotOffered(source, "optimizer =");
        await NotOffered(source, "for (int epoch = 0; epoch < 20");
    }

    [Theory]
    [InlineData("for (;;)")]
    [InlineData("while (true)")]
    [InlineData("while (input.mean().item<float>() > 0.1)")]
    [InlineData("for (int epoch = 0; epoch < 5; epoch++)")]
    [InlineData("for (int epoch = 0; epoch < 1; epoch++)")]
    [InlineData("foreach (var epoch in Enumerable.Range(0, 3))")]
    [InlineData("if (epochs > 3)")]
    public async Task NotOfferedWhereNothingCountsThatFar(string header) => await NotOffered(Script($"var optimizer = {Sgd};", header), "optimizer =");

    [Theory]
    [InlineData("epochs > 10 ? torch.optim.Adam(model.parameters()) : Make(model)")]
    [InlineData("torch.optim.RAdam(model.parameters())")]
    [InlineData("Make(model)")]
    public async Task NotOfferedForOtherOptimizers(string optimizer) =>
        await NotOffered(Script($"torch.optim.Optimizer Make(TorchSharp.Modules.Linear m) => torch.optim.SGD(m.parameters(), 0.1);\n    torch.optim.Optimizer optimizer = {optimizer};"), "optimizer =");

    [Fact]
    public async Task NotOfferedWhereSchedulersAreIgnored() =>
        await NotOffered(Script("var optimizer = torch.optim.LBFGS(model.parameters(), 0.1);", body: "optimizer.step(() => { optimizer.zero_grad(); var loss = model.forward(input).mean(); loss.backward(); return loss; });"), "optimizer =");

    [Theory]
    // A loop over batches in a method that anyone may call in a loop of his own.
    [InlineData("public void Fit(IEnumerable<int> batches)\n    {\n        foreach (var batch in batches)\n        {\n            STEPS\n        }\n    }", "new Trainer().Fit(new int[3])")]
    [InlineData("public void Fit(IEnumerable<int> batches)\n    {\n        for (int i = 0; i < 20; i++)\n        {\n            STEPS\n        }\n    }", "{ var t = new Trainer(); for (int epoch = 0; epoch < 9; epoch++) t.Fit(new int[3]); }")]
    // Others have the optimizer too.
    [InlineData("public torch.optim.Optimizer Optimizer => _optimizer;\n\n    public void Fit()\n    {\n        for (int i = 0; i < 20; i++)\n        {\n            STEPS\n        }\n    }", "new Trainer().Fit()")]
    public async Task NotOfferedWhereTheFieldIsUsedByOthers(string method, string call)
    {
        var source = Trainer("private readonly torch.optim.Optimizer _optimizer;", "public Trainer()\n    {\n        _optimizer = OPTIMIZER;\n    }", fit: method, call: call);

        await NotOffered(source, "_optimizer =");
    }

    [Fact]
    public async Task OneTrainerPerFoldIsOffered() => await Offered(
        Trainer("private readonly torch.optim.Optimizer _optimizer;", "public Trainer()\n    {\n        _optimizer = OPTIMIZER;\n    }", call: "{ for (int fold = 0; fold < 5; fold++) new Trainer().Fit(); }"), "_optimizer =");

    [Theory]
    [InlineData("var optimizer = torch.optim.SGD(model.parameters(), );")]
    [InlineData("var optimizer = torch.optim.SGD(model.parameters(), 0.1)")]
    [InlineData("var optimizer = torch.optim.SGD(model.parameters(), missing);")]
    [InlineData("var optimizer = torch.optim.SGDD(model.parameters(), 0.1);")]
    [InlineData("var optimizer = torch.optim.SGD(model.parameters(), 0.1); if (")]
    [InlineData("var optimizer = torch.optim.SGD(model.parameters(), 0.1); Unknown(optimizer);")]
    [InlineData("torch.optim.SGD(model.parameters(), 0.1);")]
    [InlineData("var optimizer = ")]
    public async Task HalfTypedCode(string optimizer)
    {
        Assert.Null((await Refactored.By(new AddLinearWarmup(), [Script(optimizer)], "torch.optim.", mustCompile: false)).Title);
        Assert.Null((await Refactored.By(new AddLinearWarmup(), [Script(optimizer)], "for (", mustCompile: false)).Title);
    }

    [Theory]
    [InlineData("void Run(Action body) { for (int i = 0; i < 20; i++) body(); } Run(() => { TRAIN });")]
    [InlineData("Enumerable.Range(0, 20).ToList().ForEach(epoch => { TRAIN });")]
    [InlineData("do { TRAIN } while (epochs-- > 0);")]
    [InlineData("for (int epoch = 0; epoch < 20; epoch++) { input.mean(); }")]
    [InlineData("for (int epoch = 0; epoch < 20; epoch++) { TRAIN } for (int epoch = 0; epoch < 20; epoch++) { TRAIN }")]
    [InlineData("for (int epoch = 0; epoch < 20; epoch++) { TRAIN goto end; } end: ;")]
    public async Task NotOfferedForOtherLoops(string loop) => await NotOffered(Method(Filled($"var optimizer = SGD;\n    {loop}")), "optimizer =");

    [Theory]
    [InlineData("private torch.optim.Optimizer Optimizer { get; }", "public Trainer() { Optimizer = OPTIMIZER; }")]
    [InlineData("public readonly torch.optim.Optimizer Optimizer;", "public Trainer() { Optimizer = OPTIMIZER; }")]
    [InlineData("protected torch.optim.Optimizer Optimizer;", "public Trainer() { Optimizer = OPTIMIZER; }", "class")]
    [InlineData("private readonly torch.optim.Optimizer Optimizer;", "public Trainer(bool adam) { if (adam) Optimizer = torch.optim.Adam(_model.parameters()); else Optimizer = OPTIMIZER; }", "sealed class", "new Trainer(true).Fit()")]
    public async Task NotOfferedForOtherMembers(string member, string constructor, string kind = "sealed class", string call = "new Trainer().Fit()") => await NotOffered(
        Trainer(member, constructor, call: call).Replace("sealed class", kind, StringComparison.Ordinal).Replace("_optimizer", "Optimizer", StringComparison.Ordinal), "Optimizer =");

    [Fact]
    public async Task AFieldOfAnotherPartStaysAlone()
    {
        var source = Trainer("", "public Trainer()\n    {\n        _optimizer = OPTIMIZER;\n    }").Replace("sealed class", "sealed partial class", StringComparison.Ordinal);
        const string Part = "public sealed partial class Trainer { private readonly TorchSharp.torch.optim.Optimizer _optimizer; }";

        Assert.Null((await Refactored.By(new AddLinearWarmup(), [source, Part], "_optimizer =")).Title);
    }

    /// <summary>In programs that are right and have their schedulers, it is offered for no optimizer that has one.</summary>
    [Theory]
    [MemberData(nameof(MutationStudyTests.Programs), MemberType = typeof(MutationStudyTests))]
    public async Task WholePrograms(string name)
    {
        var source = TrainingProgram.All.Single(program => program.Name == name).Source;
        var places = System.Text.RegularExpressions.Regex.Matches(source, @"\b(for|foreach|while) \(|\b(SGD|Adam|AdamW|RMSProp)\(").Select(match => match.Index);
        foreach (var place in places)
        {
            foreach (var offered in await Refactored.AllBy(new AddLinearWarmup(), source, source[place..]))
                Assert.Fail(offered.Text);
        }
    }

    [Fact]
    public async Task DoppelgangersAreNotOurs()
    {
        var source = Script($"var optimizer = {Sgd};")
            .Replace("using TorchSharp;\nusing static TorchSharp.torch;\nusing static TorchSharp.torch.nn;\n", "using Mine;\nusing static Mine.torch;\n", StringComparison.Ordinal).Replace("TorchSharp.Modules.Linear model", "torch.Net model", StringComparison.Ordinal)
            + "\nnamespace Mine { public static class torch { public static Net Linear(int a, int b) => new(); public static int randn(int a, int b) => 1; public static class optim { public class Optimizer { public void step() { } public void zero_grad() { } } public static Optimizer SGD(object p, double lr) => new(); } public class Net { public object parameters() => this; public Net forward(int x) => this; public Net mean() => this; public void backward() { } } } }";

        await NotOffered(source.Replace("torch.optim.SGD", "optim.SGD", StringComparison.Ordinal), "optimizer =");
    }

    [Fact]
    public async Task WithoutTorchSharpThereIsNothing() => Assert.Null(
        (await Refactored.By(new AddLinearWarmup(), [Script($"var optimizer = {Sgd};")], "optimizer =", TestReferences.Framework, mustCompile: false)).Title);

    [Fact]
    public async Task Cancelled() => await Assert.ThrowsAnyAsync<OperationCanceledException>(
        () => Refactored.AllBy(new AddLinearWarmup(), Script($"var optimizer = {Sgd};"), "optimizer =", new CancellationToken(canceled: true)));

    private static string Script(string statements, string header = "for (int epoch = 0; epoch < 20; epoch++)", string body = Train) =>
        Method(statements + $"\n    {header}\n    {{\n        {body}\n    }}");

    private static string Method(string statements, string parameters = "") => Usings + Filled($$"""
        static class Training
        {
            static void Main() => Fit(10, new[] { 1, 2 }{{(parameters.Length > 0 ? ", Linear(4, 1)" : "")}});

            static void Fit(int epochs, int[] batches{{(parameters.Length > 0 ? ", TorchSharp.Modules." + parameters : "")}})
            {
                var model = Linear(4, 1);
                var input = randn(8, 4);
                {{statements.Replace("\n", "\n    ", StringComparison.Ordinal)}}
            }

            static void TrainEpoch(TorchSharp.Modules.Linear model, torch.optim.Optimizer optimizer)
            {
                optimizer.zero_grad();
                model.forward(randn(8, 4)).mean().backward();
                optimizer.step();
            }
        }
        """);

    private static string Filled(string text) => text.Replace("WARMUP", Warmup, StringComparison.Ordinal).Replace("TRAIN", Train, StringComparison.Ordinal).Replace("= SGD;", "= " + Sgd + ";", StringComparison.Ordinal).Replace(": SGD;", ": " + Sgd + ";", StringComparison.Ordinal);

    private const string Other = """

        public interface IHook { void Prepare(torch.optim.Optimizer optimizer); }

        public static class Other
        {
            public static torch.optim.Optimizer? Known;
            public static IHook Hook = null!;
            public static void Run(torch.optim.Optimizer optimizer) => torch.optim.lr_scheduler.StepLR(optimizer, 3);
            public static void Set(torch.optim.Optimizer optimizer, double rate) { foreach (var group in optimizer.ParamGroups) group.LearningRate = rate; }
        }
        """;

    private static string Trainer(string field, string constructor, string step = "", string fit = Fit, string call = "new Trainer().Fit()") => Usings + "using TorchSharp.Modules;\n\n" + $$"""
        public sealed class Trainer
        {
            private readonly Linear _model = Linear(4, 1);
            {{field}}

            {{constructor}}

            {{fit}}
        }

        public static class Program
        {
            public static void Main() => {{call}};
        }
        """.Replace("            STEP\n", step.Length == 0 ? "" : "            " + step + "\n", StringComparison.Ordinal)
            .Replace("THISWARMUP", "torch.optim.lr_scheduler.LinearLR(this._optimizer, start_factor: 0.1, total_iters: 5)", StringComparison.Ordinal)
            .Replace("STEPS", "_optimizer.zero_grad();\n            _model.forward(randn(8, 4)).mean().backward();\n            _optimizer.step();", StringComparison.Ordinal)
            .Replace("WARMUP", "torch.optim.lr_scheduler.LinearLR(_optimizer, start_factor: 0.1, total_iters: 5)", StringComparison.Ordinal)
            .Replace("OPTIMIZER", "torch.optim.SGD(_model.parameters(), 0.1)", StringComparison.Ordinal)
            .Replace("=> {", "{", StringComparison.Ordinal).Replace("};", "}", StringComparison.Ordinal);

    private const string Fit = "public void Fit()\n    {\n        for (int epoch = 0; epoch < 20; epoch++)\n        {\n            STEPS\n            STEP\n        }\n    }";

    private static async Task<string> Offered(string before, string caret, string title = Title)
    {
        var refactored = await Refactored.By(new AddLinearWarmup(), [before], caret);
        Assert.True(title == refactored.Title, $"'{refactored.Title}' in\n{before}");
        Assert.Empty((await Findings.In(refactored.Text)).Select(found => found.ToString()));
        return refactored.Text;
    }

    private static async Task NotOffered(string source, string caret) => Assert.Null((await Refactored.By(new AddLinearWarmup(), [source], caret)).Title);
}
