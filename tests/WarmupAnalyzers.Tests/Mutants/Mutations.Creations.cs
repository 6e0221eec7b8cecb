using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace WarmupAnalyzers.Tests.Mutants;

/// <summary>Schedulers and optimizers that are made too often, or for nothing.</summary>
internal static partial class Mutations
{
    private static ImmutableArray<Mutation> OfCreations =>
    [
        new("scheduler made again at the top of each epoch", "WARM3003", program => MadeAgain(program, isAtTop: true)) { LeavesTrace = true },
        new("scheduler made again at the end of each epoch", "WARM3003", program => MadeAgain(program, isAtTop: false)) { LeavesTrace = true },
        new("scheduler made at each access of a property", "WARM3003", MadeAtEachAccess),
        new("scheduler replaced by a new optimizer with another rate", "WARM4013", OptimizerRebuilt),
    ];

    private static IEnumerable<IReadOnlyList<TextChange>> MadeAgain(TrainingProgram program, bool isAtTop) =>
        from scheduler in InSight(program)
        let statement = scheduler.Creation.FirstAncestorOrSelf<LocalDeclarationStatementSyntax>()
        where statement is not null && TrainingProgram.LoopOf(statement) is null && IsLostAnew(program, scheduler.Creation)
        let loops = scheduler.Steps.Select(TrainingProgram.LoopOf).Distinct().ToArray()
        where loops.Length == 1 && loops[0] is not null && TrainingProgram.BodyOf(loops[0]!) is not null
        let again = $"{program.Holder(scheduler.Creation)!.Name} = {scheduler.Creation};"
        select new[] { isAtTop ? Edits.AtTop(TrainingProgram.BodyOf(loops[0]!)!, again) : Edits.AtEnd(TrainingProgram.BodyOf(loops[0]!)!, again) };

    private static IEnumerable<IReadOnlyList<TextChange>> MadeAtEachAccess(TrainingProgram program) =>
        from scheduler in InSight(program)
        let assignment = scheduler.Creation.FirstAncestorOrSelf<ExpressionStatementSyntax>()
        where assignment is not null && IsLostAnew(program, scheduler.Creation)
        let field = program.Holder(scheduler.Creation) as IFieldSymbol
        where field is { DeclaredAccessibility: Accessibility.Private }
        let declaration = field.DeclaringSyntaxReferences[0].GetSyntax().FirstAncestorOrSelf<FieldDeclarationSyntax>()
        where declaration is { Declaration.Variables.Count: 1 }
        select new[] { Edits.Remove(assignment), Edits.Replace(declaration, $"private {declaration.Declaration.Type} {field.Name} => {scheduler.Creation};") };

    private static IEnumerable<IReadOnlyList<TextChange>> OptimizerRebuilt(TrainingProgram program) =>
        from scheduler in InSight(program)
        let declaration = scheduler.Creation.FirstAncestorOrSelf<LocalDeclarationStatementSyntax>()
        where declaration is not null && StandsInBlock(declaration) && program.Creations.Count() == 1
        let optimizer = program.Argument(scheduler.Creation, "optimizer")?.Expression
        where optimizer is IdentifierNameSyntax && program.SymbolOf(optimizer) is ILocalSymbol
        let made = MadeOptimizer(program, program.SymbolOf(optimizer)!)
        where made is not null
        let rate = program.Argument(made, "lr") ?? program.Argument(made, "learningRate")
        where rate is not null
        where TrainingProgram.LoopOf(scheduler.Steps[0]) is not null
        let body = TrainingProgram.BodyOf(TrainingProgram.LoopOf(scheduler.Steps[0])!)
        where body is not null
        let rebuilt = made.ToString().Replace(rate.ToString(), rate.NameColon + $"0.5 * {rate.Expression}")
        select new[] { Edits.Remove(declaration), Edits.AtEnd(body, $"{optimizer} = {rebuilt};") }.Concat(scheduler.Steps.Select(Edits.Remove)).ToArray();

    // An exponential decay goes on from the rate in force; the parts of a composition stay what they are.
    private static bool IsLostAnew(TrainingProgram program, InvocationExpressionSyntax creation) =>
        program.Creations.First(made => made.Call == creation).Kind is not ("SequentialLR" or "ChainedLR" or "ExponentialLR" or "MultiplicativeLR");

    private static InvocationExpressionSyntax? MadeOptimizer(TrainingProgram program, ISymbol optimizer) => program.Root.DescendantNodes()
        .OfType<VariableDeclaratorSyntax>()
        .Where(declarator => declarator.Identifier.ValueText == optimizer.Name && optimizer.DeclaringSyntaxReferences.Any(reference => reference.Span == declarator.Span))
        .Select(declarator => declarator.Initializer?.Value)
        .OfType<InvocationExpressionSyntax>()
        .FirstOrDefault(call => program.Argument(call, "parameters") is not null);
}
