using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using WarmupAnalyzers.Factors;
using WarmupAnalyzers.Reading;
using WarmupAnalyzers.Reading.Factors;
using WarmupAnalyzers.Reading.Schedules;
using WarmupAnalyzers.Rules;

namespace WarmupAnalyzers.CodeFixes.Rewriting;

/// <summary>
/// A function that is nothing but a proportional ramp becomes <c>Math.Min((epoch + 1) / (double)n, 1.0)</c>, with the user's
/// own parameter and warmup length. Whether it is one is told by its numbers.
/// </summary>
internal sealed class CanonicalRamp
{
    /// <summary>A ramp computed in <c>float</c> is a ramp too.</summary>
    private const double Tolerance = 1e-6;

    private readonly ImmutableArray<(Assignment Assignment, double Length)> _lengths;
    private readonly int _offset;
    private readonly RatePlateau? _plateau;

    private CanonicalRamp(ImmutableArray<(Assignment Assignment, double Length)> lengths, int offset, RatePlateau? plateau, ExpressionSyntax value)
    {
        _lengths = lengths;
        _offset = offset;
        _plateau = plateau;
        Value = value;
    }

    /// <summary>The expression to put in place of the function's value.</summary>
    public ExpressionSyntax Value { get; }

    public static CanonicalRamp? Of(FactorState state, FactorFunctionSyntax function, CancellationToken cancellation)
    {
        if (state.Schedule.Use != FactorUse.Rate)
            return Of(state, function, null, cancellation);
        return RatePlateau.In(function, state, cancellation)
            .Select(plateau => Of(state, function, plateau, cancellation))
            .FirstOrDefault(ramp => ramp is not null);
    }

    private static CanonicalRamp? Of(FactorState state, FactorFunctionSyntax function, RatePlateau? plateau, CancellationToken cancellation)
    {
        if (function.Value is null || HoldsComments(function.Value) || state.Judgement!.Branch.Assignments.IsEmpty || state.Group.Program.FreeVariables.Any(variable => variable.IsDiscrete))
            return null;
        var lengths = ImmutableArray.CreateBuilder<(Assignment, double)>();
        var offset = 0;
        foreach (var assignment in state.Judgement.Branch.Assignments)
        {
            if (RampOf(state, plateau, assignment, cancellation) is not { } ramp)
                return null;
            lengths.Add((assignment, ramp.Length));
            offset = ramp.Offset;
        }

        // A step at the top of the loop makes k / n right from its first use.
        if (offset == 0 && state.Schedule.FirstIndex == 0)
            offset = 1;
        return Denominator(state, function, lengths.ToImmutable(), cancellation) is { } denominator
            && KeepsWhatTheUserDecides(function, denominator, plateau, state)
            ? new CanonicalRamp(lengths.ToImmutable(), offset, plateau, Write(function.Index.Text, offset, denominator, plateau))
            : null;
    }

    /// <summary>A ramp of these lengths in place of a function that is none; what else the function reads is dropped.</summary>
    public static CanonicalRamp? OfLengths(
        FactorState state, FactorFunctionSyntax function, ImmutableArray<(Assignment Assignment, double Length)> lengths, CancellationToken cancellation)
    {
        if (function.Value is null || HoldsComments(function.Value) || state.Group.Program.FreeVariables.Any(variable => variable.IsDiscrete)
            || lengths.IsEmpty || lengths.Any(length => !(length.Length >= 1.5 && length.Length <= 1e7)))
            return null;
        var offset = state.Schedule.FirstIndex == 0 ? 1 : 0;
        return Denominator(state, function, lengths, cancellation) is { } denominator
            ? new CanonicalRamp(lengths, offset, null, Write(function.Index.Text, offset, denominator, null))
            : null;
    }

    /// <summary>What the function divides its index by first, under each assignment; empty where it does not divide.</summary>
    public static ImmutableArray<(Assignment Assignment, double Length)> DenominatorsOf(FactorState state, FactorFunctionSyntax function, CancellationToken cancellation)
    {
        var denominator = function.Value?.DescendantNodesAndSelf().OfType<BinaryExpressionSyntax>()
            .Where(binary => binary.IsKind(SyntaxKind.DivideExpression) && function.IndexReads(binary.Left).Any())
            .Select(binary => WithoutCast(binary.Right))
            .FirstOrDefault(right => !function.IndexReads(right).Any());
        if (denominator is null || state.Code.OperationOf(denominator, cancellation) is not { } operation)
            return ImmutableArray<(Assignment, double)>.Empty;
        var (value, _) = FactorReader.ReadRate(operation, state.Code, cancellation);
        return state.Judgement!.Branch.Assignments.Select(assignment => (assignment, value.Under(assignment, cancellation).FactorAt(0))).ToImmutableArray();
    }

    /// <summary>Whether the function after the edit is the ramp that was promised, number by number.</summary>
    public bool IsKept(FactorState after, CancellationToken cancellation)
    {
        foreach (var (assignment, length) in _lengths)
        {
            if (Indices(length).Any(k => !AreClose(after.Follow(assignment, k, cancellation) / Full(_plateau, assignment, cancellation), Math.Min((k + _offset) / length, 1))))
                return false;
        }

        return true;
    }

    /// <summary>What the ramp leads to: 1, or the full rate.</summary>
    private static double Full(RatePlateau? plateau, Assignment assignment, CancellationToken cancellation) => plateau?.Under(assignment, cancellation) ?? 1;

    private static (double Length, int Offset)? RampOf(FactorState state, RatePlateau? plateau, Assignment assignment, CancellationToken cancellation)
    {
        var full = Full(plateau, assignment, cancellation);
        var start = state.Meant(assignment, 0, cancellation) / full;
        var offset = Math.Abs(start) < Tolerance ? 0 : 1;
        var length = 1 / (state.Meant(assignment, 1 - offset, cancellation) / full);
        if (double.IsNaN(length) || length < 1.5 || length > 1e7)
            return null;
        var capped = true;
        var open = true;
        foreach (var k in Indices(length))
        {
            var meant = state.Meant(assignment, k, cancellation) / full;
            var line = (k + offset) / length;
            capped &= AreClose(meant, Math.Min(line, 1));
            open &= AreClose(meant, line);
        }

        return capped || open && plateau is not { IsCertain: false } ? (length, offset) : null;
    }

    private static IEnumerable<int> Indices(double length) => IndexRange.Of(0, length);

    private static ExpressionSyntax? Denominator(
        FactorState state, FactorFunctionSyntax function, ImmutableArray<(Assignment Assignment, double Length)> lengths, CancellationToken cancellation)
    {
        foreach (var candidate in Candidates(function))
        {
            if (IsLength(candidate, state, lengths, cancellation))
                return FactorSyntax.RealDenominator(candidate, state.Model);
        }

        var length = lengths[0].Length;
        return lengths.All(other => AreClose(other.Length, length)) && AreClose(length, Math.Round(length))
            ? SyntaxFactory.ParseExpression(Math.Round(length).ToString("0.0", System.Globalization.CultureInfo.InvariantCulture))
            : null;
    }

    // What the user divides by, or compares the index with.
    private static IEnumerable<ExpressionSyntax> Candidates(FactorFunctionSyntax function) =>
        function.Value!.DescendantNodesAndSelf().OfType<BinaryExpressionSyntax>()
            .SelectMany(binary => binary.Kind() switch
            {
                SyntaxKind.DivideExpression => [binary.Right],
                SyntaxKind.LessThanExpression or SyntaxKind.LessThanOrEqualExpression
                    or SyntaxKind.GreaterThanExpression or SyntaxKind.GreaterThanOrEqualExpression => new[] { binary.Right, binary.Left },
                _ => [],
            })
            .Select(WithoutCast)
            .Where(candidate => !function.IndexReads(candidate).Any());

    private static ExpressionSyntax WithoutCast(ExpressionSyntax expression) => FactorSyntax.Unparenthesized(expression) switch
    {
        CastExpressionSyntax cast => WithoutCast(cast.Expression),
        var other => other,
    };

    private static bool IsLength(
        ExpressionSyntax candidate, FactorState state, ImmutableArray<(Assignment Assignment, double Length)> lengths, CancellationToken cancellation)
    {
        if (state.Code.OperationOf(candidate, cancellation) is not { } operation)
            return false;
        var (value, _) = FactorReader.ReadRate(operation, state.Code, cancellation);
        return lengths.All(length => AreClose(value.Under(length.Assignment, cancellation).FactorAt(0), length.Length));
    }

    private static ExpressionSyntax Write(string index, int offset, ExpressionSyntax denominator, RatePlateau? plateau)
    {
        var ramp = FactorSyntax.CappedAtOne(SyntaxFactory.ParseExpression((offset == 1 ? "(" + index + " + 1)" : index) + " / " + denominator.WithoutTrivia()));
        return plateau is null ? ramp : FactorSyntax.Times(plateau.Written, ramp);
    }

    // Each setting that the function reads is in the ramp too, or is the rate that is dropped: numbers alone do not show what
    // an offset of zero or a switch is for.
    private static bool KeepsWhatTheUserDecides(FactorFunctionSyntax function, ExpressionSyntax denominator, RatePlateau? plateau, FactorState state)
    {
        var kept = Names(denominator).Concat(plateau is null ? [] : Names(plateau.Written)).ToImmutableHashSet();
        var rate = state.Group.Program.Symbols
            .Where(site => state.Schedule.BaseRate.Keys.Contains(site.Key))
            .SelectMany(site => Names((SyntaxNode)site.Place));
        return Names(function.Value!)
            .Where(name => state.Group.Program.Symbols.Any(site => ((SyntaxNode)site.Place).Span.Contains(name.Span) || name.Span.Contains(((SyntaxNode)site.Place).Span)))
            .All(name => kept.Any(other => other.Identifier.ValueText == name.Identifier.ValueText) || rate.Any(other => other.Identifier.ValueText == name.Identifier.ValueText));
    }

    private static IEnumerable<IdentifierNameSyntax> Names(SyntaxNode node) => node.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>();

    // Inside; what stands before and behind stays anyway.
    private static bool HoldsComments(SyntaxNode node) =>
        node.DescendantTrivia().Where(trivia => node.Span.Contains(trivia.Span)).Any(trivia => trivia.IsKind(SyntaxKind.SingleLineCommentTrivia) || trivia.IsKind(SyntaxKind.MultiLineCommentTrivia) || trivia.IsDirective);

    private static bool AreClose(double left, double right) =>
        left == right || Math.Abs(left - right) <= Tolerance * Math.Max(Math.Abs(left), Math.Abs(right));
}
