using System;
using System.Linq;
using WarmupSchedulers.Tests.Parity.Libraries;

namespace WarmupSchedulers.Tests.Parity;

/// <summary>Which schedule of this library stands for which function of another one.</summary>
internal static class Reproductions
{
    internal static Reproduction Of(ReferenceTable table)
    {
        try
        {
            var reproduction = ByLibrary(table);
            return reproduction is Reproduction.Curve or Reproduction.Plateau && table.Params.Unread.ToList() is { Count: > 0 } unread
                ? new Reproduction.NotCovered("nothing is known of the parameter " + string.Join(", ", unread))
                : reproduction;
        }
        catch (MissingParameterException missing)
        {
            return new Reproduction.NotCovered(missing.Message);
        }
    }

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
