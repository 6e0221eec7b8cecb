using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using WarmupAnalyzers.Training;

namespace WarmupAnalyzers.Reading.Steps;

/// <summary>Which calls matter to the order of steps, told by their symbols.</summary>
internal static class StepMethods
{
    /// <summary>Framework types whose methods look at an object they are given and do not keep it.</summary>
    private static readonly ImmutableHashSet<string> s_lookers = ImmutableHashSet.Create(
        "System.Console", "System.IO.TextWriter", "System.Text.StringBuilder", "System.String", "System.Object", "System.GC", "System.ArgumentNullException",
        "System.Diagnostics.Debug", "System.Diagnostics.Trace", "System.Diagnostics.TraceSource");

    public static bool IsSchedulerStep(this KnownSymbols symbols, IMethodSymbol method) =>
        method.Name == "step" && symbols.IsMemberOf(symbols.Scheduler, method);

    public static bool IsOptimizerStep(this KnownSymbols symbols, IMethodSymbol method) =>
        method.Name == "step" && symbols.IsMemberOf(symbols.Optimizer, method);

    /// <summary>Sets a scheduler of ours to another step.</summary>
    public static bool Restores(this KnownSymbols symbols, IMethodSymbol method) =>
        method.Name == "load_state_dict" && symbols.Own?.KindOf(method.ContainingType) is not null;

    /// <summary>The index that a scheduler's <c>step</c> is given: <c>int?</c>, or <c>long</c> for one of ours.</summary>
    public static bool IsIndex(IParameterSymbol? parameter) =>
        parameter?.Type is { } type && (type.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T || type.SpecialType == SpecialType.System_Int64);

    /// <summary>A factory or constructor of TorchSharp's, or a factory of ours, that takes an optimizer to schedule it, and not to step it.</summary>
    public static bool MakesScheduler(this KnownSymbols symbols, IMethodSymbol method) =>
        symbols.Own?.IsFactory(method) == true || symbols.IsDeclaredInTorchSharp(method)
        && (SymbolEqualityComparer.Default.Equals(method.ContainingType, symbols.SchedulerFactories)
            || (method.MethodKind == MethodKind.Constructor && symbols.IsScheduler(method.ContainingType)));

    /// <summary>A member of the parameter groups, a scheduler's last rates or the saved state: what shows the learning rate.</summary>
    public static bool ReadsRate(this KnownSymbols symbols, ISymbol member) => member switch
    {
        IMethodSymbol { Name: "get_last_lr" } method => symbols.IsMemberOf(symbols.Scheduler, method),
        IMethodSymbol { Name: "state_dict" or "save_state_dict" } method =>
            symbols.IsKnown(method) && (symbols.IsOptimizer(method.ContainingType) || symbols.IsScheduler(method.ContainingType)),
        IPropertySymbol { Name: "ParamGroups" } property => symbols.IsOptimizer(property.ContainingType),
        IPropertySymbol { Name: "LearningRate" or "InitialLearningRate" } property => symbols.IsDeclaredInTorchSharp(property),
        _ => false,
    };

    /// <summary>What a module's <c>eval()</c> or <c>train()</c> makes of the run; <c>train(mode)</c> with an unknown mode may be either.</summary>
    public static EventKind? ModeAfter(this KnownSymbols symbols, IInvocationOperation call)
    {
        if (call.TargetMethod.Name is not ("eval" or "train") || call.Instance is null || !symbols.IsDeclaredInTorchSharp(call.TargetMethod))
            return null;
        return call.TargetMethod.Name == "eval" || call.Arguments.Any(argument => argument.Value.ConstantValue is { HasValue: true, Value: false })
            ? EventKind.Evaluate
            : EventKind.Train;
    }

    /// <summary>The resources of a <c>using</c>: <c>torch.no_grad()</c> or <c>torch.inference_mode()</c>, and not with false.</summary>
    public static bool TurnsGradientsOff(this KnownSymbols symbols, IOperation resources) =>
        resources.DescendantsAndSelf().OfType<IInvocationOperation>().Any(call =>
            call.TargetMethod is { Name: "no_grad" or "inference_mode", IsStatic: true } method
            && symbols.IsDeclaredInTorchSharp(method)
            && call.Arguments.All(argument => argument.Value.ConstantValue is { HasValue: true, Value: true }));

    public static bool IsFramework(ISymbol member) =>
        member.ContainingAssembly is { } assembly
        && KeyOf(assembly) is 0xb03f5f7f11d50a3a or 0x7cec85d7bea7798e or 0xcc7b13ffcd2ddd51 or 0xb77a5c561934e089 or 0xadb9793829ddae60 or 0x31bf3856ad364e35;

    // The token of the key that it is signed with, as one number; 0 without one.
    private static ulong KeyOf(IAssemblySymbol assembly)
    {
        var key = 0UL;
        foreach (var part in assembly.Identity.PublicKeyToken)
            key = (key << 8) | part;
        return key;
    }

    /// <summary>A framework method that formats, logs or compares what it is given.</summary>
    public static bool OnlyLooks(IMethodSymbol method) =>
        IsFramework(method) && method.ContainingType is { } type
        && (s_lookers.Contains(type.ContainingNamespace?.ToDisplayString() + "." + type.MetadataName)
            || (type.ContainingNamespace?.ToDisplayString() is "Microsoft.Extensions.Logging"));

    /// <summary>Whether the body that runs is the one of this method and of no override.</summary>
    public static bool IsFinal(IMethodSymbol method, bool isVirtualCall) =>
        !isVirtualCall || !(method.IsVirtual || method.IsAbstract || method.IsOverride) || method.IsSealed || method.ContainingType.IsSealed
        || method.ContainingType.TypeKind == TypeKind.Struct;

    /// <summary>Whether a call of the one may run the other.</summary>
    public static bool IsOverrideOf(IMethodSymbol other, IMethodSymbol method)
    {
        for (var overridden = other.OverriddenMethod; overridden is not null; overridden = overridden.OverriddenMethod)
        {
            if (SymbolEqualityComparer.Default.Equals(overridden.OriginalDefinition, method.OriginalDefinition))
                return true;
        }

        return false;
    }

    /// <summary>A property that the compiler gives a field of its own.</summary>
    public static bool IsAutoProperty(IPropertySymbol property) =>
        property.ContainingType.GetMembers().OfType<IFieldSymbol>().Any(field => SymbolEqualityComparer.Default.Equals(field.AssociatedSymbol, property));

    /// <summary>The value without the conversions, parentheses and suppressions round it.</summary>
    public static IOperation Unwrapped(this IOperation value)
    {
        while (true)
        {
            switch (value)
            {
                case IConversionOperation { OperatorMethod: null } conversion:
                    value = conversion.Operand;
                    continue;
                case IParenthesizedOperation parenthesized:
                    value = parenthesized.Operand;
                    continue;
                default:
                    return value;
            }
        }
    }

    private static bool IsMemberOf(this KnownSymbols symbols, INamedTypeSymbol type, IMethodSymbol method)
    {
        var current = method.OriginalDefinition;
        while (current.OverriddenMethod is { } overridden)
            current = overridden.OriginalDefinition;
        if (SymbolEqualityComparer.Default.Equals(current.ContainingType, type))
            return true;
        // TorchSharp's own schedulers, and ours, may declare a step of their own.
        for (var ancestor = current.ContainingType; ancestor is not null; ancestor = ancestor.BaseType)
        {
            if (SymbolEqualityComparer.Default.Equals(ancestor.OriginalDefinition, type))
                return symbols.IsKnown(current);
        }

        return false;
    }
}
