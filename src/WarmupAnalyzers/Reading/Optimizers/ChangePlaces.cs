using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using WarmupAnalyzers.Reading.Source;

namespace WarmupAnalyzers.Reading.Optimizers;

/// <summary>Where an optimizer is changed: the change itself, and the calls in its file of the methods that it stands in.</summary>
internal sealed class ChangePlaces
{
    private const int MaximumHops = 3;

    private readonly TrainingCode _code;
    private readonly CancellationToken _cancellation;
    private readonly List<SyntaxNode> _all = new();

    public ChangePlaces(SyntaxNode change, TrainingCode code, CancellationToken cancellation)
    {
        _code = code;
        _cancellation = cancellation;
        Add(change, MaximumHops);
    }

    public ImmutableArray<SyntaxNode> All => _all.ToImmutableArray();

    /// <summary>Made on the way to a place; or with the object, whose methods run later.</summary>
    public static bool IsMadeBefore(SyntaxNode creation, SyntaxNode place) => CodeOrder.Leads(creation, place)
        || (creation.FirstAncestorOrSelf<BaseMethodDeclarationSyntax>() is ConstructorDeclarationSyntax { Parent: var type } constructor && CodeOrder.FunctionOf(creation) == constructor
            && CodeOrder.FunctionOf(place) is MethodDeclarationSyntax method && method.Parent == type && constructor.Initializer is not { ThisOrBaseKeyword.ValueText: "base" }
            && !constructor.DescendantNodes().OfType<IdentifierNameSyntax>().Any(name => name.Identifier.ValueText == method.Identifier.ValueText));

    private void Add(SyntaxNode place, int hops)
    {
        _all.Add(place);
        if (hops == 0 || CodeOrder.FunctionOf(place) is not (MethodDeclarationSyntax or LocalFunctionStatementSyntax) || CodeOrder.FunctionOf(place) is not { } function
            || _code.ModelOf(function.SyntaxTree)?.GetDeclaredSymbol(function, _cancellation) is not IMethodSymbol { IsVirtual: false, IsOverride: false, IsAbstract: false } method)
            return;
        foreach (var call in _code.Calls.In(function.SyntaxTree.GetRoot(_cancellation), method.Name))
        {
            if (!function.Span.Contains(call.Span) && _code.OperationOf(call, _cancellation) is IInvocationOperation { Instance: null or IInstanceReferenceOperation, TargetMethod: var target }
                && SymbolEqualityComparer.Default.Equals(target.OriginalDefinition, method))
                Add(call, hops - 1);
        }
    }
}
