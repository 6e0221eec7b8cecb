using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace WarmupAnalyzers.Tests.Mutants;

/// <summary>A mistake that can be put into a correct program mechanically.</summary>
/// <param name="Name">What is done to the program.</param>
/// <param name="Id">The rule that must report it.</param>
/// <param name="Edits">Every way to do it to a program, as the changes of its text.</param>
internal sealed record Mutation(string Name, string Id, Func<TrainingProgram, IEnumerable<IReadOnlyList<TextChange>>> Edits)
{
    public IEnumerable<Mutant> Of(TrainingProgram program) =>
        Edits(program).Select((edit, i) => new Mutant(program, this, i, SourceText.From(program.Source).WithChanges(edit.OrderBy(change => change.Span.Start)).ToString()));

    public override string ToString() => Name;
}

/// <summary>A program with one mistake in it.</summary>
internal sealed record Mutant(TrainingProgram Program, Mutation Mutation, int Number, string Source)
{
    public bool Compiles => !Findings.Compile(Source).GetDiagnostics().Any(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);

    public override string ToString() => $"{Program.Name}, {Mutation.Name} {Number}";
}

/// <summary>The changes that mutations are made of.</summary>
internal static class Edits
{
    public static TextChange Remove(SyntaxNode node) => new(node.FullSpan, string.Empty);

    public static TextChange Replace(SyntaxNode node, string text) => new(node.Span, text);

    public static TextChange Before(SyntaxNode node, string statement) => new(new TextSpan(node.FullSpan.Start, 0), statement + "\n");

    public static TextChange Behind(SyntaxNode node, string statement) => new(new TextSpan(node.FullSpan.End, 0), statement + "\n");

    public static TextChange AtTop(BlockSyntax body, string statement) => new(new TextSpan(body.OpenBraceToken.FullSpan.End, 0), statement + "\n");

    public static TextChange AtEnd(BlockSyntax body, string statement) => new(new TextSpan(body.CloseBraceToken.FullSpan.Start, 0), statement + "\n");
}
