using Klanten.Tests.Storage.Cosmos;
using Klanten.Tests.Support;

namespace Klanten.Tests.Conformance;

/// <summary>The API on Cosmos DB, with a server for subjects.</summary>
public sealed class CosmosApi : KlantenApi
{
    public CosmosApi(CosmosAccount account) : this(new CosmosContainer(account), new SubjectApi())
    {
    }

    private CosmosApi(CosmosContainer store, SubjectApi subjects) : base(store, subjects, store, subjects)
    {
    }
}

/// <summary>The specification on Cosmos DB.</summary>
[CollectionDefinition]
public sealed class OnCosmos : ICollectionFixture<CosmosApi>
{
    [Collection<OnCosmos>] public sealed class Representation(CosmosApi api) : Conformance.Representation(api);
    [Collection<OnCosmos>] public sealed class Create(CosmosApi api) : Conformance.Create(api);
    [Collection<OnCosmos>] public sealed class SubjectTypes(CosmosApi api) : Conformance.SubjectTypes(api);
    [Collection<OnCosmos>] public sealed class Subject(CosmosApi api) : Conformance.Subject(api);
    [Collection<OnCosmos>] public sealed class TextFields(CosmosApi api) : Conformance.TextFields(api);
    [Collection<OnCosmos>] public sealed class IntegerFields(CosmosApi api) : Conformance.IntegerFields(api);
    [Collection<OnCosmos>] public sealed class NumberedIdentities(CosmosApi api) : Conformance.NumberedIdentities(api);
    [Collection<OnCosmos>] public sealed class ChoiceFields(CosmosApi api) : Conformance.ChoiceFields(api);
    [Collection<OnCosmos>] public sealed class Handelsnaam(CosmosApi api) : Conformance.Handelsnaam(api);
    [Collection<OnCosmos>] public sealed class WebsiteUrl(CosmosApi api) : Conformance.WebsiteUrl(api);
    [Collection<OnCosmos>] public sealed class Emailadres(CosmosApi api) : Conformance.Emailadres(api);
    [Collection<OnCosmos>] public sealed class Update(CosmosApi api) : Conformance.Update(api);
    [Collection<OnCosmos>] public sealed class PartialUpdate(CosmosApi api) : Conformance.PartialUpdate(api);
    [Collection<OnCosmos>] public sealed class Delete(CosmosApi api) : Conformance.Delete(api);
    [Collection<OnCosmos>] public sealed class List(CosmosApi api) : Conformance.List(api);
    [Collection<OnCosmos>] public sealed class Paging(CosmosApi api) : Conformance.Paging(api);
    [Collection<OnCosmos>] public sealed class PageLinks(CosmosApi api) : Conformance.PageLinks(api);
    [Collection<OnCosmos>] public sealed class Filters(CosmosApi api) : Conformance.Filters(api);
    [Collection<OnCosmos>]
    public sealed class Klantnummer(CosmosApi api) : Conformance.Klantnummer(api)
    {
        [Fact]
        public async Task Two_instances_on_one_store_give_no_number_out_twice()
        {
            await using var other = await Api.AlongsideAsync();
            await NoNumberIsGivenOutTwiceByAsync(other);
        }
    }

    [Collection<OnCosmos>] public sealed class Cookbook(CosmosApi api) : Conformance.Cookbook(api);
    [Collection<OnCosmos>] public sealed class Authentication(CosmosApi api) : Conformance.Authentication(api);
    [Collection<OnCosmos>] public sealed class Authorisation(CosmosApi api) : Conformance.Authorisation(api);
    [Collection<OnCosmos>] public sealed class Autorisaties(CosmosApi api) : Conformance.Autorisaties(api);
    [Collection<OnCosmos>] public sealed class Notificaties(CosmosApi api) : Conformance.Notificaties(api);
    [Collection<OnCosmos>] public sealed class AuditTrails(CosmosApi api) : Conformance.AuditTrails(api);
    [Collection<OnCosmos>] public sealed class ConditionalRequests(CosmosApi api) : Conformance.ConditionalRequests(api);
    [Collection<OnCosmos>] public sealed class IfMatch(CosmosApi api) : Conformance.IfMatch(api);
    [Collection<OnCosmos>] public sealed class OpenKlant(CosmosApi api) : Conformance.OpenKlant(api);
    [Collection<OnCosmos>] public sealed class KnownClients(CosmosApi api) : Conformance.KnownClients(api);
    [Collection<OnCosmos>] public sealed class Routes(CosmosApi api) : Conformance.Routes(api);
    [Collection<OnCosmos>] public sealed class PublicAddresses(CosmosApi api) : Conformance.PublicAddresses(api);
    [Collection<OnCosmos>] public sealed class Root(CosmosApi api) : Conformance.Root(api);
    [Collection<OnCosmos>] public sealed class ReferencePages(CosmosApi api) : Conformance.ReferencePages(api);
    [Collection<OnCosmos>] public sealed class FrontPage(CosmosApi api) : Conformance.FrontPage(api);
    [Collection<OnCosmos>] public sealed class ApiReference(CosmosApi api) : Conformance.ApiReference(api);
    [Collection<OnCosmos>] public sealed class Methods(CosmosApi api) : Conformance.Methods(api);
    [Collection<OnCosmos>] public sealed class MediaTypes(CosmosApi api) : Conformance.MediaTypes(api);
    [Collection<OnCosmos>] public sealed class RequestBodies(CosmosApi api) : Conformance.RequestBodies(api);
    [Collection<OnCosmos>] public sealed class OrderOfChecks(CosmosApi api) : Conformance.OrderOfChecks(api);
    [Collection<OnCosmos>] public sealed class NoServerErrors(CosmosApi api) : Conformance.NoServerErrors(api);
}
