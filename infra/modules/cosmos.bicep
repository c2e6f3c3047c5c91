metadata description = 'The database and its container, described by cosmos-container.json, which the program generates. No access by key.'

import { networkLink } from 'types.bicep'

param name string
param location string
param tags object

@allowed(['serverless', 'autoscale'])
param capacity string
param maxThroughput int

@description('A second region; none if empty.')
param secondaryLocation string
param zoneRedundant bool

@description('Whether backups go back 30 days; otherwise 7 days.')
param longBackup bool

@description('Name of the identity that reads and writes documents. Role names use it, because its principal is unknown before deployment.')
param app string
param appPrincipalId string
param appIdentityId string

@description('A key of the customer: its URI in a vault, without version. The app\'s identity must be allowed to use it. None if empty.')
param keyUri string

@description('Whether the account cannot be deleted until the lock is removed.')
param deleteLock bool

param workspaceId string
param privateNetwork bool
param link networkLink?

var containerDefinition = loadJsonContent('../cosmos-container.json')
var database = 'klanten'
var container = 'klanten'
var serverless = capacity == 'serverless'
var regions = serverless && !empty(secondaryLocation)
  ? fail('secondaryLocation asks for cosmosCapacity autoscale: a serverless account has one region.')
  : concat([location], empty(secondaryLocation) ? [] : [secondaryLocation])

resource account 'Microsoft.DocumentDB/databaseAccounts@2025-04-15' = {
  name: name
  location: location
  tags: tags
  kind: 'GlobalDocumentDB'
  identity: empty(keyUri) ? { type: 'None' } : { type: 'UserAssigned', userAssignedIdentities: { '${appIdentityId}': {} } }
  properties: {
    databaseAccountOfferType: 'Standard'
    capabilities: serverless ? [{ name: 'EnableServerless' }] : []
    locations: [for (region, i) in regions: { locationName: region, failoverPriority: i, isZoneRedundant: zoneRedundant }]
    enableAutomaticFailover: length(regions) > 1
    // One region takes the writes, and it must stay so. With several, two regions may each give a klantnummer to a klant, and Cosmos DB
    // resolves that conflict by losing one of the two klanten (kla-001). The program refuses such an account.
    enableMultipleWriteLocations: false
    // Unused throughput of the last minutes covers short peaks.
    enableBurstCapacity: !serverless
    // A klant can be read on any instance as soon as its creation was answered; see docs/adr/0016-consistency.md.
    consistencyPolicy: length(regions) > 1
      ? { defaultConsistencyLevel: 'BoundedStaleness', maxStalenessPrefix: 100000, maxIntervalInSeconds: 300 }
      : { defaultConsistencyLevel: 'Strong' }
    backupPolicy: {
      type: 'Continuous'
      continuousModeProperties: { tier: longBackup ? 'Continuous30Days' : 'Continuous7Days' }
    }
    keyVaultKeyUri: empty(keyUri) ? null : keyUri
    defaultIdentity: empty(keyUri) ? 'FirstPartyIdentity' : 'UserAssignedIdentity=${appIdentityId}'
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

// What the program does, and no more: the built-in contributor may also delete containers and run stored procedures.
resource role 'Microsoft.DocumentDB/databaseAccounts/sqlRoleDefinitions@2025-04-15' = {
  parent: account
  name: guid(account.id, 'klanten-documents')
  properties: {
    roleName: 'Klanten documents'
    type: 'CustomRole'
    assignableScopes: ['${account.id}/dbs/${klanten.name}']
    permissions: [
      {
        dataActions: [
          'Microsoft.DocumentDB/databaseAccounts/readMetadata'
          'Microsoft.DocumentDB/databaseAccounts/sqlDatabases/containers/executeQuery'
          'Microsoft.DocumentDB/databaseAccounts/sqlDatabases/containers/items/create'
          'Microsoft.DocumentDB/databaseAccounts/sqlDatabases/containers/items/read'
          'Microsoft.DocumentDB/databaseAccounts/sqlDatabases/containers/items/replace'
          'Microsoft.DocumentDB/databaseAccounts/sqlDatabases/containers/items/upsert'
          'Microsoft.DocumentDB/databaseAccounts/sqlDatabases/containers/items/delete'
        ]
      }
    ]
  }
}

resource lock 'Microsoft.Authorization/locks@2020-05-01' = if (deleteLock) {
  scope: account
  name: 'klanten-stay'
  properties: { level: 'CanNotDelete', notes: 'Holds the klanten. Remove this lock first to delete the account.' }
}

resource assignment 'Microsoft.DocumentDB/databaseAccounts/sqlRoleAssignments@2025-04-15' = {
  parent: account
  name: guid(account.id, app, role.name)
  properties: {
    roleDefinitionId: role.id
    principalId: appPrincipalId
    scope: '${account.id}/dbs/${klanten.name}'
  }
}

// Leaves out the categories that contain documents, their ids or the text of queries.
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
