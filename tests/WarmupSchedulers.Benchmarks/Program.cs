using BenchmarkDotNet.Running;
using WarmupSchedulers.Benchmarks;

BenchmarkSwitcher.FromAssembly(typeof(DecayStep).Assembly).Run(args);
