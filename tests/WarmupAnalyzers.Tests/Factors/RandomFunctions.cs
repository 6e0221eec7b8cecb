using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;

namespace WarmupAnalyzers.Tests.Factors;

/// <summary>One random factor function: a class <c>Factor{Number}</c> whose method <c>Make</c> makes the delegate.</summary>
internal sealed record RandomFunction(int Number, string Source)
{
    public string ClassName => "Factor" + Number.ToString(CultureInfo.InvariantCulture);
}

/// <summary>
/// Writes random C# factor functions over the whole grammar that the factor compiler reads. Deterministic by its seed. What it
/// writes is nearly always legal; where the C# compiler folds constants into an error, the caller drops the function.
/// </summary>
internal sealed partial class RandomFunctions
{
    private readonly Random _random;
    private readonly SortedDictionary<string, int> _features;
    private readonly StringBuilder _source = new();
    private readonly StringBuilder _constructor = new();
    private Scope _members = new(null);
    private Scope _scope = new(null);
    private int _names;
    private int _loops;
    private bool _isStatic;

    public RandomFunctions(int seed, SortedDictionary<string, int> features)
    {
        _random = new Random(seed);
        _features = features;
    }

    /// <summary>A file with these functions.</summary>
    public static string File(IEnumerable<RandomFunction> functions) =>
        "using System;\nusing System.Collections.Generic;\nusing System.Collections.Immutable;\n\n"
        + string.Concat(functions.Select(function => function.Source));

    public RandomFunction Next(int number)
    {
        _names = 0;
        _source.Clear();
        _constructor.Clear();
        _scope = _members = new Scope(null);
        DeclareMembers();
        _scope = new Scope(_members);
        Member("public Func<int, double> Make()\n{\n" + CapturedVariables() + DelegateSource() + "}");
        var name = "Factor" + number.ToString(CultureInfo.InvariantCulture);
        var source = $"public sealed class {name}\n{{\n    public {name}()\n    {{\n{_constructor}    }}\n\n"
            + "    private static double Tame(double x) => double.IsNaN(x) ? 0 : Math.Max(-100, Math.Min(100, x));\n\n"
            + _source + "}\n\n";
        return new RandomFunction(number, source);
    }

    // What the functions can see from outside: constants, read-only fields, tables, methods.
    private void DeclareMembers()
    {
        for (var i = _random.Next(3); i > 0; i--)
            DeclareField();
        if (OneIn(3))
            DeclareTable();
        for (var i = _random.Next(3); i > 0; i--)
            DeclareMethod();
        if (OneIn(8))
            DeclareRecursion();
        if (OneIn(6))
            DeclareProperty();
    }

    private void DeclareField()
    {
        var type = AnyNumber();
        var name = Name("F");
        var isInstance = false;
        switch (_random.Next(4))
        {
            case 0:
                Feature("const field");
                Member($"private const {type} {name} = {Literal(type)};");
                break;
            case 1:
                Feature("static readonly field");
                Member($"private static readonly {type} {name} = {Literal(type)};");
                break;
            case 2:
                Feature("field written in the constructor");
                Member($"private readonly {type} {name};");
                isInstance = true;
                _constructor.Append("        ").Append(name).Append(" = ").Append(Literal(type)).Append(";\n");
                break;
            default:
                Feature("private field");
                Member($"private {type} {name} = {Literal(type)};");
                isInstance = true;
                break;
        }

        _members.Add(new Variable(name, type, IsWritable: false) { IsInstance = isInstance });
    }

    private void DeclareTable()
    {
        var type = AnyNumber();
        var name = Name("T");
        var length = _random.Next(4, 8);
        var elements = string.Join(", ", Enumerable.Range(0, length).Select(_ => Literal(type)));
        var (declared, value) = _random.Next(5) switch
        {
            0 => (type + "[]", "{ " + elements + " }"),
            1 => (type + "[]", "new " + type + "[] { " + elements + " }"),
            2 => (type + "[]", "[" + elements + "]"),
            3 => ("List<" + type + ">", "new() { " + elements + " }"),
            _ => ("ImmutableArray<" + type + ">", "[" + elements + "]"),
        };
        Feature("static table of " + (declared.Contains('<') ? declared.Substring(0, declared.IndexOf('<')) : "array"));
        Feature(value[0] == '[' ? "table from a collection expression" : "table from an initializer");
        Member($"private static readonly {declared} {name} = {value};");
        _members.Add(new Table(name, type, length, declared.StartsWith("List", StringComparison.Ordinal) ? "Count" : "Length", declared.EndsWith(']')));
    }

    private void DeclareMethod()
    {
        var isStatic = OneIn(2);
        var parameters = Enumerable.Range(0, _random.Next(1, 4)).Select(_ => new Variable(Name("p"), AnyNumber(), IsWritable: true)).ToArray();
        var type = AnyNumber();
        var name = Name("M");
        var body = InMember(isStatic, () => Function(parameters, type, depth: 2));
        Feature(isStatic ? "static method" : "instance method");
        var optional = OneIn(5);
        if (optional)
            Feature("optional parameter");
        var list = string.Join(", ", parameters.Select((parameter, i) =>
            parameter.Type + " " + parameter.Name + (optional && i == parameters.Length - 1 ? " = " + Literal(parameter.Type) : string.Empty)));
        Member($"private {(isStatic ? "static " : string.Empty)}{type} {name}({list}){body}");
        _members.Add(new Callee(name, type, parameters, optional) { IsInstance = !isStatic });
    }

    private void DeclareRecursion()
    {
        Feature("recursion");
        var name = Name("R");
        var n = new Variable(Name("n"), "int", IsWritable: false);
        var body = InMember(isStatic: true, () =>
        {
            _scope.Add(n);
            return $"{n.Name} <= 0 ? {Expression("double", 1)} : {Expression("double", 1)} + 0.5 * {name}({n.Name} - 1)";
        });
        Member($"private static double {name}(int {n.Name}) => {body};");
        _members.Add(new Callee(name, "double", [new Variable("n", "int", false)], false) { IsRecursive = true });
    }

    private void DeclareProperty()
    {
        Feature("computed property");
        var name = Name("P");
        var type = AnyNumber();
        Member($"private {type} {name} => {InMember(isStatic: false, () => Expression(type, 2))};");
        _members.Add(new Variable(name, type, IsWritable: false) { IsInstance = true });
    }

    // Locals of the method that makes the delegate; the delegate captures them.
    private string CapturedVariables()
    {
        var text = new StringBuilder();
        for (var i = _random.Next(3); i > 0; i--)
        {
            var type = AnyNumber();
            var name = Name("c");
            if (OneIn(3))
            {
                Feature("captured const");
                text.Append($"const {type} {name} = {Literal(type)};\n");
            }
            else if (OneIn(3))
            {
                Feature("captured local assigned once");
                text.Append($"{type} {name};\n{name} = {Literal(type)};\n");
            }
            else
            {
                Feature("captured local");
                text.Append($"{(OneIn(2) ? "var" : type)} {name} = ({type})({Expression(type, 1)});\n");
            }

            _scope.Add(new Variable(name, type, IsWritable: false));
        }

        if (OneIn(5))
            text.Append(HeldObject());
        if (OneIn(4))
        {
            Feature("captured table");
            var type = AnyNumber();
            var name = Name("c");
            var elements = string.Join(", ", Literal(type), Literal(type), Literal(type), Literal(type));
            text.Append($"{type}[] {name} = {(OneIn(2) ? "[" + elements + "]" : "{ " + elements + " }")};\n");
            _scope.Add(new Table(name, type, 4, "Length", true));
        }

        return text.ToString();
    }

    private string DelegateSource()
    {
        var k = new Variable(Name("k"), "int", IsWritable: true);
        switch (_random.Next(11))
        {
            case 0:
                Feature("anonymous method");
                return $"return delegate(int {k.Name}){Function([k], "double", 2, blockOnly: true)};\n";
            case 1:
                Feature("local function as delegate");
                return $"double Local(int {k.Name}){Function([k], "double", 2)}\nreturn Local;\n";
            case 2:
                {
                    Feature("method group");
                    var name = Name("G");
                    var isStatic = OneIn(2);
                    var body = InMember(isStatic, () => Function([k], "double", 2));
                    Member($"private {(isStatic ? "static " : string.Empty)}double {name}(int {k.Name}){body}");
                    return $"return {name};\n";
                }

            case 3:
                {
                    Feature("factory method");
                    var name = Name("Make");
                    var bound = Enumerable.Range(0, _random.Next(1, 3)).Select(_ => new Variable(Name("b"), AnyNumber(), IsWritable: false)).ToArray();
                    var lambda = InMember(isStatic: true, () =>
                    {
                        foreach (var parameter in bound)
                            _scope.Add(parameter);
                        return Lambda(k);
                    });
                    Member($"private static Func<int, double> {name}({string.Join(", ", bound.Select(b => b.Type + " " + b.Name))}) => {lambda};");
                    return $"return {name}({string.Join(", ", bound.Select(b => Literal(b.Type)))});\n";
                }

            case 4:
                Feature("delegate in a local");
                return $"Func<int, double> chosen = {Lambda(k)};\nreturn chosen;\n";
            case 5:
                {
                    Feature("delegate in a field");
                    var name = Name("D");
                    Member($"private static readonly Func<int, double> {name} = {InMember(isStatic: true, () => Lambda(k))};");
                    return $"return {name};\n";
                }

            case 6:
                Feature("delegate creation");
                return $"return new Func<int, double>({Lambda(k)});\n";
            case 7:
                {
                    Feature("composed delegates");
                    var inner = Lambda(k);
                    var outer = new Variable(Name("k"), "int", IsWritable: false);
                    return $"Func<int, double> inner = {inner};\nreturn {outer.Name} => inner({outer.Name}) * {Literal("double")} + inner({Literal("int")});\n";
                }

            default:
                return $"return {Lambda(k)};\n";
        }
    }

    /// <summary>Writes what stands in another member: it sees the members, no locals, and only static ones if it is static.</summary>
    private string InMember(bool isStatic, Func<string> write)
    {
        var (scope, wasStatic, loops) = (_scope, _isStatic, _loops);
        (_scope, _isStatic, _loops) = (new Scope(_members), isStatic, 0);
        var text = write();
        (_scope, _isStatic, _loops) = (scope, wasStatic, loops);
        return text;
    }

    private string Lambda(Variable k)
    {
        var parameter = OneIn(3) ? "(int " + k.Name + ")" : k.Name;
        return parameter + AsLambdaBody(Function([k], "double", 2));
    }

    private static string AsLambdaBody(string body) => body[0] == '\n' ? " =>" + body : body.TrimEnd(';');

    /// <summary>A function's body, <c> => …;</c> or a block.</summary>
    private string Function(Variable[] parameters, string type, int depth, bool blockOnly = false)
    {
        var (outer, loops) = (_scope, _loops);
        _scope = new Scope(outer);
        _loops = 0;
        foreach (var parameter in parameters)
            _scope.Add(parameter);
        string body;
        if (!blockOnly && OneIn(2))
        {
            Feature("expression body");
            body = " => " + Expression(type, depth) + ";";
        }
        else
        {
            Feature("statement body");
            body = "\n{\n" + Statements(type, depth) + "}";
        }

        _scope = outer;
        _loops = loops;
        return body;
    }

    private void Member(string text)
    {
        Indent(_source, 1, text);
        _source.Append('\n');
    }

    private static void Indent(StringBuilder builder, int levels, string text)
    {
        foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
            builder.Append(' ', levels * 4).Append(line).Append('\n');
    }

    private string Name(string prefix) => prefix + "_" + _names++.ToString(CultureInfo.InvariantCulture);

    private bool OneIn(int chances) => _random.Next(chances) == 0;

    private T Pick<T>(IReadOnlyList<T> choices) => choices[_random.Next(choices.Count)];

    private void Feature(string name) => _features[name] = _features.TryGetValue(name, out var count) ? count + 1 : 1;

    private IEnumerable<Variable> Variables => _scope.All.OfType<Variable>().Where(IsVisible);

    private IEnumerable<Table> Tables => _scope.All.OfType<Table>();

    private IEnumerable<Callee> Callees => _scope.All.OfType<Callee>().Where(IsVisible);

    private bool IsVisible(Named named) => !named.IsInstance || !_isStatic;

    private abstract record Named(string Name, string Type)
    {
        public bool IsInstance { get; init; }
    }

    private sealed record Variable(string Name, string Type, bool IsWritable) : Named(Name, Type);

    private sealed record Table(string Name, string Type, int Length, string LengthName, bool IsArray) : Named(Name, Type);

    private sealed record Callee(string Name, string Type, Variable[] Parameters, bool LastIsOptional) : Named(Name, Type)
    {
        public bool IsRecursive { get; init; }
    }

    private sealed class Scope(Scope? outer)
    {
        private readonly List<Named> _own = [];

        public IEnumerable<Named> All => outer is null ? _own : _own.Concat(outer.All);

        public void Add(Named named) => _own.Add(named);
    }
}
