#!/usr/bin/env bash
# Makes the package for Azure Functions: the folder artifacts/package/folder, and the same files in artifacts/package/klanten.zip.
# Beside them: bills of materials (CycloneDX) of the program and of the extension that the host loads, and a list of the licences
# of both.
set -euo pipefail
cd "$(dirname "$0")/.."
package=$PWD/artifacts/package
rm -rf "$package"
dotnet publish Klanten.Functions --configuration Release --runtime linux-x64 --output "$package/folder" --nologo
dotnet msbuild scripts/zip.proj -nologo -property:Folder="$package/folder" -property:Zip="$package/klanten.zip"

# From what the publication restored, so that the bill is of exactly this package. Usage: bill PROJECT NAME
bill() {
  dotnet tool run dotnet-CycloneDX "$1" --output "$package" --filename "$2.cdx.xml" --output-format Xml --set-name "$2" \
    --disable-package-restore --include-license-text >/dev/null
  dotnet msbuild scripts/licences.proj -nologo -property:Bom="$package/$2.cdx.xml" -property:List="$package/$2.licences.txt"
}
dotnet tool restore >/dev/null
bill Klanten.Functions/Klanten.Functions.csproj klanten
bill "$(find Klanten.Functions/obj/Release -path '*/linux-x64/*' -name WorkerExtensions.csproj)" klanten-host-extension
ls -lh "$package"
