using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using System.Xml;
using System.Xml.Linq;

namespace LintCorpus;

/// <summary>Sources that are compiled together, and what can be read of their project files without building them.</summary>
/// <param name="Folder">Where the project files lie; the root of the corpus where there are none.</param>
/// <param name="Files">The C# files, sorted.</param>
/// <param name="References">The folders of the projects that are referenced.</param>
/// <param name="GlobalUsings">What stands in every file unseen, as C#.</param>
internal sealed record SourceProject(string Folder, ImmutableArray<string> Files, ImmutableArray<string> References, string GlobalUsings)
{
    private static readonly string[] s_implicit =
        ["System", "System.Collections.Generic", "System.IO", "System.Linq", "System.Net.Http", "System.Threading", "System.Threading.Tasks"];

    public static SourceProject In(string folder, string root, IEnumerable<string> files)
    {
        var own = Directory.GetFiles(folder, "*.csproj").Order(StringComparer.Ordinal).Select(Read).ToArray();
        var all = own.Concat(SharedBy(folder, root).Select(Read)).ToArray();
        // A script of no project is run as the newest SDK runs it.
        var implicitly = own.Length == 0 || Elements(all, "ImplicitUsings").Any(element => element.Value.Trim().ToUpperInvariant() is "ENABLE" or "TRUE");
        var usings = Elements(all, "Using").Select(GlobalUsing).Concat(implicitly ? s_implicit.Select(name => $"global using {name};\n") : []);
        return new SourceProject(
            folder,
            [.. files],
            [.. Elements(own, "ProjectReference").Select(element => ReferencedFolder(folder, element))],
            string.Concat(usings.Distinct()));
    }

    private static IEnumerable<string> SharedBy(string folder, string root)
    {
        for (var above = folder; ; above = Path.GetDirectoryName(above)!)
        {
            if (Path.Combine(above, "Directory.Build.props") is var shared && File.Exists(shared))
                yield return shared;
            if (above == root)
                yield break;
        }
    }

    private static IEnumerable<XElement> Elements(XElement[] projects, string name) =>
        projects.SelectMany(project => project.Descendants()).Where(element => element.Name.LocalName == name);

    private static string ReferencedFolder(string folder, XElement reference)
    {
        var path = ((string?)reference.Attribute("Include") ?? "").Replace('\\', '/');
        return Path.GetDirectoryName(Path.GetFullPath(Path.Combine(folder, path))) ?? folder;
    }

    private static string GlobalUsing(XElement item)
    {
        var modifier = (string?)item.Attribute("Static") is { } text && bool.TryParse(text, out var isStatic) && isStatic ? "static " : "";
        var alias = (string?)item.Attribute("Alias") is { } name ? name + " = " : "";
        return (string?)item.Attribute("Include") is { } included ? $"global using {modifier}{alias}{included};\n" : "";
    }

    private static XElement Read(string path)
    {
        try
        {
            return XElement.Load(path);
        }
        catch (XmlException)
        {
            return new XElement("Project");
        }
    }
}
