#!/usr/bin/env bash
# Makes docs/klanten.postman_collection.json from the OpenAPI document; run it after each change of that document. It needs npm.
# The collection has a request for each operation. The variables are baseUrl and bearerToken.
set -euo pipefail
cd "$(dirname "$0")/.."
converted=$(mktemp -d)
trap 'rm -rf "$converted"' EXIT
npm exec --yes --package openapi-to-postmanv2@6.3.3 -- openapi2postmanv2 --spec Klanten.Functions/OpenApi/openapi.yaml \
  --output "$converted/collection.json" --options folderStrategy=Paths,parametersResolution=Example >/dev/null

# Without what is random or the document tells better; with optional parameters off, bodies that are taken, and an address that works.
node - "$converted/collection.json" > docs/klanten.postman_collection.json <<'SCRIPT'
const collection = JSON.parse(require("fs").readFileSync(process.argv[2]));
const klant = {
  bronorganisatie: "517439943", websiteUrl: "https://www.example.com", achternaam: "Proef",
  subjectType: "natuurlijk_persoon", subjectIdentificatie: { inpBsn: "999993653" },
};
const bodies = { POST: klant, PUT: klant, PATCH: { emailadres: "suzanne@example.com" } };

const tidyUrl = url => ({
  ...url,
  query: url.query.map(parameter => ({ ...parameter, value: "", disabled: true })),
  variable: url.variable.map(parameter => ({ ...parameter, value: "" })),
});
const tidyRequest = request => ({
  ...request,
  url: tidyUrl(request.url),
  header: request.header.map(header => header.description ? { ...header, value: "", disabled: true } : header),
  ...(request.body?.raw && { body: { ...request.body, raw: JSON.stringify(bodies[request.method], null, 2) } }),
});
const tidy = item => {
  const { id, response, protocolProfileBehavior, ...rest } = item;
  return rest.item ? { ...rest, item: rest.item.map(tidy) } : { ...rest, request: tidyRequest(rest.request) };
};
const { _postman_id, ...info } = collection.info;
delete collection.event;
const variable = [
  { key: "baseUrl", value: "http://127.0.0.1:7071/api/v1" },
  { key: "bearerToken", value: "" },
];
console.log(JSON.stringify({ ...tidy(collection), info, variable }, null, 2));
SCRIPT
