using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Simplification;
using WarmupSchedulers;

namespace WarmupAnalyzers.CodeFixes.Refactorings;

/// <summary>The call of the library's factory; its names come out as short as the file allows.</summary>
internal static class SchedulerCall
{
    public static ExpressionSyntax Of(LibrarySchedule schedule, ExpressionSyntax optimizer)
    {
        var arguments = schedule.Arguments.Select(argument => argument.Parameter + ": " + argument.Value.Written).ToList();
        if (schedule.Convention != WarmupConvention.Default)
            arguments.Insert(arguments.Count - (schedule.Start is null ? 0 : 1), "convention: global::WarmupSchedulers.WarmupConvention." + schedule.Convention);
        var call = (InvocationExpressionSyntax)SyntaxFactory.ParseExpression(
            "global::" + LibrarySymbols.FactoriesName + "." + schedule.Factory + "(" + string.Join(", ", arguments.Prepend(optimizer.WithoutTrivia().ToString())) + ")");
        return call.ReplaceNodes(Names(call), (_, name) => name.WithAdditionalAnnotations(Simplifier.Annotation));
    }

    private static IEnumerable<SyntaxNode> Names(InvocationExpressionSyntax call) => call.ArgumentList.Arguments
        .Where(argument => argument.NameColon?.Name.Identifier.ValueText == "convention")
        .Select(argument => argument.Expression)
        .Prepend(call.Expression);
}
