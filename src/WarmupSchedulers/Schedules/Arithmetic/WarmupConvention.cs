namespace WarmupSchedulers;

// The analyzers compile the schedules of this library, and what a scheduler does with them, from these very files with
// WARMUP_ANALYZERS defined, so that what they compute about a schedule is what the library does. Nothing is public there.

/// <summary>
/// How a linear warmup counts its steps. With <c>k</c> the number of optimizer steps already made, <c>W</c> the warmup steps
/// and <c>s</c> the start factor, the factor of a step is <c>s + (1 − s) · r</c> and a convention says what <c>r</c> is.
/// Libraries differ here, which is where most off-by-one errors of warmup come from.
/// </summary>
#if WARMUP_ANALYZERS
internal
#else
public
#endif
enum WarmupConvention
{
    /// <summary>
    /// <c>(k + 1) / W</c>: the first step has 1/W, step W − 1 is the first at the full rate, no step is zero.
    /// So count pytorch_warmup, torchtitan, schedule-free and the Noam schedule of "Attention Is All You Need".
    /// </summary>
    Default = 0,

    /// <summary>
    /// <c>k / W</c>: the first step is zero, step W is the first at the full rate.
    /// So count Hugging Face Transformers, optax, Composer, Megatron, fairseq, and timm with an initial rate of zero.
    /// </summary>
    HuggingFace = 1,

    /// <summary>
    /// <c>(k + 1) / (W + 1)</c>: the first step has 1/(W + 1), step W is the first at the full rate. So counts NVIDIA NeMo.
    /// </summary>
    NeMo = 2,

    /// <summary>
    /// <c>k / W</c> from a start factor above zero, by default 1/3: the first step has the start factor, step W is the first at the
    /// full rate. So count <c>LinearLR</c> of PyTorch and of TorchSharp.
    /// </summary>
    PyTorch = 3,

    /// <summary>
    /// <c>k / (W − 1)</c>: the first step is zero, step W − 1 is the first at the full rate.
    /// So count Lightning Bolts and PyTorch-Ignite.
    /// </summary>
    Lightning = 4,
}
