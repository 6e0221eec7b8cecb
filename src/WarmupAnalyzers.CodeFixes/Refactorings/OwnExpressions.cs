using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using WarmupAnalyzers.Reading;
using WarmupAnalyzers.Reading.Factors;
using WarmupAnalyzers.Reading.Schedules;
using WarmupAnalyzers.Reading.Source;

namespace WarmupAnalyzers.CodeFixes.Refactorings;

/// <summary>
/// What a user's factor functions are computed from and the scheduler's creation may name as well: lengths and rates. An
/// expression must mean there what it means in the function, and be no other when the function is called.
/// </summary>
internal sealed class OwnExpressions
{
    private const int Limit = 24;

    private readonly SyntaxNode _site;
    private readonly SemanticModel _model;
    private readonly TrainingCode _code;
    private readonly CancellationToken _cancellation;

    private OwnExpressions(SyntaxNode site, TrainingCode code, CancellationToken cancellation)
    {
        _site = site;
        _code = code;
        _model = code.ModelOf(site.SyntaxTree)!;
        _cancellation = cancellation;
    }

    /// <summary>What may be a number of steps, or a width.</summary>
    public ImmutableArray<OwnExpression> Counts { get; private set; }

    /// <summary>What may be a factor.</summary>
    public ImmutableArray<OwnExpression> Factors { get; private set; }

    public static OwnExpressions Of(FactorSchedule schedule, TrainingCode code, CancellationToken cancellation)
    {
        var found = new OwnExpressions(schedule.Site.Syntax, code, cancellation);
        var parts = FactorFunctions.From(schedule, code, cancellation)
            .SelectMany(function => function.DescendantNodesAndSelf().OfType<ExpressionSyntax>())
            .Where(IsValue)
            .ToImmutableArray();
        found.Counts = Sorted(parts.Select(found.CountOf).Concat(parts.Select(found.ReciprocalOf)));
        found.Factors = Sorted(parts.Select(found.FactorOf));
        return found;
    }

    private static ImmutableArray<OwnExpression> Sorted(IEnumerable<OwnExpression?> expressions) => expressions
        .OfType<OwnExpression>()
        .GroupBy(expression => expression.Written.ToString())
        .Select(same => same.First())
        .OrderBy(expression => expression.Cost)
        .Take(Limit)
        .ToImmutableArray();

    // Parentheses and casts are no part of what is meant; what is inside stands for itself.
    private static bool IsValue(ExpressionSyntax expression) =>
        expression is LiteralExpressionSyntax or IdentifierNameSyntax or MemberAccessExpressionSyntax or BinaryExpressionSyntax
            or InvocationExpressionSyntax or ElementAccessExpressionSyntax or ConditionalExpressionSyntax
        && !(expression.Parent is MemberAccessExpressionSyntax access && access.Name == expression);

    private OwnExpression? CountOf(ExpressionSyntax expression)
    {
        var type = TypeOf(expression);
        if (type is null || !IsVisible(expression))
            return null;
        if (IsInteger(type))
            return Read(expression, expression.WithoutTrivia());
        // A whole number that is declared double.
        if (type.SpecialType != SpecialType.System_Double || Fixed(expression) is not { } number || number != Math.Floor(number) || !(number is >= 1 and < 1e15))
            return null;
        return expression is LiteralExpressionSyntax
            ? OwnExpression.Number(number, cost: 1)
            : Read(expression, SyntaxFactory.ParseExpression("(long)" + Operand(expression)));
    }

    // 0.2 a step is a ramp of five steps.
    private OwnExpression? ReciprocalOf(ExpressionSyntax expression) =>
        expression is LiteralExpressionSyntax { Token.Value: double step } && step is > 0 and < 1 && Math.Abs(1 / step - Math.Round(1 / step)) < 1e-9
            ? OwnExpression.Number(Math.Round(1 / step), cost: 9)
            : null;

    private OwnExpression? FactorOf(ExpressionSyntax expression) =>
        TypeOf(expression)?.SpecialType is SpecialType.System_Double or SpecialType.System_Single && IsVisible(expression)
            ? Read(expression, expression.WithoutTrivia())
            : null;

    private ITypeSymbol? TypeOf(ExpressionSyntax expression) => _code.OperationOf(expression, _cancellation)?.Type;

    private static bool IsInteger(ITypeSymbol type) =>
        type.SpecialType is >= SpecialType.System_SByte and <= SpecialType.System_Int64;

    private OwnExpression? Read(ExpressionSyntax expression, ExpressionSyntax written) =>
        _code.OperationOf(expression, _cancellation) is { } operation
            ? OwnExpression.Of(expression, written, FactorReader.ReadRate(operation, _code, _cancellation).Value)
            : null;

    private double? Fixed(ExpressionSyntax expression)
    {
        var value = FactorReader.ReadRate(_code.OperationOf(expression, _cancellation)!, _code, _cancellation).Value;
        return value.FreeVariables.IsEmpty ? value.Under(WarmupAnalyzers.Factors.Assignment.Empty, _cancellation).FactorAt(0) : null;
    }

    private static string Operand(ExpressionSyntax operand) =>
        operand is IdentifierNameSyntax or MemberAccessExpressionSyntax or InvocationExpressionSyntax ? operand.WithoutTrivia().ToString() : "(" + operand.WithoutTrivia() + ")";

    // Each name that is not behind a dot is the same symbol where the scheduler is made, and has its value by then.
    private bool IsVisible(ExpressionSyntax expression) => expression.DescendantNodesAndSelf().OfType<SimpleNameSyntax>()
        .Where(name => !(name.Parent is MemberAccessExpressionSyntax access && access.Name == name) && name.Parent is not NameColonSyntax)
        .All(IsSameAtSite)
        && expression.DescendantNodesAndSelf().OfType<SimpleNameSyntax>().All(HasItsValue);

    private bool IsSameAtSite(SimpleNameSyntax name) =>
        SymbolOf(name) is { } symbol
        && _model.LookupSymbols(_site.SpanStart, name: name.Identifier.ValueText)
            .Any(visible => SymbolEqualityComparer.Default.Equals(visible.OriginalDefinition, symbol.OriginalDefinition));

    private bool HasItsValue(SimpleNameSyntax name)
    {
        if (SymbolOf(name) is not { } symbol || symbol is not (ILocalSymbol or IParameterSymbol or IFieldSymbol or IPropertySymbol) || symbol.DeclaringSyntaxReferences.IsEmpty
            || symbol is ILocalSymbol { IsConst: true } or IFieldSymbol { IsConst: true })
            return true;
        var member = Member(_site);
        if (member is FieldDeclarationSyntax or PropertyDeclarationSyntax && !IsDeclaredBefore(symbol, member))
            return false;
        return VariableWrites.Of(symbol, _code, _cancellation).All
            .All(write => Member(write) != member || write.Span.End <= _site.SpanStart);
    }

    // Initializers run from top to bottom.
    private bool IsDeclaredBefore(ISymbol symbol, SyntaxNode member) =>
        symbol is not (IFieldSymbol or IPropertySymbol)
        || symbol.DeclaringSyntaxReferences[0].GetSyntax(_cancellation) is var declaration
            && (declaration.FirstAncestorOrSelf<TypeDeclarationSyntax>() != member.FirstAncestorOrSelf<TypeDeclarationSyntax>() || declaration.SpanStart < member.SpanStart);

    private static SyntaxNode Member(SyntaxNode node) =>
        node.AncestorsAndSelf().FirstOrDefault(ancestor => ancestor is MemberDeclarationSyntax and not GlobalStatementSyntax) ?? node.SyntaxTree.GetRoot();

    private ISymbol? SymbolOf(SimpleNameSyntax name) => _code.ModelOf(name.SyntaxTree)?.GetSymbolInfo(name, _cancellation).Symbol;
}
