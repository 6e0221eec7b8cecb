using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Formatting;
using WarmupAnalyzers.CodeFixes.Fixes;

namespace WarmupAnalyzers.CodeFixes.Rewriting;

/// <summary>Where a variable is given its value, so that another can be put beside it: a local behind a local, a field behind a field.</summary>
internal sealed class VariableBeside
{
    // Names that stand in parsed text for what is put there.
    private const string Hole = "__value";
    private const string Kind = "__type";

    private readonly SyntaxNode _place;
    private readonly FieldDeclarationSyntax? _field;

    private VariableBeside(ISymbol variable, ExpressionSyntax name, SyntaxNode place, FieldDeclarationSyntax? field)
    {
        Variable = variable;
        Name = name;
        _place = place;
        _field = field;
    }

    /// <summary>The local or field.</summary>
    public ISymbol Variable { get; }

    /// <summary>As it is written there.</summary>
    public ExpressionSyntax Name { get; }

    /// <summary>The written type of the field; null for a local.</summary>
    public TypeSyntax? FieldType => _field?.Declaration.Type;

    /// <summary>The part of the source in which a new name must be free.</summary>
    public SyntaxNode Scope => _field?.Parent
        ?? _place.AncestorsAndSelf().FirstOrDefault(node => node is MemberDeclarationSyntax and not GlobalStatementSyntax) ?? _place.SyntaxTree.GetRoot();

    /// <summary>Whether a position is in the statement that gives it its value, and in none inside that.</summary>
    public bool IsAt(SyntaxNode node) => node.AncestorsAndSelf().FirstOrDefault(IsPlace) == _place
        && !(_place is UsingStatementSyntax statement && statement.Statement.Contains(node));

    /// <summary>Where a value is kept; null where no statement can stand behind it, or only some builds have it.</summary>
    public static VariableBeside? Of(ExpressionSyntax value, SemanticModel model, CancellationToken cancellation) =>
        KeptIn(value, model, cancellation) is { } found && !found.Nodes.Any(IsConditional) ? found : null;

    private static bool IsConditional(SyntaxNode place) => place.ContainsDirectives
        || place.GetLastToken().GetNextToken().LeadingTrivia.Any(trivia => trivia.Kind() is SyntaxKind.ElseDirectiveTrivia or SyntaxKind.ElifDirectiveTrivia or SyntaxKind.EndIfDirectiveTrivia);

    private static VariableBeside? KeptIn(ExpressionSyntax value, SemanticModel model, CancellationToken cancellation)
    {
        SyntaxNode outer = value;
        while (outer.Parent is ParenthesizedExpressionSyntax or CastExpressionSyntax)
            outer = outer.Parent;
        return outer.Parent switch
        {
            EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax declarator } => Declared(declarator, model, cancellation),
            AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SimpleAssignmentExpression } assignment when assignment.Right == outer => Assigned(assignment, model, cancellation),
            _ => null,
        };
    }

    /// <summary>What must be tracked in the root that another variable is inserted into.</summary>
    public IEnumerable<SyntaxNode> Nodes => new[] { _place, _field }.OfType<SyntaxNode>().Distinct();

    /// <summary>The tracked root with another variable behind it.</summary>
    /// <param name="type">Of a field; a local is a <c>var</c>.</param>
    public SyntaxNode Insert(SyntaxNode root, string name, ExpressionSyntax value, TypeSyntax? type)
    {
        var place = root.GetCurrentNode(_place)!;
        if (_field is null || type is null)
            return StatementEdits.InsertBehind(root, place, Local(name, value));
        if (place is FieldDeclarationSyntax made)
            return root.ReplaceNode(made.Parent!, MemberEdits.WithBehind(made, Field(name, type, value)));
        var access = Name is MemberAccessExpressionSyntax ? "this." + name : name;
        var given = (ExpressionStatementSyntax)Filled(SyntaxFactory.ParseStatement($"{access} = {Hole};"), value);
        root = place is ArrowExpressionClauseSyntax arrow
            ? root.ReplaceNode(arrow.Parent!, WithBlock((BaseMethodDeclarationSyntax)arrow.Parent!, given))
            : StatementEdits.InsertBehind(root, place, given);
        var field = root.GetCurrentNode(_field)!;
        return root.ReplaceNode(field.Parent!, MemberEdits.WithBehind(field, Field(name, type, null)));
    }

    private static VariableBeside? Declared(VariableDeclaratorSyntax declarator, SemanticModel model, CancellationToken cancellation)
    {
        if (model.GetDeclaredSymbol(declarator, cancellation) is not { } variable || declarator.Parent?.Parent is not { } place)
            return null;
        var name = SyntaxFactory.IdentifierName(declarator.Identifier.WithoutTrivia());
        return place switch
        {
            LocalDeclarationStatementSyntax { Parent: BlockSyntax or GlobalStatementSyntax } or UsingStatementSyntax { Statement: BlockSyntax } => new VariableBeside(variable, name, place, null),
            FieldDeclarationSyntax field when variable.IsStatic => new VariableBeside(variable, name, field, field),
            _ => null,
        };
    }

    private static VariableBeside? Assigned(AssignmentExpressionSyntax assignment, SemanticModel model, CancellationToken cancellation)
    {
        var place = assignment.Parent switch
        {
            ExpressionStatementSyntax { Parent: BlockSyntax or GlobalStatementSyntax } statement => (SyntaxNode)statement,
            ArrowExpressionClauseSyntax { Parent: BaseMethodDeclarationSyntax } arrow => arrow,
            _ => null,
        };
        if (place is null || assignment.Left is not (IdentifierNameSyntax or MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax }))
            return null;
        return model.GetSymbolInfo(assignment.Left, cancellation).Symbol switch
        {
            ILocalSymbol local when place is StatementSyntax => new VariableBeside(local, assignment.Left.WithoutTrivia(), place, null),
            IFieldSymbol field when FieldOf(field, place, cancellation) is { } declared => new VariableBeside(field, assignment.Left.WithoutTrivia(), place, declared),
            _ => null,
        };
    }

    // In the same part of the type: another file is not edited.
    private static FieldDeclarationSyntax? FieldOf(IFieldSymbol field, SyntaxNode place, CancellationToken cancellation) =>
        field.DeclaringSyntaxReferences is [var reference] && reference.SyntaxTree == place.SyntaxTree
        && reference.GetSyntax(cancellation).FirstAncestorOrSelf<FieldDeclarationSyntax>() is { } declaration
        && place.FirstAncestorOrSelf<TypeDeclarationSyntax>() == declaration.Parent
            ? declaration
            : null;

    private static bool IsPlace(SyntaxNode node) => node is StatementSyntax or FieldDeclarationSyntax or ArrowExpressionClauseSyntax;

    // Parsed, so that nothing round it is formatted anew.
    private static StatementSyntax Local(string name, ExpressionSyntax value) => Filled(SyntaxFactory.ParseStatement($"var {name} = {Hole};"), value);

    private static T Filled<T>(T part, ExpressionSyntax value)
        where T : SyntaxNode =>
        part.ReplaceNode(part.DescendantNodes().OfType<IdentifierNameSyntax>().Single(name => name.Identifier.ValueText == Hole), value);

    // As the other field is declared, but for nobody else.
    private FieldDeclarationSyntax Field(string name, TypeSyntax type, ExpressionSyntax? value)
    {
        var others = _field!.Modifiers.Where(modifier => modifier.Kind() is SyntaxKind.StaticKeyword or SyntaxKind.ReadOnlyKeyword).Select(modifier => modifier.ValueText + " ");
        var visible = _field.Modifiers.Any(modifier => SyntaxFacts.IsAccessibilityModifier(modifier.Kind())) ? "private " : string.Empty;
        var nullable = _field.Declaration.Type is NullableTypeSyntax ? "?" : string.Empty;
        value ??= _field.Declaration.Variables[0].Initializer?.Value is PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.SuppressNullableWarningExpression } none ? none.WithoutTrivia() : null;
        var given = value is null ? string.Empty : " = " + Hole;
        var field = (FieldDeclarationSyntax)SyntaxFactory.ParseMemberDeclaration($"{visible}{string.Concat(others)}{Kind}{nullable} {name}{given};")!;
        field = field.ReplaceNode(field.DescendantNodes().OfType<IdentifierNameSyntax>().First(part => part.Identifier.ValueText == Kind), type.WithTrailingTrivia(nullable.Length == 0 ? SyntaxFactory.TriviaList(SyntaxFactory.Space) : default));
        return value is null ? field : Filled(field, value);
    }

    // `=> _optimizer = …;` becomes a block with both.
    private static BaseMethodDeclarationSyntax WithBlock(BaseMethodDeclarationSyntax method, StatementSyntax second)
    {
        var first = SyntaxFactory.ExpressionStatement(method.ExpressionBody!.Expression.WithoutLeadingTrivia());
        var block = SyntaxFactory.Block(first, second)
            .WithTrailingTrivia(method.GetTrailingTrivia())
            .WithAdditionalAnnotations(Formatter.Annotation);
        return method.WithExpressionBody(null).WithSemicolonToken(default).WithBody(block);
    }
}
