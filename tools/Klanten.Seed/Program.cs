using Klanten.Seed;

return await SeedCommand.Create().Parse(args).InvokeAsync();
