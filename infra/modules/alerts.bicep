metadata description = 'Alerts. docs/operations.md says what each one means and what to do.'

param token string
param location string
param tags object
param emails string[]
param appId string
param cosmosId string
param workspaceId string

var actions = empty(emails) ? [] : [{ actionGroupId: people.id }]

var queries = [
  {
    name: 'outbox-age'
    description: 'The oldest notification has waited for more than 15 minutes.'
    query: 'AppMetrics | where Name == "klanten.outbox.age" | project TimeGenerated, Value = Max'
    threshold: 900
    severity: 2
  }
  {
    name: 'outbox-parked'
    description: 'Notifications were given up after many attempts.'
    query: 'AppMetrics | where Name == "klanten.outbox.parked" | project TimeGenerated, Value = Max'
    threshold: 0
    severity: 1
  }
  {
    name: 'store-full'
    description: 'A bronorganisatie has reached 20 GB: its creates and changes are refused.'
    query: 'AppMetrics | where Name == "klanten.store.faults" and Properties.substatus == "1014" | project TimeGenerated, Value = Sum'
    threshold: 0
    severity: 1
  }
  {
    name: 'partition-size'
    description: 'A bronorganisatie uses over 15 GB; the limit is 20 GB.'
    query: 'CDBPartitionKeyStatistics | project TimeGenerated, Value = SizeKb / 1048576'
    threshold: 15
    severity: 2
  }
]

resource people 'Microsoft.Insights/actionGroups@2023-01-01' = if (!empty(emails)) {
  name: 'ag-klanten-${token}'
  location: 'global'
  tags: tags
  properties: {
    groupShortName: 'klanten'
    enabled: true
    emailReceivers: [for (email, i) in emails: { name: 'email-${i}', emailAddress: email, useCommonAlertSchema: true }]
  }
}

resource serverErrors 'Microsoft.Insights/metricAlerts@2018-03-01' = {
  name: 'klanten-5xx'
  location: 'global'
  tags: tags
  properties: {
    description: 'More than 5 answers in the 500s within 5 minutes.'
    severity: 1
    enabled: true
    scopes: [appId]
    evaluationFrequency: 'PT1M'
    windowSize: 'PT5M'
    criteria: {
      'odata.type': 'Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria'
      allOf: [
        {
          criterionType: 'StaticThresholdCriterion'
          name: '5xx'
          metricName: 'Http5xx'
          operator: 'GreaterThan'
          threshold: 5
          timeAggregation: 'Total'
        }
      ]
    }
    actions: actions
  }
}

resource throttled 'Microsoft.Insights/metricAlerts@2018-03-01' = {
  name: 'klanten-429'
  location: 'global'
  tags: tags
  properties: {
    description: 'Cosmos DB refused more than 100 requests within 5 minutes because the throughput was used up.'
    severity: 2
    enabled: true
    scopes: [cosmosId]
    evaluationFrequency: 'PT1M'
    windowSize: 'PT5M'
    criteria: {
      'odata.type': 'Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria'
      allOf: [
        {
          criterionType: 'StaticThresholdCriterion'
          name: '429'
          metricName: 'TotalRequests'
          operator: 'GreaterThan'
          threshold: 100
          timeAggregation: 'Count'
          dimensions: [{ name: 'StatusCode', operator: 'Include', values: ['429'] }]
        }
      ]
    }
    actions: actions
  }
}

resource throughput 'Microsoft.Insights/metricAlerts@2018-03-01' = {
  name: 'klanten-ru'
  location: 'global'
  tags: tags
  properties: {
    description: 'The database used over 80% of its throughput for 15 minutes.'
    severity: 3
    enabled: true
    scopes: [cosmosId]
    evaluationFrequency: 'PT5M'
    windowSize: 'PT15M'
    criteria: {
      'odata.type': 'Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria'
      allOf: [
        {
          criterionType: 'StaticThresholdCriterion'
          name: 'ru'
          metricName: 'NormalizedRUConsumption'
          operator: 'GreaterThan'
          threshold: 80
          timeAggregation: 'Average'
        }
      ]
    }
    actions: actions
  }
}

resource found 'Microsoft.Insights/scheduledQueryRules@2023-12-01' = [
  for item in queries: {
    name: 'klanten-${item.name}'
    location: location
    tags: tags
    properties: {
      description: item.description
      severity: item.severity
      enabled: true
      scopes: [workspaceId]
      skipQueryValidation: true
      evaluationFrequency: 'PT5M'
      windowSize: 'PT15M'
      criteria: {
        allOf: [
          {
            query: item.query
            metricMeasureColumn: 'Value'
            timeAggregation: 'Maximum'
            operator: 'GreaterThan'
            threshold: item.threshold
            failingPeriods: { numberOfEvaluationPeriods: 1, minFailingPeriodsToAlert: 1 }
          }
        ]
      }
      autoMitigate: true
      actions: { actionGroups: empty(emails) ? [] : [people.id] }
    }
  }
]
