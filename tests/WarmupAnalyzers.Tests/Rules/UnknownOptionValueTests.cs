using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Testing;
using WarmupAnalyzers.Rules;
using Xunit;

namespace WarmupAnalyzers.Tests.Rules;

public class UnknownOptionValueTests
{
    private const string Key = "warmup.allow_zero_first_step";

    private static readonly string s_zeroStart = FactorSource.Script("epoch => Math.Min({|WARM1001:epoch / 5.0|}, 1.0)");
    private static readonly string s_unmarked = s_zeroStart.Replace("{|WARM1001:", "").Replace("|}", "");

    [Theory]
    [InlineData("yes")]
    [InlineData("1")]
    [InlineData("ture")]
    [InlineData("true, false")]
    [InlineData("\"true\"")]
    public Task An_unknown_value_is_reported(string value) =>
        Run<UnknownOptionValue>(s_unmarked, "[*.cs]\n" + Key + " = " + value, Unknown("/0/Test0.cs", value));

    [Fact]
    public Task It_is_reported_once_however_many_files_it_holds_for()
    {
        var test = Test<UnknownOptionValue>(s_unmarked, "[*.cs]\n" + Key + " = perhaps", Unknown("/0/Test0.cs", "perhaps"));
        test.TestState.Sources.Add("internal static class First { }");
        test.TestState.Sources.Add("internal static class Second { }");
        return test.RunAsync(CancellationToken.None);
    }

    [Fact]
    public Task It_is_reported_in_the_first_file_it_holds_for()
    {
        var test = Test<UnknownOptionValue>(s_unmarked, "[Test1.cs]\n" + Key + " = perhaps", Unknown("/0/Test1.cs", "perhaps"));
        test.TestState.Sources.Add("internal static class First { }");
        test.TestState.Sources.Add("internal static class Second { }");
        return test.RunAsync(CancellationToken.None);
    }

    [Theory]
    [InlineData("true")]
    [InlineData("True")]
    [InlineData("TRUE")]
    [InlineData("false")]
    [InlineData("False")]
    [InlineData("fAlSe")]
    public Task Both_values_are_known_in_any_letter_case(string value) =>
        Run<UnknownOptionValue>(s_unmarked, "[*.cs]\n" + Key + " = " + value);

    [Fact]
    public Task Without_the_option_nothing_is_reported() => Run<UnknownOptionValue>(s_unmarked, "[*.cs]\nindent_size = 4");

    [Fact]
    public Task Without_TorchSharp_nothing_is_reported() =>
        Test<UnknownOptionValue>("public static class Program { public static void Main() { } }", "[*.cs]\n" + Key + " = perhaps", withTorchSharp: false)
            .RunAsync(CancellationToken.None);

    [Theory]
    [InlineData("true")]
    [InlineData("TRUE")]
    public Task A_zero_at_the_first_step_can_be_allowed(string value) => Run<FactorAnalyzer>(s_unmarked, "[*.cs]\n" + Key + " = " + value);

    [Theory]
    [InlineData("false")]
    [InlineData("perhaps")]
    public Task The_default_reports_it(string value) => Run<FactorAnalyzer>(s_zeroStart, "[*.cs]\n" + Key + " = " + value);

    [Fact]
    public Task Other_mistakes_are_reported_where_a_zero_is_allowed() =>
        Run<FactorAnalyzer>(FactorSource.Script("epoch => {|WARM1002:epoch / 5|}"), "[*.cs]\n" + Key + " = true");

    [Fact]
    public Task The_option_holds_for_the_files_of_its_section()
    {
        var test = Test<FactorAnalyzer>(s_zeroStart, "[Test1.cs]\n" + Key + " = true");
        test.TestState.Sources.Add(s_unmarked.Replace("class Program", "class Other").Replace("void Main", "void Train"));
        return test.RunAsync(CancellationToken.None);
    }

    [Fact]
    public Task A_global_config_gives_the_option_too()
    {
        var test = new WarmupTest<FactorAnalyzer, EmptyCodeFixProvider> { TestCode = s_unmarked };
        test.TestState.AnalyzerConfigFiles.Add(("/.globalconfig", "is_global = true\n" + Key + " = true\n"));
        return test.RunAsync(CancellationToken.None);
    }

    private static DiagnosticResult Unknown(string file, string value) =>
        new DiagnosticResult("WARM0001", DiagnosticSeverity.Warning).WithSpan(file, 1, 1, 1, 1).WithArguments(value, Key);

    private static Task Run<TAnalyzer>(string source, string config, params DiagnosticResult[] expected)
        where TAnalyzer : DiagnosticAnalyzer, new() =>
        Test<TAnalyzer>(source, config, expected).RunAsync(CancellationToken.None);

    private static WarmupTest<TAnalyzer, EmptyCodeFixProvider> Test<TAnalyzer>(string source, string config, params DiagnosticResult[] expected)
        where TAnalyzer : DiagnosticAnalyzer, new() =>
        Test<TAnalyzer>(source, config, withTorchSharp: true, expected);

    private static WarmupTest<TAnalyzer, EmptyCodeFixProvider> Test<TAnalyzer>(string source, string config, bool withTorchSharp, params DiagnosticResult[] expected)
        where TAnalyzer : DiagnosticAnalyzer, new()
    {
        var test = new WarmupTest<TAnalyzer, EmptyCodeFixProvider>(withTorchSharp) { TestCode = source };
        // It stands at the very start of a file, where no pragma reaches it; it is switched off as it came, in the .editorconfig.
        test.TestBehaviors |= TestBehaviors.SkipSuppressionCheck;
        test.TestState.AnalyzerConfigFiles.Add(("/.editorconfig", "root = true\n" + config + "\n"));
        test.ExpectedDiagnostics.AddRange(expected);
        return test;
    }
}
