using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using WarmupAnalyzers.Reading.Source;

namespace WarmupAnalyzers.Reading.Steps;

/// <summary>Where a missing call on the optimizer belongs, and how the optimizer is called there.</summary>
internal static class StatementPlace
{
    /// <summary>The property with the statement that is missing.</summary>
    public const string Missing = "missing";

    /// <summary>The property that says which additional location is the statement that it goes before.</summary>
    public const string Before = "before";

    /// <summary>Present where it goes behind that statement instead.</summary>
    public const string Behind = "behind";

    /// <summary>What a fix is told; nothing where there is no place or no name.</summary>
    /// <param name="call">The call whose statement the missing one goes before.</param>
    /// <param name="step">A call on the optimizer; null where there is none.</param>
    /// <param name="method">What is to be called on the optimizer.</param>
    /// <param name="at">The index of the statement's location.</param>
    /// <param name="isBehind">Behind the statement, and not before it.</param>
    public static ImmutableDictionary<string, string?> For(SyntaxNode call, IInvocationOperation? step, string method, int at, TrainingCode code, CancellationToken cancellation, bool isBehind = false)
    {
        var properties = ImmutableDictionary<string, string?>.Empty;
        if (StepMove.StatementOf(call) is not { } statement || statement.Parent is not (BlockSyntax or GlobalStatementSyntax)
            || NameOf(step, statement, code, cancellation) is not { } name)
            return properties;
        properties = properties.Add(Missing, name + "." + method + "();").Add(Before, at.ToString(CultureInfo.InvariantCulture));
        return isBehind ? properties.Add(Behind, "true") : properties;
    }

    private static string? NameOf(IInvocationOperation? step, StatementSyntax statement, TrainingCode code, CancellationToken cancellation)
    {
        if (code.ModelOf(statement.SyntaxTree) is not { } model)
            return null;
        var wanted = SymbolOf(step?.Instance);
        if (step is not null && wanted is null)
            return null;
        var visible = model.LookupSymbols(statement.SpanStart)
            .Where(symbol => code.Symbols.IsOptimizer(TypeOf(symbol)) && !IsLaterLocal(symbol, statement, cancellation) && IsReachable(symbol, model, statement))
            .ToImmutableArray();
        var found = wanted is null ? visible : visible.Where(symbol => SymbolEqualityComparer.Default.Equals(symbol, wanted)).ToImmutableArray();
        // What is stepped is no null where it stands; of the others only what is declared so.
        return found is [var only] && (wanted is not null || !IsDeclaredNullable(only, cancellation)) ? WrittenName.Of(only) : null;
    }

    // A `var` is nullable to the compiler whatever is put into it.
    private static bool IsDeclaredNullable(ISymbol symbol, CancellationToken cancellation) => symbol is ILocalSymbol
        ? symbol.DeclaringSyntaxReferences.Any(reference => reference.GetSyntax(cancellation).Parent is VariableDeclarationSyntax { Type: NullableTypeSyntax })
        : TypeOf(symbol)!.NullableAnnotation == NullableAnnotation.Annotated;

    /// <summary>The variable that a call is made on: a local, a parameter, or a member of the object itself.</summary>
    public static ISymbol? SymbolOf(IOperation? instance) => instance?.Unwrapped() switch
    {
        ILocalReferenceOperation local => local.Local,
        IParameterReferenceOperation parameter => parameter.Parameter,
        IFieldReferenceOperation { Instance: null or IInstanceReferenceOperation } field => field.Field,
        IPropertyReferenceOperation { Instance: null or IInstanceReferenceOperation } property => property.Property,
        _ => null,
    };

    private static ITypeSymbol? TypeOf(ISymbol symbol) => symbol switch
    {
        ILocalSymbol local => local.Type,
        IParameterSymbol parameter => parameter.Type,
        IFieldSymbol field => field.Type,
        IPropertySymbol property => property.Type,
        _ => null,
    };

    private static bool IsLaterLocal(ISymbol symbol, StatementSyntax statement, CancellationToken cancellation) =>
        symbol is ILocalSymbol local && local.DeclaringSyntaxReferences.Any(reference => reference.GetSyntax(cancellation).SpanStart >= statement.SpanStart);

    // An instance member cannot be named in a static function.
    private static bool IsReachable(ISymbol symbol, SemanticModel model, StatementSyntax statement)
    {
        if (symbol is ILocalSymbol or IParameterSymbol || symbol.IsStatic)
            return true;
        for (var function = model.GetEnclosingSymbol(statement.SpanStart); function is IMethodSymbol; function = function.ContainingSymbol)
        {
            if (function.IsStatic)
                return false;
        }

        return true;
    }
}
