using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CodeRefactorings;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;
using WarmupAnalyzers.Tests.Consistency;

namespace WarmupAnalyzers.Tests.Robustness;

/// <summary>
/// All analyzers, fixes and refactorings on a program. Nothing throws; a report lies in the program; what is offered for a program that compiles gives
/// one that compiles, with every comment and directive that it had; and Fix All comes to an end.
/// </summary>
internal sealed class FuzzCheck
{
    private const int FixAllRounds = 6;
    private const int Carets = 2;
    private const int FixPeriod = 3;
    private const int RefactoringPeriod = 4;

    // To prove an offer costs several times what finding the mistake does.
    private static readonly bool s_allOffers = Environment.GetEnvironmentVariable("WARMUP_FUZZ_OFFERS") == "all";

    private readonly FuzzProgram _program;
    private readonly Document _document;
    private readonly Random _random;
    private readonly CancellationToken _cancellation;
    private readonly Lazy<bool> _compiles;

    private FuzzCheck(FuzzProgram program, string text, int seed, CancellationToken cancellation)
    {
        _program = program;
        _document = program.With(text);
        _random = new Random(seed);
        _cancellation = cancellation;
        _compiles = new(() => FuzzHost.Compiles(_document, _cancellation));
    }

    /// <summary>What is wrong with our answers to this text in the place of the program's; null where nothing is.</summary>
    public static FuzzFailure? Of(FuzzProgram program, string text, int seed, FuzzFigures figures, CancellationToken cancellation)
    {
        try
        {
            new FuzzCheck(program, text, seed, cancellation).All(figures);
            return null;
        }
        catch (FuzzException broken)
        {
            return broken.Failure;
        }
        catch (KeyNotFoundException ofCompiler) when (IsOfCompiler(ofCompiler))
        {
            return null;
        }
        catch (Exception thrown) when (!cancellation.IsCancellationRequested)
        {
            var cause = thrown is AnalyzerCrash { InnerException: { } inner } ? inner : thrown;
            return new FuzzFailure($"{cause.GetType().Name} in {Place(cause)}", cause.ToString());
        }
    }

    private void All(FuzzFigures figures)
    {
        var found = Analyze(_document);
        figures.AddReports(found.Length);
        if (_random.Next(FuzzFigures.SharePeriod) == 0)
            figures.AddLooked(_compiles.Value);
        var hasOffers = (Fixes: IsOneIn(FixPeriod), Refactorings: IsOneIn(RefactoringPeriod));
        foreach (var group in found.Where(report => hasOffers.Fixes).Where(report => report.Location.SourceTree?.FilePath == Tree(_document).FilePath).GroupBy(report => report.Id))
            Fix(group.Key, [.. group], figures);
        if (hasOffers.Refactorings)
            Refactor(figures);
    }

    private bool IsOneIn(int period) => _random.Next(period) == 0 || s_allOffers;

    private ImmutableArray<Diagnostic> Analyze(Document document)
    {
        var found = FuzzHost.Analyze(document, _cancellation);
        foreach (var report in found)
        {
            Promise(report.Id.StartsWith("WARM", StringComparison.Ordinal), report.Id, () => report.ToString());
            Promise(report.Location.SourceTree is { } tree && tree.GetRoot(_cancellation).FullSpan.Contains(report.Location.SourceSpan), report.Id + " lies nowhere", () => report.ToString());
            Promise(report.GetMessage(CultureInfo.InvariantCulture).Length > 0, report.Id + " says nothing", () => report.ToString());
        }

        return found;
    }

    private void Fix(string id, ImmutableArray<Diagnostic> reports, FuzzFigures figures)
    {
        foreach (var provider in Package.FixProviders.Where(provider => provider.FixableDiagnosticIds.Contains(id)))
        {
            var report = reports[_random.Next(reports.Length)];
            var actions = new List<CodeAction>();
            provider.RegisterCodeFixesAsync(new CodeFixContext(_document, report, (action, _) => actions.Add(action), _cancellation)).GetAwaiter().GetResult();
            foreach (var action in actions)
            {
                figures.AddFix();
                Judge(After(action, _document), $"fix of {id}: {action.Title}");
            }

            if (actions.Count > 0 && provider.GetFixAllProvider() is { } all && (reports.Length > 1 || _random.Next(4) == 0))
            {
                figures.AddFixAll();
                FixAll(provider, all, id, actions[0].EquivalenceKey!, reports);
            }
        }
    }

    private void FixAll(CodeFixProvider provider, FixAllProvider all, string id, string key, ImmutableArray<Diagnostic> reports)
    {
        var document = _document;
        for (var round = 0; round < FixAllRounds; round++)
        {
            var context = new FixAllContext(document, provider, FixAllScope.Document, key, [id], new Given(reports), _cancellation);
            if (all.GetFixAsync(context).GetAwaiter().GetResult() is not { } action)
                return;
            var after = After(action, document);
            if (TextOf(after) == TextOf(document))
                return;
            Judge(after, "Fix All of " + id);
            document = after;
            reports = [.. Analyze(document).Where(report => report.Id == id && report.Location.SourceTree?.FilePath == Tree(document).FilePath)];
            if (reports.IsEmpty)
                return;
        }

        Promise(false, $"Fix All of {id} comes to no end", () => TextOf(document));
    }

    private void Refactor(FuzzFigures figures)
    {
        var text = TextOf(_document);
        var places = RefactoringPlaces.Of(text);
        for (var i = 0; i < Carets; i++)
        {
            var start = places.Length == 0 || _random.Next(4) == 0 ? _random.Next(text.Length + 1) : places[_random.Next(places.Length)];
            var at = new TextSpan(start, _random.Next(4) == 0 ? _random.Next(Math.Min(40, text.Length - start) + 1) : 0);
            foreach (var provider in Package.RefactoringProviders)
            {
                var actions = new List<CodeAction>();
                provider.ComputeRefactoringsAsync(new CodeRefactoringContext(_document, at, actions.Add, _cancellation)).GetAwaiter().GetResult();
                foreach (var action in actions)
                {
                    figures.AddRefactoring();
                    Judge(After(action, _document), $"refactoring: {action.Title}");
                }
            }
        }
    }

    private Document After(CodeAction action, Document document)
    {
        var operations = action.GetOperationsAsync(_cancellation).GetAwaiter().GetResult();
        return operations.OfType<ApplyChangesOperation>().Single().ChangedSolution.GetDocument(document.Id)!;
    }

    private void Judge(Document after, string what)
    {
        if (!_compiles.Value)
            return;
        if (FuzzHost.Errors(after, _cancellation).FirstOrDefault() is { } error)
            Promise(false, $"{Short(what)} does not compile: {error.Id}", () => $"{what}: {error}\n{TextOf(after)}");
        if (Remarks.Lost(Tree(_document), Tree(after)).FirstOrDefault() is { } lost)
            Promise(false, $"{Short(what)} loses a {(lost.StartsWith('#') ? "directive" : "comment")}", () => $"{what}: {lost}\n{TextOf(after)}");
    }

    private static string Short(string what) => what.StartsWith("fix of ", StringComparison.Ordinal) ? what[..15] : what;

    private static void Promise(bool isKept, string kind, Func<string> details)
    {
        if (!isKept)
            throw new FuzzException(kind, details());
    }

    private SyntaxTree Tree(Document document) => document.GetSyntaxTreeAsync(_cancellation).GetAwaiter().GetResult()!;

    private string TextOf(Document document) => document.GetTextAsync(_cancellation).GetAwaiter().GetResult().ToString();

    // A compiler of 4.8 that simplifies a name in a script with a local function Main asks for a tree that is not there.
    private static bool IsOfCompiler(KeyNotFoundException thrown) => thrown.StackTrace is { } trace
        && trace.Contains("ReturnsAwaitableToVoidOrInt", StringComparison.Ordinal) && trace.Contains("CSharpNameReducer", StringComparison.Ordinal);

    // The innermost method of ours.
    private static string Place(Exception thrown) => new StackTrace(thrown).GetFrames()
        .Select(frame => frame.GetMethod())
        .FirstOrDefault(method => method?.DeclaringType?.Namespace?.StartsWith("WarmupAnalyzers", StringComparison.Ordinal) == true) is { } own
            ? $"{own.DeclaringType!.Name}.{own.Name}"
            : "the compiler";

    public override string ToString() => _program.Name;

    private sealed class Given(ImmutableArray<Diagnostic> reports) : FixAllContext.DiagnosticProvider
    {
        public override System.Threading.Tasks.Task<IEnumerable<Diagnostic>> GetAllDiagnosticsAsync(Project project, CancellationToken cancellationToken) =>
            System.Threading.Tasks.Task.FromResult<IEnumerable<Diagnostic>>(reports);

        public override System.Threading.Tasks.Task<IEnumerable<Diagnostic>> GetDocumentDiagnosticsAsync(Document document, CancellationToken cancellationToken) =>
            System.Threading.Tasks.Task.FromResult<IEnumerable<Diagnostic>>(reports);

        public override System.Threading.Tasks.Task<IEnumerable<Diagnostic>> GetProjectDiagnosticsAsync(Project project, CancellationToken cancellationToken) =>
            System.Threading.Tasks.Task.FromResult<IEnumerable<Diagnostic>>([]);
    }
}
