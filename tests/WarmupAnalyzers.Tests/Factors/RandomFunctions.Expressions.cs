using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace WarmupAnalyzers.Tests.Factors;

internal sealed partial class RandomFunctions
{
    private static readonly string[] s_numbers = ["double", "double", "double", "double", "int", "int", "int", "float", "long", "uint", "ulong", "decimal", "byte", "sbyte", "short", "ushort"];
    private static readonly string[] s_small = ["byte", "sbyte", "short", "ushort", "char"];
    private static readonly string[] s_promoted = ["int", "uint", "long", "ulong"];

    // To each type the types that C# widens to it by itself.
    private static readonly Dictionary<string, string[]> s_narrower = new()
    {
        ["short"] = ["byte", "sbyte"],
        ["ushort"] = ["byte", "char"],
        ["int"] = ["byte", "sbyte", "short", "ushort", "char"],
        ["uint"] = ["byte", "ushort", "char"],
        ["long"] = ["int", "uint", "byte", "short"],
        ["ulong"] = ["uint", "byte", "ushort"],
        ["float"] = ["int", "long", "uint", "ulong", "byte", "short"],
        ["double"] = ["int", "int", "long", "uint", "ulong", "float", "byte", "sbyte", "ushort"],
        ["decimal"] = ["int", "long", "uint", "ulong", "byte"],
    };

    private static readonly string[] s_doubleFunctions =
    [
        "Abs", "Sqrt", "Exp", "Log", "Log10", "Log2", "Sin", "Cos", "Tan", "Atan", "Tanh", "Sinh", "Cosh", "Asin", "Acos", "Cbrt",
        "Floor", "Ceiling", "Truncate", "Round",
    ];

    private string AnyNumber() => Pick(s_numbers);

    private string Literal(string type)
    {
        Feature("literal " + type);
        return type switch
        {
            "bool" => OneIn(2) ? "true" : "false",
            "byte" or "ushort" => OneIn(6) ? type + ".MaxValue" : Whole(0, 200),
            "sbyte" or "short" => OneIn(6) ? type + ".MinValue" : Whole(-100, 100),
            "char" => OneIn(2) ? "'a'" : "'\\u0005'",
            "int" => OneIn(12) ? Pick(["int.MaxValue", "int.MinValue", "-2147483648", "0x7F", "1_000"]) : Whole(-3, 12),
            "uint" => OneIn(12) ? Pick(["uint.MaxValue", "4000000000"]) : Whole(0, 12) + "u",
            "long" => OneIn(12) ? Pick(["long.MaxValue", "long.MinValue", "3000000000"]) : Whole(-3, 12) + "L",
            "ulong" => OneIn(12) ? Pick(["ulong.MaxValue", "10000000000000000000"]) : Whole(0, 12) + "ul",
            "float" => OneIn(12) ? Pick(["float.NaN", "float.MaxValue", "float.Epsilon"]) : Fraction() + "f",
            "decimal" => Fraction() + "m",
            _ => OneIn(14)
                ? Pick(["double.NaN", "double.PositiveInfinity", "double.Epsilon", "double.MaxValue", "Math.PI", "Math.E", "-0.0", "1e-300"])
                : Fraction(),
        };
    }

    private string Whole(int low, int high) => _random.Next(low, high + 1).ToString(CultureInfo.InvariantCulture);

    private string Fraction() => (_random.Next(-200, 2000) / Pick([1.0, 10.0, 100.0, 1000.0])).ToString("R", CultureInfo.InvariantCulture);

    /// <summary>An expression of the type (exactly: no suffix or cast is needed where it stands).</summary>
    private string Expression(string type, int depth)
    {
        if (type.EndsWith('?'))
            return NullableExpression(type, depth);
        if (type == "bool")
            return Condition(depth);
        if (depth <= 0)
            return Leaf(type);
        return _random.Next(17) switch
        {
            0 => Leaf(type),
            1 or 2 => Converted(type, depth),
            3 => Choice(type, depth),
            4 => Call(type, depth),
            5 => Element(type, depth),
            6 or 16 => Framework(type, depth),
            7 or 8 => Rare(type, depth),
            _ => Operation(type, depth),
        };
    }

    private string Leaf(string type)
    {
        var variables = Variables.Where(variable => variable.Type == type).ToArray();
        return variables.Length > 0 && !OneIn(4) ? Pick(variables).Name : "(" + type + ")(" + Literal(type) + ")";
    }

    private string Operation(string type, int depth)
    {
        if (s_small.Contains(type))
            return Narrowed(type, $"{Expression(type, depth - 1)} {Pick(["+", "-", "*", "&", "|", "^", "%"])} ({Expression(Pick(s_small), depth - 1)} | 1)");
        var left = Operand(type, depth - 1);
        if (s_promoted.Contains(type) && OneIn(4))
            return Bits(type, left, depth);
        var op = Pick(["+", "-", "*", "+", "-", "*", "/", "/", "%"]);
        Feature("operator " + op + " on " + type);
        var right = Operand(type, depth - 1);
        if (op is "/" or "%" && s_promoted.Contains(type) && (IsConstant(right) || !OneIn(5)))
            right = "(" + right + " | 1)";
        var text = $"({left} {op} {right})";
        return IsConstant(text) ? "unchecked" + text : OneIn(10) ? Overflow(text) : text;
    }

    // The names of variables all have an underscore. Folding a constant that overflows is an error in C#.
    private static bool IsConstant(string text) => !text.Contains('_', StringComparison.Ordinal);

    // Usually of the type itself, else of one that is promoted to it: mixed arithmetic. The left operand fixes the type.
    private string Operand(string type, int depth)
    {
        if (OneIn(4) && type is not ("ulong" or "uint" or "int") && s_narrower.TryGetValue(type, out var narrower))
        {
            Feature("promotion to " + type);
            return $"({type})({Expression(Pick(narrower), depth)})";
        }

        return Expression(type, depth);
    }

    private string Overflow(string text)
    {
        var word = OneIn(2) ? "checked" : "unchecked";
        Feature(word + " expression");
        return word + text;
    }

    private string Bits(string type, string left, int depth)
    {
        var op = Pick(["<<", ">>", ">>>", "&", "|", "^", "~", "-"]);
        Feature("operator " + op + " on " + type);
        return "unchecked" + op switch
        {
            "~" => "(~" + left + ")",
            "-" => type == "ulong" ? "(0ul - " + left + ")" : type == "uint" ? "((uint)(-(long)" + left + "))" : "(-" + left + ")",
            "<<" or ">>" or ">>>" => $"({left} {op} {Expression("int", depth - 1)})",
            _ => $"({left} {op} {Expression(type, depth - 1)})",
        };
    }

    private string Converted(string type, int depth)
    {
        if (s_narrower.TryGetValue(type, out var narrower) && OneIn(2))
        {
            var source = Pick(narrower);
            Feature("implicit conversion to " + type);
            // A constant int would take another overload or operator; the conversion is forced by a typed place.
            return OneIn(2) ? $"({type})({Expression(source, depth - 1)})" : $"({Condition(depth - 1)} ? {Expression(type, depth - 1)} : {Expression(source, depth - 1)})";
        }

        var from = AnyNumber();
        if (from == "decimal" && type != "double")
            from = "long";
        if (from is "double" or "float" && type == "decimal" && OneIn(2))
        {
            Feature("decimal to integer and back");
            return $"(decimal)(int)Math.Round((decimal)Tame({Expression("double", depth - 1)}))";
        }

        if (type is "double" or "float" or "decimal" || from is not ("double" or "float"))
        {
            Feature("explicit conversion " + (from == "decimal" ? "from decimal" : type == "decimal" ? "to decimal" : "of integers or to float"));
            var operand = Expression(from, depth - 1);
            return OneIn(8) && !IsConstant(operand) ? Overflow($"(({type})({operand}))") : $"unchecked(({type})({operand}))";
        }

        // Out of range, unchecked float to integer is not defined: tame it, or check it.
        if (OneIn(4))
        {
            var number = Expression(from, depth - 1);
            if (!IsConstant(number))
            {
                Feature("checked float to integer");
                return $"checked(({type})({number}))";
            }
        }

        Feature("float to integer");
        return type is "sbyte" or "short" or "int" or "long"
            ? $"(({type})Tame({Expression("double", depth - 1)}))"
            : $"(({type})Math.Abs(Tame({Expression("double", depth - 1)})))";
    }

    private static string Narrowed(string type, string text) => $"unchecked(({type})({text}))";

    private string Choice(string type, int depth)
    {
        if (OneIn(2))
        {
            Feature("?:");
            if (OneIn(12))
            {
                Feature("throw expression");
                return $"({Condition(depth - 1)} ? {Expression(type, depth - 1)} : throw new {Exception()})";
            }

            return $"({Condition(depth - 1)} ? {Expression(type, depth - 1)} : {Expression(type, depth - 1)})";
        }

        Feature("switch expression");
        var over = AnyNumber();
        var arms = Intervals(over).Select(interval => $"{ArmPattern(over, interval, depth - 1)} => {Expression(type, depth - 1)}").ToList();
        if (!OneIn(12))
            arms.Add($"_ => {Expression(type, depth - 1)}");
        else
            Feature("switch expression that may match nothing");
        return $"(({over})({Expression(over, depth - 1)}) switch {{ {string.Join(", ", arms)} }})";
    }

    /// <summary>Disjoint intervals in ascending order, so that no arm of a switch hides another: that is an error in C#.</summary>
    private (string Low, string Middle, string High)[] Intervals(string type)
    {
        var low = type[0] == 'u' || type == "byte" ? 0 : -5;
        var suffix = type switch { "uint" => "u", "long" => "L", "ulong" => "ul", "float" => ".5f", "double" => ".5", "decimal" => ".5m", _ => string.Empty };
        var intervals = new (string, string, string)[_random.Next(1, 4)];
        for (var i = 0; i < intervals.Length; i++)
        {
            var start = low + _random.Next(0, 4);
            var end = start + _random.Next(2, 9);
            low = end + 1;
            intervals[i] = (start + suffix, start + 1 + suffix, end + suffix);
        }

        return intervals;
    }

    private string ArmPattern(string type, (string Low, string Middle, string High) interval, int depth)
    {
        if (!OneIn(6))
            return Pattern(interval);
        Feature("when");
        if (OneIn(2))
            return $"{Pattern(interval)} when {Condition(depth - 1)}";
        Feature("var pattern");
        var name = Name("v");
        return $"var {name} when {name} {Pick(["<", ">", "=="])} {Expression(type, depth - 1)}";
    }

    private string Pattern((string Low, string Middle, string High) interval)
    {
        var (low, middle, high) = interval;
        switch (_random.Next(7))
        {
            case 0:
                Feature("constant pattern");
                return low;
            case 1:
                Feature("or pattern");
                return low + " or " + high;
            case 2:
                Feature("and pattern");
                return ">= " + low + " and <= " + high;
            case 3:
                Feature("relational pattern");
                return "> " + low + " and < " + high;
            case 4:
                Feature("not pattern");
                return "not (< " + low + " or > " + high + ")";
            case 5:
                Feature("not pattern in and");
                return "(>= " + low + " and < " + high + ") and not " + middle;
            default:
                Feature("and pattern in or");
                return low + " or (> " + middle + " and <= " + high + ")";
        }
    }

    // For `is`, where nothing else can be hidden.
    private string TestPattern(string type)
    {
        var interval = Intervals(type)[0];
        return _random.Next(4) switch
        {
            0 => "not (" + Pattern(interval) + ")",
            1 => Pick(["< ", "<= ", "> ", ">= "]) + interval.Middle,
            2 => type == "double" && OneIn(2) ? "double.NaN" : interval.Middle,
            _ => Pattern(interval),
        };
    }

    private string Exception() => Pick(["InvalidOperationException(\"no\")", "ArgumentOutOfRangeException()", "NotSupportedException()", "System.Collections.Generic.KeyNotFoundException()"]);

    private string Call(string type, int depth)
    {
        var callees = Callees.Where(callee => callee.Type == type).ToArray();
        if (callees.Length == 0)
            return Operation(type, depth);
        var chosen = Pick(callees);
        Feature("call");
        if (chosen.IsRecursive)
            return $"{chosen.Name}({Expression("int", depth - 1)} & 7)";
        var arguments = chosen.Parameters.Select(parameter => $"({parameter.Type})({Expression(parameter.Type, depth - 2)})").ToList();
        if (chosen.LastIsOptional && OneIn(2))
            arguments.RemoveAt(arguments.Count - 1);
        else if (arguments.Count > 1 && chosen.Name[0] == 'M' && OneIn(4))
        {
            Feature("named arguments");
            arguments = [.. arguments.Select((argument, i) => chosen.Parameters[i].Name + ": " + argument).Reverse()];
        }

        return $"{chosen.Name}({string.Join(", ", arguments)})";
    }

    private string Element(string type, int depth)
    {
        var tables = Tables.Where(table => table.Type == type).ToArray();
        if (tables.Length == 0)
        {
            if (!OneIn(3))
                return Operation(type, depth);
            Feature("array of expressions");
            return $"new {type}[] {{ {Expression(type, depth - 1)}, {Expression(type, depth - 1)} }}[{Expression("int", depth - 1)} & 1]";
        }

        var table = Pick(tables);
        Feature("element");
        switch (_random.Next(6))
        {
            case 0 when table.IsArray:
                Feature("index from the end");
                return $"{table.Name}[^{_random.Next(1, 5)}]";
            case 1:
                Feature("index that may be out of range");
                return $"{table.Name}[{Expression("int", depth - 1)}]";
            case 2:
                Feature("index by remainder");
                return $"{table.Name}[Math.Abs({Expression("int", depth - 1)} % {table.Name}.{table.LengthName})]";
            case 3 when table.IsArray:
                Feature("index of another integer type");
                return $"{table.Name}[{Expression(Pick(["byte", "long", "uint"]), depth - 1)} & 3]";
            default:
                return $"{table.Name}[{Expression("int", depth - 1)} & 3]";
        }
    }

    private string Framework(string type, int depth)
    {
        string Argument() => "(" + type + ")(" + Expression(type, depth - 1) + ")";
        if (type == "char")
            return Leaf(type);
        var name = type is "double" or "float" or "decimal" ? Pick(["Min", "Max", "Abs", "Clamp", "Special", "Special", "Special", "Special", "Special"]) : Pick(["Min", "Max", "Abs", "Clamp", "Sign"]);
        switch (name)
        {
            case "Min" or "Max":
                Feature("Math." + name + " on " + type);
                return $"Math.{name}({Argument()}, {Argument()})";
            case "Abs" when type is not ("byte" or "ushort" or "uint" or "ulong"):
                Feature("Math.Abs");
                return $"Math.Abs({Argument()})";
            case "Clamp":
                Feature("Math.Clamp");
                return OneIn(6)
                    ? $"Math.Clamp({Argument()}, {Argument()}, {Argument()})"
                    : $"Math.Clamp({Argument()}, ({type})2, ({type})9)";
            case "Sign" when type == "int":
                Feature("Math.Sign");
                return $"Math.Sign({Expression(Pick(["double", "int", "float", "decimal", "long"]), depth - 1)})";
            case "Special" when type == "double":
                return DoubleFunction(depth);
            case "Special" when type == "float":
                Feature("MathF");
                return OneIn(4)
                    ? $"MathF.{Pick(["Pow", "Min", "Max", "Atan2", "IEEERemainder"])}({Argument()}, {Argument()})"
                    : $"MathF.{Pick(["Sqrt", "Exp", "Log", "Sin", "Cos", "Floor", "Ceiling", "Truncate", "Tanh", "Cbrt"])}({Argument()})";
            case "Special" when type == "decimal":
                Feature("decimal functions");
                return Pick([$"Math.Round({Argument()}, 1)", $"Math.Floor({Argument()})", $"decimal.Truncate({Argument()})", $"Math.Ceiling({Argument()})"]);
            default:
                return Operation(type, depth);
        }
    }

    private string DoubleFunction(int depth)
    {
        string Argument() => "(double)(" + Expression("double", depth - 1) + ")";
        switch (_random.Next(8))
        {
            case 0:
                Feature("Math.Pow");
                return $"Math.Pow({Argument()}, {Argument()})";
            case 1:
                Feature("MidpointRounding");
                return $"Math.Round({Argument()}, {Whole(0, 4)}, MidpointRounding.{Pick(["AwayFromZero", "ToEven", "ToZero", "ToPositiveInfinity"])})";
            case 2:
                Feature("two-argument functions");
                return Pick([$"Math.Log({Argument()}, {Argument()})", $"Math.Atan2({Argument()}, {Argument()})", $"Math.IEEERemainder({Argument()}, {Argument()})", $"Math.ScaleB({Argument()}, 3)", $"Math.CopySign({Argument()}, {Argument()})"]);
            case 3:
                Feature("double's statics");
                return Pick([$"double.Max({Argument()}, {Argument()})", $"double.Clamp({Argument()}, -1, 1)", $"double.Abs({Argument()})", $"double.Sqrt({Argument()})", $"double.Cos({Argument()})"]);
            default:
                var function = Pick(s_doubleFunctions);
                Feature("Math." + function);
                return $"Math.{function}({Argument()})";
        }
    }

    private string Rare(string type, int depth)
    {
        switch (_random.Next(7))
        {
            case 0 when Writable(type) is { } variable:
                Feature("increment in an expression");
                return OneIn(2) ? variable + Pick(["++", "--"]) : Pick(["++", "--"]) + variable;
            case 1 when Writable(type) is { } variable:
                Feature("assignment in an expression");
                return $"({variable} = {Expression(type, depth - 1)})";
            case 2 when Writable(type) is { } variable && !s_small.Contains(type):
                Feature("compound assignment in an expression");
                return $"({variable} {Pick(["+=", "-=", "*="])} {Expression(type, depth - 1)})";
            case 3:
                Feature("??");
                return $"({Expression(type + "?", depth - 1)} ?? {Expression(type, depth - 1)})";
            case 4 when s_narrower.TryGetValue(type, out var narrower):
                Feature("?? that converts");
                return $"(({Expression(Pick(narrower) + "?", depth - 1)}) ?? ({type})({Expression(type, depth - 1)}))";
            case 5 when OneIn(2):
                Feature("nullable's value");
                return Pick([$"({Expression(type + "?", depth - 1)}).Value", $"({type})({Expression(type + "?", depth - 1)})", $"({Expression(type + "?", depth - 1)}).GetValueOrDefault({Expression(type, 0)})"]);
            case 6 when OneIn(3):
                Feature("default");
                return $"default({type})";
            default:
                return Operation(type, depth);
        }
    }

    private string? Writable(string type)
    {
        var variables = Variables.Where(variable => variable.IsWritable && variable.Type == type).ToArray();
        return variables.Length == 0 ? null : Pick(variables).Name;
    }

    private string NullableExpression(string type, int depth)
    {
        var plain = type.TrimEnd('?');
        var variables = Variables.Where(variable => variable.Type == type).ToArray();
        if (variables.Length > 0 && OneIn(2))
            return Pick(variables).Name;
        switch (_random.Next(depth > 0 ? 6 : 2))
        {
            case 0:
                Feature("null");
                return $"({type})null";
            case 1 or 2:
                return $"({type})({Expression(plain, depth - 1)})";
            case 3:
                Feature("?: with null");
                return $"({Condition(depth - 1)} ? ({plain}?)({Expression(plain, depth - 1)}) : null)";
            default:
                if (s_small.Contains(plain) || plain == "bool")
                    return $"({type})({Expression(plain, depth - 1)})";
                Feature("lifted operator");
                return $"({Expression(type, depth - 1)} {Pick(["+", "-", "*"])} {Expression(OneIn(2) ? type : plain, depth - 1)})";
        }
    }

    private string Condition(int depth)
    {
        var variables = Variables.Where(variable => variable.Type == "bool").ToArray();
        if (variables.Length > 0 && OneIn(4))
            return Pick(variables).Name;
        var type = AnyNumber();
        if (depth <= 0)
            return $"({Leaf(type)} {Pick(["<", "<=", ">", ">=", "==", "!="])} {Leaf(type)})";
        switch (_random.Next(12))
        {
            case 0:
                Feature("&& and ||");
                return $"({Condition(depth - 1)} {Pick(["&&", "||"])} {Condition(depth - 1)})";
            case 1:
                Feature("!");
                return $"!({Condition(depth - 1)})";
            case 2:
                Feature("logic without short cut");
                return $"({Condition(depth - 1)} {Pick(["&", "|", "^", "==", "!="])} {Condition(depth - 1)})";
            case 3:
                Feature("is");
                return $"(({type})({Expression(type, depth - 1)}) is {TestPattern(type)})";
            case 4:
                Feature("double's tests");
                return $"double.{Pick(["IsNaN", "IsInfinity", "IsFinite", "IsNegative"])}({Expression("double", depth - 1)})";
            case 5:
                Feature("lifted comparison");
                return $"({Expression(type + "?", depth - 1)} {Pick(["<", ">=", "==", "!="])} {Expression(type, depth - 1)})";
            case 6:
                Feature("null test");
                return OneIn(2) ? $"({Expression(type + "?", depth - 1)}).HasValue" : $"({Expression(type + "?", depth - 1)} is {(OneIn(2) ? "not " : string.Empty)}null)";
            case 7:
                Feature("is var");
                var name = Name("v");
                return $"({Expression(type, depth - 1)} is var {name} && {name} > {Expression(type, depth - 1)})";
            case 8:
                Feature("mixed comparison");
                return $"({Expression(Pick(["int", "float", "long", "uint"]), depth - 1)} {Pick(["<", ">=", "=="])} {Expression("double", depth - 1)})";
            default:
                Feature("comparison");
                return $"({Expression(type, depth - 1)} {Pick(["<", "<=", ">", ">=", "==", "!="])} {Expression(type, depth - 1)})";
        }
    }
}
