using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using WarmupAnalyzers.Reading;
using WarmupAnalyzers.Reading.Schedules;

namespace WarmupAnalyzers.Rules;

/// <summary>Evaluates the schedules that are written as functions and reports what they compute wrongly: WARM1xxx.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class FactorAnalyzer : WarmupAnalyzer
{
    /// <inheritdoc />
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
        FactorRules.InOrder.Select(rule => rule.Descriptor).ToImmutableArray();

    private protected override void Analyze(SemanticModelAnalysisContext file, TrainingCode code)
    {
        // A function that serves several groups or schedulers is one mistake.
        var reported = new HashSet<(string, Location)>();
        foreach (var schedule in FactorSchedules.In(file.SemanticModel, code, file.CancellationToken))
        {
            foreach (var diagnostic in Judge(schedule, file).Where(found => reported.Add((found.Id, found.Location))))
                file.ReportDiagnostic(diagnostic);
        }

        foreach (var diagnostic in IntegerDivisionInArgument.In(file.SemanticModel, code, file.CancellationToken).Where(found => reported.Add((found.Id, found.Location))))
            file.ReportDiagnostic(diagnostic);
    }

    private static IEnumerable<Diagnostic> Judge(FactorSchedule schedule, SemanticModelAnalysisContext context)
    {
        var options = WarmupOptions.Of(context.Options, context.SemanticModel.SyntaxTree);
        foreach (var group in schedule.Groups)
        {
            if (FactorJudgement.Of(schedule, group, options, context.CancellationToken) is { } judgement)
                yield return Report(judgement, schedule, group);
        }
    }

    private static Diagnostic Report(FactorJudgement judgement, FactorSchedule schedule, GroupFactor group)
    {
        var mistake = judgement.Mistakes[0];
        var origin = mistake.Origin as SyntaxNode;
        var tree = schedule.Site.Syntax.SyntaxTree;
        // A diagnostic outside the tree under analysis shows in no editor: there the argument is named.
        var isHere = origin is not null && origin.SyntaxTree == tree;
        var location = isHere ? origin!.GetLocation() : group.Delegate.Syntax.GetLocation();
        var additional = new[] { schedule.Site.Syntax.GetLocation(), group.Delegate.Syntax.GetLocation() }
            .Concat(origin is null || isHere ? [] : [origin.GetLocation()]);
        var descriptor = mistake.Rule;
        return Diagnostic.Create(
            descriptor,
            location,
            mistake.EffectiveSeverity ?? descriptor.DefaultSeverity,
            additional,
            properties: null,
            Message(judgement));
    }

    private static string Message(FactorJudgement judgement)
    {
        var condition = judgement.Condition.Length == 0 ? string.Empty : " when " + judgement.Condition;
        var rest = judgement.Mistakes.Skip(1).Select(other => "; also, " + other.Mention + " (" + other.Id + ")");
        return judgement.Mistakes[0].Effect + condition + string.Concat(rest);
    }
}
