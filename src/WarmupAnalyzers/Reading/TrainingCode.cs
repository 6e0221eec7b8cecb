using System;
using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using WarmupAnalyzers.Reading.Optimizers;
using WarmupAnalyzers.Reading.Schedules;
using WarmupAnalyzers.Reading.Source;
using WarmupAnalyzers.Reading.Steps;

namespace WarmupAnalyzers.Reading;

/// <summary>
/// The source of one compilation, read where a lambda or a step leads: bodies of methods and initializers of variables, in any tree.
/// Semantic models are made once per tree. Lives as long as one compilation's analysis.
/// </summary>
internal sealed class TrainingCode
{
    // The analyzers of one compilation read the same code: what one has read the others need not read again.
    private static readonly ConditionalWeakTable<Compilation, Known> s_known = new();

    private readonly ConcurrentDictionary<SyntaxTree, SemanticModel> _models = new();
    private readonly ConcurrentDictionary<ISymbol, VariableWrites> _writes = new(SymbolEqualityComparer.Default);

    public TrainingCode(Compilation compilation, KnownSymbols symbols)
    {
        Compilation = compilation;
        Symbols = symbols;
        Relevance = new Relevance(this);
        Creations = new SchedulerCreations(this);
        Names = new SourceNames(compilation);
        Calls = new CallsByName(Names);
        Mentions = new SymbolMentions(this);
        RateWrites = new RateWrites(this);
        Derivations = new Derivations(this);
        Members = new MemberSight(this);
    }

    /// <summary>The code of a compilation, shared by all analyzers; null where it does not reference TorchSharp.</summary>
    public static TrainingCode? Of(Compilation compilation) =>
        s_known.GetValue(compilation, key => new Known(key)).Code.Value;

    private sealed class Known
    {
        public Known(Compilation compilation) => Code = new(() => KnownSymbols.Find(compilation) is { } symbols ? new TrainingCode(compilation, symbols) : null);

        public Lazy<TrainingCode?> Code { get; }
    }

    /// <summary>The code of a file under analysis, whose model the compiler has and has bound already.</summary>
    public TrainingCode In(SemanticModel file)
    {
        _models.TryAdd(file.SyntaxTree, file);
        return this;
    }

    public Compilation Compilation { get; }

    /// <summary>Which methods are worth reading.</summary>
    public Relevance Relevance { get; }

    /// <summary>What became of the schedulers that were looked at, by the syntax of their creation.</summary>
    public ConcurrentDictionary<SyntaxNode, SchedulerLife> Lives { get; } = new();

    /// <summary>How often the schedulers that were looked at are stepped, by the syntax of their creation.</summary>
    public ConcurrentDictionary<SyntaxNode, ScheduleSteps> Steps { get; } = new();

    /// <summary>The rates of the optimizers that were looked at, by the syntax that names the optimizer.</summary>
    public ConcurrentDictionary<SyntaxNode, BaseLearningRate> Rates { get; } = new();

    /// <summary>The schedules written as functions that were read, by the syntax of their creation; null for what is none.</summary>
    public ConcurrentDictionary<SyntaxNode, FactorSchedule?> Schedules { get; } = new();

    /// <summary>The code that may run in the loops that were looked at, by the syntax of the loop.</summary>
    public ConcurrentDictionary<SyntaxNode, LoopReach> Reaches { get; } = new();

    public KnownSymbols Symbols { get; }

    /// <summary>Where names stand.</summary>
    public SourceNames Names { get; }

    /// <summary>Who calls a method.</summary>
    public CallsByName Calls { get; }

    /// <summary>Where members are named.</summary>
    public SymbolMentions Mentions { get; }

    /// <summary>Who derives from a type.</summary>
    public Derivations Derivations { get; }

    /// <summary>Which fields and properties can be followed.</summary>
    public MemberSight Members { get; }

    /// <summary>Who writes a learning rate.</summary>
    public RateWrites RateWrites { get; }

    /// <summary>The operations of the files that were looked at that may make an optimizer.</summary>
    public ConcurrentDictionary<SyntaxTree, ImmutableArray<IOperation>> OptimizerCreations { get; } = new();

    /// <summary>The schedulers that a file makes.</summary>
    public SchedulerCreations Creations { get; }

    /// <summary>The model of a tree of this compilation, or null for a tree of another one.</summary>
    public SemanticModel? ModelOf(SyntaxTree tree)
    {
        if (_models.TryGetValue(tree, out var known))
            return known;
        return Compilation.ContainsSyntaxTree(tree) ? _models.GetOrAdd(tree, Compilation.GetSemanticModel(tree)) : null;
    }

    /// <summary>The operation of a syntax node, wherever in the compilation it stands.</summary>
    public IOperation? OperationOf(SyntaxNode node, CancellationToken cancellation) =>
        ModelOf(node.SyntaxTree)?.GetOperation(node, cancellation);

    /// <summary>Where a variable is written. Looked for once.</summary>
    public VariableWrites WritesOf(ISymbol variable, CancellationToken cancellation)
    {
        if (!_writes.TryGetValue(variable, out var writes))
            _writes[variable] = writes = VariableWrites.Find(variable, this, cancellation);
        return writes;
    }

    /// <summary>
    /// The body of a method, constructor, accessor or local function with source: a block, or the value of an expression body
    /// wrapped by the compiler in a block. Null where there is none (abstract, extern, metadata, several partial halves).
    /// </summary>
    public IBlockOperation? BodyOf(IMethodSymbol method, CancellationToken cancellation)
    {
        var definition = (method.PartialImplementationPart ?? method).OriginalDefinition;
        foreach (var reference in definition.DeclaringSyntaxReferences)
        {
            switch (OperationOf(reference.GetSyntax(cancellation), cancellation))
            {
                case IMethodBodyBaseOperation body:
                    return body.BlockBody ?? body.ExpressionBody;
                case ILocalFunctionOperation local:
                    return local.Body;
                case IBlockOperation block: // an expression-bodied property: the arrow clause is the getter
                    return block;
            }
        }

        return null;
    }

    /// <summary>The initializer written at the declaration of a local, field or property, or null.</summary>
    public IOperation? InitializerOf(ISymbol variable, CancellationToken cancellation)
    {
        foreach (var reference in variable.DeclaringSyntaxReferences)
        {
            var value = reference.GetSyntax(cancellation) switch
            {
                VariableDeclaratorSyntax declarator => declarator.Initializer?.Value,
                PropertyDeclarationSyntax property => property.Initializer?.Value,
                _ => null,
            };
            if (value is not null)
                return OperationOf(value, cancellation);
        }

        return null;
    }
}
