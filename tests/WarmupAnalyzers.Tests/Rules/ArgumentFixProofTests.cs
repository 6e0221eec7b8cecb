using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using WarmupAnalyzers.Tests.Consistency;
using Xunit;

namespace WarmupAnalyzers.Tests.Rules;

/// <summary>
/// Generated programs with one mistake: after the fix each compiles, is silent and trains with the promised learning rates on
/// TorchSharp's own schedulers. Settings: <c>WARMUP_RANDOM_SEED</c>, <c>WARMUP_FIX_PROGRAMS</c>.
/// </summary>
public class ArgumentFixProofTests
{
    private static readonly string[] s_names = ["optimizer", "opt", "sgd", "@base"];

    [Theory]
    [InlineData("WARM1002")]
    [InlineData("WARM2001")]
    [InlineData("WARM2002")]
    [InlineData("WARM2003")]
    [InlineData("WARM2004")]
    public async Task AFixedProgramTrainsAsPromised(string id)
    {
        var seed = Setting("WARMUP_RANDOM_SEED", 20240607);
        var random = new Random(seed);
        for (var number = 0; number < Setting("WARMUP_FIX_PROGRAMS", 20); number++)
        {
            var (wrong, right) = Make(id, random);
            var found = Assert.Single(await Findings.In(wrong));
            Assert.True(found.Id == id, $"{found} in seed {seed}, program {number}:\n{wrong}");
            var mended = await Mend(wrong, found);
            Assert.Empty(await Findings.In(mended));
            Assert.Equal(TrainingRun.LearningRates(right), TrainingRun.LearningRates(mended));
        }
    }

    // The program with the mistake, and one that a person would have written in the first place.
    private static (string Wrong, string Right) Make(string id, Random random)
    {
        var (name, n) = (Pick(random, s_names), random.Next(2, 12));
        var length = Pick(random, [n.ToString(CultureInfo.InvariantCulture), "steps", "2 * steps"]);
        var rate = Pick(random, ["0.1", "0.05", "3e-4"]);
        var before = $"const int steps = {n};";
        var factory = Pick(random, ["torch.optim.lr_scheduler.", "new torch.optim.lr_scheduler.impl.", "TorchSharp.torch.optim.lr_scheduler."]);
        string Program(string kind, string[] arguments, string between = "", string lr = "")
        {
            var source = ArgumentSource.Script($"{factory}{kind}({name}, {string.Join(", ", arguments)})", between, before)
                .Replace("SGD(model.parameters(), 0.1)", $"SGD(model.parameters(), {(lr.Length > 0 ? lr : rate)})", StringComparison.Ordinal)
                .Replace("optimizer.", name + ".", StringComparison.Ordinal).Replace("var optimizer", "var " + name, StringComparison.Ordinal);
            return source.Replace("main(string[] args)", "Main()", StringComparison.OrdinalIgnoreCase);
        }

        string[] Named(params string[] arguments) => [.. random.Next(2) == 0 ? arguments : Shuffled(arguments, random)];
        (string Wrong, string Right) Both(string kind, string wrong, string right, params string[] others)
        {
            var arguments = Named([.. others, wrong]);
            return (Program(kind, arguments), Program(kind, [.. arguments.Select(argument => argument == wrong ? right : argument).Where(argument => argument.Length > 0)]));
        }

        switch (id)
        {
            case "WARM1002" when random.Next(2) == 0:
                return (Program("ExponentialLR", ["gamma: 0.9"], lr: "1 / 10"), Program("ExponentialLR", ["gamma: 0.9"], lr: "0.1"));
            case "WARM1002":
                return Both("LinearLR", $"start_factor: 1 / {length.Replace("2 * steps", "(2 * steps)", StringComparison.Ordinal)}", $"start_factor: 1.0 / ({length})", "total_iters: " + length);
            case "WARM2001":
                return Both("LinearLR", "start_factor: " + Pick(random, ["0", "0.0", "0f", "-0.0"]), $"start_factor: 1.0 / ({length})", "total_iters: " + length, "end_factor: " + Pick(random, ["1", "0.5"]));
            case "WARM2002":
                return random.Next(3) switch
                {
                    0 => Both("LinearLR", "end_factor: " + Pick(random, ["2", "10.0", "steps"]), "end_factor: 1", "start_factor: 0.5", "total_iters: " + length),
                    1 => Both("StepLR", "step_size: -" + n, "step_size: " + n, "gamma: 0.5"),
                    _ => Both("MultiStepLR", $"milestones: new[] {{ {n}, {n - 1} }}", $"milestones: new[] {{ {n - 1}, {n} }}", "gamma: 0.5"),
                };
            case "WARM2003":
                var last = "last_epoch: " + Pick(random, ["0", "3", "steps"]);
                return random.Next(2) == 0
                    ? Both("LinearLR", last, "", "start_factor: 0.25", "total_iters: " + length)
                    : Both("ExponentialLR", last, "", "gamma: 0.9", "verbose: false");
            default:
                var written = Pick(random, ["0.5", "0.01", "1.0 / steps"]);
                var write = Pick(random, [
                    "foreach (var group in optimizer.ParamGroups) group.LearningRate = RATE;",
                    "foreach (var g in optimizer.ParamGroups) { g.LearningRate = RATE; }",
                    "optimizer.ParamGroups.First().LearningRate = RATE;",
                    "var first = optimizer.ParamGroups.ElementAt(0); first.LearningRate = RATE;",
                ]).Replace("RATE", written, StringComparison.Ordinal);
                var factor = $"epoch => Math.Min((epoch + 1) / (double)({length}), 1.0)";
                return (Program("LambdaLR", [factor], write), Program("LambdaLR", [factor], lr: written));
        }
    }

    private static async Task<string> Mend(string source, Diagnostic diagnostic)
    {
        using var workspace = new AdhocWorkspace();
        var document = workspace.AddProject(ProjectInfo.Create(
            ProjectId.CreateNewId(), VersionStamp.Default, "Training", "Training", LanguageNames.CSharp,
            compilationOptions: new CSharpCompilationOptions(OutputKind.ConsoleApplication, nullableContextOptions: NullableContextOptions.Enable),
            parseOptions: new CSharpParseOptions(LanguageVersion.Latest),
            metadataReferences: TestReferences.All)).AddDocument("Program0.cs", source);
        var actions = new List<CodeAction>();
        var provider = Package.SafeProviders.Single(provider => provider.FixableDiagnosticIds.Contains(diagnostic.Id));
        await provider.RegisterCodeFixesAsync(new CodeFixContext(document, diagnostic, (action, _) => actions.Add(action), CancellationToken.None));
        var operations = await Assert.Single(actions).GetOperationsAsync(CancellationToken.None);
        var changed = Assert.Single(operations.OfType<ApplyChangesOperation>()).ChangedSolution.GetDocument(document.Id)!;
        return (await changed.GetTextAsync()).ToString();
    }

    private static int Setting(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.Integer, CultureInfo.InvariantCulture, out var set) ? set : otherwise;

    private static string Pick(Random random, string[] choices) => choices[random.Next(choices.Length)];

    private static string[] Shuffled(string[] items, Random random) => [.. items.OrderBy(_ => random.Next())];
}
