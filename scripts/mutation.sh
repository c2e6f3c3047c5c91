#!/usr/bin/env bash
# Mutation testing: changes the code in small ways, one at a time, and counts which of these mutants the tests notice. The report is in
# artifacts/mutation; what came of it stands in docs/reliability.md. It takes hours over everything, so it is run by hand, over a part of
# the code and with the tests that are about it:
#   scripts/mutation.sh core                    Klanten.Core
#   scripts/mutation.sh sqlite                  the store on SQLite
#   scripts/mutation.sh cosmos                  the store on Cosmos DB
# Files, and lines of a file by their characters, limit it: scripts/mutation.sh core '**/Fields/*.cs' '**/Rules.cs{100..900}'.
# Other tests are chosen by KLANTEN_TEST_CLASSES='Klanten.Tests.Conformance.*'. Texts are not changed: that makes any SQL an error, and no
# test states each word of a line of the log or of a sentence for people.
set -euo pipefail
cd "$(dirname "$0")/.."
part=${1:-}
shift || true
case $part in
  core) project=Klanten.Core all='**/*.cs' tests='Klanten.Tests.Core.*' ;;
  sqlite)
    project=Klanten.Functions all='**/Storage/Sqlite/*.cs'
    tests='Klanten.Tests.Storage.Sqlite* Klanten.Tests.Storage.Sqlite.* Klanten.Tests.Notificaties.SqliteOutboxTests' ;;
  cosmos)
    project=Klanten.Functions all='**/Storage/Cosmos/**/*.cs'
    tests='Klanten.Tests.Storage.Cosmos* Klanten.Tests.Storage.Cosmos.* Klanten.Tests.Notificaties.CosmosOutboxTests' ;;
  *)
    sed -n '2,11s/^# //p' "$0"
    exit 1 ;;
esac
[ $# -gt 0 ] || set -- "$all"
report=$PWD/artifacts/mutation/$part
mkdir -p "$report"
cat > "$report/settings.json" <<SETTINGS
{ "stryker-config": {
  "test-runner": "mtp",
  "project": "$project.csproj",
  "configuration": "Release",
  "concurrency": 1,
  "coverage-analysis": "perTest",
  "additional-timeout": 30000,
  "mutate": [$(printf '"%s",' "$@" | sed 's/,$//')],
  "ignore-mutations": ["string"],
  "ignore-methods": ["ConfigureAwait"],
  "reporters": ["json", "html", "cleartext"] } }
SETTINGS
dotnet tool restore
cd Klanten.Tests
# The tool builds everything anew; the analyzers have nothing to say about mutants.
export RunAnalyzers=false
export KLANTEN_TEST_CLASSES=${KLANTEN_TEST_CLASSES:-$tests}
dotnet stryker --config-file "$report/settings.json" --output "$report"
