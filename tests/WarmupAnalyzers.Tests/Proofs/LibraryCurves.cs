using System;
using System.Globalization;

namespace WarmupAnalyzers.Tests.Proofs;

/// <summary>How people write the curves that WarmupSchedulers has, as expressions of the schedule index.</summary>
internal static class LibraryCurves
{
    /// <summary>A training program round one of these curves, and the factory that has it.</summary>
    public static (Mistake Program, string Factory) Write(ProgramWriter write)
    {
        var w = write.Whole(3, 6);
        var (warmup, beforeWarmup) = Count(write, "warmup", w);
        var (total, beforeTotal) = Count(write, "total", w + write.Whole(3, 9));
        var ramp = Ramp(write, warmup, write.OneIn(2));
        var (body, factory) = write.Whole(0, 3) switch
        {
            0 => (write.Pick($"Math.Min(1.0, {ramp})", $"{write.Index} >= {warmup} ? 1.0 : Math.Min({ramp}, 1)", $"Math.Clamp({ramp}, 0.0, 1.0)"), "LinearWarmupLR"),
            1 => (Guarded(write, warmup, ramp, Linear(write, warmup, total)), "WarmupThenLinearLR"),
            2 => (Guarded(write, warmup, ramp, Cosine(write, warmup, total)), "WarmupThenCosineLR"),
            _ => Root(write, warmup, ramp),
        };
        var before = beforeWarmup + (body.Contains("total", StringComparison.Ordinal) ? beforeTotal : "");
        return (write.LambdaLR(body, _ => 0, before), factory);
    }

    // Fixed in place, by a name, or not by the code at all.
    private static (string Text, string Declared) Count(ProgramWriter write, string name, int value)
    {
        var number = value.ToString(CultureInfo.InvariantCulture);
        return write.Whole(0, 3) switch
        {
            0 => (number, ""),
            1 => (name, $"int {name} = {number};\n"),
            2 => (name, $"const int {name} = {number};\n"),
            _ => (name, $"var {name} = int.Parse(\"{number}\");\n"),
        };
    }

    private static string Ramp(ProgramWriter write, string w, bool isPlain)
    {
        var k = write.Index;
        return isPlain
            ? write.Pick($"({k} + 1) / (double){w}", $"({k} + 1.0) / {w}", $"(double)(1 + {k}) / {w}", $"1.0 / {w} * ({k} + 1)")
            : write.Pick($"{k} / (double){w}", $"(double){k} / Math.Max(1, {w})", $"({k} + 1.0) / ({w} + 1)", $"0.25 + 0.75 * {k} / {w}", $"0.1 + (1 - 0.1) * ({k} + 1) / {w}");
    }

    private static string Guarded(ProgramWriter write, string w, string ramp, string decay)
    {
        var k = write.Index;
        return write.Pick($"{k} < {w} ? {ramp} : {decay}", $"{k} >= {w} ? {decay} : {ramp}", $"{k} switch {{ _ when {k} < {w} => {ramp}, _ => {decay} }}", $"!({k} < {w}) ? {decay} : {ramp}");
    }

    private static string Linear(ProgramWriter write, string w, string t)
    {
        var k = write.Index;
        return write.Pick(
            $"Math.Max(0.0, ({t} - {k}) / (double)({t} - {w}))",
            $"Math.Max(0.0, 1 - ({k} - {w}) / (double)Math.Max(1, {t} - {w}))",
            $"({k} >= {t} ? 0.0 : 1.0 * ({t} - {k}) / ({t} - {w}))",
            $"(0.2 + 0.8 * Math.Max(0, {t} - {k}) / ({t} - {w}))");
    }

    private static string Cosine(ProgramWriter write, string w, string t)
    {
        var k = write.Index;
        var progress = $"Math.Min(1.0, ({k} - {w}) / (double)({t} - {w}))";
        return write.Pick(
            $"0.5 * (1 + Math.Cos(Math.PI * {progress}))",
            $"(1 + Math.Cos({progress} * Math.PI)) / 2",
            $"(0.1 + 0.9 * (0.5 + 0.5 * Math.Cos(Math.PI * {progress})))",
            $"({k} > {t} ? 0 : Math.Pow(Math.Cos(0.5 * Math.PI * ({k} - {w}) / ({t} - {w})), 2))");
    }

    private static (string Body, string Factory) Root(ProgramWriter write, string w, string ramp)
    {
        var k = write.Index;
        return write.OneIn(2)
            ? (Guarded(write, w, ramp, write.Pick($"Math.Sqrt({w} / (double){k})", $"1 / Math.Sqrt((double){k} / {w})", $"Math.Pow(1.0 * {k} / {w}, -0.5)")), "WarmupThenInverseSquareRootLR")
            : (write.Pick(
                $"Math.Pow(512, -0.5) * Math.Min(Math.Pow({k} + 1, -0.5), ({k} + 1) * Math.Pow({w}, -1.5))",
                $"Math.Min(({k} + 1.0) / {w}, Math.Sqrt({w} / ({k} + 1.0)))"), "NoamLR");
    }
}
