using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FindSymbols;
using Microsoft.CodeAnalysis.Operations;
using WarmupAnalyzers.Reading;
using WarmupAnalyzers.Reading.Schedules;
using WarmupAnalyzers.Rules;
using WarmupAnalyzers.Schedules;

namespace WarmupAnalyzers.CodeFixes.Rewriting;

/// <summary>Makes the integer divisions real that truncate a scheduler's or optimizer's argument, and evaluates it again.</summary>
internal sealed record ArgumentDivisionRepair(Document Document, string Title)
{
    /// <summary>The argument that a report of WARM1002 is about; null for one about a factor function.</summary>
    public static SyntaxNode? Find(SyntaxNode root, Diagnostic diagnostic) =>
        diagnostic.Properties.ContainsKey(IntegerDivisionInArgument.Argument) && diagnostic.AdditionalLocations is [var argument, ..] && root.FullSpan.Contains(argument.SourceSpan)
            ? root.FindNode(argument.SourceSpan).FirstAncestorOrSelf<ArgumentSyntax>()
            : null;

    /// <summary>The document with real divisions in the marked argument; null where they have other users, or the promise does not hold.</summary>
    public static async Task<ArgumentDivisionRepair?> OfAsync(Document document, SyntaxAnnotation mark, CancellationToken cancellation)
    {
        var root = await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false);
        if (await ReadAsync(document, mark, cancellation).ConfigureAwait(false) is not { Truncated: { } truncated } before
            || !await IsOnlyForAsync(truncated, before, document, cancellation).ConfigureAwait(false))
            return null;
        var edited = document.WithSyntaxRoot(root!.ReplaceNodes(truncated.Divisions, (original, current) => IntegerDivisionEdit.Real(original, current, before.Model)));
        if (await ReadAsync(edited, mark, cancellation).ConfigureAwait(false) is not { Truncated: null } after || after.Value != truncated.Real
            || after.Mistakes.Any(mistake => !before.Mistakes.Any(known => known.IsSameAs(mistake)))
            || after.Model.GetDiagnostics(cancellationToken: cancellation).Any(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error))
            return null;
        return new ArgumentDivisionRepair(edited, $"Compute {truncated.Parameter} with a real division: {CurveText.Number(truncated.Real)}");
    }

    private static async Task<bool> IsOnlyForAsync(TruncatedArgument truncated, Read before, Document document, CancellationToken cancellation)
    {
        foreach (var division in truncated.Divisions)
        {
            if (division.SyntaxTree != before.Argument.Syntax.SyntaxTree)
                return false;
            if (before.Argument.Syntax.Contains(division))
                continue;
            // In what a variable was made with: the variable has no other reader.
            if (division.FirstAncestorOrSelf<VariableDeclaratorSyntax>() is not { } variable || before.Model.GetDeclaredSymbol(variable, cancellation) is not { } symbol)
                return false;
            var references = await SymbolFinder.FindReferencesAsync(symbol, document.Project.Solution, cancellation).ConfigureAwait(false);
            if (references.Sum(reference => reference.Locations.Count()) != 1)
                return false;
        }

        return true;
    }

    private static async Task<Read?> ReadAsync(Document document, SyntaxAnnotation mark, CancellationToken cancellation)
    {
        var root = await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false);
        var model = await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false);
        if (KnownSymbols.Find(model!.Compilation) is not { } symbols || root!.GetAnnotatedNodes(mark).SingleOrDefault() is not { } node
            || model.GetOperation(node, cancellation) is not IArgumentOperation { Parameter: { } parameter } argument)
            return null;
        var code = new TrainingCode(model.Compilation, symbols);
        var mistakes = argument.Parent is { } call && SchedulerCreation.Read(call, symbols) is { } creation
            ? ArgumentRules.Mistakes(new SchedulerArguments(creation, code, cancellation)).ToImmutableArray()
            : ImmutableArray<ArgumentMistake>.Empty;
        return new Read(model, argument, TruncatedArgument.Of(parameter.Name, argument.Value, code, cancellation), TruncatedArgument.NumberOf(argument.Value, code, cancellation), mistakes);
    }

    private sealed record Read(SemanticModel Model, IArgumentOperation Argument, TruncatedArgument? Truncated, double Value, ImmutableArray<ArgumentMistake> Mistakes);
}
