using System.Linq;
using System.Reflection;

namespace WarmupAnalyzers.Rules;

/// <summary>Where a rule's page is found. The repository's address and the version come from the build.</summary>
internal static class HelpLink
{
    private static readonly string s_root = Metadata("WarmupRepositoryUrl") + "/blob/v" + Metadata("WarmupVersion") + "/docs/rules/";

    public static string For(string id) => s_root + id + ".md";

    private static string Metadata(string key) => typeof(HelpLink).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .First(attribute => attribute.Key == key).Value!;
}
