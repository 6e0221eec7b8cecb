using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using WarmupAnalyzers.Factors;
using WarmupAnalyzers.Reading.Factors;
using WarmupAnalyzers.Reading.Schedules;
using WarmupAnalyzers.Reading.Source;
using WarmupAnalyzers.Reading.Steps;
using WarmupAnalyzers.Schedules;

namespace WarmupAnalyzers.Reading.Optimizers;

/// <summary>A parameter group that takes its own default rate, and the rate of the optimizer that it is given to.</summary>
/// <param name="Written">What passes the optimizer's rate to the group, as C#; null where it cannot be named there.</param>
internal sealed record GroupRate(IObjectCreationOperation Group, double Own, double Optimizers, string? Written);

/// <summary>The parameter groups of a file that are made without a rate, and whose rate nobody sets later.</summary>
internal static class GroupRates
{
    private const string Group = "ParamGroup";

    public static IEnumerable<GroupRate> In(SemanticModel model, TrainingCode code, CancellationToken cancellation)
    {
        // The name only spares the binding of every optimizer; what counts is the symbol.
        if (!code.Names.In(model.SyntaxTree.GetRoot(cancellation), Group).Any())
            return [];
        return OfLists(model, code, cancellation).Concat(OfAdditions(model, code, cancellation)).Where(rate => rate.Group.Syntax.SyntaxTree == model.SyntaxTree);
    }

    private static IEnumerable<GroupRate> OfLists(SemanticModel model, TrainingCode code, CancellationToken cancellation)
    {
        foreach (var (optimizer, arguments) in OptimizerCreations.OptimizersIn(model, code, cancellation))
        {
            if (optimizer.Syntax.ContainsDiagnostics || arguments.FirstOrDefault(argument => argument.Parameter?.Ordinal == 0) is not { Parameter.Type: INamedTypeSymbol { TypeArguments: [{ Name: Group }] } } list
                || WrittenList.ElementsOf(list.Value, code, cancellation) is not { } elements)
                continue;
            foreach (var element in elements)
            {
                if (Read(element, optimizer, code, cancellation) is { } rate)
                    yield return rate;
            }
        }
    }

    private static IEnumerable<GroupRate> OfAdditions(SemanticModel model, TrainingCode code, CancellationToken cancellation)
    {
        foreach (var call in code.Calls.In(model.SyntaxTree.GetRoot(cancellation), "add_param_group"))
        {
            if (!call.ContainsDiagnostics && code.OperationOf(call, cancellation) is IInvocationOperation { Instance: { } instance, Arguments: [var group] } addition
                && code.Symbols.IsDeclaredInTorchSharp(addition.TargetMethod)
                && BaseLearningRate.CreationOf(instance, code, cancellation) is { } optimizer
                && Read(group.Value, optimizer, code, cancellation) is { } rate)
                yield return rate;
        }
    }

    private static GroupRate? Read(IOperation element, IOperation optimizer, TrainingCode code, CancellationToken cancellation)
    {
        if (CreationOf(element, code, cancellation) is not { Initializer: null, Constructor: { } constructor } group
            || constructor.ContainingType.Name != Group || !code.Symbols.IsDeclaredInTorchSharp(constructor)
            || RateOf(group.Arguments) is not { ArgumentKind: ArgumentKind.DefaultValue, Parameter: { ExplicitDefaultValue: double own } }
            || RateOfOptimizer(optimizer, code.Symbols) is not { } argument)
            return null;
        var program = FactorReader.ReadRate(argument.Value, code, cancellation).Value;
        var rate = program.FreeVariables.IsEmpty ? program.Under(Assignment.Empty, cancellation).FactorAt(0) : double.NaN;
        return double.IsNaN(rate) || rate == own || IsSetLater(optimizer, code, cancellation)
            ? null
            : new GroupRate(group, own, rate, Written(argument, rate, group.Syntax, code, cancellation));
    }

    // A variable that is mentioned once is given to the optimizer and nothing else.
    private static IObjectCreationOperation? CreationOf(IOperation element, TrainingCode code, CancellationToken cancellation)
    {
        var value = element.Unwrapped();
        if (value is ILocalReferenceOperation { Local: var local } && VariableWrites.NamesOf(local, code, cancellation).Take(2).Count() == 1)
            value = code.InitializerOf(local, cancellation)?.Unwrapped();
        return value as IObjectCreationOperation;
    }

    private static IArgumentOperation? RateOf(ImmutableArray<IArgumentOperation> arguments) =>
        arguments.FirstOrDefault(argument => argument.Parameter?.Name is "lr" or "learningRate");

    private static IArgumentOperation? RateOfOptimizer(IOperation optimizer, KnownSymbols symbols) => optimizer switch
    {
        IInvocationOperation call when symbols.IsOptimizer(call.Type) && symbols.IsDeclaredInTorchSharp(call.TargetMethod) => RateOf(call.Arguments),
        IObjectCreationOperation made when symbols.IsOptimizer(made.Type) && symbols.IsDeclaredInTorchSharp(made.Constructor) => RateOf(made.Arguments),
        _ => null,
    };

    /// <summary>Whether somebody may set the group's rate before it trains.</summary>
    private static bool IsSetLater(IOperation optimizer, TrainingCode code, CancellationToken cancellation)
    {
        var variable = optimizer.Syntax.Parent is EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax declarator }
            ? code.ModelOf(declarator.SyntaxTree)?.GetDeclaredSymbol(declarator, cancellation) as ILocalSymbol
            : null;
        return code.RateWrites.CanBeOf(variable, optimizer.Syntax, cancellation) || IsScheduledAnyway(optimizer, code, cancellation);
    }

    // These two bring rates of their own for every group.
    private static bool IsScheduledAnyway(IOperation optimizer, TrainingCode code, CancellationToken cancellation) =>
        new[] { nameof(SchedulerKind.OneCycleLR), nameof(SchedulerKind.CyclicLR) }
            .SelectMany(name => code.Names.Everywhere(name, cancellation))
            .Select(token => token.SyntaxTree!)
            .Distinct()
            .SelectMany(tree => code.Creations.In(code.ModelOf(tree)!, cancellation))
            .Where(creation => creation.Kind is SchedulerKind.OneCycleLR or SchedulerKind.CyclicLR)
            .Any(creation => creation.Optimizer is null || BaseLearningRate.CreationOf(creation.Optimizer, code, cancellation) is not { } made || made.Syntax == optimizer.Syntax);

    private static string? Written(IArgumentOperation argument, double rate, SyntaxNode place, TrainingCode code, CancellationToken cancellation)
    {
        if (argument.ArgumentKind == ArgumentKind.DefaultValue)
            return rate.ToString("R", CultureInfo.InvariantCulture);
        var value = (argument.Syntax as ArgumentSyntax)?.Expression;
        return value is not null && value.DescendantNodesAndSelf().All(IsPlain) && value.DescendantNodesAndSelf().OfType<SimpleNameSyntax>().All(name => IsKnownAt(name, place, code, cancellation))
            ? value.WithoutTrivia().ToString()
            : null;
    }

    // What can be written twice.
    private static bool IsPlain(SyntaxNode node) => node is LiteralExpressionSyntax or NameSyntax or MemberAccessExpressionSyntax or ThisExpressionSyntax
        or ParenthesizedExpressionSyntax or BinaryExpressionSyntax or PrefixUnaryExpressionSyntax { RawKind: (int)Microsoft.CodeAnalysis.CSharp.SyntaxKind.UnaryMinusExpression }
        or CastExpressionSyntax or PredefinedTypeSyntax;

    private static bool IsKnownAt(SimpleNameSyntax name, SyntaxNode place, TrainingCode code, CancellationToken cancellation)
    {
        if (name.Parent is MemberAccessExpressionSyntax access && access.Name == name)
            return true;
        if (code.ModelOf(name.SyntaxTree) is not { } there || code.ModelOf(place.SyntaxTree) is not { } here || there.GetSymbolInfo(name, cancellation).Symbol is not { } symbol)
            return false;
        return here.LookupSymbols(place.SpanStart, name: name.Identifier.ValueText).Any(found => SymbolEqualityComparer.Default.Equals(found, symbol))
            && (symbol is not ILocalSymbol || symbol.DeclaringSyntaxReferences.All(reference => reference.Span.End <= place.SpanStart));
    }
}
