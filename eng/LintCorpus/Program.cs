using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;

namespace LintCorpus;

/// <summary>Prints what our analyzers find in a folder of C# sources that need not build.</summary>
internal static class Program
{
    private const string WithoutTorchSharp = "--without-torchsharp";

    public static async Task<int> Main(string[] arguments)
    {
        if (arguments.Where(argument => argument != WithoutTorchSharp).ToArray() is not [var folder] || !Directory.Exists(folder))
        {
            Console.Error.WriteLine($"usage: lint-corpus [{WithoutTorchSharp}] <folder>");
            return 2;
        }

        var report = await Corpus.Lint(folder, withTorchSharp: !arguments.Contains(WithoutTorchSharp));
        Console.Out.Write(report);
        return report.HasExceptions ? 1 : 0;
    }
}
