using System.Text.RegularExpressions;
using Klanten.Core.Model;
using Klanten.Core.Ports;
using Klanten.Functions.Storage;
using Klanten.Functions.Storage.Cosmos;
using Microsoft.Azure.Cosmos;
using Microsoft.Extensions.Options;
using Moq;

namespace Klanten.Tests.Storage.Cosmos;

/// <summary>The container, the queries and the client, as far as they can be told without a server.</summary>
public sealed partial class CosmosDesignTests
{
    private static readonly KlantFilter EveryFilter = new([.. FilterFields.All.Select(field => (field, $"secret of {field.Parameter}"))]);

    private static readonly QueryDefinition[] Queries =
    [
        CosmosQueries.Page(EveryFilter, 100), CosmosQueries.Count(EveryFilter), CosmosQueries.Counters(), CosmosQueries.Moves(),
        CosmosQueries.Holder("1"), CosmosQueries.ById(KlantId.New("")), CosmosQueries.KlantAndTrail(KlantId.New("")),
        CosmosQueries.KlantAndEntry(KlantId.New(""), Guid.Empty), CosmosQueries.Trail(KlantId.New("")), CosmosQueries.TrailIds(KlantId.New("")),
        CosmosQueries.Due("now"), CosmosQueries.WaitingOf(["1"]), CosmosQueries.Parked(), CosmosQueries.OutboxCount(), CosmosQueries.OldestWaiting(),
    ];

    [Fact]
    public void Each_filter_has_a_path_but_bronorganisatie_which_is_the_partition() =>
        Assert.Equal(FilterFields.All.Where(f => f != FilterFields.Bronorganisatie), ContainerDefinition.FilterPaths.Select(f => f.Field));

    [Fact]
    public void Each_path_that_a_query_filters_or_sorts_on_is_indexed_and_no_other()
    {
        var used = Queries.SelectMany(query => Path().Matches(query.QueryText[query.QueryText.IndexOf(" FROM c", StringComparison.Ordinal)..]))
            .Select(match => match.Groups[1].Value.Replace('.', '/') + "/?").Where(path => path != "/id/?").Distinct();
        Assert.Equal(used.Order(), ContainerDefinition.IndexedPaths.Order());
        var policy = ContainerDefinition.Properties("klanten").IndexingPolicy;
        Assert.Equal(ContainerDefinition.IndexedPaths, policy.IncludedPaths.Select(path => path.Path));
        Assert.Equal("/*", Assert.Single(policy.ExcludedPaths).Path);
    }

    [Fact]
    public void A_value_is_a_parameter_and_never_text_in_a_query()
    {
        foreach (var query in Queries)
        {
            Assert.DoesNotContain("secret", query.QueryText, StringComparison.Ordinal);
            Assert.Equal(Parameter().Matches(query.QueryText).Select(m => m.Value).Distinct().Order(), query.GetQueryParameters().Select(p => p.Name).Order());
        }
    }

    [Fact]
    public void Klantnummers_are_unique_within_a_bronorganisatie()
    {
        var container = ContainerDefinition.Properties("klanten");
        Assert.Equal("/bronorganisatie", container.PartitionKeyPath);
        Assert.Equal(["/klantnummer"], Assert.Single(container.UniqueKeyPolicy.UniqueKeys).Paths);
    }

    [Fact]
    public void A_document_that_is_no_klant_has_a_klantnummer_that_no_consumer_can_send()
    {
        ReadOnlyMemory<byte>[] documents =
        [
            Counters.Create("123456782"),
            new Forward { Id = KlantId.New(""), Bronorganisatie = "123456782", Commit = Guid.NewGuid() }.ToJson(),
            new AuditDocument(KlantId.New(""), 1, StoreData.Creation(StoreData.Klant("123456782"), KlantId.New(""), default).AuditEntry!).ToJson("123456782"),
            new OutboxDocument { Bronorganisatie = "123456782", Commit = Guid.NewGuid(), Number = 1, Notificatie = new(KlantId.New(""), "", Actie.Create, default, null), NotBefore = null }.ToJson(),
        ];
        Assert.All(documents, document => Assert.InRange(JsonSlices.GetString(document, "klantnummer"u8)!.Length, 9, 255));
    }

    [Fact]
    public void The_client_talks_directly_and_wants_nothing_back_of_what_it_writes()
    {
        var client = CosmosClients.ClientOptions(new() { Endpoint = "https://x.example" });
        Assert.Equal(ConnectionMode.Direct, client.ConnectionMode);
        Assert.False(client.EnableContentResponseOnWrite);
        Assert.Equal("Klanten", client.ApplicationName);
        Assert.Null(client.AvailabilityStrategy);
    }

    [Fact]
    public void The_client_asks_a_second_region_when_there_is_one()
    {
        var one = CosmosClients.ClientOptions(new() { Regios = { "West Europe" } });
        Assert.Equal(["West Europe"], one.ApplicationPreferredRegions);
        Assert.Null(one.AvailabilityStrategy);
        Assert.NotNull(CosmosClients.ClientOptions(new() { Regios = { "West Europe", "North Europe" } }).AvailabilityStrategy);
    }

    [Fact]
    public void A_gateway_is_the_only_address_that_is_used()
    {
        var client = CosmosClients.ClientOptions(new() { Gateway = true, Regios = { "West Europe" } });
        Assert.Equal(ConnectionMode.Gateway, client.ConnectionMode);
        Assert.True(client.LimitToEndpoint);
        Assert.Null(client.ApplicationPreferredRegions);
    }

    [Theory]
    [InlineData(null, null, "Endpoint of Klanten:Cosmos:ConnectionString")]
    [InlineData("https://x.example", "AccountEndpoint=https://x.example;AccountKey=eA==;", "niet allebei")]
    [InlineData("x.example", null, "moet een URL zijn")]
    [InlineData(null, "AccountEndpoint=https://x.example", "AccountKey")]
    [InlineData(null, "zomaar", "AccountKey")]
    public void A_mistake_in_the_configuration_is_named(string? endpoint, string? connectionString, string mistake)
    {
        var result = Validate(Opslag.Cosmos, new() { Endpoint = endpoint, ConnectionString = connectionString });
        Assert.Contains(mistake, Assert.Single(result.Failures!), StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_that_is_missing_is_named() =>
        Assert.Equal(2, Validate(Opslag.Cosmos, new() { Endpoint = "https://x.example", Database = "", Container = " " }).Failures!.Count());

    [Fact]
    public void A_configuration_in_order_is_taken() => Assert.True(Validate(Opslag.Cosmos, new() { Endpoint = "https://x.example" }).Succeeded);

    [Fact]
    public void Without_Cosmos_its_section_may_be_empty() => Assert.True(Validate(Opslag.Sqlite, new()).Skipped);

    [Fact]
    public void A_version_of_another_store_is_refused() =>
        Assert.Throws<ArgumentException>(() => CosmosVersion.From(Mock.Of<StoreVersion>()));

    [Fact]
    public void A_lease_of_another_store_is_refused() =>
        Assert.Throws<ArgumentException>(() => CosmosLease.From(Mock.Of<OutboxLease>()));

    private static ValidateOptionsResult Validate(Opslag opslag, CosmosOptions options) =>
        new CosmosOptionsValidator(Options.Create(new StorageOptions { Opslag = opslag })).Validate(null, options);

    [GeneratedRegex(@"\bc((?:\.\w+)+)")]
    private static partial Regex Path();

    [GeneratedRegex(@"@\w+")]
    private static partial Regex Parameter();
}
