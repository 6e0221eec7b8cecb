using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace WarmupAnalyzers.Reading.Steps;

/// <summary>A <c>for</c> that declares a counter and counts with that of a loop round it: <c>for (int batch = 0; epoch &lt; n; epoch++)</c>.</summary>
/// <param name="Loop">The inner loop.</param>
/// <param name="Own">The variable that it declares.</param>
/// <param name="Foreign">The variable that it tests and moves.</param>
internal sealed record ForeignCounter(ForStatementSyntax Loop, ILocalSymbol Own, ILocalSymbol Foreign)
{
    /// <summary>The loops of this kind in a file, told by their symbols.</summary>
    public static IEnumerable<ForeignCounter> In(SyntaxNode root, TrainingCode code, CancellationToken cancellation) =>
        code.Names.In(root, "for").Select(token => token.Parent).OfType<ForStatementSyntax>().Where(MayBeOne)
            .Select(loop => Read(loop, code, cancellation)).OfType<ForeignCounter>();

    /// <summary>Where the loop names the other's variable in its header.</summary>
    public IEnumerable<IdentifierNameSyntax> Uses => Header(Loop).Where(name => name.Identifier.ValueText == Foreign.Name);

    // By its names, so that no other loop is bound.
    private static bool MayBeOne(ForStatementSyntax loop) =>
        !loop.ContainsDiagnostics
        && loop.Declaration is { Variables: [var own] } && loop.Condition is not null && loop.Incrementors.Count > 0
        && loop.Ancestors().Any(outer => outer is ForStatementSyntax { Declaration: not null })
        && !Header(loop).Any(name => name.Identifier.ValueText == own.Identifier.ValueText);

    private static IEnumerable<IdentifierNameSyntax> Header(ForStatementSyntax loop) =>
        loop.Incrementors.Prepend(loop.Condition!).SelectMany(part => part.DescendantNodesAndSelf()).OfType<IdentifierNameSyntax>();

    private static ForeignCounter? Read(ForStatementSyntax loop, TrainingCode code, CancellationToken cancellation)
    {
        if (code.OperationOf(loop, cancellation) is not IForLoopOperation { Condition: { } condition } operation
            || condition.DescendantsAndSelf().Concat(operation.AtLoopBottom.SelectMany(part => part.DescendantsAndSelf())).Any(part => part is IInvalidOperation)
            || operation.Locals.FirstOrDefault(local => local.Name == loop.Declaration!.Variables[0].Identifier.ValueText) is not { } own
            || IsMoved(own, operation.Body))
            return null;
        var moved = operation.AtLoopBottom.SelectMany(part => part.DescendantsAndSelf()).Select(MovedBy).OfType<ILocalSymbol>();
        var foreign = moved.FirstOrDefault(local => IsOfOuterLoop(local, operation)
            && condition.DescendantsAndSelf().Any(part => part is ILocalReferenceOperation read && SymbolEqualityComparer.Default.Equals(read.Local, local)));
        return foreign is not null && SymbolEqualityComparer.Default.Equals(foreign.Type, own.Type) ? new ForeignCounter(loop, own, foreign) : null;
    }

    private static bool IsOfOuterLoop(ILocalSymbol local, IOperation loop)
    {
        for (var outer = loop.Parent; outer is not null; outer = outer.Parent)
        {
            if (outer is IForLoopOperation { Locals: var locals } && locals.Contains(local, SymbolEqualityComparer.Default))
                return true;
        }

        return false;
    }

    // It is counted in the body, on purpose.
    private static bool IsMoved(ILocalSymbol own, IOperation body) =>
        body.Descendants().Any(part => SymbolEqualityComparer.Default.Equals(MovedBy(part), own)
            || part is IArgumentOperation { Parameter.RefKind: RefKind.Ref or RefKind.Out, Value: ILocalReferenceOperation { Local: var given } } && SymbolEqualityComparer.Default.Equals(given, own));

    private static ILocalSymbol? MovedBy(IOperation operation) => operation switch
    {
        IIncrementOrDecrementOperation { Target: ILocalReferenceOperation { Local: var local } } => local,
        IAssignmentOperation { Target: ILocalReferenceOperation { Local: var local } } => local,
        _ => null,
    };
}
