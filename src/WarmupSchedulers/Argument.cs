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

    internal static WarmupConvention Known(WarmupConvention value, string name) =>
        value is >= WarmupConvention.Default and <= WarmupConvention.Lightning
            ? value
            : throw OutOfRange(value, name, "must be a convention that is defined");

    internal static ArgumentOutOfRangeException OutOfRange(object value, string name, string rule) =>
        new(name, value, $"'{name}' {rule}, but is {Text(value)}.");

    internal static string Text(object value) => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
}
