using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace WarmupAnalyzers.Reading.Source;

/// <summary>The text of a file, and which words it may hold: gone through once, so that the many names that are not there cost next to nothing.</summary>
internal sealed class SourceWords
{
    // One bit for each of so many hashes: a file of some hundred different words leaves most of them empty.
    private const int Bits = 1 << 13;

    private readonly ulong[] _words = new ulong[Bits / 64];

    private SourceWords(string text)
    {
        Text = text;
        AreEscaped = IsEscaped(text, new TextSpan(0, text.Length));
        Note();
    }

    public string Text { get; }

    /// <summary>Whether a name may be written with escapes: <c>l\u0072</c> is a name too.</summary>
    public bool AreEscaped { get; }

    public static SourceWords Of(SyntaxTree tree) => new(tree.GetText().ToString());

    /// <summary>False where the word does not stand in the text as it is.</summary>
    public bool MayHold(string word)
    {
        var hash = 0u;
        foreach (var letter in word)
            hash = Next(hash, letter);
        return (_words[(hash % Bits) >> 6] & (1UL << (int)(hash & 63))) != 0;
    }

    public static bool IsEscaped(string text, TextSpan span)
    {
        for (var at = span.Start; (at = text.IndexOf('\\', at, span.End - at)) >= 0; at++)
        {
            if (at + 1 < span.End && text[at + 1] is 'u' or 'U')
                return true;
        }

        return false;
    }

    private void Note()
    {
        var hash = 0u;
        var isWord = false;
        foreach (var letter in Text)
        {
            if (IsPart(letter))
            {
                hash = Next(isWord ? hash : 0, letter);
                isWord = true;
            }
            else if (isWord)
            {
                Note(hash);
                isWord = false;
            }
        }

        if (isWord)
            Note(hash);
    }

    private void Note(uint hash) => _words[(hash % Bits) >> 6] |= 1UL << (int)(hash & 63);

    private static uint Next(uint hash, char letter) => (hash * 31) + letter;

    // What is asked most, asked first.
    private static bool IsPart(char letter) => letter < 128
        ? (uint)((letter | 0x20) - 'a') < 26 || (uint)(letter - '0') < 10 || letter == '_'
        : SyntaxFacts.IsIdentifierPartCharacter(letter);
}
