using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeRefactorings;
using Microsoft.CodeAnalysis.Operations;
using WarmupAnalyzers.Reading;
using WarmupAnalyzers.Reading.Schedules;
using WarmupAnalyzers.Schedules;

namespace WarmupAnalyzers.CodeFixes.Refactorings;

/// <summary>
/// A <c>LambdaLR</c> whose function is a curve of WarmupSchedulers becomes the library's scheduler. Offered where that package is
/// referenced and both evaluate to the same numbers.
/// </summary>
[ExportCodeRefactoringProvider(LanguageNames.CSharp, Name = nameof(UseWarmupSchedulers))]
public sealed class UseWarmupSchedulers : CodeRefactoringProvider
{
    /// <inheritdoc />
    public override async Task ComputeRefactoringsAsync(CodeRefactoringContext context)
    {
        var (document, cancellation) = (context.Document, context.CancellationToken);
        if (await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false) is not { } root
            || await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false) is not { } model
            || LibrarySymbols.Find(model.Compilation) is not { } library
            || TrainingCode.Of(model.Compilation)?.In(model) is not { } code)
            return;
        if (CreationAt(root.FindNode(context.Span, getInnermostNodeForTie: true), code, cancellation) is not { } creation
            || !IsReplaceable(creation, code, cancellation)
            || FactorSchedule.Read(creation, code, cancellation) is not { Use: FactorUse.Factor } schedule
            || Recognition.Of(schedule, OwnExpressions.Of(schedule, code, cancellation), IsWanted, cancellation) is not { } found)
            return;
        var replacement = new SchedulerReplacement(
            document, (ExpressionSyntax)creation.Operation.Syntax, (ExpressionSyntax)creation.Optimizer!.Syntax, found.Schedule, library);
        if (await replacement.ApplyAsync(cancellation).ConfigureAwait(false) is not { } replaced)
            return;
        context.RegisterRefactoring(CodeAction.Create(
            "Use " + SchedulePicture.Of(found.Schedule, found.Example, schedule.FirstIndex),
            _ => Task.FromResult(replaced),
            nameof(UseWarmupSchedulers)));

        bool IsWanted(LibrarySchedule candidate) => library.Has(candidate.Factory) && Settings.AreKept(schedule, candidate, code, cancellation);
    }

    // From inside the call, or from the variable that it makes.
    private static SchedulerCreation? CreationAt(SyntaxNode node, TrainingCode code, CancellationToken cancellation)
    {
        var declared = node.FirstAncestorOrSelf<VariableDeclarationSyntax>() ?? (node as LocalDeclarationStatementSyntax)?.Declaration ?? (node as FieldDeclarationSyntax)?.Declaration;
        return node.AncestorsAndSelf()
            .Append(declared is { Variables: [{ Initializer.Value: { } value }] } ? value : node)
            .OfType<ExpressionSyntax>()
            .Where(expression => expression is InvocationExpressionSyntax or BaseObjectCreationExpressionSyntax && !expression.ContainsDiagnostics)
            .Select(expression => code.OperationOf(expression, cancellation) is { } operation ? SchedulerCreation.Read(operation, code.Symbols) : null)
            .FirstOrDefault(creation => creation is not null) is { Kind: SchedulerKind.LambdaLR, IsBaseCall: false } lambda ? lambda : null;
    }

    // What the library does not take over: a start in the middle with a fresh optimizer, printing, and an optimizer that ignores schedulers.
    private static bool IsReplaceable(SchedulerCreation creation, TrainingCode code, CancellationToken cancellation) =>
        creation.Operation.Syntax is ExpressionSyntax
        && creation.Optimizer is { Syntax: ExpressionSyntax } optimizer
        && ScheduleReader.Number(creation, "last_epoch", code, cancellation) == -1
        && creation.Argument("verbose") is null or { ConstantValue: { HasValue: true, Value: false } }
        && !creation.Operation.Syntax.DescendantTrivia().Any(trivia => trivia.IsDirective)
        && !IsLbfgs(optimizer, code, cancellation);

    private static bool IsLbfgs(IOperation optimizer, TrainingCode code, CancellationToken cancellation) =>
        optimizer.Type?.Name == "LBFGS"
        || optimizer is ILocalReferenceOperation local && code.InitializerOf(local.Local, cancellation) is { } made && made.DescendantsAndSelf().Any(part => part.Type?.Name == "LBFGS");
}
