using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using WarmupAnalyzers.Reading.Schedules;
using WarmupAnalyzers.Reading.Source;

namespace WarmupAnalyzers.Reading.Optimizers;

/// <summary>How many parameter groups an optimizer has when a scheduler is made on it.</summary>
internal static class ParameterGroups
{
    /// <summary>Null where it is not certain.</summary>
    public static int? CountAt(SchedulerCreation creation, OptimizerHistory history, TrainingCode code, CancellationToken cancellation)
    {
        if (history.Optimizer is null || CountOf(history.Optimizer, code, cancellation) is not { } count)
            return null;
        foreach (var use in history.Uses.Where(use => use.Kind == OptimizerUseKind.Other))
        {
            if (AddedBy(use.Mention, creation, code, cancellation) is not { } added)
                return null;
            count += added;
        }

        return count;
    }

    // Parameters make one group; groups are as many as are written out.
    private static int? CountOf(IOperation optimizer, TrainingCode code, CancellationToken cancellation)
    {
        var arguments = optimizer switch
        {
            IInvocationOperation call => call.Arguments,
            IObjectCreationOperation made => made.Arguments,
            _ => ImmutableArray<IArgumentOperation>.Empty,
        };
        if (arguments.FirstOrDefault(argument => argument.Parameter?.Ordinal == 0) is not { Parameter.Type: INamedTypeSymbol { TypeArguments: [var element] } } first)
            return null;
        if (element.Name == "Parameter" || element is INamedTypeSymbol { IsTupleType: true })
            return 1;
        return element.Name == "ParamGroup" ? WrittenList.ElementsOf(first.Value, code, cancellation)?.Length : null;
    }

    // A member of TorchSharp's own leaves the groups as they are, but for the one that adds to them.
    private static int? AddedBy(SyntaxNode mention, SchedulerCreation creation, TrainingCode code, CancellationToken cancellation)
    {
        if (mention is not ExpressionSyntax name || code.ModelOf(mention.SyntaxTree) is not { } model)
            return null;
        while (name.Parent is MemberAccessExpressionSyntax qualified && qualified.Name == name)
            name = qualified;
        if (model.GetTypeInfo(name, cancellation).Type is { } type && !code.Symbols.IsOptimizer(type))
            return 0; // one of the groups
        if (name.Parent is not MemberAccessExpressionSyntax access || access.Expression != name
            || model.GetSymbolInfo(access, cancellation).Symbol is not { } member || !code.Symbols.IsDeclaredInTorchSharp(member))
            return null;
        if (member.Name != "add_param_group")
            return 0;
        // Once, on every path: a statement of a block that leads to the scheduler.
        return access.Parent?.Parent is ExpressionStatementSyntax { Parent: BlockSyntax or GlobalStatementSyntax } statement
            && (statement.Parent is GlobalStatementSyntax ? statement.Parent.Parent : statement.Parent)!.Span.Contains(creation.Operation.Syntax.Span)
            ? 1
            : null;
    }
}
