using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Simplification;
using WarmupAnalyzers.Reading;
using WarmupAnalyzers.Reading.Schedules;
using WarmupAnalyzers.Schedules;
using WarmupAnalyzers.Schedules.Simulated;
using WarmupSchedulers;

namespace WarmupAnalyzers.CodeFixes.Rewriting;

/// <summary>The one-cycle of WarmupSchedulers with the arguments of a <c>OneCycleLR</c>, but its <c>max_lr</c>: each group peaks at its own learning rate.</summary>
internal sealed class OneCyclePolicy
{
    private const string Factory = "OneCyclePolicyLR";
    private const int TypicalTotal = 100;
    private const int LongestRun = 100_000;
    private const double Tolerance = 1e-9;

    private static readonly ImmutableHashSet<string> s_same =
        ImmutableHashSet.Create("total_steps", "pct_start", "div_factor", "final_div_factor", "three_phase", "cycle_momentum", "base_momentum", "max_momentum");

    // What has no counterpart: the peak is the group's, and nothing is printed.
    private static readonly ImmutableHashSet<string> s_left = ImmutableHashSet.Create("optimizer", "max_lr", "epochs", "steps_per_epoch", "anneal_strategy", "verbose");

    private readonly SchedulerArguments _arguments;
    private readonly ImmutableArray<ArgumentSyntax> _written;

    private OneCyclePolicy(SchedulerArguments arguments, ImmutableArray<ArgumentSyntax> written)
    {
        _arguments = arguments;
        _written = written;
    }

    /// <summary>The document with the other scheduler; null where the package is not there, or does not do the same.</summary>
    public static async Task<Document?> OfAsync(Document document, ExpressionSyntax creation, CancellationToken cancellation)
    {
        if (await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false) is not { } model || TrainingCode.Of(model.Compilation)?.In(model) is not { } code
            || LibrarySymbols.Find(model.Compilation)?.Has(Factory) != true
            || code.OperationOf(creation, cancellation) is not { } operation || SchedulerCreation.Read(operation, code.Symbols) is not { Kind: SchedulerKind.OneCycleLR } old
            || creation.DescendantTrivia().Any(trivia => trivia.IsDirective || trivia.Kind() is SyntaxKind.SingleLineCommentTrivia or SyntaxKind.MultiLineCommentTrivia))
            return null;
        var policy = new OneCyclePolicy(new SchedulerArguments(old, code, cancellation), ArgumentsOf(creation));
        if (policy.Call() is not { } call || !policy.IsTheSameCurve())
            return null;
        var root = await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false);
        var mark = new SyntaxAnnotation();
        var edited = document.WithSyntaxRoot(root!.ReplaceNode(creation, call.WithTriviaFrom(creation).WithAdditionalAnnotations(mark)));
        return await IsMadeAsync(edited, mark, model, cancellation).ConfigureAwait(false)
            ? await Simplifier.ReduceAsync(edited, Simplifier.Annotation, null, cancellation).ConfigureAwait(false)
            : null;
    }

    private static ImmutableArray<ArgumentSyntax> ArgumentsOf(ExpressionSyntax creation) => creation switch
    {
        InvocationExpressionSyntax call => call.ArgumentList.Arguments.ToImmutableArray(),
        BaseObjectCreationExpressionSyntax { ArgumentList: { } list } => list.Arguments.ToImmutableArray(),
        _ => ImmutableArray<ArgumentSyntax>.Empty,
    };

    private ExpressionSyntax? Call()
    {
        var kept = new List<string>();
        foreach (var argument in _written)
        {
            if (_arguments.Creation.ParameterOf(argument) is not { } parameter || !(s_same.Contains(parameter) || s_left.Contains(parameter)))
                return null;
            if (s_same.Contains(parameter) && IsNumber(parameter))
                kept.Add(parameter + ": " + argument.Expression.WithoutTrivia());
            else if (s_same.Contains(parameter))
                return null;
        }

        if (Written("optimizer") is not { } optimizer || Total() is not { } total || IsLinear() is not { } isLinear)
            return null;
        if (total.Length > 0)
            kept.Insert(0, total);
        if (isLinear)
            kept.Add("shape: global::WarmupSchedulers.TransitionShape.Linear");
        var call = (InvocationExpressionSyntax)SyntaxFactory.ParseExpression($"global::{LibrarySymbols.FactoriesName}.{Factory}({string.Join(", ", kept.Prepend(optimizer))})");
        return call.ReplaceNodes(
            call.ArgumentList.Arguments.Where(argument => argument.NameColon?.Name.Identifier.ValueText == "shape").Select(argument => (SyntaxNode)argument.Expression).Prepend(call.Expression),
            (_, name) => name.WithAdditionalAnnotations(Simplifier.Annotation));
    }

    // A momentum for each group has no counterpart.
    private bool IsNumber(string parameter) => _arguments.Creation.Argument(parameter)?.Type is { SpecialType: SpecialType.System_Double or SpecialType.System_Int32 or SpecialType.System_Boolean or SpecialType.System_Single };

    private string? Written(string parameter) => (_arguments.Creation.ArgumentSyntax(parameter) as ArgumentSyntax)?.Expression.WithoutTrivia().ToString();

    /// <summary>The product of epochs and steps; nothing where the total is given itself, null where there is neither.</summary>
    private string? Total()
    {
        if (Written("total_steps") is not null)
            return _arguments.Number("total_steps") is -1 ? null : string.Empty;
        return (Factor("epochs"), Factor("steps_per_epoch")) is ({ } epochs, { } steps) ? $"total_steps: {epochs} * {steps}" : null;
    }

    private string? Factor(string parameter) => (_arguments.Creation.ArgumentSyntax(parameter) as ArgumentSyntax)?.Expression is { } written
        ? written is LiteralExpressionSyntax or IdentifierNameSyntax or MemberAccessExpressionSyntax or InvocationExpressionSyntax ? written.WithoutTrivia().ToString() : $"({written.WithoutTrivia()})"
        : null;

    private bool? IsLinear() => _arguments.Creation.Argument("anneal_strategy") is { ConstantValue: { HasValue: true, Value: int strategy } } ? strategy == LinearStrategy() : null;

    private int LinearStrategy() => _arguments.Creation.Argument("anneal_strategy")?.Type?.GetMembers("Linear").OfType<IFieldSymbol>().FirstOrDefault()?.ConstantValue is int linear ? linear : -1;

    /// <summary>As multiples of the peak both are the same numbers, where TorchSharp's has one group and is right.</summary>
    private bool IsTheSameCurve()
    {
        if (_arguments.Number("pct_start") is not { } share || _arguments.Number("div_factor") is not { } first || _arguments.Number("final_div_factor") is not { } last
            || _arguments.Constant("three_phase") is not bool threePhases || IsLinear() is not { } isLinear)
            return false;
        var total = _arguments.Number("total_steps") is >= 2 and <= LongestRun and var given ? (int)given : TypicalTotal;
        var group = new ParameterGroup(1);
        var run = new OneCycleLR(1.0, total) { PctStart = share, DivFactor = first, FinalDivFactor = last, HasThreePhases = threePhases, IsLinear = isLinear, CyclesMomentum = false }.Start([group]);
        try
        {
            var schedule = Schedule.OneCycle(total, share, first, last, threePhases, isLinear ? TransitionShape.Linear : TransitionShape.Cosine);
            for (var step = 0; step < total; step++, run.Step())
            {
                if (!run.IsKnown || Math.Abs(group.LearningRate - schedule.Factor(step)) > Tolerance)
                    return false;
            }
        }
        catch (ArgumentException)
        {
            return false; // the library refuses what TorchSharp takes
        }

        return true;
    }

    private static async Task<bool> IsMadeAsync(Document edited, SyntaxAnnotation mark, SemanticModel before, CancellationToken cancellation)
    {
        var model = (await edited.GetSemanticModelAsync(cancellation).ConfigureAwait(false))!;
        var root = await model.SyntaxTree.GetRootAsync(cancellation).ConfigureAwait(false);
        return TrainingCode.Of(model.Compilation)?.In(model).OperationOf(root.GetAnnotatedNodes(mark).Single(), cancellation) is { } made
            && SchedulerCreation.Read(made, KnownSymbols.Find(model.Compilation)!) is { Kind: SchedulerKind.ScheduleLR, HoldsError: false }
            && Errors(model, cancellation) <= Errors(before, cancellation);
    }

    private static int Errors(SemanticModel model, CancellationToken cancellation) =>
        model.GetDiagnostics(cancellationToken: cancellation).Count(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
}
