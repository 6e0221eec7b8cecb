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

/// <summary>The learning rate an optimizer is made with.</summary>
/// <param name="Value">The number, where the code fixes it; else NaN.</param>
/// <param name="Keys">The variables that hold it, and what stands for the optimizer's own rate.</param>
/// <param name="Name">As the user wrote it, or null where the optimizer's creation is not known.</param>
internal sealed record BaseLearningRate(double Value, ImmutableHashSet<object> Keys, string? Name)
{
    /// <summary>The optimizer's creation is not known; only a read of its own rate is still recognised.</summary>
    public static BaseLearningRate Unknown { get; } = new(double.NaN, ImmutableHashSet.Create(FactorReader.OwnRate), null);

    /// <summary>What the optimizer is given as its rate; null where that is not known.</summary>
    public IOperation? Operation { get; init; }

    /// <summary>The groups' own rates are set by hand, so that not even they are what the optimizer was made with.</summary>
    private static BaseLearningRate SetByHand { get; } = new(double.NaN, ImmutableHashSet<object>.Empty, null);

    /// <summary>The rate of the optimizer that a scheduler is given.</summary>
    public static BaseLearningRate Of(IOperation? optimizer, TrainingCode code, CancellationToken cancellation)
    {
        if (optimizer is null)
            return Unknown;
        var key = optimizer.Syntax;
        return code.Rates.TryGetValue(key, out var known) ? known : code.Rates.GetOrAdd(key, Read(optimizer, code, cancellation));
    }

    private static BaseLearningRate Read(IOperation optimizer, TrainingCode code, CancellationToken cancellation)
    {
        var creation = CreationOf(optimizer, code, cancellation);
        var local = (optimizer.Unwrapped() as ILocalReferenceOperation)?.Local;
        if (IsInitialRateSet(optimizer, local, code, cancellation) || IsInitialRateSet(creation, local, code, cancellation))
            return SetByHand;
        if (creation is null || RateArgument(creation, code.Symbols) is not { } rate)
            return Unknown;
        var (program, keys) = FactorReader.ReadRate(rate, code, cancellation);
        var value = program.FreeVariables.IsEmpty ? program.Under(Assignment.Empty, cancellation).FactorAt(0) : double.NaN;
        keys = keys.Union(KeptSettings.Of(keys, code, cancellation)).Add(FactorReader.OwnRate);
        return new BaseLearningRate(value, keys, rate.Syntax is { Parent: not null } syntax && !rate.IsImplicit ? syntax.ToString() : null) { Operation = rate };
    }

    /// <summary>The call that made the optimizer, when the variable that holds it is written once.</summary>
    internal static IOperation? CreationOf(IOperation optimizer, TrainingCode code, CancellationToken cancellation)
    {
        var operation = Unwrapped(optimizer);
        for (var hops = 0; hops < 8; hops++)
        {
            ISymbol? variable = operation switch
            {
                ILocalReferenceOperation local => local.Local,
                IFieldReferenceOperation { Instance: null or IInstanceReferenceOperation } field => field.Field.OriginalDefinition,
                IPropertyReferenceOperation { Instance: null or IInstanceReferenceOperation } property => property.Property.OriginalDefinition,
                _ => null,
            };
            if (variable is null)
                return operation is IInvocationOperation or IObjectCreationOperation ? operation : null;
            if (SingleValueOf(variable, code, cancellation) is not { } value)
                return null;
            operation = Unwrapped(value);
        }

        return null;
    }

    /// <summary>Whether <c>InitialLearningRate</c> of a group is written in the type where this stands, or in the script.</summary>
    private static bool IsInitialRateSet(IOperation? place, ILocalSymbol? optimizer, TrainingCode code, CancellationToken cancellation)
    {
        var scope = place?.Syntax.Ancestors().FirstOrDefault(node => node is TypeDeclarationSyntax { Parent: not TypeDeclarationSyntax } or CompilationUnitSyntax);
        return scope is not null && code.Names.IdentifiersIn(scope, "InitialLearningRate")
            .Any(name => name.Parent is MemberAccessExpressionSyntax { Parent: AssignmentExpressionSyntax assignment } access && assignment.Left == access
                && code.Symbols.IsDeclaredInTorchSharp(code.ModelOf(name.SyntaxTree)?.GetSymbolInfo(name, cancellation).Symbol)
                && !IsOfAnother(access, optimizer, code, cancellation));
    }

    // A group of an optimizer that another variable holds.
    private static bool IsOfAnother(MemberAccessExpressionSyntax write, ILocalSymbol? optimizer, TrainingCode code, CancellationToken cancellation) =>
        optimizer is not null
        && code.OperationOf(write, cancellation) is IPropertyReferenceOperation property
        && RateTarget.OfGroup(property, code, cancellation)?.Optimizer is ILocalReferenceOperation { Local: var other }
        && !SymbolEqualityComparer.Default.Equals(other, optimizer)
        && code.InitializerOf(other, cancellation)?.Unwrapped() is IInvocationOperation or IObjectCreationOperation;

    private static IOperation? SingleValueOf(ISymbol variable, TrainingCode code, CancellationToken cancellation)
    {
        var writes = VariableWrites.Of(variable, code, cancellation);
        var initializer = code.InitializerOf(variable, cancellation);
        if (initializer is not null && initializer.ConstantValue is not { HasValue: true, Value: null })
            return writes.Count == 0 ? initializer : null;
        return writes.OnlyValue is { } value ? code.OperationOf(value, cancellation) : null;
    }

    private static IOperation Unwrapped(IOperation operation)
    {
        while (operation is IConversionOperation or IParenthesizedOperation)
            operation = operation is IConversionOperation conversion ? conversion.Operand : ((IParenthesizedOperation)operation).Operand;
        return operation;
    }

    // A list of parameter groups brings rates of its own.
    private static IOperation? RateArgument(IOperation creation, KnownSymbols symbols)
    {
        var (type, method, arguments) = creation switch
        {
            IInvocationOperation invocation => (invocation.Type, invocation.TargetMethod, invocation.Arguments),
            IObjectCreationOperation { Constructor: { } constructor } made => (made.Type, constructor, made.Arguments),
            _ => (null, null, ImmutableArray<IArgumentOperation>.Empty),
        };
        if (!symbols.IsOptimizer(type) || !symbols.IsDeclaredInTorchSharp(method))
            return null;
        IOperation? rate = null;
        foreach (var argument in arguments)
        {
            if (argument.Parameter is { Ordinal: 0, Type: INamedTypeSymbol { TypeArguments: [var element] } } && element.Name == "ParamGroup")
                return null;
            if (argument.Parameter?.Name is "lr" or "learningRate")
                rate = argument.Value;
        }

        return rate;
    }
}
