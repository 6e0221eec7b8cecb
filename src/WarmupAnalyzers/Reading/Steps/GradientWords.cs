using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using WarmupAnalyzers.Reading.Source;
using WarmupAnalyzers.Training;

namespace WarmupAnalyzers.Reading.Steps;

/// <summary>The names that stand where gradients are zeroed, made or used. Only for silence: where one stands nothing is claimed.</summary>
internal sealed class GradientWords
{
    private readonly ImmutableArray<string> _names;
    private readonly Func<SyntaxToken, TrainingCode, CancellationToken, bool> _counts;

    private GradientWords(ImmutableArray<string> names, Func<SyntaxToken, TrainingCode, CancellationToken, bool>? counts = null)
    {
        _names = names;
        _counts = counts ?? ((_, _, _) => true);
    }

    /// <summary>What may set the gradients to zero: <c>zero_grad()</c>, <c>parameter.grad = null</c>, <c>grad.zero_()</c>.</summary>
    public static GradientWords Zeroing { get; } = new(ImmutableArray.Create("zero_grad", "grad", "set_grad"));

    /// <summary>What may step an optimizer, or the parameters by hand.</summary>
    public static GradientWords Stepping { get; } = new(ImmutableArray.Create("step", "grad"), MayStep);

    /// <summary>What steps a scheduler.</summary>
    public static GradientWords Scheduling { get; } = new(ImmutableArray.Create("step"), IsSchedulerStep);

    /// <summary>What may make gradients.</summary>
    public static GradientWords Making { get; } = new(ImmutableArray.Create("backward", "Backward", "grad", "set_grad", "autograd"));

    public bool StandIn(SyntaxNode part, TrainingCode code, CancellationToken cancellation) =>
        _names.Any(name => code.Names.In(part, name).Any(token => _counts(token, code, cancellation)));

    /// <summary>
    /// Whether what the names stand for may happen in an iteration of the loop, or of one that it runs in: it stands there, or
    /// something that is not seen may lead to it.
    /// </summary>
    public bool MayHappenIn(ILoopOperation loop, TrainingCode code, CancellationToken cancellation)
    {
        if (StandIn(loop.Syntax, code, cancellation))
            return true;
        var reach = LoopReach.Of(loop, code, cancellation);
        if (reach.IsOpen || reach.Parts.Any(part => StandIn(part, code, cancellation)))
            return true;
        if (!Everywhere(code, cancellation).Any())
            return false;
        return reach.HasUnseenSource || Everywhere(code, cancellation).Any(token => HiddenCalls.MayLeadTo(token, reach, code, cancellation))
            || TrainingLoops.Outside(loop, code, cancellation).Any(outer => LoopReach.Of(outer, code, cancellation).Parts.Any(part => StandIn(part, code, cancellation)));
    }

    private IEnumerable<SyntaxToken> Everywhere(TrainingCode code, CancellationToken cancellation) =>
        _names.SelectMany(name => code.Names.Everywhere(name, cancellation)).Where(token => _counts(token, code, cancellation));

    private static bool IsSchedulerStep(SyntaxToken token, TrainingCode code, CancellationToken cancellation) =>
        IsSchedulerStep(SymbolOf(token, code, cancellation), code);

    private static bool IsSchedulerStep(ISymbol? symbol, TrainingCode code) =>
        symbol is IMethodSymbol { Name: "step" } method && code.Symbols.IsSchedulerStep(method);

    /// <summary>Not a scheduler's, and not a number of steps, say.</summary>
    private static bool MayStep(SyntaxToken token, TrainingCode code, CancellationToken cancellation)
    {
        if (token.ValueText != "step")
            return true;
        return token.Parent is SimpleNameSyntax && SymbolOf(token, code, cancellation) is var symbol
            && !IsSchedulerStep(symbol, code) && symbol is not (ILocalSymbol or IParameterSymbol or IFieldSymbol or IPropertySymbol);
    }

    private static ISymbol? SymbolOf(SyntaxToken token, TrainingCode code, CancellationToken cancellation) =>
        token.Parent is not { } name ? null : Called(token, code, cancellation) ?? code.ModelOf(name.SyntaxTree)?.GetSymbolInfo(name, cancellation).Symbol;

    // The operation is known to the compiler already, a name has to be looked up.
    private static IMethodSymbol? Called(SyntaxToken token, TrainingCode code, CancellationToken cancellation) =>
        CallsByName.CallOf(token) is { } call && code.OperationOf(call, cancellation) is IInvocationOperation { TargetMethod: { MethodKind: MethodKind.Ordinary, IsExtensionMethod: false } method }
            ? method
            : null;
}
