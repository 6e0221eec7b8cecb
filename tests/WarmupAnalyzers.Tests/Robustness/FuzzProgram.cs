using System;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace WarmupAnalyzers.Tests.Robustness;

/// <summary>A program that mutants are made of: one file that changes, and those that it cannot do without.</summary>
internal sealed class FuzzProgram
{
    private readonly Lazy<Document> _document;
    private readonly Lazy<bool> _compiles;

    public FuzzProgram(string name, string text, params string[] others)
    {
        Name = name;
        Text = text;
        Others = [.. others];
        _document = new(() => FuzzHost.Open(this));
        _compiles = new(() => FuzzHost.Compiles(Document, default));
    }

    public string Name { get; }

    public string Text { get; }

    public ImmutableArray<string> Others { get; }

    /// <summary>The file in its project, unchanged.</summary>
    public Document Document => _document.Value;

    public bool Compiles => _compiles.Value;

    /// <summary>A script or a program with an entry; everything else is a library.</summary>
    public OutputKind OutputKind => Roots().Any(root => root.Members.OfType<GlobalStatementSyntax>().Any() || HasEntry(root))
        ? OutputKind.ConsoleApplication
        : OutputKind.DynamicallyLinkedLibrary;

    /// <summary>Our own library is referenced where the program needs it, and for every other one of the rest.</summary>
    public bool HasLibrary => Text.Length % 2 == 0 || Text.Contains("WarmupThen", StringComparison.Ordinal) || Others.Add(Text).Any(text => text.Contains("WarmupSchedulers", StringComparison.Ordinal));

    public Document With(string text) => Document.WithText(Microsoft.CodeAnalysis.Text.SourceText.From(text));

    private System.Collections.Generic.IEnumerable<CompilationUnitSyntax> Roots() =>
        Others.Add(Text).Select(text => (CompilationUnitSyntax)CSharpSyntaxTree.ParseText(text, FuzzHost.ParseOptions).GetRoot());

    private static bool HasEntry(CompilationUnitSyntax root) => root.DescendantNodes(node => node is not MethodDeclarationSyntax)
        .OfType<MethodDeclarationSyntax>()
        .Any(method => method.Identifier.ValueText == "Main" && method.Modifiers.Any(SyntaxKind.StaticKeyword));

    public override string ToString() => Name;
}
