#!/usr/bin/env bash
# Makes what is deployed to Azure Functions: the folder artifacts/package/folder and the same as artifacts/package/klanten.zip.
# Run it on Linux: the zip must carry the x bit of the program.
set -euo pipefail
cd "$(dirname "$0")/.."
package=$PWD/artifacts/package
rm -rf "$package"
dotnet publish Klanten.Functions --configuration Release --runtime linux-x64 --output "$package/folder" -p:FunctionsZip="$package/klanten.zip" --nologo
ls -lh "$package/klanten.zip"
