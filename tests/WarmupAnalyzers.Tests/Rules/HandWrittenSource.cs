namespace WarmupAnalyzers.Tests.Rules;

/// <summary>Training programs that write the learning rate themselves.</summary>
internal static class HandWrittenSource
{
    // On lines of their own: a run without a network leaves some out.
    private const string Step = """

                optimizer.zero_grad();
                using var loss = model.forward(randn(8, 4)).mean();
                loss.backward();
                optimizer.step();

        """;

    /// <summary>A script with this loop; <c>TRAIN</c> stands for one step of the optimizer.</summary>
    public static string Script(string loop, string before = "int warmup = 5; double lr = 0.05;", string members = "", string optimizer = "torch.optim.SGD(model.parameters(), lr)") => $$"""
        using System;
        using System.Linq;
        using System.Collections.Generic;
        using TorchSharp;
        using static TorchSharp.torch;
        using static TorchSharp.torch.nn;

        public static class Program
        {
            public static void Main()
            {
                {{before}}
                using var model = Linear(4, 1);
                var optimizer = {{optimizer}};
                {{loop.Replace("TRAIN", Step, System.StringComparison.Ordinal)}}
            }

            {{members}}
        }
        """;

    /// <summary>A loop over epochs that writes the rate at its top.</summary>
    public static string Loop(string write) =>
        Script("for (int step = 0; step < 100; step++) { " + write + " TRAIN }");

    /// <summary>A loop over epochs that gives each group this rate at its top.</summary>
    public static string Rate(string value) =>
        Loop("foreach (var group in optimizer.ParamGroups) group.LearningRate = " + value + ";");

    /// <summary>A class that trains.</summary>
    public static string Trainer(string members, string more = "") => $$"""
        using System;
        using System.Linq;
        using System.Collections.Generic;
        using TorchSharp;
        using static TorchSharp.torch;
        using static TorchSharp.torch.nn;

        public sealed class Trainer
        {
            {{members.Replace("TRAIN", "_optimizer.zero_grad(); using var loss = _model.forward(randn(8, 4)).mean(); loss.backward(); _optimizer.step();", System.StringComparison.Ordinal)}}
        }

        public static class Program
        {
            public static void Main() { }
            {{more}}
        }
        """;
}
