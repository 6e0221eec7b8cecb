using System.Linq;
using System.Reflection;
using Xunit;

namespace WarmupSchedulers.Tests;

public class PackageTests
{
    [Fact]
    public void The_library_references_no_analyzer() =>
        Assert.DoesNotContain(typeof(Schedule).Assembly.GetReferencedAssemblies(), name => name.Name!.StartsWith("WarmupAnalyzers"));

    [Fact]
    public void The_extensions_are_the_factories_with_the_same_parameters_and_defaults()
    {
        Assert.Equal(Signatures(typeof(LRSchedulers)), Signatures(typeof(LRSchedulerExtensions)));
        Assert.NotEmpty(Signatures(typeof(LRSchedulers)));
    }

    private static string[] Signatures(System.Type type) =>
        [.. type.GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly).Select(Signature).Order()];

    private static string Signature(MethodInfo method) =>
        $"{method.ReturnType} {method.Name}({string.Join(", ", method.GetParameters().Select(p => $"{p.ParameterType} {p.Name} = {(p.HasDefaultValue ? p.DefaultValue ?? "null" : "")}"))})";
}
