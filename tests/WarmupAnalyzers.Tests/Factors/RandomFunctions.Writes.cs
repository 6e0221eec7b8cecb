using System;
using System.Linq;

namespace WarmupAnalyzers.Tests.Factors;

/// <summary>Tuples, nullables that change, elements that are written to, and jumps between the sections of a switch.</summary>
internal sealed partial class RandomFunctions
{
    private string Deconstruction(int depth)
    {
        var (first, second) = (AnyNumber(), AnyNumber());
        var value = $"({Typed(first, depth)}, {Typed(second, depth)})";
        if (OneIn(3) && Writable(first) is { } left && Writable(second) is { } right && left != right)
        {
            Feature("deconstruction into variables");
            return $"({left}, {right}) = {value};\n";
        }

        var (one, two) = (Name("x"), Name("x"));
        string text;
        switch (_random.Next(4))
        {
            case 0:
                Feature("deconstruction with a discard");
                text = $"(var {one}, _) = {value};\n";
                _scope.Add(new Variable(one, first, IsWritable: true));
                return text;
            case 1:
                Feature("nested deconstruction");
                text = $"var ({one}, ({two}, _)) = ({Typed(first, depth)}, ({Typed(second, depth)}, 1));\n";
                break;
            case 2:
                Feature("deconstruction that converts");
                text = $"(double {one}, {second} {two}) = ({Typed("int", depth)}, {Typed(second, depth)});\n";
                first = "double";
                break;
            default:
                Feature("deconstruction");
                text = $"var ({one}, {two}) = {value};\n";
                break;
        }

        _scope.Add(new Variable(one, first, IsWritable: true));
        _scope.Add(new Variable(two, second, IsWritable: true));
        return text;
    }

    private string TupleLocal(int depth)
    {
        Feature("tuple");
        var name = Name("t");
        var (first, second) = (AnyNumber(), AnyNumber());
        var text = OneIn(2)
            ? $"({first} Low, {second} High) {name} = ({Typed(first, depth)}, {Typed(second, depth)});\n"
            : $"var {name} = (Low: {Typed(first, depth)}, High: {Typed(second, depth)});\n";
        _scope.Add(new Variable(name + (OneIn(2) ? ".Low" : ".Item1"), first, IsWritable: false));
        _scope.Add(new Variable(name + ".High", second, IsWritable: false));
        return text;
    }

    private string NullableChange(int depth)
    {
        var type = Pick(["int", "double", "long", "float", "decimal", "uint"]);
        var name = Name("n");
        var text = $"{type}? {name} = {(OneIn(3) ? "null" : Typed(type, depth))};\n";
        for (var i = _random.Next(1, 4); i > 0; i--)
        {
            switch (_random.Next(3))
            {
                case 0:
                    Feature("lifted compound assignment");
                    text += $"{name} {Pick(["+=", "-=", "*="])} {Typed(type, depth)};\n";
                    break;
                case 1:
                    Feature("??=");
                    text += $"{name} ??= {Typed(type, depth)};\n";
                    break;
                default:
                    Feature("lifted increment");
                    text += $"{name}{Pick(["++", "--"])};\n";
                    break;
            }
        }

        _scope.Add(new Variable(name, type + "?", IsWritable: false));
        return text;
    }

    private string ElementWrites(int depth)
    {
        var type = AnyNumber();
        var name = Name("a");
        string text;
        if (OneIn(2))
        {
            Feature("new array");
            text = $"var {name} = new {type}[4];\n";
        }
        else
        {
            Feature("array that is written to");
            text = $"{type}[] {name} = {{ {Literal(type)}, {Literal(type)}, {Literal(type)}, {Literal(type)} }};\n";
        }

        _scope.Add(new Table(name, type, 4, "Length", IsArray: true));
        for (var i = _random.Next(1, 4); i > 0; i--)
            text += ElementWrite(name, type, depth);
        return text;
    }

    private string ElementWrite(string array, string type, int depth)
    {
        var index = OneIn(12) ? Expression("int", 1) : $"{Expression("int", 1)} & 3";
        switch (_random.Next(4))
        {
            case 0:
                Feature("element increment");
                return $"{array}[{index}]{Pick(["++", "--"])};\n";
            case 1:
                Feature("element compound assignment");
                return $"{array}[{index}] {Pick(["+=", "-=", "*="])} {Typed(type, depth)};\n";
            case 2:
                Feature("elements written in a loop");
                var counter = Name("i");
                return $"for (var {counter} = 0; {counter} < {array}.Length; {counter}++)\n{array}[{counter}] = {Typed(type, depth)};\n";
            default:
                Feature("element assignment");
                return $"{array}[{index}] = {Typed(type, depth)};\n";
        }
    }

    private string GoToCase(int depth)
    {
        if (Writable("double") is not { } variable)
            return LocalDeclaration(depth);
        Feature("goto case");
        return $"switch ({Expression("int", depth - 1)} & 3)\n{{\n"
            + $"case 0:\n{variable} = {Typed("double", depth)};\ngoto case 2;\n"
            + $"case 1:\nif ({Condition(1)})\ngoto default;\ngoto case 2;\n"
            + $"case 2:\n{variable} += {Typed("double", depth)};\nbreak;\n"
            + $"default:\n{variable} -= {Typed("double", depth)};\nbreak;\n}}\n";
    }

    // An object made once, with what it was made with.
    private string HeldObject()
    {
        Feature("object held in a variable");
        var (type, holder, given) = (AnyNumber(), Name("H"), Name("v"));
        var isPrimary = OneIn(2);
        var parameter = new Variable(Name("p"), AnyNumber(), IsWritable: false);
        var body = InMember(isStatic: true, () =>
        {
            _scope.Add(new Variable(given, type, IsWritable: false));
            _scope.Add(parameter);
            return Expression("double", 2);
        });
        Member(isPrimary
            ? $"private sealed class {holder}({type} {given})\n{{\npublic double At({parameter.Type} {parameter.Name}) => {body};\n}}"
            : $"private sealed class {holder}\n{{\nprivate readonly {type} {given};\npublic {holder}({type} value) {{ {given} = value; }}\npublic double At({parameter.Type} {parameter.Name}) => {body};\n}}");
        var name = Name("h");
        _scope.Add(new Callee(name + ".At", "double", [parameter], false));
        return $"var {name} = new {holder}({Literal(type)});\n";
    }

    // Exactly of the type, so that `var` and tuples have it too.
    private string Typed(string type, int depth) => $"({type})({Expression(type, Math.Max(0, depth - 1))})";
}
