using Klanten.Functions.Commands;

return await CommandLine.RunAsync(args);
