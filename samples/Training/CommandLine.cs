namespace Training;

/// <summary>What was asked for: how many steps, and where the picture goes.</summary>
internal sealed record CommandLine(int Steps = 300, string Picture = "training.svg")
{
    internal const string Usage = """
        usage: Training [--steps N] [--picture FILE]
          --steps N        how many steps each run makes, at least 3; default 300
          --picture FILE   where the learning rates and losses are drawn as SVG; default training.svg
        """;

    internal static CommandLine? Read(string[] args)
    {
        var line = new CommandLine();
        for (var i = 0; i < args.Length; i += 2)
        {
            if (args[i..] is ["--steps", var number, ..] && int.TryParse(number, out var steps) && steps >= 3)
                line = line with { Steps = steps };
            else if (args[i..] is ["--picture", { Length: > 0 } file, ..])
                line = line with { Picture = file };
            else
                return null;
        }

        return line;
    }
}
