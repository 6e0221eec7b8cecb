using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Runtime.Loader;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace WarmupAnalyzers.Tests;

/// <summary>
/// Runs a training program on TorchSharp's own schedulers and records the learning rate of every optimizer step. The network
/// is taken out and the optimizer is a managed one, so that no native library is needed; the schedule runs as it is written.
/// </summary>
internal static class TrainingRun
{
    private static readonly Regex s_optimizer = new(@"torch\.optim\.(SGD|Adam|AdamW)\(_?model\.parameters\(\), ", RegexOptions.CultureInvariant);

    // A group trains with its own rate, whatever the optimizer's is.
    private static readonly Regex s_group = new(
        @"torch\.optim\.(SGD|Adam|AdamW)\(new[\w. ]*\[\] \{ new[\w. ]*\(_?model\.parameters\(\), lr: (?<rate>[^)]+)\) \}, [^)]*\)",
        RegexOptions.CultureInvariant);

    private const string Recorder = """

        public sealed class RecordingOptimizer : TorchSharp.torch.optim.Optimizer
        {
            public static readonly System.Collections.Generic.List<double> Rates = new();
            private readonly Group _group;

            public RecordingOptimizer(double lr) : base(System.IntPtr.Zero) => _group = new Group { LearningRate = lr, InitialLearningRate = lr };

            public override System.Collections.Generic.IEnumerable<TorchSharp.torch.optim.ILearningRateController> ParamGroups => new[] { _group };

            public override TorchSharp.torch.Tensor step(System.Func<TorchSharp.torch.Tensor>? closure = null)
            {
                Rates.Add(_group.LearningRate);
                return null!;
            }

            public override void zero_grad() { }

            private sealed class Group : TorchSharp.torch.optim.ILearningRateController
            {
                public double LearningRate { get; set; }
                public double InitialLearningRate { get; set; }
            }
        }
        """;

    /// <summary>The learning rates at the optimizer's steps, in order.</summary>
    public static IReadOnlyList<double> LearningRates(string source)
    {
        var compilation = Findings.Compile(WithoutNetwork(source) + Recorder).AddReferences(TestReferences.WarmupSchedulers);
        using var image = new MemoryStream();
        var emitted = compilation.Emit(image);
        Assert.True(emitted.Success, string.Join(Environment.NewLine, emitted.Diagnostics));
        var context = new AssemblyLoadContext("training", isCollectible: true);
        try
        {
            var program = context.LoadFromStream(new MemoryStream(image.ToArray()));
            program.EntryPoint!.Invoke(null, program.EntryPoint.GetParameters().Length == 0 ? null : [Array.Empty<string>()]);
            var rates = (List<double>)program.GetType("RecordingOptimizer")!.GetField("Rates")!.GetValue(null)!;
            return [.. rates];
        }
        finally
        {
            context.Unload();
        }
    }

    private static string WithoutNetwork(string source) => string.Join("\n", source.Split('\n')
        .Where(line => !line.Contains("using var model", StringComparison.Ordinal)
            && !line.Contains("using var loss", StringComparison.Ordinal)
            && !line.Contains("loss.backward()", StringComparison.Ordinal)
            && !line.TrimEnd().EndsWith("// network", StringComparison.Ordinal))
        .Select(line => s_group.Replace(line, "new RecordingOptimizer(${rate})"))
        .Select(line => s_optimizer.Replace(line, "new RecordingOptimizer(")));
}
