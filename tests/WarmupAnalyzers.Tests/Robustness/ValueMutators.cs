using System;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace WarmupAnalyzers.Tests.Robustness;

/// <summary>Other numbers, other types, other operators, other arguments.</summary>
internal static class ValueMutators
{
    private static readonly string[] s_constants =
    [
        "0", "1", "2", "-1", "10", "100", "0.1", "0.0", "1.0", "-0.0", "0.5f", "1.0f", "1m", "0m", "0.3m", "'c'", "'\\0'", "1L", "1UL", "5u", "0x10", "0b11", "1_000", "1e308", "1e-320", "1e400", "double.NaN", "double.PositiveInfinity",
        "double.Epsilon", "double.MaxValue", "float.NaN", "int.MaxValue", "int.MinValue", "long.MaxValue", "uint.MaxValue", "byte.MaxValue", "(short)3", "(byte)7", "(sbyte)-3", "default", "default(double)", "null", "null!", "true", "\"5\"",
        "(double)1", "(nint)5", "(Half)1", "Math.PI", "DayOfWeek.Friday", "new()", "() => 1", "k => k", "epoch => 1.0", "throw new Exception()", "sizeof(int)", "nameof(Math)", "typeof(int)", "$\"{1}\"", "stackalloc int[3]", "[1, 2]", "new[] { 1, 2 }",
        "checked(1 + 1)", "unchecked(int.MaxValue + 1)", "1 / 10", "1 / 0", "1.0 / 0", "5 % 2", "1 << 31", "~0", "(1, 2).Item1", "2147483648", "18446744073709551615", "99999999999999999999", "1d", "1f", ".5", "1e5", "3e-4f",
    ];

    private static readonly string[] s_types =
        ["int", "double", "float", "long", "decimal", "short", "uint", "byte", "ulong", "sbyte", "char", "nint", "var", "object", "dynamic", "int?", "double?", "string", "bool", "Half", "Int128", "const int", "ref int", "int[]", "Tensor", "(int, int)", "DayOfWeek"];

    private static readonly string[] s_operators =
        ["+", "-", "*", "/", "%", "<", "<=", ">", ">=", "==", "!=", "&&", "||", "<<", ">>", ">>>", "&", "|", "^", "??", "is", "as"];

    private static readonly string[] s_assignments = ["=", "+=", "-=", "*=", "/=", "%=", "??=", "<<=", "|="];

    private static readonly string[] s_factories =
    [
        "LambdaLR", "MultiplicativeLR", "StepLR", "MultiStepLR", "ConstantLR", "LinearLR", "ExponentialLR", "CosineAnnealingLR", "PolynomialLR", "SequentialLR", "ChainedLR", "CyclicLR", "OneCycleLR", "ReduceLROnPlateau", "ChainedScheduler",
        "LinearWarmupLR", "WarmupThenCosineLR", "ScheduleLR", "WarmupThenPlateauLR", "OneCyclePolicyLR",
    ];

    private static readonly string[] s_optimizers = ["SGD", "Adam", "AdamW", "RMSProp", "Adagrad", "Adadelta", "NAdam", "RAdam", "Adamax", "ASGD", "LBFGS", "Rprop"];

    private static readonly string[] s_methods = ["step", "zero_grad", "backward", "train", "eval", "Dispose", "ToString", "get_last_lr", "print_lr", "parameters", "state_dict", "load_state_dict"];

    public static ImmutableArray<Mutator> All { get; } =
    [
        new("constant changed", Constant),
        new("constant changed to a small one", ground => ground.Token(IsNumber) is { } number ? ground.Replace(number.Span, ground.Of("0", "1", "2", "3", "5", "10", "20", "100", "1000", "0.1", "0.5", "1.0", "-1", "1e-3", "1e9")) : null),
        new("type changed", TypeOf),
        new("type of a number changed", ground => ground.Token(token => token.Parent is PredefinedTypeSyntax) is { } type ? ground.Replace(type.Span, s_types[ground.Random.Next(9)]) : null),
        new("operator changed", ground => ground.Any(ground.Nodes<BinaryExpressionSyntax>()) is { } binary ? ground.Replace(binary.OperatorToken.Span, s_operators[ground.Random.Next(binary.IsKind(SyntaxKind.LessThanExpression) ? 11 : s_operators.Length)]) : null),
        new("arithmetic changed", ground => ground.Any(ground.Nodes<BinaryExpressionSyntax>().Where(IsArithmetic)) is { } binary ? ground.Replace(binary.OperatorToken.Span, s_operators[ground.Random.Next(5)]) : null),
        new("comparison changed", ground => ground.Any(ground.Nodes<BinaryExpressionSyntax>().Where(binary => binary.Kind() is >= SyntaxKind.EqualsExpression and <= SyntaxKind.GreaterThanOrEqualExpression)) is { } binary ? ground.Replace(binary.OperatorToken.Span, s_operators[ground.Random.Next(5, 11)]) : null),
        new("operands swapped", ground => ground.Any(ground.Nodes<BinaryExpressionSyntax>()) is { } binary ? ground.Swap(binary.Left.Span, binary.Right.Span) : null),
        new("assignment changed", ground => ground.Any(ground.Nodes<AssignmentExpressionSyntax>()) is { } assignment ? ground.Replace(assignment.OperatorToken.Span, ground.Of(s_assignments)) : null),
        new("count turned round", ground => ground.Token(token => token.Kind() is SyntaxKind.PlusPlusToken or SyntaxKind.MinusMinusToken) is { } token ? ground.Replace(token.Span, token.IsKind(SyntaxKind.PlusPlusToken) ? "--" : "++") : null),
        new("value wrapped", Wrapped),
        new("value replaced", ground => ground.Any(ground.Values) is { } one && ground.Any(ground.Values) is { } other ? ground.Replace(one.Span, other.ToString()) : null),
        new("value negated", ground => ground.Replace(ground.Any(ground.Values), value => ground.Of("-", "!", "~", "+", "- -") + "(" + value + ")")),
        new("argument odd", ground => ground.Any(ground.Nodes<ArgumentSyntax>()) is { } argument ? ground.Replace(argument.Expression.Span, ground.Of(s_constants)) : null),
        new("argument dropped", ground => ground.Any(ground.Nodes<ArgumentSyntax>()) is { } argument ? ground.Replace(argument.FullSpan, string.Empty) : null),
        new("arguments swapped", ground => ground.Any(ground.Nodes<ArgumentListSyntax>().Where(list => list.Arguments.Count > 1)) is { } list ? ground.Swap(list.Arguments[0].Span, list.Arguments[ground.Random.Next(1, list.Arguments.Count)].Span) : null),
        new("argument added", ground => ground.Any(ground.Nodes<ArgumentListSyntax>()) is { } list ? ground.Insert(list.CloseParenToken.SpanStart, (list.Arguments.Count > 0 ? ", " : "") + ground.Of("", "verbose: true", "last_epoch: 3", "last_epoch: -1", "total_iters: 5", "start_factor: 0", "T_max: 10", "optimizer", "scheduler", "0.1", "3")) : null),
        new("argument named", ground => ground.Any(ground.Nodes<ArgumentSyntax>().Where(argument => argument.NameColon is null)) is { } argument ? ground.Insert(argument.SpanStart, ground.Of("optimizer", "lr_lambda", "learningRate", "lr", "total_iters", "step_size", "gamma", "T_max", "epoch") + ": ") : null),
        new("scheduler changed", ground => Called(ground, s_factories) is { } name ? ground.Replace(name.Span, ground.Of(s_factories)) : null),
        new("optimizer changed", ground => Called(ground, s_optimizers) is { } name ? ground.Replace(name.Span, ground.Of(s_optimizers)) : null),
        new("method changed", ground => Called(ground, s_methods) is { } name ? ground.Replace(name.Span, ground.Of(s_methods)) : null),
        new("name replaced", ground => ground.Any(ground.Nodes<IdentifierNameSyntax>()) is { } one && ground.Any(ground.Nodes<IdentifierNameSyntax>()) is { } other ? ground.Replace(one.Span, other.ToString()) : null),
    ];

    private static bool IsNumber(SyntaxToken token) => token.IsKind(SyntaxKind.NumericLiteralToken);

    private static bool IsArithmetic(BinaryExpressionSyntax binary) => binary.Kind() is SyntaxKind.AddExpression or SyntaxKind.SubtractExpression or SyntaxKind.MultiplyExpression or SyntaxKind.DivideExpression or SyntaxKind.ModuloExpression;

    private static string? Constant(Ground ground) => ground.Token(IsNumber) is { } number ? ground.Replace(number.Span, ground.Of(s_constants)) : null;

    private static string? TypeOf(Ground ground) => ground.Any(ground.Nodes<TypeSyntax>().Where(type =>
        type.Parent is VariableDeclarationSyntax or ParameterSyntax or CastExpressionSyntax or MethodDeclarationSyntax or LocalFunctionStatementSyntax or ForEachStatementSyntax or PropertyDeclarationSyntax or TypeArgumentListSyntax)) is { } type
            ? ground.Replace(type.Span, ground.Of(s_types))
            : null;

    private static string? Wrapped(Ground ground) => ground.Replace(ground.Any(ground.Values), value => ground.Random.Next(24) switch
    {
        0 => $"({value})",
        1 => $"(double)({value})",
        2 => $"(int)({value})",
        3 => $"checked({value})",
        4 => $"unchecked({value})",
        5 => $"({value})!",
        6 => $"(true ? {value} : {value})",
        7 => $"Math.Abs({value})",
        8 => $"Math.Max({value}, 1)",
        9 => $"((Func<double>)(() => {value}))()",
        10 => $"(0 switch {{ 0 => {value}, _ => {value} }})",
        11 => $"({value} is var v{ground.Random.Next(100)} ? v0 : 0)",
        12 => $"(1.0 * {value})",
        13 => $"({value}).GetValueOrDefault()",
        14 => $"new[] {{ {value} }}[0]",
        15 => $"({value}, 1).Item1",
        16 => $"(await Task.FromResult({value}))",
        17 => $"double.Parse(\"1\") * ({value})",
        18 => $"({value} ?? {value})",
        19 => $"((dynamic)({value}))",
        20 => $"/* {ground.Random.Next(1000)} */ ({value})",
        21 => $"(({value}) / 3)",
        22 => $"(float)({value})",
        _ => $"default(object) is null ? {value} : {value}",
    });

    private static SimpleNameSyntax? Called(Ground ground, string[] names) =>
        ground.Any(ground.Nodes<SimpleNameSyntax>().Where(name => names.Contains(name.Identifier.ValueText, StringComparer.Ordinal) && (name.Parent is InvocationExpressionSyntax || name.Parent?.Parent is InvocationExpressionSyntax)));
}
