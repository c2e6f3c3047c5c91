#!/usr/bin/env bash
# Runs the program on Cosmos DB without a cloud: the Cosmos server of the tests, and the program in front of it.
# Needs .NET and Node.js. Ends both with Ctrl-C. Settings come from the environment as always (Klanten__…);
# COSMOS_PORT is where the server listens (8081).
set -euo pipefail
cd "$(dirname "$0")/.."
port=${COSMOS_PORT:-8081}

dotnet build Klanten.sln --nologo --verbosity quiet

# The server ends when its standard input does: with this script, however that ends.
coproc server { exec dotnet run --project Klanten.Tests --no-build -- cosmos-proxy "$port"; }
if ! read -r connection <&"${server[0]}"; then
  echo "The Cosmos server did not start." >&2
  exit 1
fi

export Klanten__Opslag=Cosmos
export Klanten__Cosmos__ConnectionString=$connection
export Klanten__Cosmos__Gateway=true
export Klanten__Cosmos__Aanmaken=true
# The SDK plans queries itself then; the server cannot.
export AZURE_COSMOS_USE_QUERY_PLAN_INTEROP_LINUX=True
dotnet run --project Klanten.Functions --no-build "$@"
