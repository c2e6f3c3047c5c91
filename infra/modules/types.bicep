metadata description = 'Types of parameters that several modules share.'

@export()
@description('An application that may call the API; keys as in Klanten:Applicaties.')
type application = {
  @description('The client_ids in its tokens.')
  clientIds: string[]

  @description('Name of the secret in the vault that holds the key of its tokens, at least 32 bytes.')
  secretName: string

  @description('applicatieId in audit trails.')
  uuid: string?

  @description('applicatieWeergave in audit trails.')
  label: string?

  @description('Its scopes. If there are none, and heeftAlleAutorisaties is false, they come from the Autorisaties API.')
  scopes: string[]?

  heeftAlleAutorisaties: bool?
}

@export()
@description('Another API that this program calls.')
type externalApi = {
  @description('Base URL, including /api/v1/.')
  url: string

  clientId: string

  @description('Name of the secret in the vault that holds the key for its tokens.')
  secretName: string
}

@export()
@description('Subnet for private endpoints, and the DNS zones that resolve them.')
type networkLink = {
  subnetId: string
  blobZoneId: string
  vaultZoneId: string
  cosmosZoneId: string
}
