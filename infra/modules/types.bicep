metadata description = 'What the parameters of several modules are made of.'

@export()
@description('An application that may call the API; keys as in Klanten:Applicaties.')
type application = {
  @description('client_ids in its tokens.')
  clientIds: string[]

  @description('Name of the secret in the vault that holds the key of its tokens, at least 32 bytes.')
  secretName: string

  @description('applicatieId in audit trails.')
  uuid: string?

  @description('applicatieWeergave in audit trails.')
  label: string?

  @description('Its scopes; without any, and without heeftAlleAutorisaties, the Autorisaties API tells them.')
  scopes: string[]?

  heeftAlleAutorisaties: bool?
}

@export()
@description('Another API that this one calls.')
type neighbour = {
  @description('Base URL, up to and with /api/v1/.')
  url: string

  clientId: string

  @description('Name of the secret in the vault that holds the key for its tokens.')
  secretName: string
}

@export()
@description('Where a private endpoint goes, and the DNS zones that find it.')
type networkLink = {
  subnetId: string
  blobZoneId: string
  vaultZoneId: string
  cosmosZoneId: string
}
