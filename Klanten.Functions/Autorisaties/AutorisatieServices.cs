namespace Klanten.Functions.Autorisaties;

internal static class AutorisatieServices
{
    public static void AddAutorisaties(this IServiceCollection services)
    {
        services.AddOptions<ApplicatiesOptions>().BindConfiguration("Klanten").ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<Applicaties>().AddSingleton<TokenChecker>().AddSingleton<Authorizer>();
    }
}
