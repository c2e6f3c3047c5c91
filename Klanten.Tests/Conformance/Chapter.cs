using System.Text.Json.Nodes;
using Klanten.Tests.Support;

namespace Klanten.Tests.Conformance;

/// <summary>
/// A chapter of the specification. Each of its tests works under an RSIN of its own, so that they share a store without
/// seeing each other, and a store may already hold data.
/// </summary>
public abstract class Chapter(KlantenApi api)
{
    protected KlantenApi Api { get; } = api;

    /// <summary>Bronorganisatie of this test alone.</summary>
    protected string Rsin { get; } = Numbers.Rsin();

    /// <summary>A consumer with every scope.</summary>
    protected Consumer Consumer => Api.As(Applications.Alles);

    protected SubjectApi Subjects => Api.Subjects;

    protected JsonObject NatuurlijkPersoon => Bodies.NatuurlijkPersoon(Rsin);

    /// <summary>Creates a klant, with these values beside the necessary ones.</summary>
    protected Task<JsonObject> AKlant(params (string Path, JsonNode? Value)[] values) =>
        Consumer.Created(values.Aggregate(NatuurlijkPersoon, (body, v) => body.With(v.Path, v.Value)));

    /// <summary>The klant as the API shows it now.</summary>
    protected async Task<JsonObject> Read(JsonObject klant) => (await Consumer.Get(klant.Text("url"))).ShouldBe(200).Body;

    protected async Task<JsonArray> AuditTrail(JsonObject klant) =>
        (await Consumer.Get($"{klant.Text("url")}/audittrail")).ShouldBe(200).Json!.AsArray();
}
