using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using WarmupAnalyzers.Reading.Steps;
using WarmupAnalyzers.Schedules;

namespace WarmupAnalyzers.Reading.Schedules;

/// <summary>
/// All creations of schedulers in one file. A file is looked at as a whole, because what is wrong with a scheduler often
/// stands in another member of it, and a report outside the operation under analysis has no fix in an editor.
/// </summary>
internal sealed class SchedulerCreations
{
    private static readonly ImmutableArray<string> s_names = Enum.GetNames(typeof(SchedulerKind)).ToImmutableArray();

    private readonly TrainingCode _code;
    private readonly Lazy<ImmutableArray<string>> _globalAliases;
    private readonly ConcurrentDictionary<SyntaxTree, ImmutableArray<SchedulerCreation>> _known = new();
    private readonly ConcurrentDictionary<SyntaxTree, ILookup<object, SchedulerCreation>> _byOptimizer = new();

    public SchedulerCreations(TrainingCode code)
    {
        _code = code;
        _globalAliases = new Lazy<ImmutableArray<string>>(() => code.Names.Everywhere("global", CancellationToken.None)
            .Select(token => token.Parent)
            .OfType<UsingDirectiveSyntax>()
            .Select(AliasOf)
            .OfType<string>()
            .ToImmutableArray());
    }

    public ImmutableArray<SchedulerCreation> In(SemanticModel model, CancellationToken cancellation)
    {
        var tree = model.SyntaxTree;
        if (!_known.TryGetValue(tree, out var creations))
            _known[tree] = creations = Find(tree.GetRoot(cancellation), _code.In(model), cancellation).ToImmutableArray();
        return creations;
    }

    /// <summary>Those of a file that are certainly made for this optimizer, in its order: found without comparing every two.</summary>
    public IEnumerable<SchedulerCreation> For(IOperation? optimizer, SemanticModel model, CancellationToken cancellation)
    {
        if (optimizer is null || SchedulerPair.IdentityOf(optimizer, _code, cancellation) is not { } identity)
            return [];
        if (!_byOptimizer.TryGetValue(model.SyntaxTree, out var known))
        {
            _byOptimizer[model.SyntaxTree] = known = In(model, cancellation)
                .Where(creation => creation.Optimizer?.Unwrapped() is not (null or IInvocationOperation or IObjectCreationOperation))
                .Select(creation => (Creation: creation, Identity: SchedulerPair.IdentityOf(creation.Optimizer!, _code, cancellation)))
                .Where(made => made.Identity is not null)
                .ToLookup(made => made.Identity!, made => made.Creation);
        }

        return known[identity];
    }

    private IEnumerable<SchedulerCreation> Find(SyntaxNode root, TrainingCode code, CancellationToken cancellation)
    {
        var aliases = Aliases(root).Concat(_globalAliases.Value);
        // The name only spares the binding of every other call; what counts is the symbol.
        var candidates = s_names.Concat(code.Symbols.Own?.FactoryNames ?? ImmutableArray<string>.Empty).Concat(aliases).Distinct().SelectMany(name => _code.Names.In(root, name)).Select(CreationOf)
            .Concat(Unnamed(root))
            .OfType<SyntaxNode>()
            .Distinct()
            .OrderBy(node => node.SpanStart);
        foreach (var node in candidates)
        {
            if (code.OperationOf(node, cancellation) is { } operation && SchedulerCreation.Read(operation, _code.Symbols) is { } creation)
                yield return creation;
        }
    }

    /// <summary>The creations of what a name may stand for.</summary>
    private static SyntaxNode? CreationOf(SyntaxToken token)
    {
        if (token.Parent is not SimpleNameSyntax)
            return null;
        var name = token.Parent;
        while (name.Parent is MemberAccessExpressionSyntax access && access.Name == name
            || name.Parent is QualifiedNameSyntax qualified && qualified.Right == name
            || name.Parent is AliasQualifiedNameSyntax alias && alias.Name == name)
            name = name.Parent;
        return name.Parent switch
        {
            InvocationExpressionSyntax { ArgumentList.Arguments.Count: > 0 } invocation when invocation.Expression == name => invocation,
            ObjectCreationExpressionSyntax creation when creation.Type == name => creation,
            _ => null,
        };
    }

    // `new(optimizer, …)`, `: base(optimizer, …)`, `class Mine(…) : LambdaLR(optimizer, …)`.
    private IEnumerable<SyntaxNode?> Unnamed(SyntaxNode root) =>
        _code.Names.Calling(root, "new").Select(token => (SyntaxNode?)(token.Parent is ImplicitObjectCreationExpressionSyntax { ArgumentList.Arguments.Count: > 0 } made ? made : null))
            .Concat(_code.Names.Calling(root, "base").Select(token =>
                token.Parent is ConstructorInitializerSyntax { ArgumentList.Arguments.Count: > 0 } initializer ? initializer : null))
            .Concat(_code.Names.In(root, "class").Select(token =>
                (token.Parent as TypeDeclarationSyntax)?.BaseList?.Types.FirstOrDefault() is PrimaryConstructorBaseTypeSyntax { ArgumentList.Arguments.Count: > 0 } primary ? primary : null));

    private static IEnumerable<string> Aliases(SyntaxNode scope) => scope switch
    {
        CompilationUnitSyntax file => AliasesIn(file.Usings, file.Members),
        BaseNamespaceDeclarationSyntax space => AliasesIn(space.Usings, space.Members),
        _ => [],
    };

    private static IEnumerable<string> AliasesIn(SyntaxList<UsingDirectiveSyntax> directives, SyntaxList<MemberDeclarationSyntax> members) =>
        directives.Select(AliasOf).OfType<string>().Concat(members.SelectMany(Aliases));

    private static string? AliasOf(UsingDirectiveSyntax directive) => directive.Alias?.Name.Identifier.ValueText;
}
