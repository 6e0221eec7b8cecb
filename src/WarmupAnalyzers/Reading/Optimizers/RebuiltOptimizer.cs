using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using WarmupAnalyzers.Factors;
using WarmupAnalyzers.Reading.Factors;
using WarmupAnalyzers.Reading.Source;
using WarmupAnalyzers.Reading.Steps;

namespace WarmupAnalyzers.Reading.Optimizers;

/// <summary>An optimizer that takes the place of another over the same parameters, in the loop that steps it, with another learning rate.</summary>
/// <param name="Creation">The new optimizer's creation.</param>
/// <param name="Kind">What is made: <c>Adam</c>.</param>
/// <param name="KeepsMomentum">Whether what it keeps of the steps before is a momentum alone.</param>
internal sealed record RebuiltOptimizer(IOperation Creation, string Kind, bool KeepsMomentum)
{
    /// <summary>Optimizers that keep running means of the gradients. The others keep nothing, or a momentum where they are given one.</summary>
    private static readonly ImmutableHashSet<string> s_withMoments =
        ImmutableHashSet.Create("Adam", "AdamW", "Adamax", "NAdam", "RAdam", "RMSProp", "Adagrad", "Adadelta", "ASGD", "Rprop");

    /// <summary>What gives a model other parameters.</summary>
    private static readonly ImmutableArray<string> s_restarts = ImmutableArray.Create("load", "load_state_dict", "apply", "reset_parameters");

    /// <summary>All in one file.</summary>
    public static IEnumerable<RebuiltOptimizer> In(SemanticModel model, TrainingCode code, CancellationToken cancellation)
    {
        foreach (var arguments in OptimizerCreations.In(model, code, cancellation).Where(arguments => !arguments.IsEmpty))
        {
            if (arguments[0].Parent is { } creation && Read(creation, arguments, code, cancellation) is { } rebuilt)
                yield return rebuilt;
        }
    }

    private static RebuiltOptimizer? Read(IOperation creation, ImmutableArray<IArgumentOperation> arguments, TrainingCode code, CancellationToken cancellation)
    {
        if (creation.Syntax.ContainsDiagnostics || !code.Symbols.IsOptimizer(creation.Type) || TargetOf(creation) is not { } target || SymbolPaths.Of(target) is not { } place
            || LoopOf(creation, place, code, cancellation) is not { } loop || State(creation, arguments) is not { } keepsMomentum)
            return null;
        return FirstCreations(place, loop, code, cancellation).Any(first => IsReplacedBy(first, arguments, loop, code, cancellation))
            ? new RebuiltOptimizer(creation, NameOf(creation), keepsMomentum)
            : null;
    }

    private static string NameOf(IOperation creation) => creation is IInvocationOperation call ? call.TargetMethod.Name : creation.Type!.Name;

    /// <summary>Whether only a momentum is lost; null where nothing is.</summary>
    private static bool? State(IOperation creation, ImmutableArray<IArgumentOperation> arguments)
    {
        if (s_withMoments.Contains(NameOf(creation)))
            return false;
        var momentum = arguments.FirstOrDefault(argument => argument.Parameter?.Name == "momentum")?.Value.ConstantValue;
        return momentum is { HasValue: true, Value: > 0.0 } ? true : null;
    }

    private static IOperation? TargetOf(IOperation creation)
    {
        var value = creation;
        while (value.Parent is IConversionOperation { IsImplicit: true } conversion)
            value = conversion;
        return value.Parent is ISimpleAssignmentOperation assignment && ReferenceEquals(assignment.Value, value) ? assignment.Target : null;
    }

    /// <summary>The outermost loop round the creation, in its function, that the variable outlives and that steps it.</summary>
    private static StatementSyntax? LoopOf(IOperation creation, SymbolPath place, TrainingCode code, CancellationToken cancellation) => creation.Syntax.Ancestors()
        .TakeWhile(outer => outer is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax or MemberDeclarationSyntax) || outer is GlobalStatementSyntax)
        .OfType<StatementSyntax>()
        .Where(LoopJumps.IsLoop)
        .LastOrDefault(loop => !IsDeclaredIn(place.Symbol, loop, cancellation) && code.Calls.In(loop, "step").Any(step => IsStepOf(step, place, code, cancellation)));

    private static bool IsDeclaredIn(ISymbol variable, SyntaxNode loop, CancellationToken cancellation) =>
        variable.DeclaringSyntaxReferences.Any(reference => loop.Span.Contains(reference.Span) && reference.GetSyntax(cancellation).SyntaxTree == loop.SyntaxTree);

    private static bool IsStepOf(InvocationExpressionSyntax step, SymbolPath place, TrainingCode code, CancellationToken cancellation) =>
        code.OperationOf(step, cancellation) is IInvocationOperation { Instance: { } optimizer } call && code.Symbols.IsOptimizerStep(call.TargetMethod)
        && place.Equals(SymbolPaths.Of(optimizer.Unwrapped()));

    /// <summary>The optimizers that the variable is given outside the loop.</summary>
    private static IEnumerable<IOperation> FirstCreations(SymbolPath place, SyntaxNode loop, TrainingCode code, CancellationToken cancellation)
    {
        var values = VariableWrites.Of(place.Symbol, code, cancellation).All
            .OfType<AssignmentExpressionSyntax>()
            .Where(write => !(write.SyntaxTree == loop.SyntaxTree && loop.Span.Contains(write.Span)))
            .Select(write => code.OperationOf(write.Right, cancellation));
        return values.Append(code.InitializerOf(place.Symbol, cancellation)).OfType<IOperation>().Select(value => value.Unwrapped());
    }

    private static bool IsReplacedBy(
        IOperation first, ImmutableArray<IArgumentOperation> next, SyntaxNode loop, TrainingCode code, CancellationToken cancellation)
    {
        var before = first switch
        {
            IInvocationOperation call => call.Arguments,
            IObjectCreationOperation made => made.Arguments,
            _ => ImmutableArray<IArgumentOperation>.Empty,
        };
        return code.Symbols.IsOptimizer(first.Type) && SymbolEqualityComparer.Default.Equals(first.Type, next[0].Parent!.Type)
            && ParametersOf(before) is { } old && ParametersOf(next) is { } now && AreSame(old, now, loop, code, cancellation)
            && HaveOtherRates(before, next, loop, code, cancellation);
    }

    private static IOperation? ParametersOf(ImmutableArray<IArgumentOperation> arguments) =>
        arguments.FirstOrDefault(argument => argument.Parameter?.Ordinal == 0)?.Value.Unwrapped();

    // `model.parameters()` of one model, or one variable that holds them.
    private static bool AreSame(IOperation old, IOperation now, SyntaxNode loop, TrainingCode code, CancellationToken cancellation)
    {
        if (old is IInvocationOperation { Instance: { } of } first && now is IInvocationOperation { Instance: { } after } second)
            return SymbolEqualityComparer.Default.Equals(first.TargetMethod, second.TargetMethod) && code.Symbols.IsDeclaredInTorchSharp(first.TargetMethod)
                && AreSame(of.Unwrapped(), after.Unwrapped(), loop, code, cancellation);
        return SymbolPaths.Of(old) is { } path && path.Equals(SymbolPaths.Of(now)) && IsKept(path, loop, code, cancellation);
    }

    private static bool IsKept(SymbolPath path, SyntaxNode loop, TrainingCode code, CancellationToken cancellation) =>
        !IsWrittenIn(path.Symbol, loop, code, cancellation)
        && !s_restarts.Any(restart => code.Calls.In(loop, restart).Any(call => call.Expression is MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax model } && model.Identifier.ValueText == path.Symbol.Name));

    private static bool IsWrittenIn(ISymbol variable, SyntaxNode loop, TrainingCode code, CancellationToken cancellation) =>
        IsDeclaredIn(variable, loop, cancellation)
        || VariableWrites.Of(variable, code, cancellation).All.Any(write => write.SyntaxTree == loop.SyntaxTree && loop.Span.Contains(write.Span));

    private static bool HaveOtherRates(
        ImmutableArray<IArgumentOperation> before, ImmutableArray<IArgumentOperation> next, SyntaxNode loop, TrainingCode code, CancellationToken cancellation)
    {
        if (RateOf(before) is not { } old || RateOf(next) is not { } now)
            return false;
        var (first, second) = (NumberOf(old, code, cancellation), NumberOf(now, code, cancellation));
        if (!double.IsNaN(first) && !double.IsNaN(second))
            return first != second;
        return !old.Syntax.IsEquivalentTo(now.Syntax) || now.DescendantsAndSelf().Any(part => VariableOf(part) is { } variable && IsWrittenIn(variable, loop, code, cancellation));
    }

    private static IOperation? RateOf(ImmutableArray<IArgumentOperation> arguments) =>
        arguments.FirstOrDefault(argument => argument.Parameter?.Name is "lr" or "learningRate")?.Value;

    private static double NumberOf(IOperation rate, TrainingCode code, CancellationToken cancellation)
    {
        var program = FactorReader.ReadRate(rate, code, cancellation).Value;
        return program.FreeVariables.IsEmpty ? program.Under(Assignment.Empty, cancellation).FactorAt(0) : double.NaN;
    }

    private static ISymbol? VariableOf(IOperation part) => part switch
    {
        ILocalReferenceOperation local => local.Local,
        IParameterReferenceOperation parameter => parameter.Parameter,
        IFieldReferenceOperation field => field.Field,
        IPropertyReferenceOperation property => property.Property,
        _ => null,
    };
}
