using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using WarmupAnalyzers.Reading;

namespace WarmupAnalyzers.Rules;

/// <summary>Evaluates the factor functions given to <c>LambdaLR</c> and reports what they compute wrongly: WARM1001, WARM1002, WARM1003.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class FactorAnalyzer : WarmupAnalyzer
{
    private static readonly ImmutableArray<DiagnosticDescriptor> s_rules = ImmutableArray.Create(
        ZeroAtFirstStep.Descriptor,
        IntegerDivisionInFactor.Descriptor,
        BaseLearningRateInFactor.Descriptor);

    /// <inheritdoc />
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => s_rules;

    // By file and not by operation: see docs/decisions/0001-files-as-a-whole.md.
    private protected override void Register(CompilationStartAnalysisContext context, TrainingCode code) =>
        context.RegisterSemanticModelAction(file =>
        {
            // A function that serves several groups or schedulers is one mistake.
            var reported = new HashSet<(string, Location)>();
            foreach (var creation in code.Creations.In(file.SemanticModel, file.CancellationToken))
            {
                foreach (var diagnostic in Judge(creation, file, code).Where(found => reported.Add((found.Id, found.Location))))
                    file.ReportDiagnostic(diagnostic);
            }

            foreach (var diagnostic in IntegerDivisionInArgument.In(file.SemanticModel, code, file.CancellationToken).Where(found => reported.Add((found.Id, found.Location))))
                file.ReportDiagnostic(diagnostic);
        });

    private static IEnumerable<Diagnostic> Judge(SchedulerCreation creation, SemanticModelAnalysisContext context, TrainingCode code)
    {
        if (FactorSchedule.Read(creation, code, context.CancellationToken) is not { } schedule)
            yield break;
        var options = WarmupOptions.Of(context.Options, context.SemanticModel.SyntaxTree);
        foreach (var group in schedule.Groups)
        {
            if (FactorJudgement.Of(schedule, group, options.AllowZeroFirstStep, context.CancellationToken) is { } judgement)
                yield return Report(judgement, schedule, group);
        }
    }

    private static Diagnostic Report(FactorJudgement judgement, FactorSchedule schedule, GroupFactor group)
    {
        var mistake = judgement.Mistakes[0];
        var origin = mistake.Origin as SyntaxNode;
        var tree = schedule.Creation.Operation.Syntax.SyntaxTree;
        // A diagnostic outside the tree under analysis shows in no editor: there the argument is named.
        var isHere = origin is not null && origin.SyntaxTree == tree;
        var location = isHere ? origin!.GetLocation() : group.Delegate.Syntax.GetLocation();
        var additional = new[] { schedule.Creation.Operation.Syntax.GetLocation(), group.Delegate.Syntax.GetLocation() }
            .Concat(origin is null || isHere ? [] : [origin.GetLocation()]);
        return Diagnostic.Create(
            s_rules.First(rule => rule.Id == mistake.Id),
            location,
            additional,
            Message(judgement));
    }

    private static string Message(FactorJudgement judgement)
    {
        var condition = judgement.Condition.Length == 0 ? string.Empty : " when " + judgement.Condition;
        var rest = judgement.Mistakes.Skip(1).Select(other => "; also, " + other.Mention + " (" + other.Id + ")");
        return judgement.Mistakes[0].Effect + condition + string.Concat(rest);
    }
}
