namespace WarmupAnalyzers.Tests.Factors;

internal sealed partial class RandomFunctions
{
    /// <summary>The constructs that ten thousand functions must hold, each at least once.</summary>
    public static readonly string[] Constructs =
    [
        "!", "&& and ||", "?:", "?: with null", "??", "?? that converts", "Math.Abs", "Math.Acos", "Math.Asin", "Math.Atan", "Math.Cbrt",
        "Math.Ceiling", "Math.Clamp", "Math.Cos", "Math.Cosh", "Math.Exp", "Math.Floor", "Math.Log", "Math.Log10", "Math.Log2",
        "Math.Max on byte", "Math.Max on decimal", "Math.Max on double", "Math.Max on float", "Math.Max on int", "Math.Max on long",
        "Math.Max on sbyte", "Math.Max on short", "Math.Max on uint", "Math.Max on ulong", "Math.Max on ushort", "Math.Min on byte",
        "Math.Min on decimal", "Math.Min on double", "Math.Min on float", "Math.Min on int", "Math.Min on long", "Math.Min on sbyte",
        "Math.Min on short", "Math.Min on uint", "Math.Min on ulong", "Math.Min on ushort", "Math.Pow", "Math.Round", "Math.Sign",
        "Math.Sin", "Math.Sinh", "Math.Sqrt", "Math.Tan", "Math.Tanh", "Math.Truncate", "MathF", "MidpointRounding", "and pattern",
        "and pattern in or", "anonymous method", "array of expressions", "assignment", "assignment in an expression", "break and continue",
        "call", "captured const", "captured local", "captured local assigned once", "captured table", "checked block",
        "checked expression", "checked float to integer", "comparison", "composed delegates", "compound %=", "compound &=", "compound *=",
        "compound +=", "compound -=", "compound /=", "compound <<=", "compound >>=", "compound >>>=", "compound ^=",
        "compound assignment in an expression", "compound |=", "computed property", "const field", "const local", "constant pattern",
        "decimal functions", "decimal to integer and back", "default", "delegate creation", "delegate in a field", "delegate in a local",
        "do", "double's statics", "double's tests", "early return", "element", "else", "explicit conversion from decimal",
        "explicit conversion of integers or to float", "explicit conversion to decimal", "expression body", "factory method",
        "field written in the constructor", "float to integer", "for", "foreach", "foreach that converts", "if",
        "implicit conversion to decimal", "implicit conversion to double", "implicit conversion to float", "implicit conversion to int",
        "implicit conversion to long", "implicit conversion to short", "implicit conversion to uint", "implicit conversion to ulong",
        "implicit conversion to ushort", "increment", "increment in an expression", "index by remainder", "index from the end",
        "index of another integer type", "index that may be out of range", "instance method", "is", "is var", "lambda in a local",
        "lifted comparison", "lifted operator", "literal bool", "literal byte", "literal char", "literal decimal", "literal double",
        "literal float", "literal int", "literal long", "literal sbyte", "literal short", "literal uint", "literal ulong",
        "literal ushort", "local", "local assigned later", "local function", "local function as delegate",
        "local function in a switch section", "local function without a result", "local table", "logic without short cut", "method group",
        "mixed comparison", "named arguments", "not pattern", "not pattern in and", "null", "null test", "nullable's value",
        "operator % on decimal", "operator % on double", "operator % on float", "operator % on int", "operator % on long",
        "operator % on uint", "operator % on ulong", "operator & on int", "operator & on long", "operator & on uint",
        "operator & on ulong", "operator * on decimal", "operator * on double", "operator * on float", "operator * on int",
        "operator * on long", "operator * on uint", "operator * on ulong", "operator + on decimal", "operator + on double",
        "operator + on float", "operator + on int", "operator + on long", "operator + on uint", "operator + on ulong",
        "operator - on decimal", "operator - on double", "operator - on float", "operator - on int", "operator - on long",
        "operator - on uint", "operator - on ulong", "operator / on decimal", "operator / on double", "operator / on float",
        "operator / on int", "operator / on long", "operator / on uint", "operator / on ulong", "operator << on int",
        "operator << on long", "operator << on uint", "operator << on ulong", "operator >> on int", "operator >> on long",
        "operator >> on uint", "operator >> on ulong", "operator >>> on int", "operator >>> on long", "operator >>> on uint",
        "operator >>> on ulong", "operator ^ on int", "operator ^ on long", "operator ^ on uint", "operator ^ on ulong",
        "operator | on int", "operator | on long", "operator | on uint", "operator | on ulong", "operator ~ on int", "operator ~ on long",
        "operator ~ on uint", "operator ~ on ulong", "optional parameter", "or pattern", "private field", "promotion to decimal",
        "promotion to double", "promotion to float", "promotion to long", "recursion", "relational pattern", "several labels", "span",
        "statement body", "static method", "static readonly field", "static table of ImmutableArray", "static table of List",
        "static table of array", "switch expression", "switch expression that may match nothing", "switch statement",
        "table from a collection expression", "table from an initializer", "throw", "throw expression", "two-argument functions",
        "unchecked block", "unchecked expression", "var pattern", "when", "while", "while (true)"
    ];
}
