using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using WarmupAnalyzers.Reading.Optimizers;
using WarmupAnalyzers.Reading.Source;
using WarmupAnalyzers.Reading.Steps;
using WarmupAnalyzers.Training;

namespace WarmupAnalyzers.Reading.Schedules;

/// <summary>Where the parts of a composition are stepped by hand once it has them.</summary>
internal static class PartSteps
{
    private const int NestingLimit = 4;

    /// <summary>The calls in the composition's own file that certainly step the part, and run after the part was handed over.</summary>
    public static IEnumerable<InvocationExpressionSyntax> Of(Composition composition, int part)
    {
        if (composition.KnownPartAt(part) is not { } made || !IsHeld(made.Operation) || SchedulerLife.Of(made, composition.Code, composition.Cancellation) is var life && !life.Holds(EventKind.SchedulerStep))
            return [];
        return Certain(life, made.Operation, composition.Code, composition.Cancellation).Where(step => step.SyntaxTree == composition.Creation.Operation.Syntax.SyntaxTree
            && RunsAfter(composition.Creation.Operation.Syntax, step));
    }

    /// <summary>Where the whole, or what it is a part of, is stepped.</summary>
    public static ImmutableArray<InvocationExpressionSyntax> OfWhole(Composition composition)
    {
        var creation = composition.Creation;
        for (var nesting = 0; nesting < NestingLimit; nesting++)
        {
            var life = SchedulerLife.Of(creation, composition.Code, composition.Cancellation);
            if (Steps(life).ToImmutableArray() is { IsEmpty: false } steps)
                return steps;
            if (life.Parent is not { } parent)
                break;
            creation = parent;
        }

        return ImmutableArray<InvocationExpressionSyntax>.Empty;
    }

    /// <summary>The steps of a scheduler through the variable that holds nothing else.</summary>
    public static IEnumerable<InvocationExpressionSyntax> Certain(SchedulerLife life, IOperation made, TrainingCode code, CancellationToken cancellation) =>
        Steps(life).Where(step => IsCertain(step, made, code, cancellation));

    private static IEnumerable<InvocationExpressionSyntax> Steps(SchedulerLife life) => life.World.AllBodies
        .SelectMany(body => body.Root.AllEvents())
        .Where(happening => happening.Kind == EventKind.SchedulerStep && ReferenceEquals(happening.Subject, life.Scheduler))
        .Select(happening => happening.Site.Location)
        .OfType<InvocationExpressionSyntax>()
        .Distinct()
        .OrderBy(step => step.SpanStart);

    // What is made in the list itself has no name to be stepped by.
    private static bool IsHeld(IOperation made) => made.Syntax.Parent is EqualsValueClauseSyntax or AssignmentExpressionSyntax;

    // Not through a parameter or another variable, which may hold another scheduler at another time.
    private static bool IsCertain(InvocationExpressionSyntax step, IOperation made, TrainingCode code, CancellationToken cancellation)
    {
        if (code.OperationOf(step, cancellation) is not IInvocationOperation { Instance: { } instance })
            return false;
        if (instance is IConditionalAccessInstanceOperation && step.Ancestors().OfType<ConditionalAccessExpressionSyntax>().FirstOrDefault() is { } access
            && code.OperationOf(access.Expression, cancellation) is { } receiver)
            instance = receiver;
        return BaseLearningRate.CreationOf(instance, code, cancellation)?.Syntax == made.Syntax;
    }

    // Later in the same function, or in a lambda that is written there; or in a method of a type whose constructor has made both, and does not call it.
    private static bool RunsAfter(SyntaxNode creation, SyntaxNode step)
    {
        var function = FunctionOf(creation);
        if (function is not null && step.Ancestors().FirstOrDefault(ancestor => ancestor == function || IsFunction(ancestor, step) && ancestor is not AnonymousFunctionExpressionSyntax) == function)
            return step.SpanStart > creation.Span.End;
        return (function is ConstructorDeclarationSyntax || creation.FirstAncestorOrSelf<MemberDeclarationSyntax>() is FieldDeclarationSyntax or PropertyDeclarationSyntax)
            && FunctionOf(step) is MethodDeclarationSyntax method
            && function?.DescendantNodes().OfType<IdentifierNameSyntax>().Any(name => name.Identifier.ValueText == method.Identifier.ValueText) != true;
    }

    private static SyntaxNode? FunctionOf(SyntaxNode node) => node.Ancestors().FirstOrDefault(ancestor => IsFunction(ancestor, node));

    private static bool IsFunction(SyntaxNode ancestor, SyntaxNode node) =>
        ancestor is LocalFunctionStatementSyntax or BaseMethodDeclarationSyntax or AccessorDeclarationSyntax or AnonymousFunctionExpressionSyntax
        || ancestor is CompilationUnitSyntax unit && unit.Members.Any(member => member is GlobalStatementSyntax && member.Span.Contains(node.Span));
}
