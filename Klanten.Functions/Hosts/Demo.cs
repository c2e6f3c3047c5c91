using System.ComponentModel.DataAnnotations;
using Klanten.Functions.Autorisaties;
using Klanten.Functions.Commands;
using Klanten.Functions.ExternalApis;
using Klanten.Functions.Http;
using Klanten.Functions.Settings;
using Microsoft.Extensions.Options;

namespace Klanten.Functions.Hosts;

/// <summary>Section <c>Klanten:Demo</c>, present in appsettings.Development.json only, which is not published.</summary>
public sealed class DemoOptions : IValidatableObject
{
    public string? ClientId { get; set; }
    public string? Secret { get; set; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (ClientId is null && Secret is null)
        {
            yield break;
        }
        if (string.IsNullOrWhiteSpace(ClientId))
        {
            yield return new SettingMistake("Klanten:Demo:ClientId", SettingTexts.Empty);
        }
        if (!TokenSecret.IsLongEnough(Secret ?? ""))
        {
            yield return new SettingMistake("Klanten:Demo:Secret", TokenSecret.TooShort);
        }
    }
}

/// <summary>Names the demo application of a program that is not on a developer's machine.</summary>
internal sealed class DemoRemarks(IHostEnvironment environment, IOptions<DemoOptions> options) : ISettingsRemarks
{
    public IEnumerable<Sentence> Remarks()
    {
        if (options.Value.ClientId is not null && !environment.IsDevelopment())
        {
            yield return SettingTexts.Keyed.With("Klanten:Demo", SettingTexts.NoDemoHere);
        }
    }
}

/// <summary>An application to try the API with on a developer's machine, and the commands to try it.</summary>
internal static class Demo
{
    public static void AddDemo(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSettings<DemoOptions>("Klanten:Demo", (section, options) => section.Bind(options));
        builder.Services.AddSingleton<ISettingsRemarks, DemoRemarks>();
        if (!builder.Environment.IsDevelopment())
        {
            return;
        }
        var demo = builder.Configuration.GetSection("Klanten:Demo").Get<DemoOptions>();
        if (demo is not { ClientId: { } clientId, Secret: { } secret })
        {
            return;
        }
        builder.Services.PostConfigure<ApplicationsOptions>(options => options.Applicaties.Add(new()
        {
            ClientIds = { clientId },
            Secret = secret,
            Uuid = "00000000-0000-4000-8000-000000000001",
            Label = "Demo",
            HeeftAlleAutorisaties = true,
        }));
        builder.Services.AddSingleton(demo);
    }

    /// <summary>Prints the address, a token and two curl commands once the program listens; nothing without a demo application.</summary>
    public static void AnnounceDemo(this WebApplication app)
    {
        if (app.Services.GetService<DemoOptions>() is not { } demo)
        {
            return;
        }
        app.Lifetime.ApplicationStarted.Register(() =>
        {
            var root = app.Services.GetRequiredService<PublicAddress>().First?.Root ?? app.Urls.FirstOrDefault();
            var token = TokenCommand.Token(demo.ClientId!, demo.Secret!, app.Services.GetRequiredService<TimeProvider>().GetUtcNow());
            Console.WriteLine(CommandLanguage.FromEnvironment()[Announcement(root ?? "", demo.ClientId!, token)]);
        });
    }

    private static Sentence Announcement(string root, string clientId, string token)
    {
        var api = root + PublicUrls.ApiPath;
        const string Subject = "\"subjectType\": \"natuurlijk_persoon\", \"subjectIdentificatie\": {\"inpBsn\": \"999993653\"}";
        const string Klant =
            """{"bronorganisatie": "999990639", "websiteUrl": "https://example.com", "achternaam": "Jansen", """ + Subject + "}";
        const string Authorization = "-H \"Authorization: Bearer $TOKEN\"";
        const string ContentType = "-H \"Content-Type: application/json\"";
        return StartTexts.Demo.With(
            root,
            api,
            clientId,
            token,
            $"curl -s {api}/klanten {Authorization} {ContentType} -d '{Klant}'",
            $"curl -s {api}/klanten?bronorganisatie=999990639 {Authorization}");
    }
}
