using TorchSharp.Modules;
using ILearningRateController = TorchSharp.torch.optim.ILearningRateController;

namespace WarmupSchedulers;

/// <summary>The weight decay of a parameter group. Every optimizer of TorchSharp keeps it in options of its own.</summary>
internal static class WeightDecay
{
    internal static bool Has(ILearningRateController group) => group is ParamGroup
    {
        Options: SGD.Options or Adam.Options or AdamW.Options or Adamax.Options or NAdam.Options or RAdam.Options
            or RMSProp.Options or Adadelta.Options or Adagrad.Options or ASGD.Options,
    };

    internal static void Set(ILearningRateController group, double value)
    {
        switch ((group as ParamGroup)?.Options)
        {
            case SGD.Options sgd:
                sgd.weight_decay = value;
                break;
            case Adam.Options adam:
                adam.weight_decay = value;
                break;
            case AdamW.Options adamW:
                adamW.weight_decay = value;
                break;
            case Adamax.Options adamax:
                adamax.weight_decay = value;
                break;
            case NAdam.Options nadam:
                nadam.weight_decay = value;
                break;
            case RAdam.Options radam:
                radam.weight_decay = value;
                break;
            case RMSProp.Options rmsProp:
                rmsProp.weight_decay = value;
                break;
            case Adadelta.Options adadelta:
                adadelta.weight_decay = value;
                break;
            case Adagrad.Options adagrad:
                adagrad.weight_decay = value;
                break;
            case ASGD.Options asgd:
                asgd.weight_decay = value;
                break;
        }
    }
}
