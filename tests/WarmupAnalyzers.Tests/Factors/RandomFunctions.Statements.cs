using System;
using System.Linq;
using System.Text;

namespace WarmupAnalyzers.Tests.Factors;

internal sealed partial class RandomFunctions
{
    /// <summary>Statements that always end with a return.</summary>
    private string Statements(string type, int depth)
    {
        var text = new StringBuilder();
        for (var i = _random.Next(1, 4); i > 0; i--)
            text.Append(Statement(type, depth));
        return text.Append("return ").Append(Expression(type, depth)).Append(";\n").ToString();
    }

    private string Statement(string type, int depth) => _random.Next(21) switch
    {
        0 or 1 or 2 => LocalDeclaration(depth),
        3 => Branch(type, depth),
        4 => SwitchStatement(type, depth),
        5 when _loops < 2 => ForLoop(type, depth),
        6 when _loops < 2 => WhileLoop(type, depth),
        7 when _loops < 2 => ForEachLoop(type, depth),
        8 when _loops == 0 => InnerFunction(depth),
        9 => Change(depth),
        10 => Throwing(depth),
        11 => CheckedBlock(type, depth),
        12 => LocalTable(),
        13 => AssignedLater(depth),
        14 when _loops == 0 => VoidFunction(depth),
        15 => Deconstruction(depth),
        16 => TupleLocal(depth),
        17 => NullableChange(depth),
        18 or 19 => ElementWrites(depth),
        20 => GoToCase(depth),
        _ => Change(depth),
    };

    private string LocalDeclaration(int depth)
    {
        var type = OneIn(8) ? "bool" : OneIn(6) ? AnyNumber() + "?" : AnyNumber();
        var name = Name("x");
        if (OneIn(6) && !type.EndsWith('?'))
        {
            Feature("const local");
            var text = $"const {type} {name} = {Literal(type)};\n";
            _scope.Add(new Variable(name, type, IsWritable: false));
            return text;
        }

        Feature("local");
        var value = Expression(type, depth - 1);
        _scope.Add(new Variable(name, type, IsWritable: !type.EndsWith('?')));
        return $"{type} {name} = {value};\n";
    }

    private string AssignedLater(int depth)
    {
        Feature("local assigned later");
        var type = AnyNumber();
        var name = Name("x");
        var text = $"{type} {name};\nif ({Condition(depth - 1)})\n{name} = {Expression(type, depth - 1)};\nelse\n{name} = {Expression(type, depth - 1)};\n";
        _scope.Add(new Variable(name, type, IsWritable: true));
        return text;
    }

    private string LocalTable()
    {
        Feature("local table");
        var type = AnyNumber();
        var name = Name("t");
        var elements = string.Join(", ", Enumerable.Range(0, 4).Select(_ => Expression(type, 1)));
        var (declared, value, length) = _random.Next(4) switch
        {
            0 => (type + "[]", "[" + elements + "]", "Length"),
            1 => ("List<" + type + ">", "[" + elements + "]", "Count"),
            2 => ("ReadOnlySpan<" + type + ">", "[" + elements + "]", "Length"),
            _ => (type + "[]", "new " + type + "[] { " + elements + " }", "Length"),
        };
        var text = $"{declared} {name} = {value};\n";
        if (declared[0] == 'R')
            return text + UseOfSpan(name, type);
        _scope.Add(new Table(name, type, 4, length, declared.EndsWith(']')));
        return text;
    }

    // A span cannot be captured: it is used here, and not shown to lambdas.
    private string UseOfSpan(string span, string type)
    {
        Feature("span");
        var name = Name("x");
        var text = $"{type} {name} = {span}[{Expression("int", 1)} & 3];\n";
        _scope.Add(new Variable(name, type, IsWritable: true));
        return text;
    }

    private string Nested(string type, int depth, string first = "", string last = "")
    {
        var outer = _scope;
        _scope = new Scope(outer);
        var text = new StringBuilder("{\n").Append(first);
        for (var i = _random.Next(1, 3); i > 0; i--)
            text.Append(Statement(type, depth - 1));
        text.Append(last).Append("}\n");
        _scope = outer;
        return text.ToString();
    }

    private string Branch(string type, int depth)
    {
        Feature("if");
        var text = $"if ({Condition(depth - 1)})\n";
        if (OneIn(3))
        {
            Feature("early return");
            return text + $"return {Expression(type, depth - 1)};\n";
        }

        text += Nested(type, depth);
        if (OneIn(2))
            return text;
        Feature("else");
        return text + "else\n" + Nested(type, depth);
    }

    private string SwitchStatement(string type, int depth)
    {
        Feature("switch statement");
        var over = AnyNumber();
        var text = new StringBuilder($"switch (({over})({Expression(over, depth - 1)}))\n{{\n");
        foreach (var interval in Intervals(over))
        {
            if (OneIn(4))
            {
                Feature("several labels");
                text.Append("case ").Append(interval.Low).Append(":\ncase > ").Append(interval.Low).Append(" and <= ").Append(interval.High).Append(":\n");
            }
            else
            {
                text.Append("case ").Append(ArmPattern(over, interval, depth - 1)).Append(":\n");
            }

            text.Append(Section(type, depth));
        }

        if (OneIn(2))
            text.Append("default:\n").Append(Section(type, depth));
        return text.Append("}\n").ToString();
    }

    private string Section(string type, int depth)
    {
        if (OneIn(3))
            return $"return {Expression(type, depth - 1)};\n";
        if (OneIn(8) && Writable("double") is { } variable)
        {
            Feature("local function in a switch section");
            var name = Name("L");
            return $"{variable} = {name}({Expression("double", 0)});\nbreak;\ndouble {name}(double a) => a + {variable};\n";
        }

        return Nested(type, depth) + "break;\n";
    }

    private string ForLoop(string type, int depth)
    {
        Feature("for");
        var counter = Name("i");
        var rounds = _random.Next(1, 5);
        var header = _random.Next(4) switch
        {
            0 => $"for (int {counter} = {rounds}; {counter} > 0; {counter}--)\n",
            1 => $"for (long {counter} = 0; {counter} < {rounds}; ++{counter})\n",
            2 => $"for (int {counter} = 0, {counter}b = {rounds}; {counter} < {counter}b; {counter} += 2, {counter}b++)\n",
            _ => $"for (var {counter} = 0; {counter} < Math.Min({rounds}, Math.Abs((int){Expression("short", 1)})); {counter}++)\n",
        };
        return header + LoopBody(type, depth, new Variable(counter, header.StartsWith("for (long", StringComparison.Ordinal) ? "long" : "int", IsWritable: false));
    }

    private string LoopBody(string type, int depth, Variable? counter, string first = "", string last = "")
    {
        _loops++;
        var outer = _scope;
        _scope = new Scope(outer);
        if (counter is not null)
            _scope.Add(counter);
        if (OneIn(3))
        {
            Feature("break and continue");
            last = $"if ({Condition(1)})\n{(last.Length == 0 && OneIn(2) ? "continue" : "break")};\n" + last;
        }

        var text = Nested(type, depth, first, last);
        _scope = outer;
        _loops--;
        return text;
    }

    private string WhileLoop(string type, int depth)
    {
        var counter = Name("w");
        var start = $"int {counter} = {_random.Next(1, 5)};\n";
        switch (_random.Next(3))
        {
            case 0:
                Feature("do");
                return start + "do\n" + LoopBody(type, depth, null).TrimEnd() + $"\nwhile (--{counter} > 0);\n";
            case 1:
                Feature("while (true)");
                return start + "while (true)\n" + LoopBody(type, depth, null, first: $"if ({counter}-- <= 0)\nbreak;\n");
            default:
                Feature("while");
                return start + $"while ({counter}-- > 0)\n" + LoopBody(type, depth, null);
        }
    }

    private string ForEachLoop(string type, int depth)
    {
        Feature("foreach");
        var table = Tables.Any() && !OneIn(3) ? Pick(Tables.ToArray()) : null;
        var element = table?.Type ?? AnyNumber();
        var collection = table?.Name ?? $"new {element}[] {{ {Expression(element, 1)}, {Expression(element, 1)} }}";
        var declared = element;
        if (OneIn(4) && s_narrower.FirstOrDefault(pair => pair.Value.Contains(element)).Key is { } wider)
        {
            Feature("foreach that converts");
            declared = wider;
        }

        var name = Name("e");
        return $"foreach ({declared} {name} in {collection})\n" + LoopBody(type, depth, new Variable(name, declared, IsWritable: false));
    }

    private string InnerFunction(int depth)
    {
        var parameter = new Variable(Name("a"), AnyNumber(), IsWritable: true);
        var type = AnyNumber();
        var name = Name("L");
        string text;
        if (OneIn(2))
        {
            Feature("local function");
            text = $"{type} {name}({parameter.Type} {parameter.Name}){Function([parameter], type, depth - 1)}\n";
        }
        else
        {
            Feature("lambda in a local");
            text = $"Func<{parameter.Type}, {type}> {name} = {parameter.Name}{AsLambdaBody(Function([parameter], type, depth - 1))};\n";
        }

        _scope.Add(new Callee(name, type, [parameter], false));
        return text;
    }

    private string VoidFunction(int depth)
    {
        Feature("local function without a result");
        var (name, variable) = (Name("L"), Name("x"));
        var text = $"double {variable} = {Expression("double", depth - 1)};\n";
        _scope.Add(new Variable(variable, "double", IsWritable: true));
        return text
            + $"void {name}(double a)\n{{\nif ({Condition(1)})\nreturn;\n{variable} += a;\n}}\n"
            + $"{name}({Expression("double", depth - 1)});\n";
    }

    private string Change(int depth)
    {
        var variables = Variables.Where(variable => variable.IsWritable).ToArray();
        if (variables.Length == 0)
            return LocalDeclaration(depth);
        var (name, type, _) = Pick(variables);
        if (type == "bool")
            return $"{name} {Pick(["=", "&=", "|=", "^="])} {Condition(depth - 1)};\n";
        switch (_random.Next(4))
        {
            case 0:
                Feature("assignment");
                return $"{name} = {Expression(type, depth - 1)};\n";
            case 1:
                Feature("increment");
                return OneIn(2) ? $"{name}{Pick(["++", "--"])};\n" : $"{Pick(["++", "--"])}{name};\n";
            case 2 when type is not ("double" or "float" or "decimal" or "char"):
                var op = Pick(["<<=", ">>=", ">>>=", "&=", "|=", "^="]);
                Feature("compound " + op);
                return $"{name} {op} {(op.Length > 2 ? Expression("int", depth - 1) : Expression(type, depth - 1))};\n";
            default:
                var arithmetic = Pick(["+=", "-=", "*=", "/=", "%="]);
                Feature("compound " + arithmetic);
                var value = OneIn(3) && s_narrower.TryGetValue(type, out var narrower) ? Expression(Pick(narrower), depth - 1) : Expression(type, depth - 1);
                var isWhole = type is not ("double" or "float" or "decimal");
                return arithmetic is "/=" or "%=" && isWhole && !OneIn(5)
                    ? $"{name} {arithmetic} ({type})({Expression(type, depth - 1)} | ({type})1);\n"
                    : $"{name} {arithmetic} {value};\n";
        }
    }

    private string Throwing(int depth)
    {
        Feature("throw");
        return $"if ({Condition(depth - 1)} && {Condition(0)})\nthrow new {Exception()};\n";
    }

    private string CheckedBlock(string type, int depth)
    {
        var word = OneIn(2) ? "checked" : "unchecked";
        Feature(word + " block");
        return word + "\n" + Nested(type, depth);
    }
}
