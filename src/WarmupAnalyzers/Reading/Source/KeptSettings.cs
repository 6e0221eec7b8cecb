using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace WarmupAnalyzers.Reading.Source;

/// <summary>The settings that a constructor is given and keeps: <c>_options.Lr</c> is its parameter's <c>options.Lr</c>.</summary>
internal static class KeptSettings
{
    /// <summary>The paths that lead through the object's own members to what some keys name through a constructor's parameter.</summary>
    public static IEnumerable<object> Of(IEnumerable<object> keys, TrainingCode code, CancellationToken cancellation) =>
        from path in keys.OfType<SymbolPath>()
        where path.Receiver is not null
        let parameter = RootOf(path) as IParameterSymbol
        where parameter?.ContainingSymbol is IMethodSymbol { MethodKind: MethodKind.Constructor } && VariableWrites.Of(parameter, code, cancellation).Count == 0
        from member in parameter.ContainingSymbol.ContainingType.GetMembers()
        where Keeps(member, parameter, code, cancellation)
        select Through(path, member);

    private static bool Keeps(ISymbol member, IParameterSymbol parameter, TrainingCode code, CancellationToken cancellation)
    {
        if (member is not (IFieldSymbol { IsReadOnly: true, IsStatic: false, IsImplicitlyDeclared: false } or IPropertySymbol { SetMethod: null, IsStatic: false, IsIndexer: false }))
            return false;
        var writes = VariableWrites.Of(member, code, cancellation);
        var value = (code.InitializerOf(member, cancellation), writes.Count) switch
        {
            ({ } only, 0) => only,
            (null, 1) when writes.OnlyValue is { } assigned => code.OperationOf(assigned, cancellation),
            _ => null,
        };
        return value is not null && IsParameter(value, parameter);
    }

    // Also with a guard: `options ?? throw new ArgumentNullException(nameof(options))`.
    private static bool IsParameter(IOperation value, IParameterSymbol parameter) => value switch
    {
        IConversionOperation { IsImplicit: true } conversion => IsParameter(conversion.Operand, parameter),
        ICoalesceOperation { WhenNull: IThrowOperation or IConversionOperation { Operand: IThrowOperation } } coalesce => IsParameter(coalesce.Value, parameter),
        IParameterReferenceOperation reference => SymbolEqualityComparer.Default.Equals(reference.Parameter, parameter),
        _ => false,
    };

    private static ISymbol RootOf(SymbolPath path) => path.Receiver is { } receiver ? RootOf(receiver) : path.Symbol;

    private static SymbolPath Through(SymbolPath path, ISymbol member) =>
        path.Receiver is { } receiver ? new SymbolPath(path.Symbol, Through(receiver, member)) : new SymbolPath(member.OriginalDefinition, null);
}
