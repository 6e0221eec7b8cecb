namespace WarmupAnalyzers.Tests.Rules;

/// <summary>Training programs round one factor function.</summary>
internal static class FactorSource
{
    /// <summary>The same script with an optimizer of two parameter groups.</summary>
    public static string WithTwoGroups(string script) => script.Replace(
        "torch.optim.SGD(model.parameters(), 0.05)",
        "torch.optim.SGD(new TorchSharp.Modules.SGD.ParamGroup[] { new() { Parameters = model.parameters() }, new() { Parameters = model.parameters() } }, 0.05)",
        System.StringComparison.Ordinal);

    /// <summary>A script with this factor (any expression that converts to the delegate), these statements before it, and these members beside it.</summary>
    public static string Script(string factor, string before = "int warmupEpochs = 5;", string members = "", string rate = "0.05", string scheduler = "torch.optim.lr_scheduler.LambdaLR(optimizer, FACTOR)") => $$"""
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
                var optimizer = torch.optim.SGD(model.parameters(), {{rate}});
                var scheduler = {{scheduler.Replace("FACTOR", factor)}};
                for (int epoch = 0; epoch < 20; epoch++)
                {
                    optimizer.zero_grad();
                    using var loss = model.forward(randn(8, 4)).mean();
                    loss.backward();
                    optimizer.step();
                    scheduler.step();
                }
            }

            {{members}}
        }
        """;
}
