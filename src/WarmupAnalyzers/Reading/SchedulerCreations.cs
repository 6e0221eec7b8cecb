using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using WarmupAnalyzers.Schedules;

namespace WarmupAnalyzers.Reading;

/// <summary>
/// All creations of schedulers in one file. A file is looked at as a whole, because what is wrong with a scheduler often
/// stands in another member of it, and a report outside the operation under analysis has no fix in an editor.
/// </summary>
internal sealed class SchedulerCreations
{
    private readonly TrainingCode _code;
    private readonly Lazy<ImmutableHashSet<string>> _globalAliases;

    public SchedulerCreations(TrainingCode code)
    {
        _code = code;
        _globalAliases = new Lazy<ImmutableHashSet<string>>(() => code.Compilation.SyntaxTrees
            .SelectMany(tree => Aliases(tree.GetRoot()).Where(alias => alias.GlobalKeyword != default))
            .Select(alias => alias.Alias!.Name.Identifier.ValueText)
            .ToImmutableHashSet());
    }

    public IEnumerable<SchedulerCreation> In(SemanticModel model, CancellationToken cancellation)
    {
        var root = model.SyntaxTree.GetRoot(cancellation);
        var aliases = Aliases(root).Select(alias => alias.Alias!.Name.Identifier.ValueText).ToImmutableHashSet();
        foreach (var node in root.DescendantNodes())
        {
            // The name only spares the binding of every other call; what counts is the symbol.
            if (NameOf(node) is { } name && (IsSchedulerName(name) || aliases.Contains(name) || _globalAliases.Value.Contains(name))
                && model.GetOperation(node, cancellation) is { } operation
                && SchedulerCreation.Read(operation, _code.Symbols) is { } creation)
                yield return creation;
        }
    }

    private static bool IsSchedulerName(string name) => name.Length == 0 || Enum.IsDefined(typeof(SchedulerKind), name);

    // Empty where the type is not written: `new(optimizer, …)`.
    private static string? NameOf(SyntaxNode node) => node switch
    {
        InvocationExpressionSyntax { ArgumentList.Arguments.Count: > 0 } invocation => RightmostName(invocation.Expression),
        ObjectCreationExpressionSyntax creation => RightmostName(creation.Type),
        ImplicitObjectCreationExpressionSyntax { ArgumentList.Arguments.Count: > 0 } => string.Empty,
        ConstructorInitializerSyntax { RawKind: (int)SyntaxKind.BaseConstructorInitializer, ArgumentList.Arguments.Count: > 0 } => string.Empty,
        PrimaryConstructorBaseTypeSyntax { ArgumentList.Arguments.Count: > 0 } => string.Empty,
        _ => null,
    };

    private static string? RightmostName(SyntaxNode name) => name switch
    {
        SimpleNameSyntax simple => simple.Identifier.ValueText,
        MemberAccessExpressionSyntax access => access.Name.Identifier.ValueText,
        QualifiedNameSyntax qualified => qualified.Right.Identifier.ValueText,
        AliasQualifiedNameSyntax alias => alias.Name.Identifier.ValueText,
        _ => null,
    };

    private static IEnumerable<UsingDirectiveSyntax> Aliases(SyntaxNode root) =>
        root.DescendantNodes(node => node is CompilationUnitSyntax or BaseNamespaceDeclarationSyntax)
            .OfType<UsingDirectiveSyntax>()
            .Where(directive => directive.Alias is not null);
}
