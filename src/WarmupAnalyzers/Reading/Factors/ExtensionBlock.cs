using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace WarmupAnalyzers.Reading.Factors;

/// <summary>Members of a C# 14 <c>extension(int step) { … }</c> block. The oldest host has no names for it; its syntax is known by its shape.</summary>
internal static class ExtensionBlock
{
    /// <summary>The block's own parameter, for an instance member of such a block; null for any other method.</summary>
    public static IParameterSymbol? ReceiverOf(IMethodSymbol method, TrainingCode code, CancellationToken cancellation)
    {
        if (method.IsStatic || method.OriginalDefinition.DeclaringSyntaxReferences is not [var reference])
            return null;
        var block = reference.GetSyntax(cancellation).Ancestors().OfType<TypeDeclarationSyntax>().FirstOrDefault();
        if (block is null or ClassDeclarationSyntax or StructDeclarationSyntax or RecordDeclarationSyntax or InterfaceDeclarationSyntax
            || block.ChildNodes().OfType<ParameterListSyntax>().FirstOrDefault() is not { Parameters: [var parameter] })
            return null;
        return code.ModelOf(parameter.SyntaxTree)?.GetDeclaredSymbol(parameter, cancellation) as IParameterSymbol;
    }
}
