#!/usr/bin/env bash
# Generates clients from the OpenAPI document that the program serves, compiles them, and lets each make every call to it. Prints the
# table of docs/openapi.md. It needs .NET, npm and the package registries; the work is done in a folder that is removed afterwards.
# Usage: scripts/generated-clients.sh [port]
set -euo pipefail

port=${1:-7091}
repository=$(cd "$(dirname "$0")/.." && pwd)
sources=$repository/scripts/generated-clients
work=$(mktemp -d)
program=
trap '[ -z "$program" ] || kill "$program" 2>/dev/null; rm -rf "$work"' EXIT

nswag=14.7.1
kiota=1.38.0

start_program() {
  dotnet build "$repository/Klanten.Functions" -c Release -o "$work/program" -v q -clp:ErrorsOnly
  export Klanten__Applicaties__0__ClientIds__0=clients Klanten__Applicaties__0__HeeftAlleAutorisaties=true
  export Klanten__Applicaties__0__Secret=secret-of-a-program-that-runs-for-a-minute
  KLANTEN_TOKEN=$(dotnet "$work/program/Klanten.Functions.dll" token --client clients | tail -1)
  export KLANTEN_TOKEN KLANTEN_URL=http://127.0.0.1:$port/api/v1
  Klanten__Sqlite__Pad=$work/klanten.db Klanten__Subject__ToegestaneHosts__0=127.0.0.1 ASPNETCORE_URLS=http://127.0.0.1:$port \
    dotnet "$work/program/Klanten.Functions.dll" > "$work/program.log" 2>&1 &
  program=$!
  curl -fs --retry 30 --retry-connrefused --retry-delay 1 -o "$work/openapi.json" "$KLANTEN_URL/openapi.json" ||
    { cat "$work/program.log"; return 1; }
}

# Klanten that the clients do not make themselves: with a subject and nothing else, of a type without a value for its choice.
create_klanten() {
  local subject='"subject":"'$KLANTEN_URL'/openapi.json"'
  local website='"websiteUrl":"http://example.com/<>"'
  create "{\"bronorganisatie\":\"517439943\",$website,$subject,\"subjectType\":null}"
  create "{\"bronorganisatie\":\"517439943\",$website,$subject,\"subjectType\":\"\"}"
  create "{\"bronorganisatie\":\"999990639\",$website,$subject,\"subjectType\":\"natuurlijk_persoon\"}"
  local named='"subjectType":"niet_natuurlijk_persoon","subjectIdentificatie":{"statutaireNaam":"B"}'
  create "{\"bronorganisatie\":\"999990639\",$website,$named}"
}

create() {
  curl -fsS -o "$work/created.json" -H "Authorization: Bearer $KLANTEN_TOKEN" -H 'Content-Type: application/json' -d "$1" \
    "$KLANTEN_URL/klanten"
}

# Compiles the client in a folder and runs it; what it prints is the result.
run_dotnet() {
  dotnet build "$1" -v q -clp:ErrorsOnly > "$1/build.log" || { cat "$1/build.log"; return 1; }
  dotnet "$1/bin/Debug/net10.0/client.dll" > "$1/result" || true
}

nswag_newtonsoft() {
  mkdir "$work/NSwag-Newtonsoft" && cd "$work/NSwag-Newtonsoft"
  cp "$sources"/nswag/{Program.cs,client.csproj} .
  "$work/tools/nswag" openapi2csclient "/input:$work/openapi.json" /output:Client.cs /namespace:Generated > generate.log
  run_dotnet "$PWD"
}

nswag_system_text_json() {
  mkdir "$work/NSwag-System.Text.Json" && cd "$work/NSwag-System.Text.Json"
  cp "$sources"/nswag/{Program.cs,SystemTextJson.cs,client.csproj} .
  "$work/tools/nswag" openapi2csclient "/input:$work/openapi.json" /output:Client.cs /namespace:Generated \
    /jsonLibrary:SystemTextJson /generateOptionalPropertiesAsNullable:true > generate.log
  sed -i 's/System.Text.Json.Serialization.JsonStringEnumConverter</EnumMemberConverter</' Client.cs
  run_dotnet "$PWD"
}

kiota() {
  mkdir "$work/Kiota" && cd "$work/Kiota"
  cp "$sources"/kiota/* .
  KIOTA_OFFLINE_ENABLED=true "$work/tools/kiota" generate -l CSharp -d "$work/openapi.json" -o src -n Generated -c KlantenClient \
    > generate.log 2>&1
  run_dotnet "$PWD"
}

openapi_typescript() {
  mkdir "$work/openapi-typescript" && cd "$work/openapi-typescript"
  cp "$sources"/openapi-typescript/* .
  npm install --silent --no-audit --no-fund
  npx openapi-typescript "$work/openapi.json" -o klanten.d.ts > generate.log
  npx tsc
  node out/client.js > result || true
}

table() {
  cd "$work"
  local clients=(NSwag-Newtonsoft NSwag-System.Text.Json Kiota openapi-typescript)
  (IFS='|'; echo "| call |${clients[*]}|"; echo "| --- |$(printf ' --- |%.0s' "${clients[@]}")")
  sed 's/:.*//' NSwag-Newtonsoft/result | while read -r call; do
    printf '| %s |' "$call"
    for client in "${clients[@]}"; do printf ' %s |' "$(sed -n "s/^$call: //p" "$client/result" | cut -c1-70)"; done
    echo
  done
}

dotnet tool install NSwag.ConsoleCore --version $nswag --tool-path "$work/tools" > "$work/install.log"
dotnet tool install Microsoft.OpenApi.Kiota --version $kiota --tool-path "$work/tools" >> "$work/install.log"
start_program
create_klanten
(nswag_newtonsoft)
(nswag_system_text_json)
(kiota)
(openapi_typescript)
table | tee "$work/table"
# The one call that a generated client is known not to make; see docs/openapi.md.
! grep FAILED "$work/table" | grep -v '^| list without subjectType '
