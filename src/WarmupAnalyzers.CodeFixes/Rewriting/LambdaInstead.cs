using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using WarmupAnalyzers.Reading;
using WarmupAnalyzers.Schedules;

namespace WarmupAnalyzers.CodeFixes.Rewriting;

/// <summary>
/// <c>LambdaLR</c> in the place of <c>MultiplicativeLR</c>, which takes the same arguments, with everything mended that is wrong
/// with the functions there. Read and evaluated again; where the result is not clean there is none.
/// </summary>
internal static class LambdaInstead
{
    private const string Old = nameof(SchedulerKind.MultiplicativeLR);
    private const string New = nameof(SchedulerKind.LambdaLR);

    /// <summary>The document with the scheduler exchanged, and the title of the action.</summary>
    public static async Task<(Document Document, string Title)?> OfAsync(Document document, SyntaxNode creation, CancellationToken cancellation)
    {
        var root = await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false);
        var names = Names(creation);
        if (names.Length == 0)
            return null;
        var mark = new SyntaxAnnotation();
        var marked = root!.ReplaceNode(creation, creation.WithAdditionalAnnotations(mark));
        var renamed = document.WithSyntaxRoot(marked.ReplaceTokens(
            names.Select(name => marked.FindToken(name.SpanStart)),
            (token, _) => SyntaxFactory.Identifier(New).WithTriviaFrom(token)));
        var before = await ErrorsAsync(document, cancellation).ConfigureAwait(false);
        return await MendedAsync(renamed, mark, cancellation).ConfigureAwait(false) is { } mended
            && await ErrorsAsync(mended.Document, cancellation).ConfigureAwait(false) <= before
            ? mended
            : null;
    }

    private static async Task<(Document Document, string Title)?> MendedAsync(Document document, SyntaxAnnotation mark, CancellationToken cancellation)
    {
        string? title = null;
        for (var group = 0; ; group++)
        {
            var root = await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false);
            var creation = root!.GetAnnotatedNodes(mark).Single();
            if (await FactorState.StartAsync(document, creation, group, cancellation).ConfigureAwait(false) is not { } state)
                return title is null ? null : (document, title);
            if (state.Schedule.Use != FactorUse.Factor
                || await FactorRepair.OfMovedAsync(state, cancellation).ConfigureAwait(false) is not { } repair)
                return null;
            document = repair.Document;
            title ??= "Use LambdaLR: " + char.ToLowerInvariant(repair.Title[0]) + repair.Title.Substring(1);
        }
    }

    // Where it is called, and where the type of what holds it is written.
    private static SyntaxToken[] Names(SyntaxNode creation)
    {
        var called = creation switch
        {
            InvocationExpressionSyntax call => Rightmost(call.Expression),
            ObjectCreationExpressionSyntax made => Rightmost(made.Type),
            _ => default,
        };
        var declared = creation.Parent is EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax { Parent: VariableDeclarationSyntax { Variables.Count: 1 } declaration } }
            ? Rightmost(declaration.Type)
            : default;
        if (creation is not ImplicitObjectCreationExpressionSyntax && called.ValueText != Old)
            return [];
        return new[] { called, declared }.Where(name => name.ValueText == Old).ToArray();
    }

    private static SyntaxToken Rightmost(SyntaxNode name) => name switch
    {
        SimpleNameSyntax simple => simple.Identifier,
        MemberAccessExpressionSyntax access => access.Name.Identifier,
        QualifiedNameSyntax qualified => qualified.Right.Identifier,
        _ => default,
    };

    private static async Task<int> ErrorsAsync(Document document, CancellationToken cancellation)
    {
        var model = await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false);
        return model!.GetDiagnostics(cancellationToken: cancellation).Count(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
    }
}
