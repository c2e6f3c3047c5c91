metadata description = 'Logs and metrics. Only identities with a role may write them.'

param token string
param location string
param tags object
param retentionDays int

@description('Name of the identity that writes telemetry. The role name uses it, because its principal is unknown before deployment.')
param publisher string
param publisherId string

var monitoringMetricsPublisher = subscriptionResourceId('Microsoft.Authorization/roleDefinitions', '3913510d-42f4-4e42-8a64-420c390055eb')

resource workspace 'Microsoft.OperationalInsights/workspaces@2025-02-01' = {
  name: 'log-klanten-${token}'
  location: location
  tags: tags
  properties: {
    sku: { name: 'PerGB2018' }
    retentionInDays: retentionDays
    features: { disableLocalAuth: true }
  }
}

resource insights 'Microsoft.Insights/components@2020-02-02' = {
  name: 'appi-klanten-${token}'
  location: location
  tags: tags
  kind: 'web'
  properties: {
    Application_Type: 'web'
    WorkspaceResourceId: workspace.id
    IngestionMode: 'LogAnalytics'
    DisableLocalAuth: true
    DisableIpMasking: false
  }
}

resource publish 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: insights
  name: guid(insights.id, publisher, monitoringMetricsPublisher)
  properties: {
    roleDefinitionId: monitoringMetricsPublisher
    principalId: publisherId
    principalType: 'ServicePrincipal'
  }
}

@description('What the portal shows below Workbooks. infra/workbook.json is what its editor calls the gallery template.')
resource workbook 'Microsoft.Insights/workbooks@2023-06-01' = {
  name: guid(insights.id, 'klanten')
  location: location
  tags: tags
  kind: 'shared'
  properties: {
    displayName: 'Klanten'
    category: 'workbook'
    sourceId: workspace.id
    serializedData: replace(loadTextContent('../workbook.json'), 'WORKSPACE', workspace.id)
  }
}

output workspaceId string = workspace.id
output connectionString string = insights.properties.ConnectionString
