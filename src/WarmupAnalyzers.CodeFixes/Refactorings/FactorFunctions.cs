using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using WarmupAnalyzers.Reading;
using WarmupAnalyzers.Reading.Schedules;

namespace WarmupAnalyzers.CodeFixes.Refactorings;

/// <summary>The syntax of a schedule's factor functions: the delegates as they are passed, and the functions they lead to.</summary>
internal static class FactorFunctions
{
    private const int Limit = 12;

    public static ImmutableArray<SyntaxNode> From(FactorSchedule schedule, TrainingCode code, CancellationToken cancellation)
    {
        var found = new List<SyntaxNode>(schedule.Groups.Select(group => group.Delegate.Syntax).Distinct());
        for (var i = 0; i < found.Count && found.Count < Limit; i++)
        {
            foreach (var name in found[i].DescendantNodesAndSelf().OfType<SimpleNameSyntax>())
            {
                if (code.ModelOf(name.SyntaxTree)?.GetSymbolInfo(name, cancellation).Symbol is { } symbol
                    && DeclarationOf(symbol, cancellation) is { } declaration && !found.Any(other => other.Contains(declaration)))
                    found.Add(declaration);
            }
        }

        return found.ToImmutableArray();
    }

    private static SyntaxNode? DeclarationOf(ISymbol symbol, CancellationToken cancellation)
    {
        var isFunction = symbol is IMethodSymbol { MethodKind: MethodKind.Ordinary or MethodKind.LocalFunction }
            || symbol is ILocalSymbol { Type.TypeKind: TypeKind.Delegate } or IFieldSymbol { Type.TypeKind: TypeKind.Delegate } or IPropertySymbol { Type.TypeKind: TypeKind.Delegate };
        return isFunction ? symbol.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellation) : null;
    }
}
