using System;
using System.Linq;

namespace WarmupSchedulers.Tests.Parity.Libraries;

/// <summary>The schedulers of NVIDIA NeMo, whose policies hold their warmup until step W.</summary>
internal static class NeMo
{
    internal static Reproduction Of(ReferenceTable table)
    {
        var (p, lr) = (table.Params, table.BaseLr ?? 1.0);
        var total = p.OptionalCount("max_steps");
        var warmup = Share(p, "warmup", total);
        var least = p.Number("min_lr", table.Function == "SquareAnnealing" ? 1e-5 : 0.0) / lr;
        var schedule = table.Function switch
        {
            "NoamAnnealing" => Noam(warmup, p.Count("d_model"), least),
            "T5InverseSquareRootAnnealing" => Ended(T5(p.Count("constant_steps"), lr), total, least),
            "CosineAnnealing" when Share(p, "constant", total) is > 0 and var constant => Schedule.WarmupThenCosine(warmup, Length(total) - constant, least, WarmupConvention.HuggingFace),
            "WarmupHoldPolicy" => Held(p, warmup, total, least, _ => Schedule.Constant()),
            "PolynomialHoldDecayAnnealing" => Held(p, warmup, total, least, length => Polynomial(p, length, least)),
            "NoamHoldAnnealing" => Held(p, warmup, total, least, _ => NoamDecay(warmup, p.Number("decay_rate", 0.5)).AtLeast(least)),
            _ => Annealed(table, warmup, total, least),
        };
        // Those that hold nothing have been given none.
        return p.Count("hold_steps", 0) != 0 && !table.Function.Contains("Hold", StringComparison.Ordinal)
            ? new Reproduction.NotCovered($"{table.Function} holds no steps")
            : Reproduction.Of(schedule, lr);
    }

    private static Schedule Annealed(ReferenceTable table, long warmup, long? total, double least)
    {
        var decay = table.Function switch
        {
            "WarmupPolicy" => Schedule.Constant(),
            "CosineAnnealing" => Schedule.CosineDecay(Length(total) - warmup, least),
            "SquareAnnealing" => Schedule.PolynomialDecay(Length(total) - warmup, 2.0).AtLeast(least),
            // Upstream does not take the warmup off: the curve begins where it is after that many steps.
            "SquareRootAnnealing" => Schedule.PolynomialDecay(Length(total), 0.5).AtLeast(least).Skip(warmup),
            "WarmupAnnealing" => Schedule.LinearDecay(Length(total) - warmup, least),
            "InverseSquareRootAnnealing" => Schedule.InverseSquareRootDecay(warmup + 1),
            "PolynomialDecayAnnealing" => Polynomial(table.Params, Length(total) - warmup, least),
            _ => throw new NotMappedException($"nothing is known of {table.Function}"),
        };
        return Ended(Warmed(warmup, decay), total, least);
    }

    // Its step W still belongs to the warmup, where there is one.
    private static Schedule Warmed(long warmup, Schedule next) => warmup == 0 ? next : Schedule.LinearWarmup(warmup, WarmupConvention.NeMo).Then(next.Skip(1), warmup + 1);

    private static Schedule Held(Parameters p, long warmup, long? total, double least, Func<long, Schedule> next)
    {
        var hold = Share(p, "hold", total);
        return Ended(Warmed(warmup, Schedule.Constant().Then(next(Length(total) - warmup - hold), hold)), total, least);
    }

    // Past the last step there is the minimum alone.
    private static Schedule Ended(Schedule schedule, long? total, double least) => total is { } length ? schedule.Then(Schedule.Constant(least), length + 1) : schedule;

    private static Schedule Polynomial(Parameters p, long length, double least) => p.Flag("cycle")
        ? throw new NotMappedException("a power that begins anew")
        : Schedule.PolynomialDecay(length, p.Number("power", 1.0), least);

    // The steps are counted from 0, where the number of the step of the paper is 1, too; the minimum is there behind the warmup.
    private static Schedule Noam(long warmup, long width, double least)
    {
        var noam = Schedule.Noam(warmup, width);
        return Schedule.Constant(noam.Factor(0)).Then(noam, 1).Then(noam.AtLeast(least).Skip(warmup), warmup + 1);
    }

    // (W / (W + j))^rate: a square root for each half.
    private static Schedule NoamDecay(long warmup, double rate) => rate > 0.0 && rate * 2.0 == Math.Floor(rate * 2.0)
        ? Enumerable.Repeat(Schedule.InverseSquareRootDecay(warmup), (int)(rate * 2.0)).Aggregate((all, next) => all * next)
        : throw new NotMappedException("a decay that is no power of a square root");

    // The rate itself, whatever the optimizer's is.
    private static Schedule T5(long constant, double lr) =>
        1.0 / (Math.Sqrt(constant) * lr) * Schedule.Constant().Then(Schedule.InverseSquareRootDecay(constant), constant);

    private static long Share(Parameters p, string what, long? total) => p.OptionalCount(what + "_steps")
        ?? (p.OptionalNumber(what + "_ratio") is { } ratio ? (long)(ratio * Length(total)) : 0);

    private static long Length(long? total) => total ?? throw NotMappedException.Missing("max_steps");
}
