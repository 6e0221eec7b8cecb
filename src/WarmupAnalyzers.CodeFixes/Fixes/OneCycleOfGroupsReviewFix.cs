using System.Collections.Immutable;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using WarmupAnalyzers.CodeFixes.Rewriting;
using WarmupAnalyzers.Rules;

namespace WarmupAnalyzers.CodeFixes.Fixes;

/// <summary>WARM5001: the one-cycle of WarmupSchedulers, where that is referenced. It peaks at the learning rate of each group, and whether that is <c>max_lr</c> a person must see.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(OneCycleOfGroupsReviewFix))]
public sealed class OneCycleOfGroupsReviewFix : CodeFixProvider
{
    private const string Title = "Use OneCyclePolicyLR of WarmupSchedulers, which peaks at each group's own learning rate (needs review)";

    /// <inheritdoc />
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(OneCycleOfGroups.Id);

    /// <inheritdoc />
    public override FixAllProvider? GetFixAllProvider() => null;

    /// <inheritdoc />
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        foreach (var diagnostic in context.Diagnostics)
        {
            var creation = root!.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true).AncestorsAndSelf()
                .OfType<ExpressionSyntax>().FirstOrDefault(node => node is InvocationExpressionSyntax or BaseObjectCreationExpressionSyntax);
            if (creation is not null && await OneCyclePolicy.OfAsync(context.Document, creation, context.CancellationToken).ConfigureAwait(false) is { } replaced)
                context.RegisterCodeFix(CodeAction.Create(Title, _ => Task.FromResult(replaced), nameof(OneCycleOfGroupsReviewFix)), diagnostic);
        }
    }
}
