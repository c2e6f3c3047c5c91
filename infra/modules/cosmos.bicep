metadata description = 'The database: one container, described by cosmos-container.json, which the program writes. No keys: identities only.'

import { networkLink } from 'types.bicep'

param name string
param location string
param tags object

@allowed(['serverless', 'autoscale'])
param capacity string
param maxThroughput int

@description('A second region; none when empty.')
param secondaryLocation string
param zoneRedundant bool

@description('Whether any moment of the last 30 days can be restored, or of the last 7.')
param longBackup bool

@description('The app: reads and writes documents. Its name is known before anything is deployed, its principal is not.')
param app string
param appPrincipalId string

param workspaceId string
param privateNetwork bool
param link networkLink?

var containerDefinition = loadJsonContent('../cosmos-container.json')
var database = 'klanten'
var container = 'klanten'
var dataContributor = '00000000-0000-0000-0000-000000000002'
var serverless = capacity == 'serverless'
var regions = serverless && !empty(secondaryLocation)
  ? fail('secondaryLocation asks for cosmosCapacity autoscale: a serverless account has one region.')
  : concat([location], empty(secondaryLocation) ? [] : [secondaryLocation])

resource account 'Microsoft.DocumentDB/databaseAccounts@2025-04-15' = {
  name: name
  location: location
  tags: tags
  kind: 'GlobalDocumentDB'
  properties: {
    databaseAccountOfferType: 'Standard'
    capabilities: serverless ? [{ name: 'EnableServerless' }] : []
    locations: [for (region, i) in regions: { locationName: region, failoverPriority: i, isZoneRedundant: zoneRedundant }]
    enableAutomaticFailover: length(regions) > 1
    // Whoever was told that a klant exists can read it at once, on any instance; see docs/adr/0016.
    consistencyPolicy: length(regions) > 1
      ? { defaultConsistencyLevel: 'BoundedStaleness', maxStalenessPrefix: 100000, maxIntervalInSeconds: 300 }
      : { defaultConsistencyLevel: 'Strong' }
    backupPolicy: {
      type: 'Continuous'
      continuousModeProperties: { tier: longBackup ? 'Continuous30Days' : 'Continuous7Days' }
    }
    disableLocalAuth: true
    disableKeyBasedMetadataWriteAccess: true
    minimalTlsVersion: 'Tls12'
    publicNetworkAccess: privateNetwork ? 'Disabled' : 'Enabled'
  }
}

resource klanten 'Microsoft.DocumentDB/databaseAccounts/sqlDatabases@2025-04-15' = {
  parent: account
  name: database
  properties: { resource: { id: database } }

  resource documents 'containers' = {
    name: container
    properties: {
      resource: {
        id: container
        partitionKey: containerDefinition.partitionKey
        uniqueKeyPolicy: containerDefinition.uniqueKeyPolicy
        indexingPolicy: containerDefinition.indexingPolicy
      }
      options: serverless ? {} : { autoscaleSettings: { maxThroughput: maxThroughput } }
    }
  }
}

resource contributor 'Microsoft.DocumentDB/databaseAccounts/sqlRoleAssignments@2025-04-15' = {
  parent: account
  name: guid(account.id, app, dataContributor)
  properties: {
    roleDefinitionId: '${account.id}/sqlRoleDefinitions/${dataContributor}'
    principalId: appPrincipalId
    scope: '${account.id}/dbs/${klanten.name}'
  }
}

// No category that holds documents, their ids or the text of queries.
resource diagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  scope: account
  name: 'usage'
  properties: {
    workspaceId: workspaceId
    logAnalyticsDestinationType: 'Dedicated'
    logs: [
      { category: 'ControlPlaneRequests', enabled: true }
      { category: 'PartitionKeyRUConsumption', enabled: true }
      { category: 'PartitionKeyStatistics', enabled: true }
    ]
  }
}

module endpoint 'private-endpoint.bicep' = if (privateNetwork) {
  params: {
    name: 'pe-${name}'
    location: location
    tags: tags
    targetId: account.id
    groupId: 'Sql'
    subnetId: link!.subnetId
    zoneId: link!.cosmosZoneId
  }
}

output id string = account.id
output endpoint string = account.properties.documentEndpoint
