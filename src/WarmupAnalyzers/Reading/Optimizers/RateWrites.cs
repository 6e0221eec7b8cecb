using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using WarmupAnalyzers.Reading.Schedules;
using WarmupAnalyzers.Reading.Source;
using WarmupAnalyzers.Reading.Steps;

namespace WarmupAnalyzers.Reading.Optimizers;

/// <summary>All places in the compilation that may write a learning rate, by name. Looked through once, and only where somebody asks.</summary>
internal sealed class RateWrites
{
    private readonly TrainingCode _code;
    private readonly ConcurrentDictionary<AssignmentExpressionSyntax, bool> _isRate = new();
    private ILookup<SyntaxNode, AssignmentExpressionSyntax>? _byMember;
    private IReadOnlyList<AssignmentExpressionSyntax>? _open;

    public RateWrites(TrainingCode code) => _code = code;

    /// <summary>The assignments in a part of the source that look like one.</summary>
    public IEnumerable<AssignmentExpressionSyntax> In(SyntaxNode root) =>
        _code.Names.In(root, Rate).Select(AssignmentOf).OfType<AssignmentExpressionSyntax>();

    private const string Rate = "LearningRate";

    private IEnumerable<AssignmentExpressionSyntax> All(CancellationToken cancellation) =>
        _code.Names.Everywhere(Rate, cancellation).Select(AssignmentOf).OfType<AssignmentExpressionSyntax>();

    // A compilation may hold many writes, so that nothing goes through all of them each time.
    private ILookup<SyntaxNode, AssignmentExpressionSyntax> ByMember(CancellationToken cancellation) => _byMember ??= All(cancellation).ToLookup(MemberOf);

    private IReadOnlyList<AssignmentExpressionSyntax> Open(CancellationToken cancellation) =>
        _open ??= All(cancellation).Where(write => IsRate(write, cancellation) && !IsOfAnotherTraining(write, cancellation)).ToArray();

    private static AssignmentExpressionSyntax? AssignmentOf(SyntaxToken name) =>
        name.Parent is IdentifierNameSyntax { Parent: MemberAccessExpressionSyntax { Parent: AssignmentExpressionSyntax assignment } access } identifier
            && access.Name == identifier && assignment.Left == access
            ? assignment
            : null;

    public bool IsRate(AssignmentExpressionSyntax write, CancellationToken cancellation) =>
        _isRate.TryGetValue(write, out var known) ? known : _isRate[write] = ReadIsRate(write, cancellation);

    private bool ReadIsRate(AssignmentExpressionSyntax write, CancellationToken cancellation) =>
        _code.ModelOf(write.SyntaxTree)?.GetSymbolInfo(write.Left, cancellation).Symbol is IPropertySymbol property && RateTarget.IsRate(property, _code.Symbols);

    /// <summary>Whether code that is not among what is known may set the rate of an optimizer, when something unseen calls it.</summary>
    /// <param name="known">The writes, and the calls of methods that write, that are accounted for.</param>
    /// <param name="writers">The methods among which those writes stand.</param>
    public bool CanHappenBeside(ISet<SyntaxNode> known, IEnumerable<IMethodSymbol> writers, CancellationToken cancellation) =>
        Open(cancellation).Any(write => !known.Contains(write))
        || writers.Any(writer => _code.Mentions.CallsOf(writer, cancellation).Any(call => !known.Contains(call) && IsCallOf(call, writer, cancellation)));

    /// <summary>Whether a rate may be set after a scheduler is made on the optimizer, beside the scheduler.</summary>
    public bool CanFollow(SchedulerCreation creation, CancellationToken cancellation)
    {
        var site = creation.Operation.Syntax;
        return CanBeOf((creation.Optimizer?.Unwrapped() as ILocalReferenceOperation)?.Local, site, write => !IsBefore(write, site), cancellation);
    }

    /// <summary>Whether a rate of an optimizer may be set by hand, wherever.</summary>
    /// <param name="optimizer">The variable that holds it; null where that is not known.</param>
    /// <param name="site">Where it is made.</param>
    public bool CanBeOf(ILocalSymbol? optimizer, SyntaxNode site, CancellationToken cancellation) => CanBeOf(optimizer, site, _ => true, cancellation);

    private bool CanBeOf(ILocalSymbol? optimizer, SyntaxNode site, Func<AssignmentExpressionSyntax, bool> counts, CancellationToken cancellation)
    {
        var isKept = optimizer is not null && !IsHandedOut(optimizer, cancellation);
        return (isKept ? ByMember(cancellation)[MemberOf(site)] : All(cancellation))
            .Any(write => IsRate(write, cancellation) && counts(write) && !IsOfAnother(write, optimizer, cancellation));
    }

    // What only TorchSharp is given, nobody else writes to.
    private bool IsHandedOut(ILocalSymbol optimizer, CancellationToken cancellation) =>
        VariableWrites.NamesOf(optimizer, _code, cancellation).Any(name => name.Parent switch
        {
            MemberAccessExpressionSyntax access => access.Expression != name,
            ArgumentSyntax argument => _code.OperationOf(argument, cancellation) is not IArgumentOperation { Parameter.ContainingSymbol: { } callee } || !_code.Symbols.IsKnown(callee),
            _ => true,
        });

    private static SyntaxNode MemberOf(SyntaxNode node) =>
        node.Ancestors().FirstOrDefault(outer => outer is MemberDeclarationSyntax and not GlobalStatementSyntax) ?? node.SyntaxTree.GetRoot();

    // In the same statements, on the way to the scheduler.
    private static bool IsBefore(SyntaxNode write, SyntaxNode site) =>
        write.SyntaxTree == site.SyntaxTree && write.Span.End <= site.SpanStart && FunctionOf(write) == FunctionOf(site)
        && !site.Ancestors().Any(outer => LoopJumps.IsLoop(outer) && outer.Span.Contains(write.Span));

    private static SyntaxNode? FunctionOf(SyntaxNode node) => node.Ancestors().FirstOrDefault(outer =>
        outer is AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax or MemberDeclarationSyntax and not GlobalStatementSyntax or CompilationUnitSyntax);

    private bool IsOfAnother(AssignmentExpressionSyntax write, ILocalSymbol? optimizer, CancellationToken cancellation) =>
        optimizer is not null
        && _code.OperationOf(write, cancellation) is IAssignmentOperation { Target: IPropertyReferenceOperation rate }
        && RateTarget.Of(rate, _code, cancellation)?.Optimizer is ILocalReferenceOperation { Local: var local }
        && !SymbolEqualityComparer.Default.Equals(local, optimizer);

    private bool IsCallOf(InvocationExpressionSyntax call, IMethodSymbol method, CancellationToken cancellation) =>
        SymbolEqualityComparer.Default.Equals((_code.ModelOf(call.SyntaxTree)?.GetSymbolInfo(call, cancellation).Symbol as IMethodSymbol)?.OriginalDefinition, method);

    // A function's own optimizer, set in its own statements, is in nobody else's hands there.
    private bool IsOfAnotherTraining(AssignmentExpressionSyntax write, CancellationToken cancellation) =>
        write.FirstAncestorOrSelf<AnonymousFunctionExpressionSyntax>() is null
        && write.FirstAncestorOrSelf<LocalFunctionStatementSyntax>() is null
        && _code.OperationOf(write, cancellation) is IAssignmentOperation { Target: IPropertyReferenceOperation rate }
        && RateTarget.Of(rate, _code, cancellation)?.Optimizer is ILocalReferenceOperation { Local: var local }
        && _code.InitializerOf(local, cancellation)?.Unwrapped() is IInvocationOperation or IObjectCreationOperation;
}
