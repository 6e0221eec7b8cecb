namespace System.Runtime.CompilerServices;

/// <summary>What the compiler asks for where a property is set once, with <c>init</c>. The .NET Standard that analyzers are compiled for has none.</summary>
internal static class IsExternalInit
{
}
