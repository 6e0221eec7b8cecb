using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Simplification;

namespace WarmupAnalyzers.CodeFixes.Refactorings;

/// <summary>Puts the library's call in the place of a scheduler's creation, if the program still compiles and means the same.</summary>
internal sealed class SchedulerReplacement
{
    private readonly Document _document;
    private readonly ExpressionSyntax _creation;
    private readonly ExpressionSyntax _optimizer;
    private readonly LibrarySchedule _schedule;
    private readonly LibrarySymbols _library;

    public SchedulerReplacement(Document document, ExpressionSyntax creation, ExpressionSyntax optimizer, LibrarySchedule schedule, LibrarySymbols library)
    {
        _document = document;
        _creation = creation;
        _optimizer = optimizer;
        _schedule = schedule;
        _library = library;
    }

    /// <summary>The document after the replacement; null where something else would change with it.</summary>
    public async Task<Document?> ApplyAsync(CancellationToken cancellation)
    {
        var removed = _creation.DescendantNodes(node => node != _optimizer).OfType<ArgumentSyntax>().Where(argument => argument.Expression != _optimizer).ToImmutableArray<SyntaxNode>();
        var unused = await UnusedFunctions.AfterAsync(_document, removed, cancellation).ConfigureAwait(false);
        var mark = new SyntaxAnnotation();
        var root = (await _document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false))!;
        var tracked = root.TrackNodes(unused.Append(_creation).Append(Home(_creation)));
        tracked = WithComments(tracked, root);
        tracked = tracked.ReplaceNode(tracked.GetCurrentNode(_creation)!, SchedulerCall.Of(_schedule, _optimizer).WithTriviaFrom(_creation).WithAdditionalAnnotations(mark));
        var edited = _document.WithSyntaxRoot(UnusedFunctions.Remove(tracked, unused));
        if (!await MeansTheSameAsync(edited, mark, unused.Add(_creation), cancellation).ConfigureAwait(false))
            return null;
        return await Simplifier.ReduceAsync(edited, Simplifier.Annotation, null, cancellation).ConfigureAwait(false);
    }

    // Comments among what is replaced are put before the statement.
    private SyntaxNode WithComments(SyntaxNode tracked, SyntaxNode root)
    {
        var kept = _schedule.Arguments.Select(argument => argument.Value.Origin).OfType<SyntaxNode>().Append(_optimizer).Where(_creation.Contains).Select(node => node.Span).ToArray();
        var comments = _creation.DescendantTrivia()
            .Where(trivia => _creation.Span.Contains(trivia.Span) && !kept.Any(span => span.Contains(trivia.Span)))
            .Where(trivia => trivia.Kind() is SyntaxKind.SingleLineCommentTrivia or SyntaxKind.MultiLineCommentTrivia)
            .ToArray();
        if (comments.Length == 0)
            return tracked;
        var home = tracked.GetCurrentNode(Home(_creation))!;
        var leading = home.GetLeadingTrivia();
        var indentation = leading.LastOrDefault() is { RawKind: (int)SyntaxKind.WhitespaceTrivia } space ? new[] { space } : [];
        return tracked.ReplaceNode(home, home.WithLeadingTrivia(leading.Concat(comments.SelectMany(comment => indentation.Prepend(EndOfLine(root)).Prepend(comment)))));
    }

    private static SyntaxNode Home(SyntaxNode creation) =>
        creation.Ancestors().First(node => node is StatementSyntax or MemberDeclarationSyntax or CompilationUnitSyntax);

    private static SyntaxTrivia EndOfLine(SyntaxNode root) =>
        root.DescendantTrivia().Where(trivia => trivia.IsKind(SyntaxKind.EndOfLineTrivia)).Append(SyntaxFactory.LineFeed).First();

    private async Task<bool> MeansTheSameAsync(Document edited, SyntaxAnnotation mark, ImmutableArray<SyntaxNode> removed, CancellationToken cancellation)
    {
        var before = (await _document.GetSemanticModelAsync(cancellation).ConfigureAwait(false))!;
        var after = (await edited.GetSemanticModelAsync(cancellation).ConfigureAwait(false))!;
        var call = after.SyntaxTree.GetRoot(cancellation).GetAnnotatedNodes(mark).Single();
        return after.GetSymbolInfo(call, cancellation).Symbol is IMethodSymbol method
            && _library.IsFactory(method)
            && Errors(after, cancellation) <= Errors(before, cancellation)
            && Calls(after, new[] { call }, cancellation).SequenceEqual(Calls(before, removed, cancellation));
    }

    private static int Errors(SemanticModel model, CancellationToken cancellation) =>
        model.GetDiagnostics(cancellationToken: cancellation).Count(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);

    // The library's own type has a step(long) which counts, where TorchSharp's takes a long for a metric; and a container or a
    // generic method that is given the variable may make something else of another type.
    private static IEnumerable<string> Calls(SemanticModel model, IReadOnlyCollection<SyntaxNode> without, CancellationToken cancellation) => model.SyntaxTree.GetRoot(cancellation)
        .DescendantNodes(node => !without.Contains(node))
        .Where(node => node is InvocationExpressionSyntax or BaseObjectCreationExpressionSyntax && !without.Contains(node))
        .Select(call => model.GetSymbolInfo(call, cancellation).Symbol is IMethodSymbol method ? method.Name + Text(method.TypeArguments) + Text(method.Parameters.Select(parameter => parameter.Type)) : string.Empty);

    private static string Text(IEnumerable<ITypeSymbol> types) => "(" + string.Join(", ", types.Select(type => type.ToDisplayString())) + ")";
}
