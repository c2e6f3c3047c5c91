#!/usr/bin/env bash
# Runs the tests that draw by chance for as long as asked: the fuzzer, which sends any request and checks every answer, and the model
# checker, which compares both stores with a register in memory. Prints the seed, which repeats a run, and each kind of failure with the
# smallest request that showed it. Usage: scripts/random-tests.sh [SECONDS] [SEED], 600 seconds each and any seed by default.
set -euo pipefail
cd "$(dirname "$0")/.."
export KLANTEN_FUZZ_SECONDS=${1:-600} KLANTEN_MODEL_SECONDS=${1:-600}
if [ $# -gt 1 ]; then export KLANTEN_FUZZ_SEED=$2 KLANTEN_MODEL_SEED=$2; fi
dotnet build Klanten.Tests --configuration Release --nologo --verbosity quiet
dotnet Klanten.Tests/bin/Release/net10.0/Klanten.Tests.dll -noLogo -showLiveOutput \
  -class "Klanten.Tests.Fuzzing.*" -class "Klanten.Tests.ModelChecking.*"
