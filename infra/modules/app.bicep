metadata description = 'The API: a .NET isolated worker on a Flex Consumption plan.'

import { application, externalApi } from 'types.bicep'

param token string
param location string
param tags object

param identityId string
param identityClientId string
param storageName string
param packagesUrl string
param vaultUri string
param cosmosEndpoint string

param insightsConnectionString string

param publicUrl string
param applications application[]
param autorisaties externalApi?
param notificaties externalApi?
param extraSettings object

param zoneRedundant bool
param alwaysReadyInstances int
param maximumInstances int
param instanceMemoryMB int
param startInPlaceholder bool

@description('Subnet for outgoing connections of the app; if null, they go directly to the internet.')
param subnetId string?

@description('App setting for a secret: a reference that the platform resolves with the identity of the app.')
func secretIn(vault string, name string) string => '@Microsoft.KeyVault(SecretUri=${vault}secrets/${name})'

func externalApiSettings(key string, api externalApi, vault string) object => {
  'Klanten__${key}__Url': api.url
  'Klanten__${key}__ClientId': api.clientId
  'Klanten__${key}__Secret': secretIn(vault, api.secretName)
}

func applicationSettings(key string, app application, vault string) object =>
  union(
    {
      '${key}__Secret': secretIn(vault, app.secretName)
      '${key}__Uuid': app.?uuid ?? ''
      '${key}__Label': app.?label ?? ''
      '${key}__HeeftAlleAutorisaties': string(app.?heeftAlleAutorisaties ?? false)
    },
    reduce(app.clientIds, {}, (all, id, i) => union(all, { '${key}__ClientIds__${i}': id })),
    reduce(app.?scopes ?? [], {}, (all, scope, i) => union(all, { '${key}__Scopes__${i}': scope }))
  )

// Without FUNCTIONS_WORKER_RUNTIME: Flex Consumption refuses that setting, because functionAppConfig below has the runtime.
var baseSettings = {
  AzureWebJobsStorage__accountName: storageName
  AzureWebJobsStorage__credential: 'managedidentity'
  AzureWebJobsStorage__clientId: identityClientId
  AzureWebJobsDisableHomepage: 'true'
  APPLICATIONINSIGHTS_CONNECTION_STRING: insightsConnectionString
  APPLICATIONINSIGHTS_AUTHENTICATION_STRING: 'ClientId=${identityClientId};Authorization=AAD'
  // OpenTelemetry redacts query strings (they contain BSNs) unless these are true. Set here, extraSettings cannot override them.
  OTEL_DOTNET_EXPERIMENTAL_ASPNETCORE_DISABLE_URL_QUERY_REDACTION: 'false'
  OTEL_DOTNET_EXPERIMENTAL_HTTPCLIENT_DISABLE_URL_QUERY_REDACTION: 'false'
  WEBSITE_USE_PLACEHOLDER_DOTNETISOLATED: startInPlaceholder ? '1' : '0'
  AZURE_CLIENT_ID: identityClientId
  AZURE_TOKEN_CREDENTIALS: 'ManagedIdentityCredential'
  // The SDK plans queries itself, as in the tests; otherwise it asks the gateway before each query over all partitions.
  AZURE_COSMOS_USE_QUERY_PLAN_INTEROP_LINUX: 'True'
  Klanten__Opslag: 'Cosmos'
  Klanten__Cosmos__Endpoint: cosmosEndpoint
}
var applicationsSettings = reduce(
  applications,
  {},
  (all, app, i) => union(all, applicationSettings('Klanten__Applicaties__${i}', app, vaultUri))
)
var externalApisSettings = union(
  autorisaties == null ? {} : externalApiSettings('Autorisaties', autorisaties!, vaultUri),
  notificaties == null ? {} : externalApiSettings('Notificaties', notificaties!, vaultUri)
)
var publicSettings = empty(publicUrl) ? {} : { Klanten__PubliekeUrl: publicUrl }

resource plan 'Microsoft.Web/serverfarms@2024-11-01' = {
  name: 'plan-klanten-${token}'
  location: location
  tags: tags
  sku: { tier: 'FlexConsumption', name: 'FC1' }
  properties: { reserved: true, zoneRedundant: zoneRedundant }
}

resource app 'Microsoft.Web/sites@2024-11-01' = {
  name: 'func-klanten-${token}'
  location: location
  tags: union(tags, { 'azd-service-name': 'api' })
  kind: 'functionapp,linux'
  identity: { type: 'UserAssigned', userAssignedIdentities: { '${identityId}': {} } }
  properties: {
    serverFarmId: plan.id
    httpsOnly: true
    clientAffinityEnabled: false
    keyVaultReferenceIdentity: identityId
    virtualNetworkSubnetId: subnetId
    siteConfig: { minTlsVersion: '1.2', scmMinTlsVersion: '1.2', http20Enabled: true, ftpsState: 'Disabled' }
    functionAppConfig: {
      runtime: { name: 'dotnet-isolated', version: '10.0' }
      deployment: {
        storage: {
          type: 'blobContainer'
          value: packagesUrl
          authentication: { type: 'UserAssignedIdentity', userAssignedIdentityResourceId: identityId }
        }
      }
      scaleAndConcurrency: {
        alwaysReady: alwaysReadyInstances == 0 ? [] : [{ name: 'http', instanceCount: alwaysReadyInstances }]
        maximumInstanceCount: maximumInstances
        instanceMemoryMB: instanceMemoryMB
        triggers: { http: { perInstanceConcurrency: 100 } }
      }
    }
  }

  resource settings 'config' = {
    name: 'appsettings'
    properties: union(extraSettings, baseSettings, applicationsSettings, externalApisSettings, publicSettings)
  }

  resource ftp 'basicPublishingCredentialsPolicies' = {
    name: 'ftp'
    properties: { allow: false }
  }

  resource scm 'basicPublishingCredentialsPolicies' = {
    name: 'scm'
    properties: { allow: false }
  }
}

output id string = app.id
output name string = app.name
output hostName string = app.properties.defaultHostName
