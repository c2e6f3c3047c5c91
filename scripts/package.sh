#!/usr/bin/env bash
# Makes the package for Azure Functions: the folder artifacts/package/folder, and the same files in artifacts/package/klanten.zip.
set -euo pipefail
cd "$(dirname "$0")/.."
package=$PWD/artifacts/package
rm -rf "$package"
dotnet publish Klanten.Functions --configuration Release --runtime linux-x64 --output "$package/folder" --nologo
dotnet msbuild scripts/zip.proj -nologo -property:Folder="$package/folder" -property:Zip="$package/klanten.zip"
ls -lh "$package/klanten.zip"
