using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Klanten.Tests.Support;
using Microsoft.Playwright;

namespace Klanten.Tests.Pages;

/// <summary>The pages as people meet them, on a wide screen and on a telephone. What the program answers is tested over HTTP.</summary>
[Collection<InBrowser>]
public sealed partial class BrowserTests(Browser browser)
{
    private const string ReferencePath = "/api/v1/schema/";

    /// <summary>
    /// What Scalar breaks itself: colours of methods, tabs and null with too little contrast, and two links that are an icon only.
    /// </summary>
    private static readonly string[] OfScalar = ["color-contrast", "link-name"];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/", "voorpagina", Visit.Wide)]
    [InlineData("/", "voorpagina", Visit.Narrow)]
    [InlineData("/?taal=en", "front-page", Visit.Wide)]
    [InlineData("/?taal=en", "front-page", Visit.Narrow)]
    [InlineData("/ref/fouten/", "fouten", Visit.Wide)]
    [InlineData("/ref/fouten/", "fouten", Visit.Narrow)]
    [InlineData("/ref/fouten/ValidationError/", "fout", Visit.Wide)]
    [InlineData("/ref/fouten/ValidationError/", "fout", Visit.Narrow)]
    [InlineData("/ref/scopes/", "scopes", Visit.Wide)]
    [InlineData("/ref/scopes/?taal=en", "scopes-en", Visit.Narrow)]
    [InlineData("/ref/kanalen/?taal=en", "kanalen-en", Visit.Wide)]
    [InlineData("/ref/kanalen/", "kanalen", Visit.Narrow)]
    public async Task A_page_keeps_no_one_out_fits_its_window_and_asks_nothing_of_another_host(string path, string name, int width)
    {
        await using var visit = await browser.OpenAsync(path, width);
        await visit.PictureAsync(name);
        Assert.Empty(await visit.BarriersAsync());
        Assert.False(await visit.IsTooWideAsync());
        Assert.Empty(visit.Mistakes);
    }

    [Theory]
    [InlineData(Visit.Wide)]
    [InlineData(Visit.Narrow)]
    public async Task The_reference_shows_the_operations_and_asks_nothing_of_another_host(int width)
    {
        await using var visit = await browser.OpenAsync(ReferencePath, width);
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Heading, new() { Name = "Zoek klanten." })).ToBeAttachedAsync();
        await visit.PictureAsync("naslag");
        Assert.Empty(await visit.BarriersAsync(OfScalar));
        Assert.False(await visit.IsTooWideAsync());
        Assert.Empty(visit.Mistakes);
    }

    /// <remarks>An exception for Scalar that it no longer needs must leave the list.</remarks>
    [Fact]
    public async Task The_reference_needs_each_exception_that_it_has()
    {
        await using var visit = await browser.OpenAsync(ReferencePath);
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Heading, new() { Name = "Zoek klanten." })).ToBeAttachedAsync();
        var broken = (await visit.BarriersAsync()).Select(barrier => barrier.Split(':')[0]).Distinct();
        Assert.Equal(OfScalar, broken.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task The_calls_of_the_front_page_run_with_its_token()
    {
        await using var visit = await browser.OpenAsync("/");
        var answer = visit.Page.Locator("#answer");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Maak een klant" }).ClickAsync();
        await Assertions.Expect(answer).ToContainTextAsync("201");
        var uuid = Body(await answer.TextContentAsync()).Text("url")[^36..];
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Lees de klanten" }).ClickAsync();
        await Assertions.Expect(answer).ToContainTextAsync($"/klanten/{uuid}");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Zoek op BSN" }).ClickAsync();
        await Assertions.Expect(answer).ToContainTextAsync("\"inpBsn\": \"999993653\"");
        Assert.Empty(await visit.BarriersAsync());
        Assert.Empty(visit.Mistakes);
    }

    [Fact]
    public async Task The_token_is_copied_by_a_button()
    {
        await using var visit = await browser.OpenAsync("/");
        await visit.Page.Context.GrantPermissionsAsync(["clipboard-read", "clipboard-write"]);
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Kopieer het token" }).ClickAsync();
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Status)).ToHaveTextAsync("Gekopieerd.");
        Assert.Equal(
            await visit.Page.GetByLabel("Token", new() { Exact = true }).InputValueAsync(),
            await visit.Page.EvaluateAsync<string>("navigator.clipboard.readText()"));
    }

    /// <remarks>The body is the one that the page proposes.</remarks>
    [Fact]
    public async Task A_klant_that_is_created_by_trying_the_reference_is_there()
    {
        await using var visit = await browser.OpenAsync($"{ReferencePath}#tag/klanten/POST/klanten");
        await visit.Page.GetByRole(AriaRole.Button, new() { NameRegex = PostRequest() }).ClickAsync();
        var dialog = visit.Page.GetByRole(AriaRole.Dialog);
        var created = await visit.Page.RunAndWaitForResponseAsync(
            () => dialog.GetByRole(AriaRole.Button, new() { Name = "Send Request" }).ClickAsync(),
            response => response.Request.Method == "POST");
        Assert.Equal(201, created.Status);
        await Assertions.Expect(dialog.GetByText("201").First).ToBeVisibleAsync();
        await visit.PictureAsync("naslag-proberen");
        Assert.Empty(visit.Mistakes);

        await visit.GoToAsync("/");
        using var http = new HttpClient();
        http.DefaultRequestHeaders.Authorization =
            new AuthenticationHeaderValue("Bearer", await visit.Page.GetByLabel("Token", new() { Exact = true }).InputValueAsync());
        var found = await http.GetStringAsync(created.Headers["location"], Cancellation);
        Assert.Equal(JsonNode.Parse(created.Request.PostData!)!["achternaam"]!.GetValue<string>(), Body(found).Text("achternaam"));
    }

    [Fact]
    public async Task The_type_of_an_error_is_a_link_to_what_it_means()
    {
        using var http = new HttpClient();
        using var refused = await http.GetAsync($"{browser.Root}/api/v1/klanten", Cancellation);
        var problem = JsonNode.Parse(await refused.Content.ReadAsStringAsync(Cancellation))!;
        await using var visit = await browser.OpenAsync(new Uri(problem["type"]!.GetValue<string>()).PathAndQuery);
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("403: geen toegang");
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "English" }).ClickAsync();
        await Assertions.Expect(visit.Page.Locator("html")).ToHaveAttributeAsync("lang", "en");
        Assert.Empty(visit.Mistakes);
    }

    [GeneratedRegex(@"Test Request.*post .klanten\)")]
    private static partial Regex PostRequest();

    private static JsonObject Body(string? answer) => JsonNode.Parse(answer![answer!.IndexOf('{', StringComparison.Ordinal)..])!.AsObject();
}
