targetScope = 'subscription'

metadata description = 'The Klanten API on Azure Functions Flex Consumption, with Cosmos DB behind it.'

import { application, externalApi } from 'modules/types.bicep'

@description('Names everything: the resource group is rg-<name>. azd passes its own environment name.')
@minLength(2)
@maxLength(32)
param environmentName string

@description('Region of everything.')
param location string

@description('Sets the defaults of the parameters below: low cost, or high availability.')
@allowed(['trial', 'production'])
param profile string = 'trial'

@description('Object id of the user or service principal that deploys. It may write secrets to the vault. If empty, no role is assigned.')
param principalId string = ''

@allowed(['User', 'Group', 'ServicePrincipal'])
param principalType string = 'User'

@description('Public address in front of /api/v1, if a gateway hides it. If empty, it is taken from the request.')
param publicUrl string = ''

@description('Applications that may call the API. Their secrets are created in the vault, not here.')
param applications application[] = []

@description('The Autorisaties API, from which the scopes of applications come; none if null.')
param autorisaties externalApi?

@description('The Notificaties API, which gets a notification of every change; none if null.')
param notificaties externalApi?

@description('Further app settings, such as Klanten__Cors__Origins__0. No secrets.')
param extraSettings object = {}

@description('Serverless: one region, paid by the request. Autoscale: throughput up to a maximum, more regions.')
@allowed(['serverless', 'autoscale'])
param cosmosCapacity string = profile == 'production' ? 'autoscale' : 'serverless'

@description('Maximum of autoscale in RU/s. At least a tenth of it is billed.')
@minValue(1000)
param cosmosMaxThroughput int = 4000

@description('A key of yours for the database: the URI of the key in a vault, without its version. Keys of Microsoft if empty.')
param cosmosKeyUri string = ''

@description('A second region for Cosmos DB, with automatic failover; autoscale only.')
param secondaryLocation string = ''

@description('Whether database, storage and app use availability zones. Needs a region that has them.')
param zoneRedundant bool = profile == 'production'

@description('Number of instances that are always running. 0 costs nothing while idle, but then the first request waits for a start.')
@minValue(0)
@maxValue(100)
param alwaysReadyInstances int = profile == 'production' ? 2 : 0

@description('Maximum number of instances.')
@minValue(40)
@maxValue(1000)
param maximumInstances int = 40

@allowed([512, 2048, 4096])
param instanceMemoryMB int = 2048

// Sets WEBSITE_USE_PLACEHOLDER_DOTNETISOLATED. On .NET 10 the placeholder process of Azure crashes under ordinary load
// (azure-functions-dotnet-worker#3335, open) and while it is assigned to an app (azure-functions-host#11693, open). A crash fails the
// requests in flight, and the outcome of a write among them is unknown. The alternative, a slower start, only delays the first
// request of a new instance, and production has always-ready instances. So it is off until both issues are closed (ADR 18).
@description('Whether the app starts in a placeholder process of Azure: faster, but with .NET 10 that process crashes.')
param startInPlaceholder bool = false

@description('Private network: the app connects through it, and database, storage and vault are reachable from it only.')
param privateNetwork bool = profile == 'production'

@description('E-mail addresses that receive alerts; none if empty.')
param alertEmails string[] = []

@description('Number of days that logs are kept.')
@minValue(30)
@maxValue(730)
param logRetentionDays int = profile == 'production' ? 90 : 30

var tags = { 'azd-env-name': environmentName, application: 'klanten' }
var token = toLower(uniqueString(subscription().id, environmentName, location))
var identityName = 'id-klanten-${token}'

resource group 'Microsoft.Resources/resourceGroups@2025-04-01' = {
  name: 'rg-${environmentName}'
  location: location
  tags: tags
}

module identity 'modules/identity.bicep' = {
  scope: group
  params: { name: identityName, location: location, tags: tags }
}

module monitoring 'modules/monitoring.bicep' = {
  scope: group
  params: {
    token: token
    location: location
    tags: tags
    retentionDays: logRetentionDays
    publisher: identityName
    publisherId: identity.outputs.principalId
  }
}

module network 'modules/network.bicep' = if (privateNetwork) {
  scope: group
  params: { token: token, location: location, tags: tags }
}

module storage 'modules/storage.bicep' = {
  scope: group
  params: {
    name: 'stklanten${token}'
    location: location
    tags: tags
    zoneRedundant: zoneRedundant
    app: identityName
    appPrincipalId: identity.outputs.principalId
    deployerId: principalId
    deployerType: principalType
    privateNetwork: privateNetwork
    link: network.?outputs.link
  }
}

module vault 'modules/vault.bicep' = {
  scope: group
  params: {
    name: 'kv-${token}'
    location: location
    tags: tags
    app: identityName
    appPrincipalId: identity.outputs.principalId
    officerId: principalId
    officerType: principalType
    workspaceId: monitoring.outputs.workspaceId
    privateNetwork: privateNetwork
    link: network.?outputs.link
  }
}

module cosmos 'modules/cosmos.bicep' = {
  scope: group
  params: {
    name: 'cosmos-klanten-${token}'
    location: location
    tags: tags
    capacity: cosmosCapacity
    maxThroughput: cosmosMaxThroughput
    secondaryLocation: secondaryLocation
    zoneRedundant: zoneRedundant
    longBackup: profile == 'production'
    deleteLock: profile == 'production'
    keyUri: cosmosKeyUri
    app: identityName
    appPrincipalId: identity.outputs.principalId
    appIdentityId: identity.outputs.id
    workspaceId: monitoring.outputs.workspaceId
    privateNetwork: privateNetwork
    link: network.?outputs.link
  }
}

module app 'modules/app.bicep' = {
  scope: group
  params: {
    token: token
    location: location
    tags: tags
    identityId: identity.outputs.id
    identityClientId: identity.outputs.clientId
    storageName: storage.outputs.name
    packagesUrl: storage.outputs.packagesUrl
    vaultUri: vault.outputs.uri
    cosmosEndpoint: cosmos.outputs.endpoint
    insightsConnectionString: monitoring.outputs.connectionString
    publicUrl: publicUrl
    applications: applications
    autorisaties: autorisaties
    notificaties: notificaties
    extraSettings: extraSettings
    zoneRedundant: zoneRedundant
    alwaysReadyInstances: alwaysReadyInstances
    maximumInstances: maximumInstances
    instanceMemoryMB: instanceMemoryMB
    startInPlaceholder: startInPlaceholder
    subnetId: network.?outputs.appSubnetId
  }
}

module alerts 'modules/alerts.bicep' = {
  scope: group
  params: {
    token: token
    location: location
    tags: tags
    emails: alertEmails
    appId: app.outputs.id
    cosmosId: cosmos.outputs.id
    workspaceId: monitoring.outputs.workspaceId
  }
}

output AZURE_RESOURCE_GROUP string = group.name
output KLANTEN_APP_NAME string = app.outputs.name
output KLANTEN_URL string = 'https://${app.outputs.hostName}/api/v1'
output KLANTEN_VAULT_NAME string = vault.outputs.name
output KLANTEN_OUTBOUND_ADDRESS string = network.?outputs.outboundAddress ?? ''
