using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace WarmupAnalyzers.Reading;

/// <summary>All calls in the compilation by the name that is called. Looked through once, and only where somebody asks.</summary>
internal sealed class CallsByName
{
    private readonly Lazy<ILookup<string, InvocationExpressionSyntax>> _calls;

    public CallsByName(Compilation compilation) => _calls = new Lazy<ILookup<string, InvocationExpressionSyntax>>(() =>
        compilation.SyntaxTrees.SelectMany(tree => In(tree.GetRoot())).ToLookup(call => NameOf(call)!));

    public IEnumerable<InvocationExpressionSyntax> Of(string name) => _calls.Value[name];

    /// <summary>The calls of something that has a name.</summary>
    public static IEnumerable<InvocationExpressionSyntax> In(SyntaxNode node) =>
        node.DescendantNodes().OfType<InvocationExpressionSyntax>().Where(call => NameOf(call) is not null);

    public static string? NameOf(InvocationExpressionSyntax call) => call.Expression switch
    {
        SimpleNameSyntax simple => simple.Identifier.ValueText,
        MemberAccessExpressionSyntax access => access.Name.Identifier.ValueText,
        MemberBindingExpressionSyntax binding => binding.Name.Identifier.ValueText,
        _ => null,
    };
}
