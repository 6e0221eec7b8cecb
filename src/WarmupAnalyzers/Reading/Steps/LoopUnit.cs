using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using WarmupAnalyzers.Factors;
using WarmupAnalyzers.Reading.Schedules;
using WarmupAnalyzers.Reading.Source;
using WarmupAnalyzers.Schedules;
using WarmupAnalyzers.Training;

namespace WarmupAnalyzers.Reading.Steps;

/// <summary>A loop of a training with what a length of a schedule is compared with: its rounds, the variables they are counted by, its names.</summary>
internal sealed class LoopUnit
{
    private const int MaximumHops = 4;

    private readonly IOperation _loop;
    private readonly TrainingCode _code;
    private readonly CancellationToken _cancellation;

    private LoopUnit(StatementSyntax syntax, IOperation loop, LoopRounds? rounds, TrainingCode code, CancellationToken cancellation)
    {
        Syntax = syntax;
        _loop = loop;
        Rounds = rounds;
        _code = code;
        _cancellation = cancellation;
    }

    public StatementSyntax Syntax { get; }

    /// <summary>How often it runs; null where nothing says it.</summary>
    public LoopRounds? Rounds { get; }

    /// <summary>The names in its header.</summary>
    public ImmutableArray<string> Names => Header(Syntax).SelectMany(part => part.DescendantTokens()).Where(token => token.IsKind(SyntaxKind.IdentifierToken)).Select(token => token.ValueText).ToImmutableArray();

    /// <summary>It goes as far as a number that is named for epochs.</summary>
    public bool IsBoundByEpochs => CountedLoop.BoundOf(_loop) is { } bound && CountedLength.NameOf(bound.Unwrapped()) is { } name && CountName.Of(name) == CountUnit.Epochs;

    /// <summary>Reads a loop of the model; null for one that is not written as a statement.</summary>
    public static LoopUnit? Read(Loop loop, SchedulerLife life, TrainingCode code, CancellationToken cancellation) =>
        loop.Site?.Location is StatementSyntax syntax && code.OperationOf(syntax, cancellation) is { } operation
            ? new LoopUnit(syntax, operation, ScheduleSteps.RoundsOf(operation, life, code, cancellation), code, cancellation)
            : null;

    /// <summary>The rounds under one assignment; NaN where they are not known.</summary>
    public double Under(Assignment assignment) => Rounds?.Under(assignment, _cancellation) ?? double.NaN;

    /// <summary>Whether a length is computed with a variable that counts the rounds, too.</summary>
    public bool Shares(CountedLength length)
    {
        var mine = VariablesOf([CountedLoop.BoundOf(_loop) ?? (_loop as IForEachLoopOperation)?.Collection]);
        return mine.Overlaps(VariablesOf(length.Terms.Select(term => (IOperation?)term.Written)));
    }

    // The variables of an expression, and of what they are declared with.
    private HashSet<ISymbol> VariablesOf(IEnumerable<IOperation?> values)
    {
        var found = new HashSet<ISymbol>(SymbolEqualityComparer.Default);
        var open = new Queue<(IOperation Value, int Hops)>(values.OfType<IOperation>().Select(value => (value, 0)));
        while (open.Count > 0)
        {
            var (value, hops) = open.Dequeue();
            if (SymbolOf(value) is not { } symbol)
            {
                foreach (var child in value.ChildOperations)
                    open.Enqueue((child, hops));
            }
            else if (found.Add(symbol) && hops < MaximumHops && VariableWrites.Of(symbol, _code, _cancellation).Count == 0 && _code.InitializerOf(symbol, _cancellation) is { } initializer)
            {
                open.Enqueue((initializer, hops + 1));
            }
        }

        return found;
    }

    // Of `options.Epochs` the last; of `loader.Count`, which counts the loader, the loader.
    private static ISymbol? SymbolOf(IOperation value) => value switch
    {
        ILocalReferenceOperation local => local.Local,
        IParameterReferenceOperation parameter => parameter.Parameter,
        IMemberReferenceOperation { Member: IFieldSymbol or IPropertySymbol } member when !member.Member.DeclaringSyntaxReferences.IsEmpty => member.Member.OriginalDefinition,
        _ => null,
    };

    private static IEnumerable<SyntaxNode> Header(StatementSyntax loop) => loop switch
    {
        ForStatementSyntax written => new SyntaxNode?[] { written.Declaration, written.Condition }.Concat(written.Incrementors).OfType<SyntaxNode>(),
        ForEachStatementSyntax written => [SyntaxFactory.IdentifierName(written.Identifier), written.Expression],
        ForEachVariableStatementSyntax written => [written.Variable, written.Expression],
        WhileStatementSyntax written => [written.Condition],
        DoStatementSyntax written => [written.Condition],
        _ => [],
    };
}
