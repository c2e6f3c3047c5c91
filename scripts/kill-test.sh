#!/usr/bin/env bash
# Kills the program at random moments while many consumers write, restarts it on the same file, and compares all that it answers with
# what the consumers were answered before; the same with the notifications that it sends, and both on the Cosmos DB of the tests. Prints
# how many writes there were, how many had an answer, and how many were lost, torn or doubled. Usage: scripts/kill-test.sh [ROUNDS], 200
# by default.
set -euo pipefail
cd "$(dirname "$0")/.."
export KLANTEN_KILL_ROUNDS=${1:-200}
dotnet build Klanten.Tests --configuration Release --nologo --verbosity quiet
dotnet Klanten.Tests/bin/Release/net10.0/Klanten.Tests.dll -noLogo -showLiveOutput \
  -class Klanten.Tests.Storage.Sqlite.KillTests -class Klanten.Tests.Notificaties.KillTests \
  -class Klanten.Tests.Storage.Cosmos.CosmosKillTests
