using System;
using System.Globalization;
using FsCheck.Xunit;

namespace WarmupSchedulers.Tests.Schedules;

/// <summary>
/// Properties over random schedules. The seed is fixed, so that a run is the same every time; <c>WARMUP_PROPERTY_RUNS=100000</c> has every property of the
/// class tried that often instead, with a seed of its own that a failure names.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class RandomPropertiesAttribute : PropertiesAttribute
{
    public RandomPropertiesAttribute()
    {
        if (int.TryParse(Environment.GetEnvironmentVariable("WARMUP_PROPERTY_RUNS"), NumberStyles.None, CultureInfo.InvariantCulture, out var runs))
            MaxTest = runs;
        else
            (MaxTest, Replay) = (500, "(4450363435719952556,3326081807857337125)");
    }
}
