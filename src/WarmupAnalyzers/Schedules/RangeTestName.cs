using System.Linq;

namespace WarmupAnalyzers.Schedules;

/// <summary>What an identifier says about a learning-rate range test, which rises as long as it lasts: <c>LrFinder</c>, <c>RangeTest</c>, <c>sweepRates</c>.</summary>
internal static class RangeTestName
{
    /// <summary>Whether what bears the name is a search for a learning rate, or a part of one.</summary>
    public static bool IsRangeTest(string identifier)
    {
        var words = WarmupName.Words(identifier);
        return words.Any(word => word is "find" or "finder" or "finding" or "sweep" or "search") || words.Contains("range") && words.Contains("test");
    }
}
