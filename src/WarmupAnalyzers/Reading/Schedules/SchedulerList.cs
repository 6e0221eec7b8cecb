using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using WarmupAnalyzers.Reading.Source;
using WarmupAnalyzers.Reading.Steps;

namespace WarmupAnalyzers.Reading.Schedules;

/// <summary>Lists that are written out where they are passed: arrays, collection expressions, <c>new List&lt;T&gt; { … }</c>.</summary>
internal static class SchedulerList
{
    /// <summary>The elements of a list, or null where it is not written out.</summary>
    public static IReadOnlyList<IOperation>? Elements(IOperation list)
    {
        switch (list.Unwrapped())
        {
            case IArrayCreationOperation { Initializer: { } initializer }:
                return initializer.ElementValues;
            case IObjectCreationOperation { Arguments.IsEmpty: true, Initializer: { } initializer }:
                return initializer.Initializers.OfType<IInvocationOperation>().Where(add => add.Arguments.Length == 1).Select(add => add.Arguments[0].Value).ToArray();
            case var other:
                return CollectionElements.Of(other);
        }
    }

    /// <summary>The list that a value is an element of, as it is passed on, with the element's position.</summary>
    public static (IOperation List, int Index)? Of(IOperation element)
    {
        IOperation? list = null;
        switch (element.Parent)
        {
            case IArrayInitializerOperation { Parent: IArrayCreationOperation array }:
                list = array;
                break;
            case IArgumentOperation { Parent: IInvocationOperation { Parent: IObjectOrCollectionInitializerOperation { Parent: IObjectCreationOperation creation } } }:
                list = creation;
                break;
            case { Syntax: CollectionExpressionSyntax } collection:
                list = collection;
                break;
        }

        if (list is null || Elements(list) is not { } elements)
            return null;
        var index = elements.ToList().FindIndex(found => ReferenceEquals(found, element) || ReferenceEquals(found.Unwrapped(), element.Unwrapped()));
        while (list.Parent is IConversionOperation or IParenthesizedOperation)
            list = list.Parent;
        return (list, index);
    }
}
