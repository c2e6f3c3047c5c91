using Klanten.Tests.Storage.Cosmos;

namespace Klanten.Tests.Conformance;

/// <summary>The specification on Cosmos DB.</summary>
[CollectionDefinition]
public sealed class OnCosmos : ICollectionFixture<KlantenApi<CosmosContainer>>
{
    [Collection<OnCosmos>] public sealed class Representation(KlantenApi<CosmosContainer> api) : Conformance.Representation(api);
    [Collection<OnCosmos>] public sealed class Create(KlantenApi<CosmosContainer> api) : Conformance.Create(api);
    [Collection<OnCosmos>] public sealed class SubjectTypes(KlantenApi<CosmosContainer> api) : Conformance.SubjectTypes(api);
    [Collection<OnCosmos>] public sealed class Subject(KlantenApi<CosmosContainer> api) : Conformance.Subject(api);
    [Collection<OnCosmos>] public sealed class TextFields(KlantenApi<CosmosContainer> api) : Conformance.TextFields(api);
    [Collection<OnCosmos>] public sealed class IntegerFields(KlantenApi<CosmosContainer> api) : Conformance.IntegerFields(api);
    [Collection<OnCosmos>] public sealed class NumberedIdentities(KlantenApi<CosmosContainer> api) : Conformance.NumberedIdentities(api);
    [Collection<OnCosmos>] public sealed class ChoiceFields(KlantenApi<CosmosContainer> api) : Conformance.ChoiceFields(api);
    [Collection<OnCosmos>] public sealed class Handelsnaam(KlantenApi<CosmosContainer> api) : Conformance.Handelsnaam(api);
    [Collection<OnCosmos>] public sealed class WebsiteUrl(KlantenApi<CosmosContainer> api) : Conformance.WebsiteUrl(api);
    [Collection<OnCosmos>] public sealed class Emailadres(KlantenApi<CosmosContainer> api) : Conformance.Emailadres(api);
    [Collection<OnCosmos>] public sealed class Update(KlantenApi<CosmosContainer> api) : Conformance.Update(api);
    [Collection<OnCosmos>] public sealed class PartialUpdate(KlantenApi<CosmosContainer> api) : Conformance.PartialUpdate(api);
    [Collection<OnCosmos>] public sealed class Delete(KlantenApi<CosmosContainer> api) : Conformance.Delete(api);
    [Collection<OnCosmos>] public sealed class List(KlantenApi<CosmosContainer> api) : Conformance.List(api);
    [Collection<OnCosmos>] public sealed class Paging(KlantenApi<CosmosContainer> api) : Conformance.Paging(api);
    [Collection<OnCosmos>] public sealed class PageLinks(KlantenApi<CosmosContainer> api) : Conformance.PageLinks(api);
    [Collection<OnCosmos>] public sealed class Filters(KlantenApi<CosmosContainer> api) : Conformance.Filters(api);
    [Collection<OnCosmos>] public sealed class Klantnummer(KlantenApi<CosmosContainer> api) : Conformance.Klantnummer(api);
    [Collection<OnCosmos>] public sealed class Authentication(KlantenApi<CosmosContainer> api) : Conformance.Authentication(api);
    [Collection<OnCosmos>] public sealed class Authorisation(KlantenApi<CosmosContainer> api) : Conformance.Authorisation(api);
    [Collection<OnCosmos>] public sealed class Autorisaties(KlantenApi<CosmosContainer> api) : Conformance.Autorisaties(api);
    [Collection<OnCosmos>] public sealed class Notificaties(KlantenApi<CosmosContainer> api) : Conformance.Notificaties(api);
    [Collection<OnCosmos>] public sealed class AuditTrails(KlantenApi<CosmosContainer> api) : Conformance.AuditTrails(api);
    [Collection<OnCosmos>] public sealed class ConditionalRequests(KlantenApi<CosmosContainer> api) : Conformance.ConditionalRequests(api);
    [Collection<OnCosmos>] public sealed class Routes(KlantenApi<CosmosContainer> api) : Conformance.Routes(api);
    [Collection<OnCosmos>] public sealed class Methods(KlantenApi<CosmosContainer> api) : Conformance.Methods(api);
    [Collection<OnCosmos>] public sealed class MediaTypes(KlantenApi<CosmosContainer> api) : Conformance.MediaTypes(api);
    [Collection<OnCosmos>] public sealed class RequestBodies(KlantenApi<CosmosContainer> api) : Conformance.RequestBodies(api);
    [Collection<OnCosmos>] public sealed class OrderOfChecks(KlantenApi<CosmosContainer> api) : Conformance.OrderOfChecks(api);
    [Collection<OnCosmos>] public sealed class NoServerErrors(KlantenApi<CosmosContainer> api) : Conformance.NoServerErrors(api);
}
