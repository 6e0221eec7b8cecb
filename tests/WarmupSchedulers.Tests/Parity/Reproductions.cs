using System;
using System.Linq;
using System.Text.Json;
using WarmupSchedulers.Tests.Parity.Libraries;

namespace WarmupSchedulers.Tests.Parity;

/// <summary>Which schedule of this library stands for which function of another one.</summary>
internal static class Reproductions
{
    internal static Reproduction Of(ReferenceTable table)
    {
        try
        {
            var reproduction = OnWholeSteps(table, Resumed(table, ByLibrary(table)));
            return reproduction is Reproduction.Curve or Reproduction.Plateau && table.Params.Unread.ToList() is { Count: > 0 } unread
                ? new Reproduction.NotCovered("nothing is known of the parameter " + string.Join(", ", unread))
                : reproduction;
        }
        catch (NotMappedException missing)
        {
            return new Reproduction.NotCovered(missing.Message);
        }
        catch (ArgumentException refused)
        {
            return new Reproduction.NotCovered("the library refuses it: " + refused.Message);
        }
        catch (Exception unread) when (unread is FormatException or OverflowException or JsonException)
        {
            return new Reproduction.NotCovered("a parameter cannot be read: " + unread.Message);
        }
    }

    // A factor that hangs on the step alone goes on from any step; one that hangs on the rate before it, from a rate that no table tells.
    private static Reproduction Resumed(ReferenceTable table, Reproduction reproduction)
    {
        table.Params.Ignore("verbose");
        var last = table.Params.OptionalCount("last_epoch") ?? -1;
        if (last == -1 || reproduction is not Reproduction.Curve curve)
            return reproduction;

        return Family(table.Library) is "transformers" or "torchtune" || table.Function is "LambdaLR"
            ? curve with { FirstStep = curve.FirstStep - (last + 1) }
            : new Reproduction.NotCovered("it goes on from a rate that the table does not tell");
    }

    private static Reproduction OnWholeSteps(ReferenceTable table, Reproduction reproduction) =>
        reproduction is Reproduction.Curve curve && table.Steps is { } steps && steps.Any(step => Math.Abs(step * curve.PerStep - Math.Round(step * curve.PerStep)) > 1e-9)
            ? new Reproduction.NotCovered("a schedule has no fractions of a step")
            : reproduction;

    private static Reproduction ByLibrary(ReferenceTable table) => Family(table.Library) switch
    {
        "allennlp" => AllenNlp.Of(table),
        "katsura-jp" or "ildoonet" => CommunityWarmup.Of(table),
        "composer" => Composer.Of(table),
        "deepspeed" => new Reproduction.UpstreamDefect("DeepSpeed repeats the minimum and leaves out a group at first"),
        "fairseq" => Fairseq.Of(table),
        "pytorch-ignite" => Ignite.Of(table),
        "lightning-bolts" => LightningBolts.Of(table),
        "megatron-lm" => Megatron.Of(table),
        "nvidia" => NeMo.Of(table),
        "noam" or "goyal" => NoamAndGoyal.Of(table),
        "optax" => Optax.Of(table),
        "pytorch" => PyTorch.Of(table),
        "pytorch_warmup" => PyTorchWarmup.Of(table),
        "schedule_free" => ScheduleFree.Of(table),
        "timm" => Timm.Of(table),
        "torchtune" or "torchtitan" => TorchTuneAndTitan.Of(table),
        "transformers" => Transformers.Of(table),
        _ => new Reproduction.NotCovered($"nothing is known of the library {table.Library}"),
    };

    // "NVIDIA/NeMo", "Goyal et al. 2017 …": the first word says which.
    private static string Family(string library) => library.Split('/', ' ')[0].ToLowerInvariant();
}
