using System;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace WarmupAnalyzers.Tests.Robustness;

/// <summary>The same said in another way: other names, other kinds of functions, other surroundings.</summary>
internal static class ShapeMutators
{
    private static readonly string[] s_names =
    [
        "обучение", "学習率", "größe", "ΔLR", "e\u0301", "\\u0065x", "@class", "@for", "@double", "@var", "@int", "_", "__", "Math", "System", "torch", "Min", "scheduler", "optimizer", "epoch", "step", "k", "e", "x", "value", "field", "record", "await", "async", "nameof",
        "dynamic", "LambdaLR", "warmup", "Double", "𝐱", "a\u200Db", "global", "TorchSharp", "T", "Program", "args",
    ];

    public static ImmutableArray<Mutator> All { get; } =
    [
        new("renamed", Renamed),
        new("renamed", Renamed),
        new("renamed", Renamed),
        new("lambda given a body", ground => ground.Any(ground.Nodes<LambdaExpressionSyntax>().Where(lambda => lambda.Body is ExpressionSyntax)) is { } lambda ? ground.Replace(lambda.Body, body => ground.Of($"{{ return {body}; }}", $"{{ var f = {body}; return f; }}", $"{{ {body}; }}", $"{{ if (true) return {body}; else return 1; }}")) : null),
        new("lambda of another kind", ground => ground.Any(ground.Nodes<SimpleLambdaExpressionSyntax>()) is { } lambda ? ground.Replace(lambda.Parameter.Span, ground.Of("(" + lambda.Parameter + ")", "(int " + lambda.Parameter + ")", "static " + lambda.Parameter, "async " + lambda.Parameter, "(int " + lambda.Parameter + " = 3)", "(double " + lambda.Parameter + ")", "_", "(_)", "double (int " + lambda.Parameter + ")", "(ref int " + lambda.Parameter + ")", "(params int[] " + lambda.Parameter + ")")) : null),
        new("cast", ground => ground.Replace(ground.Any(ground.Nodes<LambdaExpressionSyntax>()), lambda => ground.Of("(Func<int, double>)", "new Func<int, double>", "(Func<int, dynamic>)", "checked", "(Delegate)", "(object)", "") + "(" + lambda + ")")),
        new("modifier added", ground => ground.Any(ground.Nodes<MemberDeclarationSyntax>().Where(member => member is not (GlobalStatementSyntax or BaseNamespaceDeclarationSyntax))) is { } member ? ground.Insert(member.SpanStart, ground.Of("static ", "async ", "unsafe ", "private ", "public ", "readonly ", "partial ", "abstract ", "virtual ", "override ", "sealed ", "const ", "new ", "required ", "extern ", "[Obsolete] ", "[MaybeNull] ")) : null),
        new("modifier added to a local", ground => ground.Any(ground.Nodes<StatementSyntax>().Where(statement => statement is LocalDeclarationStatementSyntax or LocalFunctionStatementSyntax)) is { } local ? ground.Insert(local.SpanStart, ground.Of("const ", "using ", "static ", "async ", "ref ", "await using ", "scoped ", "unsafe ")) : null),
        new("modifier taken away", ground => ground.Token(token => token.Kind() is SyntaxKind.StaticKeyword or SyntaxKind.UsingKeyword or SyntaxKind.ReadOnlyKeyword or SyntaxKind.AsyncKeyword or SyntaxKind.ConstKeyword or SyntaxKind.PrivateKeyword or SyntaxKind.AwaitKeyword) is { } token ? ground.Replace(token.Span, string.Empty) : null),
        new("script in a method", Method),
        new("all in a class", ground => ground.Any(ground.Nodes<TypeDeclarationSyntax>()) is { } type ? ground.Replace(type, text => $"{ground.Of("class", "struct", "record", "interface", "static class", "partial class", "unsafe class", "class")} Outer{ground.Of("", "<T>", "(int n)")} {{ {text} }}") : null),
        new("type changed", ground => ground.Token(token => token.Kind() is SyntaxKind.ClassKeyword or SyntaxKind.StructKeyword or SyntaxKind.RecordKeyword) is { } token ? ground.Replace(token.Span, ground.Of("class", "struct", "record", "interface", "enum")) : null),
        new("type with a parameter", ground => ground.Any(ground.Nodes<TypeDeclarationSyntax>()) is { } type ? ground.Insert(type.Identifier.Span.End, ground.Of("<T>", "(int warmup)", "<T>(T t)", " : IDisposable")) : null),
        new("body to an expression", ground => ground.Any(ground.Nodes<BlockSyntax>().Where(block => block.Parent is MethodDeclarationSyntax or LocalFunctionStatementSyntax && block.Statements.Count == 1)) is { } block && block.Statements[0] is ExpressionStatementSyntax or ReturnStatementSyntax ? ground.Replace(block.Span, "=> " + block.Statements[0].ToString().Replace("return", "", StringComparison.Ordinal)) : null),
        new("expression to a body", ground => ground.Any(ground.Nodes<ArrowExpressionClauseSyntax>().Where(arrow => arrow.Parent is MethodDeclarationSyntax or LocalFunctionStatementSyntax)) is { } arrow ? ground.Replace(Microsoft.CodeAnalysis.Text.TextSpan.FromBounds(arrow.SpanStart, arrow.Parent!.Span.End), $"{{ {ground.Of("return ", "")}{arrow.Expression}; }}") : null),
        new("loop of another kind", Loop),
        new("declaration apart", ground => ground.Any(ground.Nodes<LocalDeclarationStatementSyntax>().Where(local => local.Declaration.Variables.Count == 1 && local.Declaration.Variables[0].Initializer is not null)) is { } local ? ground.Replace(local.Span, $"{ground.Of("double", "int", "torch.optim.Optimizer", "torch.optim.lr_scheduler.LRScheduler", "object")} {local.Declaration.Variables[0].Identifier}; {local.Declaration.Variables[0].Identifier} = {local.Declaration.Variables[0].Initializer!.Value};") : null),
        new("value in a local", InLocal),
        new("member access conditional", ground => ground.Any(ground.Nodes<MemberAccessExpressionSyntax>()) is { } access ? ground.Replace(access.OperatorToken.Span, ground.Of("?.", "!.", "->", "::", "..", ".\n    ", "./* x */")) : null),
        new("condition as a switch", ground => ground.Any(ground.Nodes<ConditionalExpressionSyntax>()) is { } choice ? ground.Replace(choice.Span, ground.Of($"({choice.Condition}) switch {{ true => {choice.WhenTrue}, false => {choice.WhenFalse} }}", $"({choice.Condition}) switch {{ true => {choice.WhenTrue}, _ => throw new Exception() }}", $"!({choice.Condition}) ? {choice.WhenFalse} : {choice.WhenTrue}")) : null),
    ];

    private static string? Renamed(Ground ground)
    {
        var declared = ground.Nodes<SyntaxNode>().Select(Declared).OfType<string>().Distinct(StringComparer.Ordinal).ToArray();
        if (ground.Any(declared) is not { } old)
            return null;
        var isMember = ground.Nodes<MemberDeclarationSyntax>().Any(member => Declared(member) == old || (member is FieldDeclarationSyntax field && field.Declaration.Variables.Any(variable => variable.Identifier.Text == old)));
        var name = ground.Of(s_names);
        var text = ground.Text;
        foreach (var token in ground.Tokens.Reverse().Where(token => token.IsKind(SyntaxKind.IdentifierToken) && token.Text == old && (isMember || !IsOfAnother(token))))
            text = text[..token.SpanStart] + name + text[token.Span.End..];
        return text;
    }

    private static bool IsOfAnother(SyntaxToken name) => name.Parent?.Parent is NameColonSyntax || (name.Parent?.Parent is MemberAccessExpressionSyntax access && access.Name == name.Parent);

    private static string? Declared(SyntaxNode node) => node switch
    {
        VariableDeclaratorSyntax variable => variable.Identifier.Text,
        ParameterSyntax parameter => parameter.Identifier.Text,
        MethodDeclarationSyntax { Identifier.ValueText: not "Main" } method => method.Identifier.Text,
        LocalFunctionStatementSyntax function => function.Identifier.Text,
        ForEachStatementSyntax each => each.Identifier.Text,
        BaseTypeDeclarationSyntax type => type.Identifier.Text,
        PropertyDeclarationSyntax property => property.Identifier.Text,
        SingleVariableDesignationSyntax variable => variable.Identifier.Text,
        _ => null,
    };

    private static string? Method(Ground ground)
    {
        var statements = ground.Root.Members.OfType<GlobalStatementSyntax>().ToArray();
        if (statements.Length == 0)
            return null;
        var body = string.Concat(statements.Select(statement => statement.ToFullString()));
        var header = ground.Of("static void Main(string[] args)", "static async Task Main(string[] args)", "static unsafe void Main(string[] args)", "static void Other<T>() where T : new() { } static void Main(string[] args)");
        var rest = string.Concat(ground.Root.Members.Where(member => member is not GlobalStatementSyntax).Select(member => member.ToFullString()));
        return string.Concat(ground.Root.Usings.Select(use => use.ToFullString())) + $"partial class Program {{\n{header} {{\n{body}\n}} }}\n" + rest;
    }

    private static string? Loop(Ground ground)
    {
        if (ground.Any(ground.Nodes<ForStatementSyntax>().Where(loop => loop.Declaration is { Variables.Count: 1 })) is not { } loop)
            return null;
        var name = loop.Declaration!.Variables[0].Identifier.Text;
        return ground.Replace(loop.Span, ground.Of(
            $"{{ {loop.Declaration}; while ({loop.Condition}) {{ {loop.Statement} {loop.Incrementors}; }} }}",
            $"foreach (var {name} in Enumerable.Range(0, 10)) {loop.Statement}",
            $"for ({loop.Declaration}; ; {loop.Incrementors}) {loop.Statement}",
            $"for ({loop.Declaration}; {loop.Condition};) {loop.Statement}",
            $"for ({loop.Declaration}, other = 3; {loop.Condition}; {loop.Incrementors}, other++) {loop.Statement}",
            $"for (double {name} = 0; {name} < 10; {name} += 0.5) {loop.Statement}",
            $"for (long {name} = 10; {name} > 0; {name}--) {loop.Statement}",
            $"{{ {loop.Declaration}; do {loop.Statement} while ({name}++ < 10); }}",
            $"{{ {loop.Declaration}; again: {loop.Statement} if ({name}++ < 10) goto again; }}"));
    }

    private static string? InLocal(Ground ground)
    {
        if (ground.Any(ground.Values) is not { } value || value.FirstAncestorOrSelf<StatementSyntax>() is not { Parent: BlockSyntax or GlobalStatementSyntax } statement)
            return null;
        var name = ground.Of("value0", "number", "größe0", "warmupLength");
        return ground.Replace(value.Span, name).Insert(statement.SpanStart, $"{ground.Of("var", "double", "const double", "int", "float")} {name} = {value}; ");
    }
}
