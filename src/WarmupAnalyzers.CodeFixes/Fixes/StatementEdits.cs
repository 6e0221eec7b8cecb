using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Formatting;

namespace WarmupAnalyzers.CodeFixes.Fixes;

/// <summary>Statements put in, taken out and moved so that comments and layout stay where they belong.</summary>
internal static class StatementEdits
{
    /// <summary>The statement at a location that a report names; null where the document has changed since.</summary>
    public static StatementSyntax? At(SyntaxNode root, Location location) =>
        root.FindNode(location.SourceSpan, getInnermostNodeForTie: true).AncestorsAndSelf().OfType<StatementSyntax>().FirstOrDefault(statement => statement.Span == location.SourceSpan);

    /// <summary>The loop with a statement at the end of its body; a braceless body gets its block.</summary>
    public static StatementSyntax WithLast(StatementSyntax loop, StatementSyntax statement, SyntaxTrivia endOfLine) => loop switch
    {
        ForStatementSyntax written => written.WithStatement(WithLastIn(written.Statement, statement, endOfLine)),
        CommonForEachStatementSyntax written => written.WithStatement(WithLastIn(written.Statement, statement, endOfLine)),
        WhileStatementSyntax written => written.WithStatement(WithLastIn(written.Statement, statement, endOfLine)),
        DoStatementSyntax written => written.WithStatement(WithLastIn(written.Statement, statement, endOfLine)),
        _ => loop,
    };

    /// <summary>The same for what runs under a condition.</summary>
    public static IfStatementSyntax WithLast(IfStatementSyntax choice, StatementSyntax statement, SyntaxTrivia endOfLine) =>
        choice.WithStatement(WithLastIn(choice.Statement, statement, endOfLine));

    /// <summary>Moves a statement of a list behind another one of the same list.</summary>
    public static SyntaxList<StatementSyntax> Move(SyntaxList<StatementSyntax> statements, int from, int behind)
    {
        var list = statements.ToList();
        var staying = Section(list[from]);
        var moved = WithoutSection(list[from]);
        list.RemoveAt(from);
        var anchorAt = behind - 1;
        if (EndsLine(moved) && EndsLine(list[anchorAt]))
        {
            if (from == 0)
                list[0] = WithoutBlankLines(list[0]);
        }
        else
        {
            // Several statements share a line: the neighbours keep the line's indentation and its end.
            if (!EndsLine(moved))
                list[from] = list[from].WithLeadingTrivia(moved.GetLeadingTrivia().AddRange(list[from].GetLeadingTrivia()));
            var anchor = list[anchorAt];
            var space = SyntaxFactory.TriviaList(SyntaxFactory.Space);
            if (EndsLine(moved))
            {
                list[anchorAt] = anchor.WithTrailingTrivia(moved.GetTrailingTrivia());
                moved = moved.WithTrailingTrivia(anchor.GetTrailingTrivia());
            }
            else
            {
                var isTight = anchor.GetTrailingTrivia().Count == 0;
                moved = moved.WithLeadingTrivia().WithTrailingTrivia(anchor.GetTrailingTrivia());
                list[anchorAt] = anchor.WithTrailingTrivia(space);
                if (isTight && behind == statements.Count - 1)
                    moved = moved.WithTrailingTrivia();
            }
        }

        list[from] = list[from].WithLeadingTrivia(staying.AddRange(list[from].GetLeadingTrivia()));
        list.Insert(anchorAt + 1, moved);
        return SyntaxFactory.List(list);
    }

    /// <summary>A new statement and the one that it goes before, on a line of its own where that one has one.</summary>
    public static (StatementSyntax First, StatementSyntax Second) Pair(StatementSyntax statement, StatementSyntax next)
    {
        var leading = next.GetLeadingTrivia();
        var endOfLine = next.GetTrailingTrivia().FirstOrDefault(trivia => trivia.IsKind(SyntaxKind.EndOfLineTrivia));
        return endOfLine.IsKind(SyntaxKind.EndOfLineTrivia) && BeginsLine(next)
            ? (statement.WithLeadingTrivia(leading).WithTrailingTrivia(endOfLine), next.WithLeadingTrivia(Indentation(next)))
            : (statement.WithLeadingTrivia(leading).WithTrailingTrivia(SyntaxFactory.Space), next.WithLeadingTrivia());
    }

    /// <summary>A statement and the new one that goes behind it.</summary>
    public static (StatementSyntax First, StatementSyntax Second) PairBehind(StatementSyntax before, StatementSyntax statement)
    {
        var endOfLine = before.GetTrailingTrivia().FirstOrDefault(trivia => trivia.IsKind(SyntaxKind.EndOfLineTrivia));
        return endOfLine.IsKind(SyntaxKind.EndOfLineTrivia) && BeginsLine(before)
            ? (before, statement.WithLeadingTrivia(Indentation(before)).WithTrailingTrivia(endOfLine))
            : (before.WithTrailingTrivia(SyntaxFactory.Space), statement.WithTrailingTrivia(before.GetTrailingTrivia()));
    }

    /// <summary>The root with a new statement behind one of a block or of a script; of a <c>using</c> with a block, as the first in it.</summary>
    public static SyntaxNode InsertBehind(SyntaxNode root, SyntaxNode place, StatementSyntax statement)
    {
        if (place is UsingStatementSyntax { Statement: BlockSyntax body })
            return root.ReplaceNode(body, WithFirst(body, statement));
        var (first, second) = PairBehind((StatementSyntax)place, statement);
        if (place.Parent is GlobalStatementSyntax { Parent: CompilationUnitSyntax unit } global)
            return root.ReplaceNode(unit, unit.WithMembers(unit.Members.ReplaceRange(global, [SyntaxFactory.GlobalStatement(first), SyntaxFactory.GlobalStatement(second)])));
        var block = (BlockSyntax)place.Parent!;
        return root.ReplaceNode(block, block.WithStatements(block.Statements.ReplaceRange((StatementSyntax)place, [first, second])));
    }

    private static BlockSyntax WithFirst(BlockSyntax body, StatementSyntax statement)
    {
        if (body.Statements.FirstOrDefault() is not { } next || !BeginsLine(next))
            return body.WithStatements(body.Statements.Insert(0, statement.WithLeadingTrivia(SyntaxFactory.Space)));
        var endOfLine = body.OpenBraceToken.TrailingTrivia.First(trivia => trivia.IsKind(SyntaxKind.EndOfLineTrivia));
        return body.WithStatements(body.Statements.Insert(0, statement.WithLeadingTrivia(Indentation(next)).WithTrailingTrivia(endOfLine)));
    }

    /// <summary>The block without one of its statements, whose comments and directives stay. Those of the last one go to the brace where no statement can have them.</summary>
    public static BlockSyntax Without(BlockSyntax block, StatementSyntax statement, bool keepsComments = true)
    {
        var at = block.Statements.IndexOf(statement);
        var isAlone = block.Statements.Count == 1;
        if (at < block.Statements.Count - 1 || !(isAlone && keepsComments ? HasRemarks(statement) : HasDirectives(statement)))
            return block.WithStatements(Remove(block.Statements, at, keepsComments));
        var brace = block.CloseBraceToken;
        var (staying, rest) = isAlone && keepsComments ? (Remarks(statement), block.Statements.RemoveAt(at)) : (Directives(statement), Remove(block.Statements.Replace(statement, WithoutDirectives(statement)), at, keepsComments));
        return block.WithStatements(rest).WithCloseBraceToken(brace.WithLeadingTrivia(staying.Concat(brace.LeadingTrivia)));
    }

    /// <summary>The statements without one of them, whose comments go to the statement that follows, or to the one before it.</summary>
    public static SyntaxList<StatementSyntax> Remove(SyntaxList<StatementSyntax> statements, int at, bool keepsComments = true)
    {
        var removed = keepsComments ? statements[at] : WithoutComments(statements[at]);
        var rest = statements.RemoveAt(at);
        if (at > 0 && !EndsLine(rest[at - 1]) && EndsLine(removed))
            return rest.Replace(rest[at - 1], Elder(rest[at - 1], removed));
        if (at < rest.Count)
            return rest.Replace(rest[at], Heir(removed, rest[at], at == 0));
        return at == 0 ? rest : rest.Replace(rest[at - 1], Elder(rest[at - 1], removed));
    }

    // The last of a list leaves its comments, and the end of a line that both share, to the one before.
    private static StatementSyntax Elder(StatementSyntax before, StatementSyntax removed)
    {
        if (!EndsLine(before))
            return before.WithTrailingTrivia(removed.GetLeadingTrivia().Where(IsComment).Concat(removed.GetTrailingTrivia()));
        return HasRemarks(removed) ? before.WithTrailingTrivia(before.GetTrailingTrivia().AddRange(Remarks(removed))) : before;
    }

    /// <summary>What goes elsewhere with its comments leaves its place in the lines behind, and what it was a section of.</summary>
    private static StatementSyntax WithoutComments(StatementSyntax statement) => !HasRemarks(statement) ? statement : statement
        .WithLeadingTrivia(Section(statement).Concat(statement.GetLeadingTrivia().Reverse().TakeWhile(trivia => trivia.IsKind(SyntaxKind.WhitespaceTrivia)).Reverse()))
        .WithTrailingTrivia(statement.GetTrailingTrivia().Where(trivia => !IsComment(trivia)));

    /// <summary>A comment stands before or behind, or a directive in it.</summary>
    public static bool HasRemarks(SyntaxNode node) => node.GetLeadingTrivia().Concat(node.GetTrailingTrivia()).Any(IsComment) || HasDirectives(node);

    private static bool HasDirectives(SyntaxNode node) => node.DescendantTrivia().Any(trivia => trivia.IsDirective);

    /// <summary>The lines of a removed statement that are comments or directives, and the comment on its own line.</summary>
    private static IEnumerable<SyntaxTrivia> Remarks(SyntaxNode removed)
    {
        var before = removed.GetLeadingTrivia();
        return removed.GetTrailingTrivia().Any(IsComment)
            ? before.Concat(Inside(removed)).Concat(removed.GetTrailingTrivia().SkipWhile(trivia => trivia.IsKind(SyntaxKind.WhitespaceTrivia)))
            : before.Reverse().SkipWhile(trivia => trivia.IsKind(SyntaxKind.WhitespaceTrivia)).Reverse().Concat(Inside(removed));
    }

    // Between its tokens: comments go with them, directives do not.
    private static IEnumerable<SyntaxTrivia> Inside(SyntaxNode removed) => removed.DescendantTrivia().Where(trivia =>
        removed.Span.Contains(trivia.Span) && (trivia.IsDirective || trivia.IsKind(SyntaxKind.DisabledTextTrivia)));

    private static IEnumerable<SyntaxTrivia> Directives(SyntaxNode removed) => Section(removed).Concat(Inside(removed));

    private static StatementSyntax WithoutDirectives(StatementSyntax statement)
    {
        var rest = WithoutSection(statement);
        return rest.ReplaceTrivia(Inside(rest), (_, _) => default);
    }

    /// <summary>The lines before a statement up to the last directive.</summary>
    public static SyntaxTriviaList Section(SyntaxNode statement)
    {
        var leading = statement.GetLeadingTrivia();
        return SyntaxFactory.TriviaList(leading.Take(leading.ToList().FindLastIndex(trivia => trivia.IsDirective || trivia.IsKind(SyntaxKind.DisabledTextTrivia)) + 1));
    }

    /// <summary>The statement with what stands behind the last directive before it.</summary>
    public static StatementSyntax WithoutSection(StatementSyntax statement) => statement.WithLeadingTrivia(statement.GetLeadingTrivia().Skip(Section(statement).Count));

    /// <summary>A statement that takes the place of the one removed before it, and its comments.</summary>
    public static T Heir<T>(SyntaxNode removed, T next, bool isFirst)
        where T : SyntaxNode
    {
        if (!EndsLine(removed))
            return next.WithLeadingTrivia(removed.GetLeadingTrivia().Concat(Inside(removed)).Concat(removed.GetTrailingTrivia().Where(IsComment)).Concat(next.GetLeadingTrivia()));
        if (HasRemarks(removed))
            return next.WithLeadingTrivia(Remarks(removed).Concat(next.GetLeadingTrivia()));

        return isFirst || HasBlankLine(removed) ? WithLines(removed, next) : next;
    }

    private static T WithLines<T>(SyntaxNode removed, T next)
        where T : SyntaxNode =>
        next.WithLeadingTrivia(removed.GetLeadingTrivia().TakeWhile(trivia => trivia.IsKind(SyntaxKind.EndOfLineTrivia))
            .Concat(WithoutBlankLines(next).GetLeadingTrivia()));

    private static bool HasBlankLine(SyntaxNode node) => node.GetLeadingTrivia().FirstOrDefault().IsKind(SyntaxKind.EndOfLineTrivia);

    private static StatementSyntax WithLastIn(StatementSyntax body, StatementSyntax statement, SyntaxTrivia endOfLine)
    {
        if (body is BlockSyntax block)
        {
            var isOneLine = !block.OpenBraceToken.TrailingTrivia.Concat(block.Statements.SelectMany(inner => inner.DescendantTrivia())).Any(SyntaxKind.EndOfLineTrivia);
            if (isOneLine && block.Statements.LastOrDefault() is { } last)
                return block.WithStatements(block.Statements.Add(statement.WithLeadingTrivia(last.GetTrailingTrivia().Any() ? SyntaxFactory.TriviaList() : SyntaxFactory.TriviaList(SyntaxFactory.Space)).WithTrailingTrivia(last.GetTrailingTrivia())));
            var indented = block.Statements.LastOrDefault() is { } sibling && EndsLine(sibling)
                ? statement.WithLeadingTrivia(Indentation(block.Statements.LastOrDefault(BeginsLine) ?? sibling)).WithTrailingTrivia(endOfLine)
                : statement.WithTrailingTrivia(endOfLine).WithAdditionalAnnotations(Formatter.Annotation);
            // A comment before the closing brace belongs to what stands above it, and so does the end of a section or region.
            var comments = block.CloseBraceToken.LeadingTrivia;
            if (comments.Any(trivia => IsComment(trivia) || trivia.IsDirective))
            {
                var lineEnd = comments.ToList().FindLastIndex(trivia => trivia.IsKind(SyntaxKind.EndOfLineTrivia) || trivia.IsDirective) + 1;
                indented = indented.WithLeadingTrivia(comments.Take(lineEnd).Concat(indented.GetLeadingTrivia()));
                block = block.WithCloseBraceToken(block.CloseBraceToken.WithLeadingTrivia(comments.Skip(lineEnd)));
            }

            return block.AddStatements(indented);
        }

        return SyntaxFactory.Block(body, statement.WithTrailingTrivia(endOfLine))
            .WithTrailingTrivia(endOfLine)
            .WithAdditionalAnnotations(Formatter.Annotation);
    }

    /// <summary>As a part of the source ends its lines, or else the file.</summary>
    public static SyntaxTrivia EndOfLine(SyntaxNode part, SyntaxNode root)
    {
        var first = part.DescendantTrivia().Concat(root.DescendantTrivia()).FirstOrDefault(trivia => trivia.IsKind(SyntaxKind.EndOfLineTrivia));
        return first.IsKind(SyntaxKind.EndOfLineTrivia) ? first : SyntaxFactory.LineFeed;
    }

    private static SyntaxTriviaList Indentation(SyntaxNode statement) =>
        SyntaxFactory.TriviaList(statement.GetLeadingTrivia().Reverse().TakeWhile(trivia => trivia.IsKind(SyntaxKind.WhitespaceTrivia)).Reverse());

    private static T WithoutBlankLines<T>(T node)
        where T : SyntaxNode =>
        node.WithLeadingTrivia(node.GetLeadingTrivia().SkipWhile(trivia => trivia.IsKind(SyntaxKind.EndOfLineTrivia)));

    private static bool BeginsLine(SyntaxNode node) =>
        node.GetFirstToken().GetPreviousToken() is var before && (before.IsKind(SyntaxKind.None) || before.TrailingTrivia.Any(SyntaxKind.EndOfLineTrivia));

    private static bool EndsLine(SyntaxNode node) => node.GetTrailingTrivia().Any(SyntaxKind.EndOfLineTrivia);

    private static bool Any(this IEnumerable<SyntaxTrivia> trivia, SyntaxKind kind) => trivia.Any(one => one.IsKind(kind));

    private static bool IsComment(SyntaxTrivia trivia) => trivia.Kind() is SyntaxKind.SingleLineCommentTrivia or SyntaxKind.MultiLineCommentTrivia;
}
