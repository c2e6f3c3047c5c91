#!/usr/bin/env bash
# Makes what a release consists of, from a tag and from nothing else: the package for Azure Functions, the sources that
# `docker build - < klanten-VERSION-source.tar.gz` takes, compose.yaml, the bills of materials, the licences, and a checksum of each.
# Usage: scripts/release.sh vVERSION; the result is in artifacts/release.
set -euo pipefail
cd "$(dirname "$0")/.."
tag=${1:?which tag?}
version=${tag#v}
git rev-parse --quiet --verify "refs/tags/$tag" >/dev/null || { echo "there is no tag $tag" >&2; exit 1; }

sources=$(mktemp -d)
trap 'rm -rf "$sources"' EXIT
git archive "$tag" | tar -x -C "$sources"
built=$(sed -nE 's/.*<Version>(.*)<\/Version>.*/\1/p' "$sources/Directory.Build.props")
[ "$built" = "$version" ] || { echo "$tag is version $built by its Directory.Build.props" >&2; exit 1; }
notes=$(awk -v head="## [$version]" 'index($0, "## [") == 1 { found = index($0, head) == 1; next } found' "$sources/CHANGELOG.md")
[ -n "$notes" ] || { echo "CHANGELOG.md of $tag says nothing about $version" >&2; exit 1; }

release=$PWD/artifacts/release
rm -rf "$release"
mkdir -p "$release"
"$sources/scripts/package.sh"
for file in klanten.zip klanten.cdx.xml klanten.licences.txt klanten-host-extension.cdx.xml klanten-host-extension.licences.txt; do
  cp "$sources/artifacts/package/$file" "$release/klanten-$version${file#klanten}"
done
git archive --format=tar.gz --output "$release/klanten-$version-source.tar.gz" "$tag"
cp "$sources/compose.yaml" "$release/klanten-$version-compose.yaml"
printf '%s\n' "$notes" > "$release/notes.md"
cd "$release"
sha256sum klanten-* > "klanten-$version-sha256sums.txt"
ls -lh
