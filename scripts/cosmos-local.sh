#!/usr/bin/env bash
# Runs the program on Cosmos DB without a cloud: starts the in-memory Cosmos server of the tests, and the program with it as store.
# Needs .NET and Node.js. Ctrl-C stops both. Other settings come from the environment as usual (Klanten__…).
# COSMOS_PORT is the port of the server (8081 by default).
set -euo pipefail
cd "$(dirname "$0")/.."
port=${COSMOS_PORT:-8081}

dotnet build Klanten.sln --nologo --verbosity quiet

# The server stops when its standard input is closed, so it stops with this script, even if the script is killed.
coproc server { exec dotnet run --project Klanten.Tests --no-build -- cosmos-proxy "$port"; }
if ! read -r connection <&"${server[0]}"; then
  echo "The Cosmos server did not start." >&2
  exit 1
fi

export Klanten__Opslag=Cosmos
export Klanten__Cosmos__ConnectionString=$connection
export Klanten__Cosmos__Gateway=true
export Klanten__Cosmos__Aanmaken=true
# Makes the SDK plan queries by itself, because the server has no query planner.
export AZURE_COSMOS_USE_QUERY_PLAN_INTEROP_LINUX=True
dotnet run --project Klanten.Functions --no-build "$@"
