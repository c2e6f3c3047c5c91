using Klanten.Functions.Commands;
using Klanten.Functions.Languages;
using Klanten.Seed;

var language = CommandLanguage.FromEnvironment();
return await CommandLine.InvokeAsync(SeedCommand.Create(language), args, language, GuardedWriter.GuardConsole());
