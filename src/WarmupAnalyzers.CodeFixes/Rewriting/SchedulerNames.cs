using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace WarmupAnalyzers.CodeFixes.Rewriting;

/// <summary>Exchanges a scheduler for another by its name, through a factory or a constructor, in whatever way that is written.</summary>
internal static class SchedulerNames
{
    /// <summary>The root with the other name, and the creation marked; null where the name is not written there (an alias).</summary>
    public static SyntaxNode? Renamed(SyntaxNode root, SyntaxNode creation, SyntaxAnnotation mark, string old, string other)
    {
        var names = Names(creation, old);
        if (names.Length == 0)
            return null;
        var marked = root.ReplaceNode(creation, creation.WithAdditionalAnnotations(mark));
        return marked.ReplaceTokens(
            names.Select(name => marked.FindToken(name.SpanStart)),
            (token, _) => SyntaxFactory.Identifier(other).WithTriviaFrom(token));
    }

    public static async Task<bool> HasNewErrorsAsync(Document before, Document after, CancellationToken cancellation) =>
        await ErrorsAsync(after, cancellation).ConfigureAwait(false) > await ErrorsAsync(before, cancellation).ConfigureAwait(false);

    // Where it is called, and where the type of what holds it is written.
    private static SyntaxToken[] Names(SyntaxNode creation, string old)
    {
        var called = creation switch
        {
            InvocationExpressionSyntax call => Rightmost(call.Expression),
            ObjectCreationExpressionSyntax made => Rightmost(made.Type),
            _ => default,
        };
        if (creation is not ImplicitObjectCreationExpressionSyntax && called.ValueText != old)
            return [];
        return new[] { called, Rightmost(DeclaredType(creation)) }.Where(name => name.ValueText == old).ToArray();
    }

    private static SyntaxNode? DeclaredType(SyntaxNode creation) => creation.Parent switch
    {
        EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax { Parent: VariableDeclarationSyntax { Variables.Count: 1 } declaration } } => declaration.Type,
        EqualsValueClauseSyntax { Parent: PropertyDeclarationSyntax property } => property.Type,
        _ => null,
    };

    private static SyntaxToken Rightmost(SyntaxNode? name) => name switch
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
