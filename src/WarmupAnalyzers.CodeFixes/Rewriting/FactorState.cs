using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using WarmupAnalyzers.Factors;
using WarmupAnalyzers.Reading;
using WarmupAnalyzers.Reading.Schedules;
using WarmupAnalyzers.Rules;

namespace WarmupAnalyzers.CodeFixes.Rewriting;

/// <summary>
/// One factor function in one state of its document, read and judged by the very code that reports. A repair goes from
/// state to state; the last one must be clean.
/// </summary>
internal sealed record FactorState(
    Document Document,
    SyntaxNode Root,
    SemanticModel Model,
    TrainingCode Code,
    FactorSchedule Schedule,
    GroupFactor Group,
    WarmupOptions Options,
    FactorJudgement? Judgement,
    SyntaxAnnotation Mark,
    int GroupIndex)
{
    /// <summary>The scheduler's creation in this state.</summary>
    public SyntaxNode Creation => Schedule.Site.Syntax;

    /// <summary>The delegate's argument in this state.</summary>
    public SyntaxNode Delegate => Group.Delegate.Syntax;

    /// <summary>The mistakes that a safe fix mends; null where there is none. The others are left to the user, and stay.</summary>
    public FactorJudgement? Mendable => Judgement is not null && Judgement.Mistakes.Any(IsMendable)
        ? Judgement with { Mistakes = Judgement.Mistakes.Where(IsMendable).ToImmutableArray() }
        : null;

    /// <summary>Whether a function in this state has mistakes that it had not in another.</summary>
    public bool HasNewMistakes(FactorState before) =>
        Judgement is not null && Judgement.Mistakes.Any(mistake => before.Judgement is null || before.Judgement.Mistakes.All(old => old.Id != mistake.Id));

    /// <summary>Whether the function gives a learning rate instead of a factor, so that nothing in it can just be dropped.</summary>
    public bool IsAbsoluteRate => Rate is { IsFactor: false };

    private static bool IsMendable(FactorMistake mistake) => mistake.Id
        is not (IgnoredIndex.Id or DecreasingWarmup.Id or StepInsteadOfRamp.Id or JumpAtHandover.Id or FactorChangesState.Id);

    // In a rate that is written by hand it belongs there.
    private RateSource? Rate => Judgement is null || Schedule.Use == FactorUse.Rate ? null : BaseLearningRateInFactor.SourceOf(Judgement.Branch, Judgement.TruncatingDivisions);

    /// <summary>Marks the creation in a document, so that it is found again however the text moves.</summary>
    public static async Task<FactorState?> StartAsync(Document document, SyntaxNode creation, int groupIndex, CancellationToken cancellation)
    {
        var root = await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false);
        var mark = new SyntaxAnnotation();
        var marked = document.WithSyntaxRoot(root!.ReplaceNode(creation, creation.WithAdditionalAnnotations(mark)));
        return await ReadAsync(marked, mark, groupIndex, cancellation).ConfigureAwait(false);
    }

    /// <summary>The state after an edit.</summary>
    public Task<FactorState?> AfterAsync(SyntaxNode root, CancellationToken cancellation) =>
        ReadAsync(Document.WithSyntaxRoot(root), Mark, GroupIndex, cancellation);

    /// <summary>The factor meant: truncating divisions real, the base rate taken out. NaN where it is not known.</summary>
    public double Meant(Assignment assignment, int index, CancellationToken cancellation)
    {
        var mended = Judgement?.TruncatingDivisions ?? ImmutableHashSet<int>.Empty;
        if (Rate is not { } source)
            return Group.Program.Mended(assignment, mended, cancellation).FactorAt(index);
        return Group.Program.Scaled(assignment, mended, source.Sources, 1 / RateUnder(assignment, source, cancellation), cancellation).FactorAt(index);
    }

    /// <summary>The factor under an assignment that was made for another state: the variables are found again by their names.</summary>
    public double Follow(Assignment assignment, int index, CancellationToken cancellation) =>
        Group.Program.Under(assignment.For(Group.Program.FreeVariables), cancellation).FactorAt(index);

    private double RateUnder(Assignment assignment, RateSource source, CancellationToken cancellation)
    {
        if (!double.IsNaN(Schedule.BaseRate.Value))
            return Schedule.BaseRate.Value;
        foreach (var variable in Group.Program.FreeVariables.Where(variable => source.Sources.Contains(variable.Key)))
            return assignment.ValueOf(variable).ToDouble();
        return double.NaN;
    }

    private static async Task<FactorState?> ReadAsync(Document document, SyntaxAnnotation mark, int groupIndex, CancellationToken cancellation)
    {
        var root = await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false);
        var model = await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false);
        if (root is null || model is null || KnownSymbols.Find(model.Compilation) is not { } symbols)
            return null;
        var code = new TrainingCode(model.Compilation, symbols);
        var creation = root.GetAnnotatedNodes(mark).SingleOrDefault();
        if (creation is null || code.OperationOf(creation, cancellation) is not { } operation
            || FactorSchedule.Read(operation, code, cancellation) is not { } schedule
            || groupIndex >= schedule.Groups.Length)
            return null;
        var options = WarmupOptions.Of(document.Project.AnalyzerOptions, root.SyntaxTree);
        var group = schedule.Groups[groupIndex];
        return new FactorState(
            document, root, model, code, schedule, group, options,
            FactorJudgement.Of(schedule, group, options, cancellation), mark, groupIndex);
    }
}
