metadata description = 'Storage of the Functions host: packages, leases of timers. Identities only, no keys. It never contains a klant.'

import { networkLink } from 'types.bicep'

@minLength(3)
@maxLength(24)
param name string
param location string
param tags object
param zoneRedundant bool

@description('Name of the identity of the app. Role names use it, because its principal is unknown before deployment.')
param app string
param appPrincipalId string

@description('Principal that deploys packages; none if empty.')
param deployerId string
param deployerType string

param privateNetwork bool
param link networkLink?

var packages = 'packages'
var blobDataOwner = subscriptionResourceId('Microsoft.Authorization/roleDefinitions', 'b7e6dc6d-f1e8-4753-8033-0f276bb0955b')
var blobDataContributor = subscriptionResourceId('Microsoft.Authorization/roleDefinitions', 'ba92f5b4-2d11-453d-a403-e96b0029c9fe')

resource account 'Microsoft.Storage/storageAccounts@2025-01-01' = {
  name: name
  location: location
  tags: tags
  kind: 'StorageV2'
  sku: { name: zoneRedundant ? 'Standard_ZRS' : 'Standard_LRS' }
  properties: {
    minimumTlsVersion: 'TLS1_2'
    supportsHttpsTrafficOnly: true
    allowSharedKeyAccess: false
    allowBlobPublicAccess: false
    allowCrossTenantReplication: false
    defaultToOAuthAuthentication: true
    publicNetworkAccess: privateNetwork ? 'Disabled' : 'Enabled'
    networkAcls: { defaultAction: privateNetwork ? 'Deny' : 'Allow', bypass: 'AzureServices' }
  }
}

resource blobs 'Microsoft.Storage/storageAccounts/blobServices@2025-01-01' = {
  parent: account
  name: 'default'
}

resource container 'Microsoft.Storage/storageAccounts/blobServices/containers@2025-01-01' = {
  parent: blobs
  name: packages
}

resource owner 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: account
  name: guid(account.id, app, blobDataOwner)
  properties: {
    roleDefinitionId: blobDataOwner
    principalId: appPrincipalId
    principalType: 'ServicePrincipal'
  }
}

resource deployer 'Microsoft.Authorization/roleAssignments@2022-04-01' = if (!empty(deployerId)) {
  scope: container
  name: guid(container.id, deployerId, blobDataContributor)
  properties: {
    roleDefinitionId: blobDataContributor
    principalId: deployerId
    principalType: deployerType
  }
}

module endpoint 'private-endpoint.bicep' = if (privateNetwork) {
  params: {
    name: 'pe-${name}'
    location: location
    tags: tags
    targetId: account.id
    groupId: 'blob'
    subnetId: link!.subnetId
    zoneId: link!.blobZoneId
  }
}

output name string = account.name
output packagesUrl string = '${account.properties.primaryEndpoints.blob}${packages}'
