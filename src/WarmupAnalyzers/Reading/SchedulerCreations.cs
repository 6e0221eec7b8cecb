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

/// <summary>The schedulers that a file makes.</summary>
internal static class SchedulerCreations
{
    private static readonly ImmutableHashSet<string> s_names = Enum.GetNames(typeof(SchedulerKind)).ToImmutableHashSet();

    /// <summary>In the order of the file. A file without any of their names is not bound at all.</summary>
    public static IEnumerable<SchedulerCreation> In(SyntaxTree tree, TrainingCode code, CancellationToken cancellation)
    {
        var root = tree.GetRoot(cancellation);
        if (!root.DescendantTokens().Any(token => token.IsKind(SyntaxKind.IdentifierToken) && s_names.Contains(token.ValueText)))
            yield break;
        foreach (var node in root.DescendantNodes())
        {
            var isCandidate = node switch
            {
                InvocationExpressionSyntax invocation => s_names.Contains(NameOf(invocation.Expression)),
                BaseObjectCreationExpressionSyntax => true, // it may go by an alias, or by none (new(…))
                _ => false,
            };
            if (isCandidate && code.OperationOf(node, cancellation) is { } operation && SchedulerCreation.Read(operation, code.Symbols) is { } creation)
                yield return creation;
        }
    }

    private static string NameOf(ExpressionSyntax called) => called switch
    {
        MemberAccessExpressionSyntax member => member.Name.Identifier.ValueText,
        SimpleNameSyntax name => name.Identifier.ValueText,
        _ => string.Empty,
    };
}
