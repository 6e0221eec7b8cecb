using System.Threading.Tasks;
using Xunit;
using Verify = WarmupAnalyzers.Tests.Verify<WarmupAnalyzers.Rules.SteppingAnalyzer, WarmupAnalyzers.CodeFixes.Fixes.SteppedBeforeOptimizerFix>;

namespace WarmupAnalyzers.Tests.Rules;

/// <summary>An optimizer of the user's own making is a known optimizer where its creation is seen.</summary>
public class OwnOptimizerTests
{
    [Fact]
    public Task StepsOfAnOwnOptimizerCount() => Verify.Fix(Program("{|WARM3002:scheduler.step()|};\n            ", ""), Program("", "\n            scheduler.step();"));

    private static string Program(string top, string end) => $$"""
        using System;
        using System.Collections.Generic;
        using TorchSharp;
        using static TorchSharp.torch.optim;

        public static class Program
        {
            public static void Main()
            {
                var optimizer = new Plain();
                var scheduler = lr_scheduler.LinearLR(optimizer, 0.1);
                for (int epoch = 0; epoch < 20; epoch++)
                {
                    {{top}}optimizer.step();{{end}}
                }
            }
        }

        public sealed class Plain : torch.optim.Optimizer
        {
            public Plain() : base(IntPtr.Zero) { }

            public override IEnumerable<ILearningRateController> ParamGroups => Array.Empty<ILearningRateController>();

            public override torch.Tensor step(Func<torch.Tensor>? closure = null) => null!;
        }
        """;
}
