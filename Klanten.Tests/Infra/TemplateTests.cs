using System.Text.Json;
using Klanten.Tests.Storage.Cosmos;
using Klanten.Tests.Support;

namespace Klanten.Tests.Infra;

/// <summary>What infra/ promises, read from the template that Azure gets.</summary>
public sealed class TemplateTests(ArmTemplate template)
{
    private const string Cosmos = "Microsoft.DocumentDB/databaseAccounts";
    private const string Container = "Microsoft.DocumentDB/databaseAccounts/sqlDatabases/containers";
    private const string Storage = "Microsoft.Storage/storageAccounts";
    private const string Site = "Microsoft.Web/sites";
    private const string Vault = "Microsoft.KeyVault/vaults";
    private const string Assignment = "Microsoft.Authorization/roleAssignments";

    [Fact]
    public async Task The_template_builds_without_a_message_of_the_compiler_or_the_linter() =>
        Assert.NotEmpty(await template.TextAsync());

    [Theory]
    [InlineData("listKeys")]
    [InlineData("listAccountSas")]
    [InlineData("listConnectionStrings")]
    [InlineData("AccountKey=")]
    [InlineData("SharedAccessKey")]
    [InlineData("listCredentials")]
    public async Task No_key_is_asked_for_or_handed_on(string key) =>
        Assert.DoesNotContain(key, await template.TextAsync(), StringComparison.OrdinalIgnoreCase);

    [Fact]
    public async Task The_database_takes_identities_only()
    {
        var account = Properties(await template.OneAsync(Cosmos));

        Assert.True(account.GetProperty("disableLocalAuth").GetBoolean());
    }

    [Fact]
    public async Task A_key_cannot_change_the_container()
    {
        var account = Properties(await template.OneAsync(Cosmos));

        Assert.True(account.GetProperty("disableKeyBasedMetadataWriteAccess").GetBoolean());
    }

    [Fact]
    public async Task The_app_may_read_and_write_documents_and_nothing_else_of_the_database()
    {
        var role = Properties(await template.OneAsync("Microsoft.DocumentDB/databaseAccounts/sqlRoleAssignments"));

        Assert.Contains("sqlRoleDefinitions", role.GetProperty("roleDefinitionId").GetString(), StringComparison.Ordinal);
        Assert.Contains("/dbs/", role.GetProperty("scope").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_role_has_just_the_actions_of_the_program()
    {
        var role = Properties(await template.OneAsync("Microsoft.DocumentDB/databaseAccounts/sqlRoleDefinitions"));
        var actions = role.GetProperty("permissions")[0].GetProperty("dataActions").EnumerateArray()
            .Select(action => action.GetString()!.Split('/', 3)[2]);

        Assert.Equal(
            [
                "readMetadata", "sqlDatabases/containers/executeQuery", "sqlDatabases/containers/items/create",
                "sqlDatabases/containers/items/read", "sqlDatabases/containers/items/replace", "sqlDatabases/containers/items/upsert",
                "sqlDatabases/containers/items/delete",
            ],
            actions);
    }

    [Fact]
    public async Task One_region_takes_the_writes() =>
        Assert.False(Properties(await template.OneAsync(Cosmos)).GetProperty("enableMultipleWriteLocations").GetBoolean());

    [Fact]
    public async Task The_account_cannot_be_deleted_by_mistake() =>
        Assert.Equal("CanNotDelete", Properties(await template.OneAsync("Microsoft.Authorization/locks")).GetProperty("level").GetString());

    [Fact]
    public async Task The_key_may_be_of_the_customer() => Assert.Equal(
        "[if(empty(parameters('keyUri')), null(), parameters('keyUri'))]",
        Properties(await template.OneAsync(Cosmos)).GetProperty("keyVaultKeyUri").GetString());

    [Fact]
    public async Task The_app_plans_queries_as_the_tests_do() =>
        Assert.Contains($"\"{CosmosAccount.QueryPlanVariable}\": \"True\"", await template.TextAsync(), StringComparison.Ordinal);

    [Fact]
    public async Task The_database_can_be_restored_to_a_moment()
    {
        var account = Properties(await template.OneAsync(Cosmos));

        Assert.Equal("Continuous", account.GetProperty("backupPolicy").GetProperty("type").GetString());
    }

    [Theory]
    [InlineData("partitionKey")]
    [InlineData("uniqueKeyPolicy")]
    [InlineData("indexingPolicy")]
    public async Task The_container_is_the_one_of_cosmos_container_json(string part)
    {
        var container = Properties(await template.OneAsync(Container)).GetProperty("resource");

        Assert.Equal($"[variables('containerDefinition').{part}]", container.GetProperty(part).GetString());
    }

    [Theory]
    [InlineData("partitionKey", "/bronorganisatie")]
    [InlineData("uniqueKeyPolicy", "/klantnummer")]
    public void The_container_keeps_klantnummers_unique_within_a_bronorganisatie(string part, string path)
    {
        using var definition = JsonDocument.Parse(File.ReadAllBytes(Repository.PathOf("infra", "cosmos-container.json")));

        Assert.Contains($"\"{path}\"", definition.RootElement.GetProperty(part).GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Storage_has_no_keys()
    {
        var account = Properties(await template.OneAsync(Storage));

        Assert.False(account.GetProperty("allowSharedKeyAccess").GetBoolean());
    }

    [Fact]
    public async Task Storage_shows_nothing_to_the_public()
    {
        var account = Properties(await template.OneAsync(Storage));

        Assert.False(account.GetProperty("allowBlobPublicAccess").GetBoolean());
    }

    [Fact]
    public async Task The_host_and_the_package_reach_storage_by_identity()
    {
        var deployment = Properties(await template.OneAsync(Site)).GetProperty("functionAppConfig")
            .GetProperty("deployment").GetProperty("storage");
        var text = await template.TextAsync();

        Assert.Equal("UserAssignedIdentity", deployment.GetProperty("authentication").GetProperty("type").GetString());
        Assert.Contains("AzureWebJobsStorage__accountName", text, StringComparison.Ordinal);
        Assert.DoesNotContain("\"AzureWebJobsStorage\"", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Cosmos, "minimalTlsVersion", "Tls12")]
    [InlineData(Storage, "minimumTlsVersion", "TLS1_2")]
    public async Task Old_TLS_is_refused(string type, string property, string version) =>
        Assert.Equal(version, Properties(await template.OneAsync(type)).GetProperty(property).GetString());

    [Theory]
    [InlineData("minTlsVersion")]
    [InlineData("scmMinTlsVersion")]
    public async Task The_app_refuses_old_TLS(string property) =>
        Assert.Equal("1.2", Properties(await template.OneAsync(Site)).GetProperty("siteConfig").GetProperty(property).GetString());

    [Fact]
    public async Task The_app_answers_over_https_only() =>
        Assert.True(Properties(await template.OneAsync(Site)).GetProperty("httpsOnly").GetBoolean());

    [Fact]
    public async Task The_app_is_an_isolated_worker_on_Flex_Consumption()
    {
        var runtime = await RuntimeAsync();
        var plan = await template.OneAsync("Microsoft.Web/serverfarms");

        Assert.Equal("dotnet-isolated", runtime.GetProperty("name").GetString());
        Assert.Equal("FC1", plan.GetProperty("sku").GetProperty("name").GetString());
    }

    /// <remarks>A worker of another version ends with exit code 150 (azure-functions-dotnet-worker#3351).</remarks>
    [Fact]
    public async Task The_runtime_is_of_the_version_that_the_program_is_built_for()
    {
        var version = (await RuntimeAsync()).GetProperty("version").GetString();
        var build = await File.ReadAllTextAsync(Repository.PathOf("Directory.Build.props"), TestContext.Current.CancellationToken);

        Assert.Contains($"<TargetFramework>net{version}</TargetFramework>", build, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("FUNCTIONS_WORKER_RUNTIME")]
    [InlineData("FUNCTIONS_EXTENSION_VERSION")]
    [InlineData("WEBSITE_RUN_FROM_PACKAGE")]
    public async Task A_setting_that_Flex_Consumption_refuses_is_not_made(string name) =>
        Assert.DoesNotContain(name, await template.TextAsync(), StringComparison.Ordinal);

    [Fact]
    public async Task The_placeholder_that_crashes_is_off_unless_it_is_asked_for()
    {
        var parameter = (await template.RootAsync()).GetProperty("parameters").GetProperty("startInPlaceholder");
        var settings = await template.AppSettingsAsync();

        Assert.False(parameter.GetProperty("defaultValue").GetBoolean());
        Assert.Equal("[if(parameters('startInPlaceholder'), '1', '0')]", settings["WEBSITE_USE_PLACEHOLDER_DOTNETISOLATED"]);
    }

    [Fact]
    public async Task The_homepage_of_the_host_is_off() =>
        Assert.Equal("true", (await template.AppSettingsAsync())["AzureWebJobsDisableHomepage"]);

    /// <remarks>The platform's CORS would answer a preflight before the program sees it.</remarks>
    [Fact]
    public async Task CORS_is_left_to_the_program() =>
        Assert.False(Properties(await template.OneAsync(Site)).GetProperty("siteConfig").TryGetProperty("cors", out _));

    [Theory]
    [InlineData("OTEL_DOTNET_EXPERIMENTAL_ASPNETCORE_DISABLE_URL_QUERY_REDACTION")]
    [InlineData("OTEL_DOTNET_EXPERIMENTAL_HTTPCLIENT_DISABLE_URL_QUERY_REDACTION")]
    public async Task Query_strings_stay_out_of_traces(string name) =>
        Assert.Equal("false", (await template.AppSettingsAsync())[name]);

    [Fact]
    public async Task An_extra_setting_takes_the_place_of_no_other()
    {
        var settings = Properties(await template.OneAsync("Microsoft.Web/sites/config"));

        Assert.StartsWith("[union(parameters('extraSettings'), variables('baseSettings'),", settings.GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Deploying_with_a_password_is_off()
    {
        var policies = await template.OfTypeAsync("Microsoft.Web/sites/basicPublishingCredentialsPolicies");

        Assert.Equal(2, policies.Count);
        Assert.All(policies, p => Assert.False(Properties(p).GetProperty("allow").GetBoolean()));
    }

    [Fact]
    public async Task Secrets_are_references_into_the_vault() =>
        Assert.Contains("@Microsoft.KeyVault(SecretUri=", await template.TextAsync(), StringComparison.Ordinal);

    [Fact]
    public async Task No_secret_is_made_by_the_template() =>
        Assert.Empty(await template.OfTypeAsync("Microsoft.KeyVault/vaults/secrets"));

    [Theory]
    [InlineData("enableRbacAuthorization")]
    [InlineData("enablePurgeProtection")]
    public async Task The_vault_is_guarded(string property) =>
        Assert.True(Properties(await template.OneAsync(Vault)).GetProperty(property).GetBoolean());

    [Theory]
    [InlineData("4633458b-17de-408a-b874-0445c86b69e6")]
    [InlineData("b7e6dc6d-f1e8-4753-8033-0f276bb0955b")]
    [InlineData("3913510d-42f4-4e42-8a64-420c390055eb")]
    public async Task The_app_has_the_role_that_it_needs(string role)
    {
        Assert.Contains(role, await template.TextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_identity_becomes_owner_or_contributor_of_resources()
    {
        var text = await template.TextAsync();

        Assert.DoesNotContain("8e3af657-a8ff-443c-a75c-2fe8c4bcb635", text, StringComparison.Ordinal);
        Assert.DoesNotContain("b24988ac-6180-42a0-ab88-20f7382dd24c", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_role_is_on_one_resource() =>
        Assert.All(await template.OfTypeAsync(Assignment), a => Assert.True(a.TryGetProperty("scope", out _)));

    [Theory]
    [InlineData("Microsoft.Insights/components", "DisableLocalAuth")]
    public async Task Telemetry_is_taken_from_identities_only(string type, string property) =>
        Assert.True(Properties(await template.OneAsync(type)).GetProperty(property).GetBoolean());

    [Fact]
    public async Task No_log_holds_documents_or_queries()
    {
        var settings = await template.OfTypeAsync("Microsoft.Insights/diagnosticSettings");
        var categories = settings.SelectMany(s => Properties(s).GetProperty("logs").EnumerateArray())
            .Select(l => l.GetProperty("category").GetString());

        Assert.Empty(categories.Intersect(["DataPlaneRequests", "QueryRuntimeStatistics", "FunctionAppLogs"]));
    }

    [Theory]
    [InlineData("klanten-5xx")]
    [InlineData("klanten-429")]
    [InlineData("klanten-ru")]
    public async Task A_metric_beyond_its_threshold_raises_an_alert(string name) =>
        Assert.Contains(await template.OfTypeAsync("Microsoft.Insights/metricAlerts"), a => a.GetProperty("name").GetString() == name);

    [Theory]
    [InlineData("klanten.outbox.age")]
    [InlineData("klanten.outbox.parked")]
    [InlineData("CDBPartitionKeyStatistics")]
    [InlineData("klanten.store.faults")]
    public async Task What_appears_in_the_log_only_raises_an_alert_too(string source)
    {
        var rules = await template.OneAsync("Microsoft.Insights/scheduledQueryRules");

        Assert.Contains("variables('queries')", rules.GetRawText(), StringComparison.Ordinal);
        Assert.Contains(source, await template.TextAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Cosmos)]
    [InlineData(Storage)]
    [InlineData(Vault)]
    public async Task One_switch_closes_a_resource_to_the_internet(string type) =>
        Assert.Equal(
            "[if(parameters('privateNetwork'), 'Disabled', 'Enabled')]",
            Properties(await template.OneAsync(type)).GetProperty("publicNetworkAccess").GetString());

    [Fact]
    public async Task A_resource_that_is_closed_has_an_address_within()
    {
        var endpoints = await template.OfTypeAsync("Microsoft.Network/privateEndpoints");

        Assert.Equal(3, endpoints.Count);
    }

    private async Task<JsonElement> RuntimeAsync() =>
        Properties(await template.OneAsync(Site)).GetProperty("functionAppConfig").GetProperty("runtime");

    private static JsonElement Properties(JsonElement resource) => resource.GetProperty("properties");
}
