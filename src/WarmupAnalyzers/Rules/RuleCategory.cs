namespace WarmupAnalyzers.Rules;

/// <summary>The categories of the catalogue; a rule's category is the thousands digit of its id.</summary>
internal static class RuleCategory
{
    public const string Package = "Warmup.Package";
    public const string Factor = "Warmup.Factor";
    public const string Argument = "Warmup.Argument";
    public const string Stepping = "Warmup.Stepping";
    public const string Composition = "Warmup.Composition";
    public const string TorchSharp = "Warmup.TorchSharp";
}
