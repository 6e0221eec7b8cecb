using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Microsoft.CodeAnalysis.Text;
using WarmupAnalyzers.Reading.Factors;
using WarmupAnalyzers.Reading.Source;
using WarmupAnalyzers.Reading.Steps;
using WarmupAnalyzers.Schedules;
using WarmupAnalyzers.Schedules.Simulated;

namespace WarmupAnalyzers.Reading.Schedules;

/// <summary>
/// The schedulers in the list of a <c>SequentialLR</c> or <c>ChainedLR</c>: made there, or in declarations before it. Null
/// wherever something else may have happened to them or to their optimizer before they are handed over.
/// </summary>
internal static class ChildSchedulerReader
{
    public static ChildSchedulers? Read(SchedulerCreation parent, TrainingCode code, int nesting, CancellationToken cancellation)
    {
        if (Creations(parent, code, cancellation) is not { } creations)
            return null;
        var made = creations.Distinct().OrderBy(creation => creation.Syntax.SpanStart).ToArray();
        if (!AreOnSameOptimizer(parent, made, code, cancellation) || !AreLeftAlone(parent, made, code, cancellation))
            return null;
        var simulated = made.Select(creation => ScheduleReader.Read(creation, code, nesting, cancellation)).ToArray();
        if (simulated.Contains(null))
            return null;
        return new ChildSchedulers(
            simulated.OfType<SimulatedScheduler>().ToImmutableArray(),
            creations.Select(creation => System.Array.IndexOf(made, creation)).ToImmutableArray());
    }

    /// <summary>The optimizer of a scheduler; of a chained one, that of its first.</summary>
    public static IOperation? OptimizerOf(IOperation creation, TrainingCode code, CancellationToken cancellation)
    {
        for (var nesting = 0; nesting < ScheduleReader.NestingLimit; nesting++)
        {
            if (SchedulerCreation.Read(creation, code.Symbols) is not { } scheduler)
                return null;
            if (scheduler.Kind != SchedulerKind.ChainedLR)
                return scheduler.Optimizer;
            if (Creations(scheduler, code, cancellation) is not [var first, ..])
                return null;
            creation = first;
        }

        return null;
    }

    /// <summary>What makes each element of the list.</summary>
    private static ImmutableArray<IOperation>? Creations(SchedulerCreation parent, TrainingCode code, CancellationToken cancellation)
    {
        if (WrittenList(parent, code, cancellation) is not { } list || SchedulerList.Elements(list) is not { } elements)
            return null;
        var creations = elements.Select(element => CreationOf(element.Unwrapped(), code, cancellation)).ToImmutableArray();
        return creations.Contains(null) ? null : creations.OfType<IOperation>().ToImmutableArray();
    }

    private static IOperation? WrittenList(SchedulerCreation parent, TrainingCode code, CancellationToken cancellation)
    {
        var list = parent.Argument("schedulers")?.Unwrapped();
        if (list is not ILocalReferenceOperation { Local: var local })
            return list;
        return SequenceUses.AreOnlyReads(local, code, cancellation) ? Declared(local, code, cancellation) : null;
    }

    private static IOperation? CreationOf(IOperation element, TrainingCode code, CancellationToken cancellation) => element switch
    {
        ILocalReferenceOperation { Local: var local } => Declared(local, code, cancellation),
        IInvocationOperation or IObjectCreationOperation => element,
        _ => null,
    };

    private static IOperation? Declared(ILocalSymbol local, TrainingCode code, CancellationToken cancellation) =>
        VariableWrites.Of(local, code, cancellation).Count == 0 ? code.InitializerOf(local, cancellation)?.Unwrapped() : null;

    private static bool AreOnSameOptimizer(SchedulerCreation parent, IOperation[] made, TrainingCode code, CancellationToken cancellation)
    {
        var paths = made.Select(creation => SymbolPaths.Of(OptimizerOf(creation, code, cancellation))).ToList();
        if (parent.Optimizer is { } optimizer)
            paths.Add(SymbolPaths.Of(optimizer));
        return !paths.Contains(null) && paths.Distinct().Count() <= 1;
    }

    /// <summary>
    /// Whether the schedulers are made one after the other in the statements before the parent's, and in between nobody
    /// mentions them, their optimizer or its rates.
    /// </summary>
    private static bool AreLeftAlone(SchedulerCreation parent, IOperation[] made, TrainingCode code, CancellationToken cancellation)
    {
        var extents = made.Select(creation => Extent(creation, ScheduleReader.NestingLimit, code, cancellation)).ToArray();
        if (extents.Contains(null))
            return false;
        var parts = extents.OfType<TextSpan>().ToList();
        if (parts.Zip(parts.Skip(1), (one, next) => one.End <= next.Start).Contains(false))
            return false;
        var place = parent.Operation.Syntax;
        var before = made.Where(creation => !place.Span.Contains(creation.Syntax.Span)).ToArray();
        if (before.Any(creation => creation.Syntax.Span.End > place.SpanStart || BlockOf(creation.Syntax) != BlockOf(place)))
            return false;
        if (before.Length == 0)
            return true;
        var names = NamesIn(before, code, cancellation);
        if (WrittenList(parent, code, cancellation) is { } list)
            parts.Add(list.Syntax.Span);
        parts.AddRange(OuterOptimizers(place, code, cancellation));
        return !Between(before[0].Syntax.SpanStart, place, parts).Any(name => names.Contains(name.Identifier.ValueText));
    }

    /// <summary>From the first of what it is made of to its own end; null where that goes too deep, or round.</summary>
    private static TextSpan? Extent(IOperation creation, int nesting, TrainingCode code, CancellationToken cancellation)
    {
        var own = creation.Syntax.Span;
        if (SchedulerCreation.Read(creation, code.Symbols) is not { Kind: SchedulerKind.SequentialLR or SchedulerKind.ChainedLR } composed
            || Creations(composed, code, cancellation) is not { IsEmpty: false } parts)
            return own;
        if (nesting == 0)
            return null;
        var extents = parts.Distinct().Select(part => Extent(part, nesting - 1, code, cancellation)).ToArray();
        return extents.Any(extent => extent is null || extent.Value.End > own.End)
            ? null
            : TextSpan.FromBounds(System.Math.Min(own.Start, extents.Min(extent => extent!.Value.Start)), own.End);
    }

    private static HashSet<string> NamesIn(IOperation[] made, TrainingCode code, CancellationToken cancellation)
    {
        var names = new HashSet<string> { "LearningRate", "InitialLearningRate", "ParamGroups" };
        foreach (var creation in made)
        {
            if (creation.Syntax.FirstAncestorOrSelf<VariableDeclaratorSyntax>() is { } declarator)
                names.Add(declarator.Identifier.ValueText);
            if (OptimizerOf(creation, code, cancellation) is { } optimizer)
                names.UnionWith(optimizer.Syntax.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>().Select(name => name.Identifier.ValueText));
        }

        return names;
    }

    // What the schedulers round this one are given is no use of the optimizer before it.
    private static IEnumerable<TextSpan> OuterOptimizers(SyntaxNode place, TrainingCode code, CancellationToken cancellation) => place.Ancestors()
        .TakeWhile(node => node is not StatementSyntax)
        .Where(node => node is InvocationExpressionSyntax or BaseObjectCreationExpressionSyntax)
        .Select(node => code.OperationOf(node, cancellation) is { } outer && SchedulerCreation.Read(outer, code.Symbols) is { } creation ? creation.Optimizer : null)
        .OfType<IOperation>()
        .Select(optimizer => optimizer.Syntax.Span);

    private static IEnumerable<IdentifierNameSyntax> Between(int start, SyntaxNode place, IReadOnlyList<TextSpan> parts) =>
        BlockOf(place)?.DescendantNodes(TextSpan.FromBounds(start, place.SpanStart)).OfType<IdentifierNameSyntax>()
            .Where(name => name.SpanStart >= start && name.Span.End <= place.SpanStart && !parts.Any(part => part.Contains(name.Span))) ?? [];

    private static SyntaxNode? BlockOf(SyntaxNode node)
    {
        var statement = node.FirstAncestorOrSelf<StatementSyntax>();
        return statement?.Parent is GlobalStatementSyntax global ? global.Parent : statement?.Parent;
    }
}
