using System;
using System.Collections.Concurrent;
using System.Linq;
using System.Reflection;

namespace WarmupAnalyzers.Factors;

/// <summary>
/// A pure static method of the framework as the host of this analyzer has it. What the host does not have
/// (<c>MathF</c> on .NET Framework, newer statics) is not bound, and so Unknown.
/// </summary>
internal sealed class HostFunction
{
    private static readonly Type[] s_numberTypes =
    [
        typeof(sbyte), typeof(byte), typeof(short), typeof(ushort), typeof(int), typeof(uint),
        typeof(long), typeof(ulong), typeof(float), typeof(double), typeof(decimal),
    ];

    private static readonly ConcurrentDictionary<string, HostFunction?> s_bound = new(StringComparer.Ordinal);

    private readonly MethodInfo _method;
    private readonly ValueKind[] _parameters;
    private readonly Type[] _types;
    private readonly Func<double, double>? _unary;
    private readonly Func<double, double, double>? _binary;
    private readonly Func<int, int, int>? _whole;
    private readonly bool[] _isExponent;
    private readonly bool _isRounding;
    private readonly bool _isTest;

    private HostFunction(MethodInfo method)
    {
        _method = method;
        _types = [.. method.GetParameters().Select(parameter => parameter.ParameterType)];
        _parameters = [.. _types.Select(KindOf)];
        _isExponent = [.. _parameters.Select((_, i) => IsExponent(method.Name, i))];
        // Who converts to a whole number asks for one.
        _isRounding = method.DeclaringType == typeof(Convert) && KindOf(method.ReturnType).IsInteger();
        _isTest = method.ReturnType == typeof(bool);
        _whole = IsOfInts(_types, method.ReturnType) ? (Func<int, int, int>)method.CreateDelegate(typeof(Func<int, int, int>)) : null;
        if (_parameters.All(kind => kind == ValueKind.Double) && method.ReturnType == typeof(double))
        {
            _unary = _parameters.Length == 1 ? (Func<double, double>)method.CreateDelegate(typeof(Func<double, double>)) : null;
            _binary = _parameters.Length == 2 ? (Func<double, double, double>)method.CreateDelegate(typeof(Func<double, double, double>)) : null;
        }
    }

    // Math.Max(1, n) guards most denominators.
    private static bool IsOfInts(Type[] types, Type result) => types.Length == 2 && types.All(type => type == typeof(int)) && result == typeof(int);

    /// <summary>Binds by the names of the declaring type, the method and the parameters' types; null where the host has no such pure method.</summary>
    public static HostFunction? Bind(string declaringType, string name, string[] parameterTypes) =>
        s_bound.GetOrAdd(
            declaringType + "." + name + "(" + string.Join(",", parameterTypes) + ")",
            _ => Find(declaringType, name, parameterTypes));

    public Value Call(Value[] arguments)
    {
        var trace = TraceOf(arguments);
        try
        {
            Widen(arguments);
            if (_unary is not null)
                return Value.Of(_unary(arguments[0].Double)).With(trace);
            if (_binary is not null)
                return Value.Of(_binary(arguments[0].Double, arguments[1].Double)).With(trace);
            if (_whole is not null && arguments[0].Kind == ValueKind.Int32 && arguments[1].Kind == ValueKind.Int32)
                return Value.Of(_whole((int)arguments[0].Int64, (int)arguments[1].Int64)).With(trace);
            return CallByReflection(arguments).With(trace);
        }
        catch (TargetInvocationException exception)
        {
            return Value.Thrown(exception.InnerException ?? exception);
        }
        catch (InvalidCastException)
        {
            return Value.Unknown;
        }
    }

    private Value CallByReflection(Value[] arguments)
    {
        var boxed = new object?[arguments.Length];
        for (var i = 0; i < boxed.Length; i++)
        {
            boxed[i] = arguments[i].ToHost();
            if (boxed[i] is null)
                return Value.Unknown;
            if (_types[i].IsEnum)
                boxed[i] = Enum.ToObject(_types[i], boxed[i]!);
            else if (arguments[i].Kind != _parameters[i])
                return MendedCall(arguments);
        }

        return Value.OfConstant(_method.Invoke(null, boxed));
    }

    // An integer overload that a mended division feeds with a double: the double overload of the same name.
    private Value MendedCall(Value[] arguments)
    {
        var doubles = arguments.Select(argument => Value.Of(argument.ToDouble())).ToArray();
        var types = arguments.Select(_ => typeof(double).FullName!).ToArray();
        return Bind(_method.DeclaringType!.FullName!, _method.Name, types)?.Call(doubles) ?? Value.Unknown;
    }

    // A mended division makes a double of what was an int on its way to a double parameter.
    private void Widen(Value[] arguments)
    {
        for (var i = 0; i < arguments.Length; i++)
        {
            if (_parameters[i] == ValueKind.Double && arguments[i].Kind.IsInteger())
                arguments[i] = NumericConversion.Convert(arguments[i], ValueKind.Double, isChecked: false);
        }
    }

    private Trace TraceOf(Value[] arguments)
    {
        Trace trace = default;
        if (_isTest)
            return trace;
        for (var i = 0; i < arguments.Length; i++)
            trace |= _isExponent[i] || _isRounding ? arguments[i].Trace.WithoutDivisions() : arguments[i].Trace;
        return trace;
    }

    private static bool IsExponent(string method, int parameter) => method switch
    {
        "Pow" or "ScaleB" or "RootN" => parameter == 1,
        "Exp" or "Exp2" or "Exp10" or "ExpM1" => true,
        _ => false,
    };

    private static HostFunction? Find(string declaringType, string name, string[] parameterTypes)
    {
        if (TypeOf(declaringType) is not { } type)
            return null;
        var method = type.GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly)
            .FirstOrDefault(candidate => candidate.Name == name && IsPure(candidate) && HasParameters(candidate, parameterTypes));
        return method is null ? ClampOf(type, name, parameterTypes) : new HostFunction(method);
    }

    // Math.Clamp is not in netstandard2.0 and so not on every host; it is as simple as this.
    private static HostFunction? ClampOf(Type type, string name, string[] parameterTypes)
    {
        if (type != typeof(Math) || name != "Clamp" || parameterTypes.Length != 3)
            return null;
        var method = typeof(ClampOnOldHosts).GetMethods(BindingFlags.Public | BindingFlags.Static)
            .FirstOrDefault(candidate => HasParameters(candidate, parameterTypes));
        return method is null ? null : new HostFunction(method);
    }

    private static Type? TypeOf(string name) => name switch
    {
        "System.Math" => typeof(Math),
        "System.Convert" => typeof(Convert),
        "System.MathF" => typeof(Math).Assembly.GetType("System.MathF") ?? Type.GetType("System.MathF, System.Runtime.Extensions"),
        _ => s_numberTypes.FirstOrDefault(type => type.FullName == name),
    };

    private static bool IsPure(MethodInfo method) =>
        !method.IsGenericMethodDefinition && !method.IsSpecialName
        && (IsNumber(method.ReturnType) || method.ReturnType == typeof(bool))
        && method.GetParameters().All(parameter => IsNumber(parameter.ParameterType) || parameter.ParameterType == typeof(MidpointRounding));

    private static bool IsNumber(Type type) => s_numberTypes.Contains(type);

    private static bool HasParameters(MethodInfo method, string[] types) =>
        method.GetParameters().Select(parameter => parameter.ParameterType.FullName).SequenceEqual(types);

    private static ValueKind KindOf(Type type) => type.IsEnum
        ? ValueKind.Int32
        : (ValueKind)Enum.Parse(typeof(ValueKind), type.Name);

    private static class ClampOnOldHosts
    {
        public static double Clamp(double value, double min, double max) =>
            min > max ? throw new ArgumentException(nameof(min)) : value < min ? min : value > max ? max : value;

        public static float Clamp(float value, float min, float max) =>
            min > max ? throw new ArgumentException(nameof(min)) : value < min ? min : value > max ? max : value;

        public static int Clamp(int value, int min, int max) =>
            min > max ? throw new ArgumentException(nameof(min)) : value < min ? min : value > max ? max : value;

        public static long Clamp(long value, long min, long max) =>
            min > max ? throw new ArgumentException(nameof(min)) : value < min ? min : value > max ? max : value;
    }
}
