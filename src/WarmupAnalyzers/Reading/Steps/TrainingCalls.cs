using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using WarmupAnalyzers.Reading.Source;
using WarmupAnalyzers.Training;

namespace WarmupAnalyzers.Reading.Steps;

/// <summary>The calls of a file that make gradients, zero them or step with them.</summary>
internal sealed class TrainingCalls
{
    private readonly Dictionary<SyntaxNode, TrainingIteration?> _iterations = new();

    public TrainingCalls(SemanticModel file, TrainingCode code, CancellationToken cancellation)
    {
        Root = file.SyntaxTree.GetRoot(cancellation);
        Code = code;
        Cancellation = cancellation;
    }

    public SyntaxNode Root { get; }

    public TrainingCode Code { get; }

    public CancellationToken Cancellation { get; }

    /// <summary>The calls of one kind, in the order of the file, that stand in no loop where one of the names stands.</summary>
    public IEnumerable<IInvocationOperation> Of(GradientCall kind, string name, GradientWords except)
    {
        foreach (var syntax in Code.Calls.In(Root, name))
        {
            // Most loops are right, and need not be bound to see that.
            if (syntax.Ancestors().FirstOrDefault(LoopJumps.IsLoop) is { } loop && except.StandIn(loop, Code, Cancellation))
                continue;
            if (Code.OperationOf(syntax, Cancellation) is IInvocationOperation call && Code.Symbols.KindOf(call) == kind)
                yield return call;
        }
    }

    /// <summary>The calls of one kind that stand in a part of the source itself.</summary>
    public IEnumerable<IInvocationOperation> In(SyntaxNode part, GradientCall kind, string name) =>
        Code.Calls.In(part, name).Select(syntax => Code.OperationOf(syntax, Cancellation)).OfType<IInvocationOperation>()
            .Where(call => Code.Symbols.KindOf(call) == kind);

    /// <summary>The innermost loops that a call runs in, with what happens in each of their iterations.</summary>
    public IEnumerable<(ILoopOperation Loop, TrainingIteration Iteration)> LoopsOf(IInvocationOperation call)
    {
        foreach (var loop in TrainingLoops.Innermost(call, Code, Cancellation))
        {
            if (!_iterations.TryGetValue(loop.Syntax, out var iteration))
                _iterations[loop.Syntax] = iteration = IterationReader.Read(loop, Code, Cancellation);
            if (iteration is not null)
                yield return (loop, iteration);
        }
    }
}
