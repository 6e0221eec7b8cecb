namespace WarmupAnalyzers;
