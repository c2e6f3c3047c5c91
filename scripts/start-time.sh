#!/usr/bin/env bash
# Compares the start of the published program with that of an empty ASP.NET Core program published in the same way. Prints the
# time from process start to the first 200 of each (five runs, alternating) and the ratio of the medians. Then prints the same for the
# processor time used until that 200, which depends less on the load of the machine. Usage: scripts/start-time.sh [RUNS]
set -euo pipefail
cd "$(dirname "$0")/.."
runs=${1:-5}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

publish() { dotnet publish "$1" --configuration Release --runtime linux-x64 --output "$2" --nologo --verbosity quiet; }

mkdir "$work/Empty"
cat > "$work/Empty/Empty.csproj" <<XML
<Project Sdk="Microsoft.NET.Sdk.Web">
  <PropertyGroup>
    <TargetFramework>net10.0</TargetFramework>
    <ImplicitUsings>enable</ImplicitUsings>
    <InvariantGlobalization>true</InvariantGlobalization>
    <SelfContained>false</SelfContained>
    <PublishReadyToRun>true</PublishReadyToRun>
  </PropertyGroup>
</Project>
XML
cat > "$work/Empty/Program.cs" <<'CS'
var app = WebApplication.CreateBuilder(args).Build();
app.MapGet("/", () => "Hello World!");
app.Run();
CS
publish "$work/Empty" "$work/empty"
publish Klanten.Functions "$work/klanten"

export ASPNETCORE_ENVIRONMENT=Production DOTNET_ENVIRONMENT=Production
export Klanten__Applicaties__0__ClientIds__0=start-time
export Klanten__Applicaties__0__Secret=start-time-secret-of-at-least-32-bytes
export Klanten__Applicaties__0__HeeftAlleAutorisaties=true
export Klanten__Sqlite__Pad="$work/klanten.db"
token=$("$work/klanten/Klanten.Functions" token --client start-time | tail -n 1)

# Between two tries: asking without a pause would take one of two processors from the program that is measured.
exec {pause}<> <(:)

# Uses bash's own sockets, because starting curl would take a large part of the measured time.
# Runs in a subshell, because a refused connection exits the shell.
first_line() (
  exec 3<>"/dev/tcp/127.0.0.1/$1"
  printf 'GET %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAuthorization: Bearer %s\r\n\r\n' "$2" "$token" >&3
  IFS= read -r line <&3
  [[ $line == *" 200 "* ]]
)

# Prints the milliseconds until PATH on PORT answers 200, and the milliseconds of processor time used until then.
measure() {
  local program=$1 port=$2 path=$3 begin end
  begin=${EPOCHREALTIME/./}
  (cd "$(dirname "$program")" && exec "$program") >"$work/log" 2>&1 &
  local pid=$!
  for _ in {1..5000}; do
    if first_line "$port" "$path" 2>/dev/null; then
      end=${EPOCHREALTIME/./}
      local stat; read -ra stat <"/proc/$pid/stat"
      kill "$pid"; wait "$pid" 2>/dev/null || true
      echo $(((end - begin) / 1000)) $(((stat[13] + stat[14]) * 1000 / $(getconf CLK_TCK)))
      return
    fi
    read -rt 0.005 -u "$pause" || true
  done
  cat "$work/log" >&2
  kill "$pid"
  return 1
}

median() { sort -n | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'; }

for ((run = 0; run < runs; run++)); do
  ASPNETCORE_URLS=http://127.0.0.1:7199 measure "$work/empty/Empty" 7199 / >>"$work/empty.times"
  ASPNETCORE_URLS=http://127.0.0.1:7198 measure "$work/klanten/Klanten.Functions" 7198 /api/v1/klanten >>"$work/klanten.times"
done

report() {
  local column=$1 what=$2 empty klanten
  empty=$(cut -d ' ' -f "$column" "$work/empty.times") klanten=$(cut -d ' ' -f "$column" "$work/klanten.times")
  echo "$what, ms"
  echo "  empty program:       $(echo $empty), median $(median <<<"$empty")"
  echo "  Klanten, first list: $(echo $klanten), median $(median <<<"$klanten")"
  awk -v k="$(median <<<"$klanten")" -v e="$(median <<<"$empty")" 'BEGIN { printf "  ratio: %.2f\n", k / e }'
}
report 1 "start to first 200"
report 2 "processor time until then"
