using System;
using System.Globalization;

namespace WarmupSchedulers;

/// <summary>Checks of arguments that throw with the parameter's name and its value.</summary>
internal static class Argument
{
    internal static T NotNull<T>(T? value, string name)
        where T : class => value ?? throw new ArgumentNullException(name);

    internal static long NotNegative(long value, string name) =>
        value >= 0 ? value : throw OutOfRange(value, name, "must not be negative");

    internal static long Positive(long value, string name) =>
        value > 0 ? value : throw OutOfRange(value, name, "must be at least 1");

    internal static long NotAbove(long value, string name, long limit, string limitName) =>
        value <= limit ? value : throw OutOfRange(value, name, $"must not be above {limitName} ({Text(limit)})");

    /// <summary>A finite number that is not negative.</summary>
    internal static double Factor(double value, string name) =>
        value >= 0.0 && !double.IsPositiveInfinity(value)
            ? value
            : throw OutOfRange(value, name, "must be a finite number that is not negative");

    internal static double Fraction(double value, string name) =>
        value is >= 0.0 and <= 1.0 ? value : throw OutOfRange(value, name, "must lie between 0 and 1");

    /// <summary>A finite number above a limit.</summary>
    internal static double Above(double value, string name, double limit) =>
        value > limit && !double.IsPositiveInfinity(value)
            ? value
            : throw OutOfRange(value, name, $"must be a finite number above {Text(limit)}");

    /// <summary>A finite number that is not below a limit.</summary>
    internal static double AtLeast(double value, string name, double limit) =>
        value >= limit && !double.IsPositiveInfinity(value)
            ? value
            : throw OutOfRange(value, name, limit == double.Epsilon ? "must be a finite number above 0" : $"must be a finite number of at least {Text(limit)}");

    /// <summary>The decay of a moving average.</summary>
    internal static double Beta(double value, string name) =>
        value is >= 0.0 and < 1.0 ? value : throw OutOfRange(value, name, "must lie between 0 and 1, without 1");

    internal static TransitionShape Known(TransitionShape value, string name) =>
        value is >= TransitionShape.Linear and <= TransitionShape.Exponential
            ? value
            : throw OutOfRange(value, name, "must be a shape that is defined");

    /// <summary>One of two words.</summary>
    internal static string OneOf(string? value, string name, string first, string second)
    {
        var given = NotNull(value, name);
        return given == first || given == second ? given : throw new ArgumentException($"'{name}' must be \"{first}\" or \"{second}\", but is \"{given}\".", name);
    }

    internal static CyclicMode Known(CyclicMode value, string name) =>
        value is >= CyclicMode.Triangular and <= CyclicMode.ExpRange
            ? value
            : throw OutOfRange(value, name, "must be a mode that is defined");

    internal static WarmupConvention Known(WarmupConvention value, string name) =>
        value is >= WarmupConvention.Default and <= WarmupConvention.Lightning
            ? value
            : throw OutOfRange(value, name, "must be a convention that is defined");

    internal static ArgumentOutOfRangeException OutOfRange(object value, string name, string rule) =>
        new(name, value, $"'{name}' {rule}, but is {Text(value)}.");

    internal static string Text(object value) => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
}
