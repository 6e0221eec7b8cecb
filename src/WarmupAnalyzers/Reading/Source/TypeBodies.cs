using System.Collections.Generic;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace WarmupAnalyzers.Reading.Source;

/// <summary>The methods and initializers of a type, from all its parts.</summary>
internal sealed class TypeBodies
{
    private TypeBodies(List<IMethodSymbol> methods, List<IOperation> instanceInitializers, List<IOperation> staticInitializers)
    {
        Methods = methods;
        InstanceInitializers = instanceInitializers;
        StaticInitializers = staticInitializers;
    }

    /// <summary>Everything with a body: methods, constructors, accessors, operators; not those of nested types.</summary>
    public IReadOnlyList<IMethodSymbol> Methods { get; }

    public IReadOnlyList<IOperation> InstanceInitializers { get; }

    public IReadOnlyList<IOperation> StaticInitializers { get; }

    public static TypeBodies Read(INamedTypeSymbol type, TrainingCode code, CancellationToken cancellation)
    {
        var methods = new List<IMethodSymbol>();
        var instance = new List<IOperation>();
        var shared = new List<IOperation>();
        foreach (var member in FileOrder.MembersOf(type))
        {
            switch (member)
            {
                case IMethodSymbol method:
                    methods.Add(method);
                    break;
                case IFieldSymbol { IsConst: false } or IPropertySymbol:
                    if (Initializer(member, code, cancellation) is { } initializer)
                        (member.IsStatic ? shared : instance).Add(initializer);
                    break;
            }
        }

        return new TypeBodies(methods, instance, shared);
    }

    /// <summary>The initializer with the field or property it belongs to (an <c>IFieldInitializerOperation</c> or its sibling).</summary>
    private static IOperation? Initializer(ISymbol member, TrainingCode code, CancellationToken cancellation)
    {
        foreach (var reference in member.DeclaringSyntaxReferences)
        {
            var initializer = reference.GetSyntax(cancellation) switch
            {
                VariableDeclaratorSyntax declarator => declarator.Initializer,
                PropertyDeclarationSyntax property => property.Initializer,
                _ => null,
            };
            if (initializer is not null)
                return code.OperationOf(initializer, cancellation);
        }

        return null;
    }
}
