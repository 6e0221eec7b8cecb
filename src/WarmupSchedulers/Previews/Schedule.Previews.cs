using System;
using System.Collections.Generic;

namespace WarmupSchedulers;

public abstract partial class Schedule
{
    /// <summary>What the schedule does in its first steps.</summary>
    /// <param name="steps">How many steps are shown, at least 1.</param>
    /// <returns>A preview of the factors.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="steps"/> is below 1.</exception>
    public Preview Preview(int steps) => WarmupSchedulers.Preview.Of(steps, new KeyValuePair<string, Schedule>("factor", this));
}
