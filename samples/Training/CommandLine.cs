namespace Training;

internal static class CommandLine
{
    private const int DefaultSteps = 300;

    internal static bool TryReadSteps(string[] args, out int steps)
    {
        steps = DefaultSteps;
        if (args.Length == 0)
            return true;

        return args is ["--steps", var number] && int.TryParse(number, out steps) && steps >= 3;
    }
}
