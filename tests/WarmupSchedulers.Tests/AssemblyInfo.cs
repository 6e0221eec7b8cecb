using Xunit;

// The tests that train share the random generator of libtorch, whose seed decides their weights.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
