using System.Collections.Concurrent;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using WarmupAnalyzers.Reading.Steps;

namespace WarmupAnalyzers.Reading.Source;

/// <summary>Whether what becomes of a field or property can be told from the code of its type and of those that derive from it.</summary>
internal sealed class MemberSight
{
    private readonly TrainingCode _code;
    private readonly ConcurrentDictionary<ISymbol, Sight> _known = new(SymbolEqualityComparer.Default);

    public MemberSight(TrainingCode code) => _code = code;

    /// <summary>What code that is not of the member's own object does with it.</summary>
    public enum Sight
    {
        /// <summary>There is none.</summary>
        Own,

        /// <summary>It looks at it.</summary>
        LookedAt,

        /// <summary>It may do anything.</summary>
        Open,
    }

    public Sight Of(ISymbol member, CancellationToken cancellation)
    {
        if (!_known.TryGetValue(member, out var sight))
            _known[member] = sight = Look(member, cancellation);
        return sight;
    }

    private Sight Look(ISymbol member, CancellationToken cancellation)
    {
        if (member is IPropertySymbol { ExplicitInterfaceImplementations.IsEmpty: false })
            return Sight.Open;
        if (member.DeclaredAccessibility == Accessibility.Private)
            return Sight.Own;
        var type = member.ContainingType;
        // What is static is there for others.
        if (member.IsStatic || member.IsVirtual || member.IsOverride || member.IsAbstract || type is not { TypeKind: TypeKind.Class, IsRecord: false }
            || !_code.Derivations.IsHidden(member, cancellation) || IsOfInterface(member, cancellation)
            || _code.Derivations.Of(type, cancellation).All(candidate => candidate.IsAbstract)) // who makes one is not in sight
            return Sight.Open;
        return _code.Mentions.Of(member, cancellation).Concat(_code.Mentions.Unbound(member.Name, cancellation)).OfType<IdentifierNameSyntax>()
            .Select(name => SightFrom(name, member, cancellation))
            .DefaultIfEmpty(Sight.Own).Max();
    }

    private bool IsOfInterface(ISymbol member, CancellationToken cancellation) => member is IPropertySymbol
        && _code.Derivations.Of(member.ContainingType, cancellation).Any(type => type.AllInterfaces.Any(contract => contract.GetMembers(member.Name)
            .Any(asked => SymbolEqualityComparer.Default.Equals(type.FindImplementationForInterfaceMember(asked)?.OriginalDefinition, member))));

    private Sight SightFrom(IdentifierNameSyntax name, ISymbol member, CancellationToken cancellation)
    {
        if (name.Parent is NameColonSyntax or NameEqualsSyntax { Parent: AnonymousObjectMemberDeclaratorSyntax } || _code.ModelOf(name.SyntaxTree) is not { } model)
            return name.Parent is NameColonSyntax { Parent: SubpatternSyntax } ? Sight.Open : Sight.Own;
        var named = model.GetSymbolInfo(name, cancellation).Symbol;
        if (named is not null && !SymbolEqualityComparer.Default.Equals(named.OriginalDefinition, member))
            return Sight.Own; // something else of that name
        SyntaxNode reference = name.Parent is MemberAccessExpressionSyntax access && access.Name == name ? access : name;
        if (named is null || _code.OperationOf(reference, cancellation) is not IMemberReferenceOperation operation)
            return IsNameOf(reference) ? Sight.Own : Sight.Open;
        if (operation.Instance is IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ContainingTypeInstance } && IsInFamily(name, member, model, cancellation))
            return Sight.Own;
        return OnlyLooks(operation) ? Sight.LookedAt : Sight.Open;
    }

    private static bool IsInFamily(SyntaxNode place, ISymbol member, SemanticModel model, CancellationToken cancellation)
    {
        var enclosing = model.GetEnclosingSymbol(place.SpanStart, cancellation);
        for (var type = enclosing as INamedTypeSymbol ?? enclosing?.ContainingType; type is not null; type = type.ContainingType)
        {
            if (Derivations.IsA(type, member.ContainingType))
                return true;
        }

        return false;
    }

    // `trainer.Scheduler.get_last_lr()`
    private bool OnlyLooks(IMemberReferenceOperation reference) => reference.Parent switch
    {
        IInvocationOperation call => ReferenceEquals(call.Instance, reference) && call.TargetMethod.Name != "step" && _code.Symbols.IsKnown(call.TargetMethod)
            && _code.Symbols.ReadsRate(call.TargetMethod),
        _ => false,
    };

    private static bool IsNameOf(SyntaxNode reference) =>
        reference.Parent is ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.ValueText: "nameof" } } };
}
