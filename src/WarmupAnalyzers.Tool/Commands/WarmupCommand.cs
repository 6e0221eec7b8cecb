using System.CommandLine;
using Spectre.Console;

namespace WarmupAnalyzers.Tool.Commands;

/// <summary>The tool's root: <c>warmup</c>.</summary>
internal static class WarmupCommand
{
    private static RootCommand Create() => Create(AnsiConsole.Console, AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) }));

    /// <summary>Runs a command line. One that cannot be read is not run, and no script may take that for a finding.</summary>
    public static async Task<int> Run(string[] arguments)
    {
        var call = Create().Parse(arguments);
        var code = await call.InvokeAsync();
        return call.Errors.Count > 0 ? ExitCode.Failed : code;
    }

    /// <param name="output">Results go here.</param>
    /// <param name="status">Progress and what went wrong go here, so that results can be piped.</param>
    private static RootCommand Create(IAnsiConsole output, IAnsiConsole status) => new("Checks the learning-rate schedules of TorchSharp training code.")
    {
        CheckCommand.Create(output, status),
    };
}
