using System.Linq;
using BenchmarkDotNet.Running;
using WarmupAnalyzers.Benchmarks;

var summaries = BenchmarkSwitcher.FromAssembly(typeof(AnalysisOfACompilation).Assembly).Run(args);

// A benchmark that could not be run is a failure of the whole.
return summaries.All(summary => !summary.HasCriticalValidationErrors && summary.Reports.All(report => report.Success)) ? 0 : 1;
