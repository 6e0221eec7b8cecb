using System;
using System.Linq;
using System.Reflection;
using WarmupAnalyzers.Rules;
using Xunit;

namespace WarmupAnalyzers.Tests.Consistency;

/// <summary>A type is named after what it is.</summary>
public class NamingTests
{
    private static readonly string[] s_names = ["Helper", "Helpers", "Manager", "Util", "Utils", "Utility", "Utilities"];

    [Fact]
    public void No_type_is_named_after_what_it_is_good_for()
    {
        var types = new[] { typeof(WarmupAnalyzer).Assembly, Package.CodeFixAssembly }
            .SelectMany(assembly => assembly.GetTypes())
            .Where(type => type.Namespace?.StartsWith("Warmup", StringComparison.Ordinal) == true);
        Assert.Empty(types.Where(type => s_names.Any(name => type.Name.EndsWith(name, StringComparison.Ordinal))).Select(type => type.FullName));
    }

    [Fact]
    public void The_public_types_are_the_analyzers_the_fixes_and_the_refactorings() => Assert.Empty(
        new[] { typeof(WarmupAnalyzer).Assembly, Package.CodeFixAssembly }
            .SelectMany(assembly => assembly.GetExportedTypes())
            .Except(Findings.AllAnalyzers.Select(analyzer => analyzer.GetType()))
            .Except(Package.FixProviders.Select(provider => provider.GetType()))
            .Except(Package.RefactoringProviders.Select(provider => provider.GetType()))
            .Except([typeof(WarmupAnalyzer)])
            .Select(type => type.FullName));
}
