using System.Linq;
using WarmupSchedulers.Tests;

namespace WarmupSchedulers.Benchmarks;

/// <summary>A training that outlasts every measurement, so that no step is measured behind its end.</summary>
internal static class Training
{
    internal const int Warmup = 1_000;
    internal const int Total = 2_000_000_000;

    internal static FakeOptimizer Optimizer(int groups) => new([.. Enumerable.Repeat(0.1, groups)]);
}
