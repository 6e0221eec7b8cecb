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
    private readonly ConcurrentDictionary<SyntaxTree, SourceWords> _texts = new();
    private readonly ConcurrentDictionary<string, ImmutableArray<SyntaxToken>> _everywhere = new();

    public SourceNames(Compilation compilation) => _trees = new(() => FileOrder.Of(compilation).ToImmutableArray());

    /// <summary>The files, by their paths.</summary>
    public ImmutableArray<SyntaxTree> Files => _trees.Value;

    /// <summary>The tokens with this text in a part of the source, in its order.</summary>
    public IEnumerable<SyntaxToken> In(SyntaxNode scope, string name)
    {
        var words = WordsOf(scope.SyntaxTree);
        if (words.AreEscaped && SourceWords.IsEscaped(words.Text, scope.Span))
            return scope.DescendantTokens().Where(token => IsName(token, name));
        return words.MayHold(name) ? Find(scope, words.Text, scope.Span, name) : [];
    }

    /// <summary>The same, where an opening parenthesis follows.</summary>
    public IEnumerable<SyntaxToken> Calling(SyntaxNode scope, string name)
    {
        var words = WordsOf(scope.SyntaxTree);
        return words.AreEscaped ? In(scope, name) : Find(scope, words.Text, scope.Span, name, mustCall: true);
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
        var words = WordsOf(tree);
        return words.MayHold(name) || words.AreEscaped ? In(tree.GetRoot(cancellation), name) : [];
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

    private SourceWords WordsOf(SyntaxTree tree) => _texts.TryGetValue(tree, out var known) ? known : _texts.GetOrAdd(tree, SourceWords.Of(tree));
}
