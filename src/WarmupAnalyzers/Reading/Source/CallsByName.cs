using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace WarmupAnalyzers.Reading.Source;

/// <summary>Calls by the name that is called.</summary>
internal sealed class CallsByName
{
    private readonly SourceNames _names;

    public CallsByName(SourceNames names) => _names = names;

    /// <summary>In the whole compilation.</summary>
    public IEnumerable<InvocationExpressionSyntax> Of(string name, CancellationToken cancellation) =>
        _names.Everywhere(name, cancellation).Select(CallOf).OfType<InvocationExpressionSyntax>();

    /// <summary>In a part of the source.</summary>
    public IEnumerable<InvocationExpressionSyntax> In(SyntaxNode scope, string name) =>
        _names.In(scope, name).Select(CallOf).OfType<InvocationExpressionSyntax>();

    /// <summary>The call of what a token names.</summary>
    public static InvocationExpressionSyntax? CallOf(SyntaxToken token) => token.Parent switch
    {
        SimpleNameSyntax { Parent: InvocationExpressionSyntax call } name when call.Expression == name => call,
        SimpleNameSyntax { Parent: MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax call } access } name when access.Name == name && call.Expression == access => call,
        SimpleNameSyntax { Parent: MemberBindingExpressionSyntax { Parent: InvocationExpressionSyntax call } } => call,
        _ => null,
    };
}
