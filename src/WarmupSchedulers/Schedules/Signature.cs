using System.Linq;

namespace WarmupSchedulers;

/// <summary>How a schedule is written as a call, with all its arguments: what a checkpoint is told apart by.</summary>
internal static class Signature
{
    internal static string Of(string name, params (string Name, object Value)[] arguments) =>
        name + "(" + string.Join(", ", arguments.Select(argument => argument.Name + ": " + Text(argument.Value))) + ")";

    // "R" gives every double a text of its own, on every framework.
    private static string Text(object value) => value is double number ? number.ToString("R", System.Globalization.CultureInfo.InvariantCulture) : Argument.Text(value);
}
