using System;

namespace WarmupAnalyzers.Tests.Proofs;

/// <summary>How people go wrong where they write the learning rate themselves, and what the fix promises.</summary>
internal static class HandWrittenMistakes
{
    private const string Helper = "private static void SetRate(torch.optim.Optimizer o, double newRate)\n{\nforeach (var g in o.ParamGroups) g.LearningRate = newRate;\n}\n";

    public static Mistake ZeroAtFirstStep(ProgramWriter write)
    {
        var given = Given.By(write);
        var (k, n, lr, length) = (write.Index, given.Warmup, given.Lr, given.Length);
        var decay = write.Whole(80, 99) / 100.0;
        var power = $"Math.Pow({ProgramWriter.Text(decay)}, {k} - {length})";
        double Decaying(int i) => i < n ? given.Ramp(i) : given.Rate * Math.Pow(decay, i - n);
        return write.Pick<Func<Mistake>>(
            () => Written(write, given, $"{lr} * {k} / {length}", given.Ramp),
            () => Written(write, given, $"{k} * {lr} / {length}", given.Ramp),
            () => Written(write, given, $"Math.Min({lr}, {lr} * {k} / {length})", given.Ramp),
            () => Written(write, given, $"{k} < {length} ? {lr} * {k} / {length} : {lr}", given.Ramp),
            () => Written(write, given, $"{lr} * Math.Min(1.0, (double){k} / {length})", given.Ramp),
            () => Written(write, given, $"{lr} * ({k} / (double){length})", given.Ramp),
            () => Written(write, given, $"{lr} * ({k} < {length} ? {k} / (double){length} : {power})", Decaying),
            () => Written(write, given, $"{k} < {length} ? {lr} * {k} / {length} : {lr} * {power}", Decaying),
            () => Statements(write, given, $"if ({k} < {length})\n{{\nforeach (var group in OPTIMIZER.ParamGroups) group.LearningRate = {lr} * {k} / {length};\n}}", given.Ramp),
            () => Statements(write, given, $"if ({k} < {length})\nSetRate(OPTIMIZER, {lr} * {k} / {length});\nelse\nSetRate(OPTIMIZER, {lr} * {power});", Decaying, Helper),
            () => Statements(write, given, $"double rate = {lr};\nif ({k} < {length}) rate = {lr} * {k} / {length};\nforeach (var group in OPTIMIZER.ParamGroups) group.LearningRate = rate;", given.Ramp))();
    }

    public static Mistake IntegerDivision(ProgramWriter write)
    {
        var given = Given.By(write);
        var (k, lr, length) = (write.Index, given.Lr, given.Length);
        return write.Pick<Func<Mistake>>(
            () => Written(write, given, $"{lr} * ({k} / {length})", given.Ramp),
            () => Written(write, given, $"{k} / {length} * {lr}", given.Ramp),
            () => Written(write, given, $"{lr} * Math.Min(1.0, ({k} + 1) / {length})", given.Ramp),
            () => Written(write, given, $"{lr} * Math.Min(1.0, {k} / {length})", given.Ramp),
            () => Written(write, given, $"{lr} * (double)({k} / {length})", given.Ramp),
            () => Written(write, given, $"{k} < {length} ? {lr} * (({k} + 1) / {length}) : {lr}", given.Ramp),
            () => Written(write, given, $"{lr} * (0.1 + 0.9 * Math.Min(1.0, ({k} + 1) / {length}))", i => 0.1 * given.Rate + 0.9 * given.Ramp(i)),
            () => Statements(write, given, $"if ({k} < {length})\n{{\nvar scale = {k} / {length};\nforeach (var group in OPTIMIZER.ParamGroups) group.LearningRate = {lr} * scale; // ramp\n}}", given.Ramp))();
    }

    public static Mistake NoCap(ProgramWriter write)
    {
        var given = Given.By(write);
        var (k, n, lr, length) = (write.Index, given.Warmup, given.Lr, given.Length);
        return write.Pick<Func<Mistake>>(
            () => Written(write, given, $"{lr} * ({k} + 1) / {length}", given.Ramp),
            () => Written(write, given, $"({k} + 1) * {lr} / {length}", given.Ramp),
            () => Written(write, given, $"{lr} * (({k} + 1.0) / {length})", given.Ramp),
            () => Written(write, given, $"{lr} / {length} * ({k} + 1)", given.Ramp),
            () => Written(write, given, $"{lr} * (0.1 + {k} / (double){length})", i => given.Rate * Math.Min(0.1 + i / (double)n, 1)),
            () => Written(write, given, $"{lr} * Math.Sqrt(({k} + 1) / (double){length})", i => given.Rate * Math.Min(Math.Sqrt((i + 1) / (double)n), 1)),
            () => Written(write, given, $"{lr} * 0.1 + {lr} * {k} / {length}", i => given.Rate * Math.Min(0.1 + i / (double)n, 1)))();
    }

    public static Mistake NotFinite(ProgramWriter write)
    {
        var given = Given.By(write);
        var (k, n, lr) = (write.Index, given.Warmup, given.Lr);
        given = given with { Before = given.BeforeLr };
        return write.Pick<Func<Mistake>>(
            () => Written(write, given, $"{lr} / {k}", i => given.Rate / (i + 1)),
            () => Written(write, given, $"{lr} * Math.Pow({k}, -0.5)", i => given.Rate / Math.Sqrt(i + 1)),
            () => Written(write, given, $"{lr} / Math.Sqrt({k})", i => given.Rate / Math.Sqrt(i + 1)),
            () => Written(write, given, $"{lr} * (1.0 / {k})", i => given.Rate / (i + 1)),
            () => Written(write, given, $"Math.Max(1e-3, {lr} / {k})", i => Math.Max(1e-3, given.Rate / (i + 1))),
            () => Written(write, given, $"{lr} * Math.Min(1.0, {k} / {n}.0) * Math.Pow({k}, -0.5)", i => given.Ramp(i) / Math.Sqrt(i + 1)))();
    }

    // The rate is given to every group in one of the ways that people do it.
    private static Mistake Written(ProgramWriter write, Given given, string value, Func<int, double> promised)
    {
        if (given.Before.Length == 0 && write.OneIn(4))
            return Statements(write, given, $"Adjust(OPTIMIZER, {write.Index});", promised, Helper.Replace("SetRate", "Adjust").Replace("double newRate", "int " + write.Index).Replace("newRate", value));
        return write.Whole(0, 5) switch
        {
            0 => Statements(write, given, $"foreach (var g in OPTIMIZER.ParamGroups)\n{{\n/* all */ g.LearningRate = {value};\n}}", promised),
            1 => Statements(write, given, $"var rate = {value};\nforeach (var group in OPTIMIZER.ParamGroups) group.LearningRate = rate;", promised),
            2 => Statements(write, given, $"SetRate(OPTIMIZER, {value});", promised, Helper),
            3 => Statements(write, given, $"OPTIMIZER.ParamGroups.ToList().ForEach(group => group.LearningRate = {value});", promised),
            _ => Statements(write, given, $"foreach (var group in OPTIMIZER.ParamGroups) group.LearningRate = {value};", promised),
        };
    }

    private static Mistake Statements(ProgramWriter write, Given given, string statements, Func<int, double> promised, string members = "") =>
        new(string.Empty, promised) { ByHand = statements, Before = given.Before, Members = members, Rate = given.Lr };

    /// <summary>The rate that the optimizer is made with and the warmup's length: numbers, or names for them.</summary>
    private sealed record Given(double Rate, string Lr, string BeforeLr, int Warmup, string Length, string Before)
    {
        public static Given By(ProgramWriter write)
        {
            var (rate, n) = (write.Pick(0.1, 0.05, 0.02, 3e-3), write.Whole(3, 9));
            var (length, before) = Mistakes.Length(write, n);
            var name = write.Pick("lr", "learningRate", "base_lr", "LR");
            var text = ProgramWriter.Text(rate);
            var (lr, beforeLr) = write.OneIn(3) ? (text, "") : (name, $"{write.Pick("const double", "double", "var")} {name} = {text};\n");
            return new(rate, lr, beforeLr, n, length, beforeLr + before);
        }

        public double Ramp(int i) => Rate * Math.Min((i + 1) / (double)Warmup, 1);
    }
}
