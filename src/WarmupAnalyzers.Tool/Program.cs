using WarmupAnalyzers.Tool.Commands;

return await WarmupCommand.Run(args);
