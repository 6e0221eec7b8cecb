using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using WarmupAnalyzers.Reading;
using WarmupAnalyzers.Reading.Schedules;
using WarmupAnalyzers.Rules;

namespace WarmupAnalyzers.CodeFixes.Rewriting;

/// <summary>The milestones of a sequence mended, evaluated again after each: the document, and the action in the user's terms.</summary>
internal sealed record MilestoneRepair(Document Document, string Title)
{
    private const int Limit = 16;

    /// <summary>The repair of the marked creation; null where a milestone cannot be mended, or the result is wrong in another way.</summary>
    public static async Task<MilestoneRepair?> OfAsync(Document document, SyntaxAnnotation mark, CancellationToken cancellation)
    {
        string? title = null;
        for (var edits = 0; edits < Limit; edits++)
        {
            var model = await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false);
            var root = await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false);
            if (model is null || root is null || Read(model, root, mark, cancellation) is not { } composition)
                return null;
            var mistake = CompositionRules.Mistakes(composition).FirstOrDefault(found => found.Rule.Id == MilestonesDoNotFit.Id);
            if (mistake is null)
                return title is null || model.GetDiagnostics(cancellationToken: cancellation).Any(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)
                    ? null
                    : new MilestoneRepair(document, title);
            if (mistake.Replacement is not { } replacement || mistake.Place is not ExpressionSyntax place || place == composition.Creation.Argument("milestones")?.Syntax)
                return null;
            title ??= "Change the milestone to " + replacement;
            document = document.WithSyntaxRoot(root.ReplaceNode(place, SyntaxFactory.ParseExpression(replacement).WithTriviaFrom(place)));
        }

        return null;
    }

    private static Composition? Read(SemanticModel model, SyntaxNode root, SyntaxAnnotation mark, CancellationToken cancellation) =>
        TrainingCode.Of(model.Compilation) is { } code && root.GetAnnotatedNodes(mark).SingleOrDefault() is { } node
        && code.OperationOf(node, cancellation) is { } operation && SchedulerCreation.Read(operation, code.Symbols) is { } creation
            ? new Composition(creation, code, cancellation)
            : null;
}
