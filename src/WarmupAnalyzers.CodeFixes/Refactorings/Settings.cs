using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using WarmupAnalyzers.Reading;
using WarmupAnalyzers.Reading.Schedules;

namespace WarmupAnalyzers.CodeFixes.Refactorings;

/// <summary>
/// What the user may want to change later: each named value that the functions read is passed on, or made of what is. Numbers
/// alone do not show what an offset of zero or a switch is for.
/// </summary>
internal static class Settings
{
    public static bool AreKept(FactorSchedule schedule, LibrarySchedule found, TrainingCode code, CancellationToken cancellation)
    {
        var kept = found.Arguments.SelectMany(argument => Names(argument.Value.Written)).ToImmutableHashSet();
        return schedule.Groups
            .SelectMany(group => group.Program.Symbols)
            .Select(site => site.Place)
            .OfType<SyntaxNode>()
            .Select(place => Name(place, code, cancellation))
            .Distinct(SymbolEqualityComparer.Default)
            .All(setting => setting is null || IsKept(setting, kept, code, cancellation));
    }

    private static bool IsKept(ISymbol setting, ImmutableHashSet<string> kept, TrainingCode code, CancellationToken cancellation) =>
        setting.DeclaringSyntaxReferences.IsEmpty
        || setting is ILocalSymbol { Type.TypeKind: TypeKind.Delegate } or IFieldSymbol { Type.TypeKind: TypeKind.Delegate } or IPropertySymbol { Type.TypeKind: TypeKind.Delegate }
        || kept.Contains(setting.Name)
        || code.InitializerOf(setting, cancellation)?.Syntax is { } made && Names(made).Any() && Names(made).All(kept.Contains);

    private static ISymbol? Name(SyntaxNode place, TrainingCode code, CancellationToken cancellation) =>
        code.ModelOf(place.SyntaxTree)?.GetSymbolInfo(place, cancellation).Symbol;

    private static IEnumerable<string> Names(SyntaxNode node) => node.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>().Select(name => name.Identifier.ValueText);
}
