using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace WarmupAnalyzers.Reading.Source;

/// <summary>
/// Where names and keywords stand in the source of one compilation. Looked for in the text first: most code does not hold them,
/// and its syntax need not be gone through.
/// </summary>
internal sealed class SourceNames
{
    private readonly Lazy<ImmutableArray<SyntaxTree>> _trees;
    private readonly ConcurrentDictionary<SyntaxTree, (string Text, bool IsEscaped)> _texts = new();
    private readonly ConcurrentDictionary<string, ImmutableArray<SyntaxToken>> _everywhere = new();

    public SourceNames(Compilation compilation) => _trees = new(() => FileOrder.Of(compilation).ToImmutableArray());

    /// <summary>The files, by their paths.</summary>
    public ImmutableArray<SyntaxTree> Files => _trees.Value;

    /// <summary>The tokens with this text in a part of the source, in its order.</summary>
    public IEnumerable<SyntaxToken> In(SyntaxNode scope, string name)
    {
        var (text, isEscaped) = TextOf(scope.SyntaxTree);
        var span = scope.Span;
        return isEscaped && IsEscaped(text, span)
            ? scope.DescendantTokens().Where(token => IsName(token, name))
            : Find(scope, text, span, name);
    }

    /// <summary>The same, where an opening parenthesis follows.</summary>
    public IEnumerable<SyntaxToken> Calling(SyntaxNode scope, string name)
    {
        var (text, isEscaped) = TextOf(scope.SyntaxTree);
        return isEscaped ? In(scope, name) : Find(scope, text, scope.Span, name, mustCall: true);
    }

    /// <summary>The same in the whole compilation. Looked for once.</summary>
    public ImmutableArray<SyntaxToken> Everywhere(string name, CancellationToken cancellation)
    {
        if (!_everywhere.TryGetValue(name, out var found))
            _everywhere[name] = found = Files.SelectMany(tree => In(tree, name, cancellation)).ToImmutableArray();
        return found;
    }

    /// <summary>The simple names, in a part of the source.</summary>
    public IEnumerable<IdentifierNameSyntax> IdentifiersIn(SyntaxNode scope, string name) =>
        In(scope, name).Select(token => token.Parent).OfType<IdentifierNameSyntax>();

    private IEnumerable<SyntaxToken> In(SyntaxTree tree, string name, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var (text, isEscaped) = TextOf(tree);
        return text.IndexOf(name, StringComparison.Ordinal) < 0 && !isEscaped ? [] : In(tree.GetRoot(cancellation), name);
    }

    private static IEnumerable<SyntaxToken> Find(SyntaxNode scope, string text, TextSpan span, string name, bool mustCall = false)
    {
        for (var at = span.Start; at < span.End; at += name.Length)
        {
            at = text.IndexOf(name, at, span.End - at, StringComparison.Ordinal);
            if (at < 0)
                yield break;
            if (!IsWord(text, at, name.Length) || (mustCall && !MayCall(text, at + name.Length)))
                continue;
            var token = scope.FindToken(at);
            // Not in a comment, a text, or code that is switched off.
            if (token.Span.Contains(at) && IsName(token, name))
                yield return token;
        }
    }

    private static bool IsName(SyntaxToken token, string name) =>
        token.ValueText == name && (token.IsKind(SyntaxKind.IdentifierToken) || SyntaxFacts.IsKeywordKind(token.Kind()));

    private static bool IsWord(string text, int at, int length) =>
        (at == 0 || !SyntaxFacts.IsIdentifierPartCharacter(text[at - 1]))
        && (at + length == text.Length || !SyntaxFacts.IsIdentifierPartCharacter(text[at + length]));

    // Or a comment, behind which it may stand.
    private static bool MayCall(string text, int behind)
    {
        while (behind < text.Length && char.IsWhiteSpace(text[behind]))
            behind++;
        return behind < text.Length && text[behind] is '(' or '/' or '#';
    }

    // `l\u0072` is a name too.
    private static bool IsEscaped(string text, TextSpan span)
    {
        for (var at = span.Start; (at = text.IndexOf('\\', at, span.End - at)) >= 0; at++)
        {
            if (at + 1 < span.End && text[at + 1] is 'u' or 'U')
                return true;
        }

        return false;
    }

    private (string Text, bool IsEscaped) TextOf(SyntaxTree tree) => _texts.TryGetValue(tree, out var known) ? known : _texts.GetOrAdd(tree, Read(tree));

    private static (string Text, bool IsEscaped) Read(SyntaxTree tree)
    {
        var text = tree.GetText().ToString();
        return (text, IsEscaped(text, new TextSpan(0, text.Length)));
    }
}
