using System.Collections.Generic;

namespace WarmupSchedulers;

/// <summary>One line of a <see cref="Preview"/>: the numbers of a schedule or of a parameter group, step by step from step 0.</summary>
public sealed class PreviewCurve
{
    internal PreviewCurve(string name, double[] values) => (Name, Values) = (name, values);

    /// <summary>What the line is called in a legend and in the head of a column.</summary>
    public string Name { get; }

    /// <summary>The numbers, one for each step.</summary>
    public IReadOnlyList<double> Values { get; }
}
