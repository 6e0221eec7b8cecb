using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.IO;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace LintCorpus;

/// <summary>The options of our rules in the <c>.editorconfig</c> files of a folder. Severities are not read: a corpus is linted with all rules.</summary>
internal sealed class FolderOptions(AnalyzerConfigSet configs) : AnalyzerConfigOptionsProvider
{
    public override AnalyzerConfigOptions GlobalOptions { get; } = new Values(configs.GlobalConfigOptions.AnalyzerOptions);

    public static FolderOptions In(string folder) => new(AnalyzerConfigSet.Create(
        Directory.GetFiles(folder, ".editorconfig", SearchOption.AllDirectories).Select(path => AnalyzerConfig.Parse(File.ReadAllText(path), path)).ToList()));

    public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => new Values(configs.GetOptionsForSourcePath(tree.FilePath).AnalyzerOptions);

    public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) => GlobalOptions;

    private sealed class Values(ImmutableDictionary<string, string> options) : AnalyzerConfigOptions
    {
        public override bool TryGetValue(string key, [NotNullWhen(true)] out string? value) => options.TryGetValue(key, out value);
    }
}
