using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
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
        return IsRunOnce(made, null, new HashSet<SyntaxNode>(), code, cancellation) && steps.All(step => IsRunOnce(step, home, counted, code, cancellation));
    }

    private static SyntaxNode? OptimizerOf(SchedulerLife life, TrainingCode code, CancellationToken cancellation) =>
        ChildSchedulerReader.OptimizerOf(life.Creation.Operation, code, cancellation) is { } optimizer ? BaseLearningRate.CreationOf(optimizer, code, cancellation)?.Syntax : null;

    /// <summary>Whether a part of the code runs once for each object, but for these loops.</summary>
    /// <param name="home">Where the scheduler is made, which is looked at by itself.</param>
    private static bool IsRunOnce(SyntaxNode part, SyntaxNode? home, ISet<SyntaxNode> counted, TrainingCode code, CancellationToken cancellation)
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
            part = call;
        }

        return false;
    }

    // Who takes the method as a delegate, or calls it through an interface, may call it more than once.
    private static SyntaxNode? OnlyCallOf(IMethodSymbol method, TrainingCode code, CancellationToken cancellation)
    {
        if (method.IsAbstract || method.IsVirtual || method.IsOverride || method.ContainingType.AllInterfaces.Any(type => !type.GetMembers(method.Name).IsEmpty))
            return null;
        var mentions = code.Mentions.Of(method, cancellation).Concat(code.Mentions.Unbound(method.Name, cancellation)).ToArray();
        return mentions is [var only] ? CallsByName.CallOf(only.Identifier) : null;
    }

    private static SyntaxNode? LoopOf(SyntaxNode node) => node.Ancestors().TakeWhile(outer => outer is not (MemberDeclarationSyntax or AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax) || outer is GlobalStatementSyntax).FirstOrDefault(IsLoop);

    private static bool IsLoop(SyntaxNode node) => node.Kind() is SyntaxKind.ForStatement or SyntaxKind.ForEachStatement or SyntaxKind.ForEachVariableStatement or SyntaxKind.WhileStatement or SyntaxKind.DoStatement;
}
