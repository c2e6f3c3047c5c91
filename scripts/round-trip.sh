#!/usr/bin/env bash
# Exports many klanten, imports them into an empty store, and exports that one: both files must be the same to the byte. Prints how long
# each step took and how much memory it had at most.
# Usage: scripts/round-trip.sh sqlite|cosmos [KLANTEN [PORT]], 100000 klanten by default. On Cosmos DB the store that is imported into is
# the in-memory server of the tests, on port 8082 by default; a million klanten take some 12 GB there.
set -euo pipefail
cd "$(dirname "$0")/.."
store=${1:-} klanten=${2:-100000} port=${3:-8082}
[[ $store == sqlite || $store == cosmos ]] || { sed -n '2,6s/^# //p' "$0"; exit 1; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
dotnet build Klanten.sln --configuration Release --nologo --verbosity quiet
bin=tools/Klanten.Seed/bin/Release/net10.0
export DOTNET_ENVIRONMENT=Production Logging__LogLevel__Default=Warning

from=(env Klanten__Sqlite__Pad="$folder/from.db")
to=(env Klanten__Sqlite__Pad="$folder/to.db")
if [[ $store == cosmos ]]; then
  # The server stops when its standard input is closed, so it stops with this script, even if the script is killed.
  tests=Klanten.Tests/bin/Release/net10.0/Klanten.Tests.dll
  coproc server { NODE_OPTIONS=--max-old-space-size=16000 exec dotnet "$tests" cosmos-proxy "$port"; }
  read -r connection <&"${server[0]}"
  # The last makes the SDK plan queries by itself, because the server has no query planner.
  to=(env Klanten__Opslag=Cosmos Klanten__Cosmos__ConnectionString="$connection" Klanten__Cosmos__Gateway=true
    Klanten__Cosmos__Aanmaken=true AZURE_COSMOS_USE_QUERY_PLAN_INTEROP_LINUX=True)
fi

# Runs a command of the program and reports its time and its largest resident memory.
measured() {
  local name=$1
  shift
  /usr/bin/time --format="$name: %e s, %M KB resident at most" "$@"
}

"${from[@]}" dotnet "$bin/Klanten.Seed.dll" --aantal "$klanten"
measured "export from SQLite" "${from[@]}" dotnet "$bin/Klanten.Functions.dll" exporteer --naar "$folder/from.jsonl"
measured "import into $store" "${to[@]}" dotnet "$bin/Klanten.Functions.dll" importeer --bron "$folder/from.jsonl" \
  --voortgang "$folder/progress.db" --verslag "$folder/refused.csv"
measured "export from $store" "${to[@]}" dotnet "$bin/Klanten.Functions.dll" exporteer --naar "$folder/to.jsonl"
cmp "$folder/from.jsonl" "$folder/to.jsonl"
echo "Both exports have the same $(wc -l <"$folder/to.jsonl") klanten, in the same order."
