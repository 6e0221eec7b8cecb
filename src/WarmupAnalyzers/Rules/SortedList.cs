using System.Collections.Immutable;
using System.Linq;
using System.Text;
using Microsoft.CodeAnalysis;
using WarmupAnalyzers.Reading;
using WarmupAnalyzers.Reading.Schedules;

namespace WarmupAnalyzers.Rules;

/// <summary>A list of numbers, written in order.</summary>
internal static class SortedList
{
    /// <summary>The list with its elements as they are written, the smallest first; null where the elements are not written there.</summary>
    public static string? Of(IOperation? list, ImmutableArray<int> numbers)
    {
        if (list is null || SchedulerList.Elements(list) is not { } elements || elements.Count != numbers.Length)
            return null;
        var sorted = elements.Zip(numbers, (element, number) => (element.Syntax, Number: number)).OrderBy(element => element.Number).Select(element => element.Syntax.ToString()).ToArray();
        var (text, start) = (list.Syntax.ToString(), list.Syntax.SpanStart);
        var written = new StringBuilder();
        var done = 0;
        for (var i = 0; i < elements.Count; i++)
        {
            var span = elements[i].Syntax.Span;
            if (span.Start - start < done || span.End > list.Syntax.Span.End)
                return null;
            written.Append(text, done, span.Start - start - done).Append(sorted[i]);
            done = span.End - start;
        }

        return written.Append(text, done, text.Length - done).ToString();
    }
}
