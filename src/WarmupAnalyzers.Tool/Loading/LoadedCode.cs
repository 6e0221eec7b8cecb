using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace WarmupAnalyzers.Tool.Loading;

/// <summary>What was loaded, and what could not be.</summary>
/// <param name="Workspace">Keeps the projects alive.</param>
/// <param name="Projects">All C# projects, one for each target framework.</param>
/// <param name="Failures">What could not be loaded or compiled, in words a person can act on.</param>
internal sealed record LoadedCode(Workspace Workspace, ImmutableArray<LoadedProject> Projects, ImmutableArray<string> Failures) : IDisposable
{
    /// <summary>Whether everything that was asked for was loaded.</summary>
    public bool IsComplete => Failures.IsEmpty;

    public void Dispose() => Workspace.Dispose();
}

/// <summary>A project with its compilation.</summary>
internal sealed record LoadedProject(Project Project, Compilation Compilation)
{
    /// <summary>Whether there can be anything to find in it.</summary>
    public bool UsesTorchSharp => Compilation.ReferencedAssemblyNames.Any(assembly => assembly.Name == "TorchSharp");
}
