using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace WarmupAnalyzers.Reading.Steps;

/// <summary>The number that a metric may be: the one variable of its type that can be read where a scheduler is stepped.</summary>
internal static class MetricInScope
{
    /// <summary>Its name; null where there is none, or a person would have to choose.</summary>
    public static string? NameOf(StepCall call)
    {
        if (call.Code.ModelOf(call.Syntax.SyntaxTree) is not { } model
            || call.Syntax.Ancestors().OfType<StatementSyntax>().FirstOrDefault() is not { } statement
            || model.AnalyzeDataFlow(statement) is not { Succeeded: true } flow)
            return null;
        var numbers = model.LookupSymbols(call.Syntax.SpanStart)
            .Where(symbol => IsNumber(symbol) && flow.DefinitelyAssignedOnEntry.Contains(symbol, SymbolEqualityComparer.Default))
            .ToArray();
        return numbers.Length == 1 && SyntaxFacts.GetKeywordKind(numbers[0].Name) == SyntaxKind.None ? numbers[0].Name : null;
    }

    private static bool IsNumber(ISymbol symbol) => symbol switch
    {
        ILocalSymbol { IsConst: false, Type: var type } => IsNumber(type),
        IParameterSymbol { RefKind: not RefKind.Out, Type: var type } => IsNumber(type),
        _ => false,
    };

    private static bool IsNumber(ITypeSymbol type) => type.SpecialType is SpecialType.System_Double or SpecialType.System_Single;
}
