using System;
using System.Collections.Immutable;
using System.Linq;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CodeRefactorings;
using Xunit;

namespace WarmupAnalyzers.Tests.Consistency;

/// <summary>The rules and the fix providers that the package holds.</summary>
internal static class Package
{
    public static Assembly CodeFixAssembly { get; } = Assembly.Load("WarmupAnalyzers.CodeFixes");

    /// <summary>Each rule once.</summary>
    public static ImmutableArray<DiagnosticDescriptor> Rules { get; } =
        [.. Findings.AllAnalyzers.SelectMany(analyzer => analyzer.SupportedDiagnostics).OrderBy(rule => rule.Id, StringComparer.Ordinal)];

    public static ImmutableArray<CodeFixProvider> FixProviders { get; } =
        [.. CodeFixAssembly.GetTypes()
            .Where(type => !type.IsAbstract && typeof(CodeFixProvider).IsAssignableFrom(type))
            .OrderBy(type => type.Name, StringComparer.Ordinal)
            .Select(type => (CodeFixProvider)Activator.CreateInstance(type)!)];

    /// <summary>What is offered where nothing is wrong.</summary>
    public static ImmutableArray<CodeRefactoringProvider> RefactoringProviders { get; } =
        [.. CodeFixAssembly.GetTypes()
            .Where(type => !type.IsAbstract && typeof(CodeRefactoringProvider).IsAssignableFrom(type))
            .OrderBy(type => type.Name, StringComparer.Ordinal)
            .Select(type => (CodeRefactoringProvider)Activator.CreateInstance(type)!)];

    /// <summary>The providers whose actions need no review: Fix All and <c>dotnet format</c> apply them.</summary>
    public static ImmutableArray<CodeFixProvider> SafeProviders { get; } = [.. FixProviders.Where(provider => provider.GetFixAllProvider() is not null)];

    /// <summary>The rules for which no fix exists.</summary>
    public static ImmutableArray<string> WithoutFix { get; } =
        ["WARM0001", "WARM1011", "WARM2005", "WARM2006", "WARM3013", "WARM4004", "WARM4005", "WARM4008", "WARM4009", "WARM4013", "WARM5004", "WARM5005", "WARM5006"];

    /// <summary>The rules whose fixes all need review.</summary>
    public static ImmutableArray<string> OnlyReviewed { get; } =
        ["WARM1007", "WARM1008", "WARM1009", "WARM1010", "WARM1012", "WARM2008", "WARM3004", "WARM3008", "WARM3009", "WARM3014", "WARM4001", "WARM4007", "WARM4011", "WARM4012", "WARM5001"];

    public static ImmutableArray<string> WithoutSafeFix { get; } = [.. WithoutFix, .. OnlyReviewed];

    public static TheoryData<string> Ids => [.. Rules.Select(rule => rule.Id)];

    public static DiagnosticDescriptor Rule(string id) => Rules.Single(rule => rule.Id == id);
}
