using System.Linq;
using System.Text.RegularExpressions;

namespace WarmupAnalyzers.Tests.Robustness;

/// <summary>Where a refactoring may have something to offer.</summary>
internal static partial class RefactoringPlaces
{
    public static int[] Of(string text) => [.. Places().Matches(text).Select(match => match.Index)];

    [GeneratedRegex(@"\b(for|foreach|while) \(|\b\w+(LR|SGD|Adam\w?)\(|\.step\(|LearningRate\b|=>", RegexOptions.CultureInvariant)]
    private static partial Regex Places();
}
