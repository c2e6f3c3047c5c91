using Klanten.Tests.Hosting;
using Klanten.Tests.Support;

namespace Klanten.Tests.Conformance;

/// <summary>The specification through a Functions host: the published program, reached as consumers reach it in Azure.</summary>
[CollectionDefinition]
public sealed class UnderFunctionsHost : ICollectionFixture<HostedKlantenApi>
{
    [Collection<UnderFunctionsHost>] public sealed class Representation(HostedKlantenApi api) : Conformance.Representation(api);
    [Collection<UnderFunctionsHost>] public sealed class Create(HostedKlantenApi api) : Conformance.Create(api);
    [Collection<UnderFunctionsHost>] public sealed class SubjectTypes(HostedKlantenApi api) : Conformance.SubjectTypes(api);
    [Collection<UnderFunctionsHost>] public sealed class Subject(HostedKlantenApi api) : Conformance.Subject(api);
    [Collection<UnderFunctionsHost>] public sealed class TextFields(HostedKlantenApi api) : Conformance.TextFields(api);
    [Collection<UnderFunctionsHost>] public sealed class IntegerFields(HostedKlantenApi api) : Conformance.IntegerFields(api);
    [Collection<UnderFunctionsHost>] public sealed class NumberedIdentities(HostedKlantenApi api) : Conformance.NumberedIdentities(api);
    [Collection<UnderFunctionsHost>] public sealed class ChoiceFields(HostedKlantenApi api) : Conformance.ChoiceFields(api);
    [Collection<UnderFunctionsHost>] public sealed class Handelsnaam(HostedKlantenApi api) : Conformance.Handelsnaam(api);
    [Collection<UnderFunctionsHost>] public sealed class WebsiteUrl(HostedKlantenApi api) : Conformance.WebsiteUrl(api);
    [Collection<UnderFunctionsHost>] public sealed class Emailadres(HostedKlantenApi api) : Conformance.Emailadres(api);
    [Collection<UnderFunctionsHost>] public sealed class Update(HostedKlantenApi api) : Conformance.Update(api);
    [Collection<UnderFunctionsHost>] public sealed class PartialUpdate(HostedKlantenApi api) : Conformance.PartialUpdate(api);
    [Collection<UnderFunctionsHost>] public sealed class Delete(HostedKlantenApi api) : Conformance.Delete(api);
    [Collection<UnderFunctionsHost>] public sealed class List(HostedKlantenApi api) : Conformance.List(api);
    [Collection<UnderFunctionsHost>] public sealed class Paging(HostedKlantenApi api) : Conformance.Paging(api);
    [Collection<UnderFunctionsHost>] public sealed class PageLinks(HostedKlantenApi api) : Conformance.PageLinks(api);
    [Collection<UnderFunctionsHost>] public sealed class Filters(HostedKlantenApi api) : Conformance.Filters(api);
    [Collection<UnderFunctionsHost>] public sealed class Cookbook(HostedKlantenApi api) : Conformance.Cookbook(api);
    [Collection<UnderFunctionsHost>] public sealed class Klantnummer(HostedKlantenApi api) : Conformance.Klantnummer(api);
    [Collection<UnderFunctionsHost>] public sealed class Authentication(HostedKlantenApi api) : Conformance.Authentication(api);
    [Collection<UnderFunctionsHost>] public sealed class Authorisation(HostedKlantenApi api) : Conformance.Authorisation(api);
    [Collection<UnderFunctionsHost>] public sealed class Autorisaties(HostedKlantenApi api) : Conformance.Autorisaties(api);
    [Collection<UnderFunctionsHost>] public sealed class Notificaties(HostedKlantenApi api) : Conformance.Notificaties(api);
    [Collection<UnderFunctionsHost>] public sealed class AuditTrails(HostedKlantenApi api) : Conformance.AuditTrails(api);
    [Collection<UnderFunctionsHost>] public sealed class ConditionalRequests(HostedKlantenApi api) : Conformance.ConditionalRequests(api);
    [Collection<UnderFunctionsHost>] public sealed class IfMatch(HostedKlantenApi api) : Conformance.IfMatch(api);
    [Collection<UnderFunctionsHost>] public sealed class PublicAddresses(HostedKlantenApi api) : Conformance.PublicAddresses(api);
    [Collection<UnderFunctionsHost>] public sealed class Root(HostedKlantenApi api) : Conformance.Root(api);
    [Collection<UnderFunctionsHost>] public sealed class ReferencePages(HostedKlantenApi api) : Conformance.ReferencePages(api);
    [Collection<UnderFunctionsHost>] public sealed class FrontPage(HostedKlantenApi api) : Conformance.FrontPage(api);
    [Collection<UnderFunctionsHost>] public sealed class ApiReference(HostedKlantenApi api) : Conformance.ApiReference(api);
    [Collection<UnderFunctionsHost>] public sealed class OpenKlant(HostedKlantenApi api) : Conformance.OpenKlant(api);
    [Collection<UnderFunctionsHost>] public sealed class KnownClients(HostedKlantenApi api) : Conformance.KnownClients(api);
    [Collection<UnderFunctionsHost>] public sealed class Methods(HostedKlantenApi api) : Conformance.Methods(api);
    [Collection<UnderFunctionsHost>] public sealed class RequestBodies(HostedKlantenApi api) : Conformance.RequestBodies(api);
    [Collection<UnderFunctionsHost>] public sealed class OrderOfChecks(HostedKlantenApi api) : Conformance.OrderOfChecks(api);

    [Collection<UnderFunctionsHost>]
    public sealed class Routes(HostedKlantenApi api) : Conformance.Routes(api)
    {
        /// <summary>The host matches no function to a path that begins with two slashes.</summary>
        protected override void ShouldBeOutside(string path, Answer answer)
        {
            if (path.StartsWith("//", StringComparison.Ordinal)) Assert.Equal((404, ""), (answer.Status, answer.Text));
            else base.ShouldBeOutside(path, answer);
        }
    }

    [Collection<UnderFunctionsHost>]
    public sealed class MediaTypes(HostedKlantenApi api) : Conformance.MediaTypes(api)
    {
        /// <summary>The host makes such a list of two lines, so the program cannot tell them apart.</summary>
        protected override void ShouldBeOneLine(Answer answer) => answer.ShouldBe(201);
    }

    [Collection<UnderFunctionsHost>]
    public sealed class NoServerErrors(HostedKlantenApi api) : Conformance.NoServerErrors(api)
    {
        protected override bool IsOfSomeoneInFront(Answer answer) => (answer.Status, answer.Text, answer["API-version"]) is (404, "", null);
    }
}
