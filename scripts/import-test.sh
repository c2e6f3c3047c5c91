#!/usr/bin/env bash
# Imports a running instance with many klanten into an empty store, kills the import with SIGKILL several times, resumes it, and compares
# both stores at the end. Prints what each run said, and ends with 1 when the stores differ.
# Usage: scripts/import-test.sh [KLANTEN [KILLS [PORT]]], 100000 klanten, 2 kills and port 7099 by default.
set -euo pipefail
cd "$(dirname "$0")/.."
klanten=${1:-100000} kills=${2:-2} port=${3:-7099}
folder=$(mktemp -d)
source=""
trap '[ -z "$source" ] || { kill "$source"; wait "$source"; } 2>/dev/null || true; rm -rf "$folder"' EXIT
dotnet build tools/Klanten.Seed --configuration Release --nologo --verbosity quiet
bin=tools/Klanten.Seed/bin/Release/net10.0
export DOTNET_ENVIRONMENT=Production Logging__LogLevel__Default=Warning
secret=$(head -c 32 /dev/urandom | base64)
export Klanten__Importeren__Secret=$secret Klanten__Applicaties__0__Secret=$secret
export Klanten__Applicaties__0__ClientIds__0=over Klanten__Applicaties__0__Scopes__0=klanten.lezen

# Commands and not functions, so that $! is the process itself and not a shell around it.
there=(env Klanten__Sqlite__Pad="$folder/there.db" dotnet)
here=(env Klanten__Sqlite__Pad="$folder/here.db" dotnet)
import=("${here[@]}" "$bin/Klanten.Functions.dll" importeer --bron "http://127.0.0.1:$port/api/v1" --client over
  --voortgang "$folder/progress.db" --verslag "$folder/refused.csv")

"${there[@]}" "$bin/Klanten.Seed.dll" --aantal "$klanten"
ASPNETCORE_URLS="http://127.0.0.1:$port" "${there[@]}" "$bin/Klanten.Functions.dll" >"$folder/there.log" 2>&1 &
source=$!
until curl --silent --fail --output /dev/null "http://127.0.0.1:$port/healthz/ready"; do sleep 0.2; done

# The database grows while the import runs: each kill comes when it has grown further.
for kill in $(seq "$kills"); do
  until=$((klanten * 1000 * kill / (kills + 1)))
  "${import[@]}" >"$folder/run.log" 2>&1 &
  run=$!
  while kill -0 "$run" 2>/dev/null && [ "$(stat --format=%s "$folder/here.db" 2>/dev/null || echo 0)" -lt "$until" ]; do sleep 0.05; done
  kill -KILL "$run"
  wait "$run" 2>/dev/null || true
  echo "killed at $(stat --format=%s "$folder/here.db") bytes of the database"
done
"${import[@]}"

"${here[@]}" "$bin/Klanten.Functions.dll" exporteer --naar "$folder/here.jsonl"
"${there[@]}" "$bin/Klanten.Functions.dll" exporteer --naar "$folder/there.jsonl"
"${here[@]}" "$bin/Klanten.Functions.dll" controleren
cmp "$folder/here.jsonl" "$folder/there.jsonl"
echo "Both stores have the same $(wc -l <"$folder/here.jsonl") klanten, in the same order."
