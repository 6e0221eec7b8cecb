using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using WarmupAnalyzers.Reading.Optimizers;
using WarmupAnalyzers.Reading.Schedules;
using WarmupAnalyzers.Reading.Source;
using WarmupAnalyzers.Training;

namespace WarmupAnalyzers.Reading.Steps;

/// <summary>Whether a scheduler is made for one training and that training is run once, and not again by somebody who calls its method.</summary>
internal static class SingleRun
{
    private const int CallLimit = 8;

    public static bool IsCertain(SchedulerLife life, TrainingCode code, CancellationToken cancellation)
    {
        var made = life.Creation.Operation.Syntax;
        if (LoopOf(made) is { } loop && OptimizerOf(life, code, cancellation)?.Ancestors().Contains(loop) != true)
            return false;
        if (!life.World.OutlivesRoots)
            return true;
        var steps = life.World.AllBodies.SelectMany(body => body.Root.AllEvents())
            .Where(happening => happening.Kind == EventKind.SchedulerStep)
            .Select(step => step.Site.Location)
            .OfType<SyntaxNode>()
            .Distinct();
        var counted = new HashSet<SyntaxNode>(new StepCounter(life.World, life.Scheduler!, ImmutableHashSet<object>.Empty).Loops.Select(counting => counting.Site?.Location).OfType<SyntaxNode>());
        var home = made.FirstAncestorOrSelf<MemberDeclarationSyntax>();
        var hasOwnOptimizer = IsOfTheSameObject(made, OptimizerOf(life, code, cancellation));
        return IsRunOnce(made, null, new HashSet<SyntaxNode>(), hasOwnOptimizer, code, cancellation)
            && steps.All(step => IsRunOnce(step, home, counted, hasOwnOptimizer, code, cancellation));
    }

    private static SyntaxNode? OptimizerOf(SchedulerLife life, TrainingCode code, CancellationToken cancellation) =>
        ChildSchedulerReader.OptimizerOf(life.Creation.Operation, code, cancellation) is { } optimizer ? BaseLearningRate.CreationOf(optimizer, code, cancellation)?.Syntax : null;

    // One trainer for each stage may well train with one optimizer that comes from outside.
    private static bool IsOfTheSameObject(SyntaxNode made, SyntaxNode? optimizer) =>
        optimizer?.FirstAncestorOrSelf<MemberDeclarationSyntax>() is { Parent: { } type } member
        && type == made.FirstAncestorOrSelf<MemberDeclarationSyntax>()?.Parent && !member.Modifiers.Any(SyntaxKind.StaticKeyword);

    /// <summary>Whether a part of the code runs once for each object, but for these loops.</summary>
    /// <param name="part">The part.</param>
    /// <param name="home">Where the scheduler is made, which is looked at by itself.</param>
    /// <param name="counted">Those loops.</param>
    /// <param name="hasOwnOptimizer">Each object has an optimizer of its own, so that another object is another training.</param>
    /// <param name="code">All of the code.</param>
    /// <param name="cancellation">Ends the search.</param>
    private static bool IsRunOnce(SyntaxNode part, SyntaxNode? home, ISet<SyntaxNode> counted, bool hasOwnOptimizer, TrainingCode code, CancellationToken cancellation)
    {
        for (var calls = 0; calls < CallLimit; calls++)
        {
            if (part.AncestorsAndSelf().TakeWhile(outer => outer is not MemberDeclarationSyntax).Any(outer => IsLoop(outer) && !counted.Contains(outer)))
                return false;
            var member = part.FirstAncestorOrSelf<MemberDeclarationSyntax>();
            if (member == home || member is ConstructorDeclarationSyntax or FieldDeclarationSyntax or PropertyDeclarationSyntax { Initializer: not null } or GlobalStatementSyntax or TypeDeclarationSyntax)
                return true;
            if (member is not MethodDeclarationSyntax method || code.ModelOf(method.SyntaxTree)?.GetDeclaredSymbol(method, cancellation) is not { } symbol)
                return false;
            if (SymbolEqualityComparer.Default.Equals(symbol, code.Compilation.GetEntryPoint(cancellation)))
                return true;
            if (OnlyCallOf(symbol, code, cancellation) is not { } call)
                return false;
            if (hasOwnOptimizer && IsOnItsOwnObject(call, code, cancellation))
                return true;
            part = call;
        }

        return false;
    }

    // Who takes the method as a delegate, or calls it through an interface, may call it more than once.
    private static InvocationExpressionSyntax? OnlyCallOf(IMethodSymbol method, TrainingCode code, CancellationToken cancellation)
    {
        if (method.IsAbstract || method.IsVirtual || method.IsOverride || method.ContainingType.AllInterfaces.Any(type => !type.GetMembers(method.Name).IsEmpty))
            return null;
        var mentions = code.Mentions.Of(method, cancellation).Concat(code.Mentions.Unbound(method.Name, cancellation)).ToArray();
        return mentions is [var only] ? CallsByName.CallOf(only.Identifier) : null;
    }

    // new Trainer().Fit(), or the same with a local: whoever comes here again has another object.
    private static bool IsOnItsOwnObject(InvocationExpressionSyntax call, TrainingCode code, CancellationToken cancellation)
    {
        if (call.Expression is not MemberAccessExpressionSyntax { Expression: var receiver })
            return false;
        return receiver is BaseObjectCreationExpressionSyntax
            || code.OperationOf(receiver, cancellation) is ILocalReferenceOperation { Local: var local }
            && code.InitializerOf(local, cancellation) is { } made && made.Unwrapped() is IObjectCreationOperation { Syntax: var creation }
            && VariableWrites.Of(local, code, cancellation).Count == 0
            && FunctionOf(creation) == FunctionOf(call) && LoopOf(creation) == LoopOf(call) && !HoldsLabel(FunctionOf(call));
    }

    private static SyntaxNode? FunctionOf(SyntaxNode node) =>
        node.Ancestors().FirstOrDefault(outer => outer is MemberDeclarationSyntax or AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax);

    private static bool HoldsLabel(SyntaxNode? function) => function?.DescendantNodes().Any(node => node is LabeledStatementSyntax) == true;

    private static SyntaxNode? LoopOf(SyntaxNode node) => node.Ancestors().TakeWhile(outer => outer is not (MemberDeclarationSyntax or AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax) || outer is GlobalStatementSyntax).FirstOrDefault(IsLoop);

    private static bool IsLoop(SyntaxNode node) => node.Kind() is SyntaxKind.ForStatement or SyntaxKind.ForEachStatement or SyntaxKind.ForEachVariableStatement or SyntaxKind.WhileStatement or SyntaxKind.DoStatement;
}
