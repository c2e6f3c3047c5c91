using Klanten.Tests.Support;

namespace Klanten.Tests.Conformance;

/// <summary>The specification on the embedded store. A store on which every chapter holds is a store for the Klanten API.</summary>
[CollectionDefinition]
public sealed class OnSqlite : ICollectionFixture<KlantenApi<SqliteFile>>
{
    [Collection<OnSqlite>] public sealed class Representation(KlantenApi<SqliteFile> api) : Conformance.Representation(api);
    [Collection<OnSqlite>] public sealed class Create(KlantenApi<SqliteFile> api) : Conformance.Create(api);
    [Collection<OnSqlite>] public sealed class SubjectTypes(KlantenApi<SqliteFile> api) : Conformance.SubjectTypes(api);
    [Collection<OnSqlite>] public sealed class Subject(KlantenApi<SqliteFile> api) : Conformance.Subject(api);
    [Collection<OnSqlite>] public sealed class TextFields(KlantenApi<SqliteFile> api) : Conformance.TextFields(api);
    [Collection<OnSqlite>] public sealed class IntegerFields(KlantenApi<SqliteFile> api) : Conformance.IntegerFields(api);
    [Collection<OnSqlite>] public sealed class NumberedIdentities(KlantenApi<SqliteFile> api) : Conformance.NumberedIdentities(api);
    [Collection<OnSqlite>] public sealed class ChoiceFields(KlantenApi<SqliteFile> api) : Conformance.ChoiceFields(api);
    [Collection<OnSqlite>] public sealed class Handelsnaam(KlantenApi<SqliteFile> api) : Conformance.Handelsnaam(api);
    [Collection<OnSqlite>] public sealed class WebsiteUrl(KlantenApi<SqliteFile> api) : Conformance.WebsiteUrl(api);
    [Collection<OnSqlite>] public sealed class Emailadres(KlantenApi<SqliteFile> api) : Conformance.Emailadres(api);
    [Collection<OnSqlite>] public sealed class Update(KlantenApi<SqliteFile> api) : Conformance.Update(api);
    [Collection<OnSqlite>] public sealed class PartialUpdate(KlantenApi<SqliteFile> api) : Conformance.PartialUpdate(api);
    [Collection<OnSqlite>] public sealed class Delete(KlantenApi<SqliteFile> api) : Conformance.Delete(api);
    [Collection<OnSqlite>] public sealed class List(KlantenApi<SqliteFile> api) : Conformance.List(api);
    [Collection<OnSqlite>] public sealed class Paging(KlantenApi<SqliteFile> api) : Conformance.Paging(api);
    [Collection<OnSqlite>] public sealed class PageLinks(KlantenApi<SqliteFile> api) : Conformance.PageLinks(api);
    [Collection<OnSqlite>] public sealed class Filters(KlantenApi<SqliteFile> api) : Conformance.Filters(api);
    [Collection<OnSqlite>] public sealed class Cookbook(KlantenApi<SqliteFile> api) : Conformance.Cookbook(api);
    [Collection<OnSqlite>] public sealed class Klantnummer(KlantenApi<SqliteFile> api) : Conformance.Klantnummer(api);
    [Collection<OnSqlite>] public sealed class Authentication(KlantenApi<SqliteFile> api) : Conformance.Authentication(api);
    [Collection<OnSqlite>] public sealed class Authorisation(KlantenApi<SqliteFile> api) : Conformance.Authorisation(api);
    [Collection<OnSqlite>] public sealed class Autorisaties(KlantenApi<SqliteFile> api) : Conformance.Autorisaties(api);
    [Collection<OnSqlite>] public sealed class Notificaties(KlantenApi<SqliteFile> api) : Conformance.Notificaties(api);
    [Collection<OnSqlite>] public sealed class AuditTrails(KlantenApi<SqliteFile> api) : Conformance.AuditTrails(api);
    [Collection<OnSqlite>] public sealed class ConditionalRequests(KlantenApi<SqliteFile> api) : Conformance.ConditionalRequests(api);
    [Collection<OnSqlite>] public sealed class IfMatch(KlantenApi<SqliteFile> api) : Conformance.IfMatch(api);
    [Collection<OnSqlite>] public sealed class OpenKlant(KlantenApi<SqliteFile> api) : Conformance.OpenKlant(api);
    [Collection<OnSqlite>] public sealed class KnownClients(KlantenApi<SqliteFile> api) : Conformance.KnownClients(api);
    [Collection<OnSqlite>] public sealed class Routes(KlantenApi<SqliteFile> api) : Conformance.Routes(api);
    [Collection<OnSqlite>] public sealed class PublicAddresses(KlantenApi<SqliteFile> api) : Conformance.PublicAddresses(api);
    [Collection<OnSqlite>] public sealed class Root(KlantenApi<SqliteFile> api) : Conformance.Root(api);
    [Collection<OnSqlite>] public sealed class ReferencePages(KlantenApi<SqliteFile> api) : Conformance.ReferencePages(api);
    [Collection<OnSqlite>] public sealed class FrontPage(KlantenApi<SqliteFile> api) : Conformance.FrontPage(api);
    [Collection<OnSqlite>] public sealed class ApiReference(KlantenApi<SqliteFile> api) : Conformance.ApiReference(api);
    [Collection<OnSqlite>] public sealed class Methods(KlantenApi<SqliteFile> api) : Conformance.Methods(api);
    [Collection<OnSqlite>] public sealed class MediaTypes(KlantenApi<SqliteFile> api) : Conformance.MediaTypes(api);
    [Collection<OnSqlite>] public sealed class RequestBodies(KlantenApi<SqliteFile> api) : Conformance.RequestBodies(api);
    [Collection<OnSqlite>] public sealed class OrderOfChecks(KlantenApi<SqliteFile> api) : Conformance.OrderOfChecks(api);
    [Collection<OnSqlite>] public sealed class NoServerErrors(KlantenApi<SqliteFile> api) : Conformance.NoServerErrors(api);
}
