using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace WarmupAnalyzers.Reading.Source;

/// <summary>
/// The declarations of types by the names that stand in their heads, of all files. Gathered once and without a look into any body: to look for each type's
/// name in each file would take the square of their number.
/// </summary>
internal sealed class TypeHeads
{
    private readonly Dictionary<string, List<TypeDeclarationSyntax>> _byName = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<string>> _aliases = new(StringComparer.Ordinal);

    private TypeHeads()
    {
    }

    public static TypeHeads Of(Compilation compilation)
    {
        var heads = new TypeHeads();
        foreach (var tree in FileOrder.Of(compilation))
        {
            foreach (var node in tree.GetRoot().DescendantNodes(node => node is CompilationUnitSyntax or BaseNamespaceDeclarationSyntax or TypeDeclarationSyntax))
                heads.Add(node);
        }

        return heads;
    }

    /// <summary>The declarations that name a type in their heads, by its own name or by an alias.</summary>
    public IEnumerable<TypeDeclarationSyntax> Naming(string type)
    {
        var names = _aliases.TryGetValue(type, out var aliases) ? aliases.Prepend(type).Distinct() : [type];
        return names.SelectMany(name => _byName.TryGetValue(name, out var declarations) ? declarations : []).Distinct();
    }

    private void Add(SyntaxNode node)
    {
        if (node is TypeDeclarationSyntax { BaseList.Types: var types } declaration)
        {
            foreach (var type in types)
                Add(_byName, LastName(type.Type), declaration);
        }

        // `using Base = Trainers.Trainer;`
        if (node is UsingDirectiveSyntax { Alias.Name.Identifier.ValueText: var alias, Name: { } target })
            Add(_aliases, LastName(target), alias);
    }

    private static string? LastName(TypeSyntax type) => type switch
    {
        SimpleNameSyntax name => name.Identifier.ValueText,
        QualifiedNameSyntax { Right.Identifier.ValueText: var name } => name,
        AliasQualifiedNameSyntax { Name.Identifier.ValueText: var name } => name,
        _ => null,
    };

    private static void Add<T>(Dictionary<string, List<T>> lists, string? name, T item)
    {
        if (name is null)
            return;
        if (!lists.TryGetValue(name, out var list))
            lists[name] = list = [];
        list.Add(item);
    }
}
