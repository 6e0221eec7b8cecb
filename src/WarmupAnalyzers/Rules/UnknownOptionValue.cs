using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;
using WarmupAnalyzers.Reading;

namespace WarmupAnalyzers.Rules;

/// <summary>WARM0001: one of our options has a value that is not known, so its default applies. Reported once, in the first file it holds for.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class UnknownOptionValue : WarmupAnalyzer
{
    internal const string Id = "WARM0001";

    private static readonly DiagnosticDescriptor s_rule = new(
        Id,
        "The value of a warmup option is not known",
        "The value '{0}' of the option '{1}' is not known; write 'true' or 'false' (the default, 'false', applies)",
        RuleCategory.Package,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description: "An option of WarmupAnalyzers in an .editorconfig or global config has a value that cannot be read, so its default applies.",
        helpLinkUri: HelpLink.For(Id));

    /// <inheritdoc />
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(s_rule);

    private protected override void Analyze(SemanticModelAnalysisContext context, TrainingCode code)
    {
        var tree = context.SemanticModel.SyntaxTree;
        foreach (var key in WarmupOptions.Keys)
        {
            if (WarmupOptions.InvalidValue(context.Options, tree, key) is { } value
                && FirstTreeWithInvalidValue(context.Options, code, key) == tree)
                context.ReportDiagnostic(Diagnostic.Create(s_rule, Location.Create(tree, new TextSpan(0, 0)), value, key));
        }
    }

    private static SyntaxTree FirstTreeWithInvalidValue(AnalyzerOptions options, TrainingCode code, string key) =>
        code.Names.Files.First(tree => WarmupOptions.InvalidValue(options, tree, key) is not null);
}
