#!/usr/bin/env bash
# Measures the program as a whole on this machine and prints one table per part.
#
#   bench/run.sh [goals] [scale] [memory] [soak]        without a part: goals scale memory
#
#   goals    the program against a bare Kestrel endpoint that sends the same bytes, and durable creates
#   scale    the same requests on stores of several sizes
#   memory   resident set at rest and under load, allocation per GET
#   soak     resident set during ten minutes of mixed load
#   compare  this checkout against another revision of it: BASE=REVISION bench/run.sh compare
#   cosmos   by itself: requests, bytes and time of each operation on the Cosmos server of the tests; needs Node.js
#   bad-days by itself: memory, and the latency of a GET, while the program is attacked; only root can measure a silent DNS
#
# Sides of a comparison take turns, round by round; every figure is the median of the rounds. Set in the environment:
#   ROUNDS (5)  SECONDS_EACH (2)  SIZES ("1000 100000 1000000")  SOAK_MINUTES (10)  PUBLISH_ARGS ("")  WORK (folder for stores)
set -euo pipefail
cd "$(dirname "$0")/.."
export LC_ALL=C DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_ENVIRONMENT=Production

PARTS=${*:-goals scale memory}
ROUNDS=${ROUNDS:-5}
SECONDS_EACH=${SECONDS_EACH:-2}
SIZES=${SIZES:-1000 100000 1000000}
SOAK_MINUTES=${SOAK_MINUTES:-10}
PUBLISH_ARGS=${PUBLISH_ARGS:-}
WORK=${WORK:-$PWD/artifacts/bench}
GOAL_SIZE=100000
REFERENCE_CREATES=75    # creates a second of the reference implementation on a machine of this size
CEILING_PORT=7180
APP_PORT=7181           # and up: one a size

export Klanten__Applicaties__0__ClientIds__0=bench
export Klanten__Applicaties__0__Secret=bench-geheim-dat-alleen-op-deze-machine-geldt
export Klanten__Applicaties__0__HeeftAlleAutorisaties=true

# --- progress ---------------------------------------------------------------------------------------------------------

has() { [[ " $PARTS " == *" $1 "* ]]; }

started=$SECONDS done_seconds=0 total_seconds=0
sizes=($SIZES)
has goals && total_seconds=$((total_seconds + 19 + ROUNDS * SECONDS_EACH * 6))
has scale && total_seconds=$((total_seconds + ${#sizes[@]} * (12 + ROUNDS * (SECONDS_EACH * 6 + 5))))
has memory && total_seconds=$((total_seconds + 10))
has compare && total_seconds=$((total_seconds + 36 + ROUNDS * SECONDS_EACH * 10))
has soak && total_seconds=$((total_seconds + SOAK_MINUTES * 60))

say() { [[ -t 2 ]] && printf '\r\033[K' >&2; echo "$*" >&2; }

# Seconds that a measurement takes count towards the end; what is left is scaled by how the past ones went.
progress() {
  done_seconds=$((done_seconds + $1))
  [[ -t 2 ]] || return 0
  local spent=$((SECONDS - started)) left
  left=$(( (total_seconds - done_seconds) * (spent > done_seconds ? spent : done_seconds) / (done_seconds > 0 ? done_seconds : 1) ))
  printf '\r\033[K[%3d%%] %-52s about %dm%02ds left' $((100 * done_seconds / total_seconds)) "$2" $((left / 60)) $((left % 60)) >&2
}

# --- programs ---------------------------------------------------------------------------------------------------------

declare -A pids=()
stop() {
  if [[ -n ${pids[$1]:-} ]]; then
    kill "${pids[$1]}" 2>/dev/null || true
    wait "${pids[$1]}" 2>/dev/null || true
    unset "pids[$1]"
  fi
}
stop_all() { for port in "${!pids[@]}"; do stop "$port"; done; }
trap stop_all EXIT

base() { echo "http://127.0.0.1:$1/api/v1/klanten"; }

await() { # PORT
  for _ in $(seq 100); do curl -so /dev/null "http://127.0.0.1:$1/" && return; sleep 0.1; done
  say "nothing answers on port $1; see $WORK/$1.log"; exit 1
}

start_app() { # PORT STORE [PROGRAM]
  ASPNETCORE_URLS=http://127.0.0.1:$1 Klanten__Sqlite__Pad=$2 "$WORK/${3:-app}/Klanten.Functions" >"$WORK/$1.log" 2>&1 &
  pids[$1]=$!
  await "$1"
}

start_ceiling() { # ANSWER
  stop $CEILING_PORT
  "$WORK/ceiling/Klanten.Ceiling" http://127.0.0.1:$CEILING_PORT "$1" >"$WORK/$CEILING_PORT.log" 2>&1 &
  pids[$CEILING_PORT]=$!
  await $CEILING_PORT
}

store() { echo "$WORK/$1.db"; }

seed() { # SIZE [STORE] [PROGRAM]
  local file program; file=$(store "${2:-$1}") program=$WORK/${3:-app}
  [[ -e $file.done ]] && return
  rm -f "$file"*
  say "seeding $1 klanten"
  local command=("$program-seed/Klanten.Seed")
  # A revision from before tools/Klanten.Seed has a command for it.
  [[ -x ${command[0]} ]] || command=("$program/Klanten.Functions" seed)
  Klanten__Sqlite__Pad=$file "${command[@]}" --aantal "$1" 2>&1 | tee "$WORK/seed.log" >&2
  touch "$file.done"
}

# Runs dotnet and shows its output only when it fails.
quietly() { dotnet "$@" >"$WORK/publish.log" || { cat "$WORK/publish.log" >&2; exit 1; }; }

publish_side() { # SOURCE PROGRAM
  quietly publish "$1/Klanten.Functions" -c Release -o "$WORK/$2" $PUBLISH_ARGS
  rm -rf "$WORK/$2-seed"
  if [[ -d $1/tools/Klanten.Seed ]]; then quietly build "$1/tools/Klanten.Seed" -c Release -o "$WORK/$2-seed"; fi
}

fetch() { curl -sf -H "Authorization: Bearer $TOKEN" "$@"; }

# Klanten from all over the store, one a line, without a comma at the end.
sample() { # PORT SIZE
  local pages=$(( $2 / 100 )) step page
  step=$(( pages > 50 ? pages / 50 : 1 ))
  for ((page = 1; page <= pages; page += step)); do
    fetch "$(base "$1")?page=$page" | sed -e 's/.*"results":\[//' -e 's/\]}$//' -e 's/,{"url":/\n{"url":/g' -e 's/$/\n/' |
      shuf -n 20 --random-source=<(yes)
  done | shuf --random-source=<(yes)
}

# What the requests are made of: NAME.get, NAME.known (with its ETag), NAME.find, NAME.page1, NAME.org, NAME.page1000, NAME.post
requests() { # PORT SIZE NAME
  local to=$WORK/$3
  sample "$1" "$2" >"$to.sample"
  sed -E 's|^\{"url":"http://[^/]*([^"]*)".*|\1|' "$to.sample" >"$to.get"
  head -n 200 "$to.get" | sed "s|^|http://127.0.0.1:$1|" | xargs curl -s -I -H "Authorization: Bearer $TOKEN" \
    | tr -d '\r' | sed -n 's/^ETag: //p' | paste <(head -n 200 "$to.get") - >"$to.known"
  local query='/api/v1/klanten?bronorganisatie=\1\&subjectNatuurlijkPersoon__inpBsn=\2'
  sed -nE 's|.*"bronorganisatie":"([0-9]+)".*"inpBsn":"([0-9]+)".*|'"$query"'|p' "$to.sample" >"$to.find"
  echo /api/v1/klanten >"$to.page1"
  sed -nE 's|.*"bronorganisatie":"([0-9]+)".*|/api/v1/klanten?bronorganisatie=\1|p' "$to.sample" | sort -u >"$to.org"
  if (( $2 >= 100000 )); then echo "/api/v1/klanten?page=1000" >"$to.page1000"; fi
  sed -E -e 's|"url":"[^"]*",||' -e 's|"klantnummer":"[^"]*",||' "$to.sample" >"$to.post"
}

# --- measuring --------------------------------------------------------------------------------------------------------

# Requests a second, appended to FIGURES/SIDE.CASE; the latencies go to …​.p50 and .p99.
measure() { # SIDE CASE PORT CONNECTIONS KIND FILE [SECONDS]
  local seconds=${7:-$SECONDS_EACH} out rate p50 p99 failures
  out=$(wrk -t1 -c"$4" -d"${seconds}s" -s bench/request.lua "$(base "$3")" -- "$5" "$6")
  read -r rate p50 p99 failures < <(sed -n 's/^RESULT //p' <<<"$out")
  if (( failures > 0 )); then say "$failures failures in $1 $2"; exit 1; fi
  if [[ $1 != warm ]]; then echo "$rate" >>"$FIGURES/$1.$2"; echo "$p50" >>"$FIGURES/$1.$2.p50"; echo "$p99" >>"$FIGURES/$1.$2.p99"; fi
  progress "$seconds" "$1 $2"
}

median() { sort -g "$1" | awk '{ v[NR] = $1 } END { print (NR % 2 ? v[(NR + 1) / 2] : (v[NR / 2] + v[NR / 2 + 1]) / 2) }'; }

# The median of the ratios of the rounds, which is steadier than the ratio of two medians.
ratio() { paste "$FIGURES/$1" "$FIGURES/$2" | awk '{ print $1 / $2 }' >"$FIGURES/ratio"; median "$FIGURES/ratio"; }

figures() { FIGURES=$WORK/figures-$1; rm -rf "$FIGURES"; mkdir -p "$FIGURES"; }

# --- parts ------------------------------------------------------------------------------------------------------------

goals() {
  figures goals
  start_app $APP_PORT "$(store $GOAL_SIZE)"
  requests $APP_PORT $GOAL_SIZE goals
  local klant; klant=http://127.0.0.1:$APP_PORT$(head -n 1 "$WORK/goals.get")
  fetch -D - -o "$WORK/klant.body" "$klant" | tr -d '\r' >"$WORK/klant.headers"
  fetch -D - -o "$WORK/page.body" "$(base $APP_PORT)" | tr -d '\r' >"$WORK/page.headers"

  start_ceiling "$WORK/klant"
  measure warm ceiling $CEILING_PORT 8 get "$WORK/goals.get" 3
  measure warm get $APP_PORT 8 get "$WORK/goals.get" 3
  measure warm known $APP_PORT 8 get "$WORK/goals.known" 1
  for _ in $(seq "$ROUNDS"); do
    measure ceiling get $CEILING_PORT 8 get "$WORK/goals.get"
    measure app get $APP_PORT 8 get "$WORK/goals.get"
    measure app known $APP_PORT 8 get "$WORK/goals.known"
  done
  start_ceiling "$WORK/page"
  measure warm ceiling $CEILING_PORT 8 get "$WORK/goals.page1" 2
  measure warm page $APP_PORT 8 get "$WORK/goals.page1" 2
  for _ in $(seq "$ROUNDS"); do
    measure ceiling page $CEILING_PORT 8 get "$WORK/goals.page1"
    measure app page $APP_PORT 8 get "$WORK/goals.page1"
  done
  stop $CEILING_PORT
  stop $APP_PORT
  cp "$(store $GOAL_SIZE)" "$WORK/creates.db"
  start_app $APP_PORT "$WORK/creates.db"
  measure warm create $APP_PORT 16 post "$WORK/goals.post" 8
  for _ in $(seq "$ROUNDS"); do measure app create $APP_PORT 16 post "$WORK/goals.post"; done
  stop $APP_PORT
  rm -f "$WORK"/creates.db*

  local row='| %-38s | %9.0f | %9.0f | %7.2f | %6d | %6d |\n'
  say ''
  echo "| goals, $GOAL_SIZE klanten                   |   a second |   ceiling |   ratio | p50 µs | p99 µs |"
  echo '| --- | --: | --: | --: | --: | --: |'
  goal() { # NAME CASE CEILING
    printf "$row" "$1" "$(median "$FIGURES/app.$2")" "$(median "$FIGURES/ceiling.$3")" "$(ratio "app.$2" "ceiling.$3")" \
      "$(median "$FIGURES/app.$2.p50")" "$(median "$FIGURES/app.$2.p99")"
  }
  goal 'GET klant' get get
  goal 'GET klant, If-None-Match: 304' known get
  goal 'list page of 100' page page
  local creates; creates=$(median "$FIGURES/app.create")
  printf "$row" "create, durable (x $REFERENCE_CREATES/s of the reference)" "$creates" $REFERENCE_CREATES \
    "$(awk "BEGIN { print $creates / $REFERENCE_CREATES }")" \
    "$(median "$FIGURES/app.create.p50")" "$(median "$FIGURES/app.create.p99")"
}

scale() {
  figures scale
  local size port=$APP_PORT kinds="get find page1 org page1000" kind
  declare -A ports=()
  for size in $SIZES; do
    ports[$size]=$port
    start_app $port "$(store "$size")"
    requests $port "$size" "$size"
    for kind in $kinds; do [[ -e $WORK/$size.$kind ]] && measure warm "$kind, $size" $port 8 get "$WORK/$size.$kind" 2; done
    port=$((port + 1))
  done
  for _ in $(seq "$ROUNDS"); do
    for kind in $kinds; do
      for size in $SIZES; do
        [[ -e $WORK/$size.$kind ]] && measure "$size" "$kind" "${ports[$size]}" 8 get "$WORK/$size.$kind"
      done
    done
  done
  for size in $SIZES; do stop "${ports[$size]}"; done
  # Creates make a store larger: each round has a copy of its own, warmed by as many creates.
  for _ in $(seq "$ROUNDS"); do
    for size in $SIZES; do
      # On the disk before the first create, which would wait for it.
      cp "$(store "$size")" "$WORK/creates.db"
      sync "$WORK/creates.db"
      start_app $APP_PORT "$WORK/creates.db"
      measure warm "create, $size" $APP_PORT 16 post "$WORK/$size.post" 5
      measure "$size" create $APP_PORT 16 post "$WORK/$size.post"
      stop $APP_PORT
      rm -f "$WORK"/creates.db*
    done
  done

  local first=${SIZES%% *}
  say ''
  printf '| scale: a second (ratio to %s)' "$first"
  for size in $SIZES; do printf ' | %s' "$size"; done
  echo ' |'
  printf '| --- |'; for size in $SIZES; do printf ' --: |'; done; echo
  line() { # NAME CASE
    printf '| %-28s' "$1"
    for size in $SIZES; do
      if [[ -e $FIGURES/$size.$2 ]]; then
        printf ' | %.0f' "$(median "$FIGURES/$size.$2")"
        if [[ -e $FIGURES/$first.$2 && $size != "$first" ]]; then printf ' (%.2f)' "$(ratio "$size.$2" "$first.$2")"; fi
        if [[ $2 == page1000 ]]; then printf ' (%.2f of page 1)' "$(ratio "$size.$2" "$size.page1")"; fi
      else
        printf ' | -'
      fi
    done
    echo ' |'
  }
  line 'GET klant' get
  line 'find by BSN' find
  line 'page 1 of all' page1
  line 'page 1 of a bronorganisatie' org
  line 'page 1,000' page1000
  line 'create' create
}

# Each side fills its own store, so that a change of the schema is measured too.
compare() {
  figures compare
  local side kinds="get known page1 find" kind port=$APP_PORT
  declare -A ports=()
  for side in base app; do
    ports[$side]=$port
    start_app $port "$(store compare-$side)" $side
    requests $port $GOAL_SIZE compare-$side
    for kind in $kinds; do measure warm "$kind, $side" $port 8 get "$WORK/compare-$side.$kind" 3; done
    port=$((port + 1))
  done
  for _ in $(seq "$ROUNDS"); do
    for kind in $kinds; do
      for side in base app; do measure $side "$kind" "${ports[$side]}" 8 get "$WORK/compare-$side.$kind"; done
    done
  done
  for side in base app; do measure warm "create, $side" "${ports[$side]}" 16 post "$WORK/compare-$side.post" 8; done
  for _ in $(seq "$ROUNDS"); do
    for side in base app; do measure $side create "${ports[$side]}" 16 post "$WORK/compare-$side.post"; done
  done
  for side in base app; do stop "${ports[$side]}"; rm -f "$(store compare-$side)"*; done

  say ''
  echo "| a second, $GOAL_SIZE klanten | $(git rev-parse --short "$BASE") | this | ratio |"
  echo '| --- | --: | --: | --: |'
  for kind in $kinds create; do
    printf '| %s | %.0f | %.0f | %.2f |\n' "$kind" "$(median "$FIGURES/base.$kind")" \
      "$(median "$FIGURES/app.$kind")" "$(ratio "app.$kind" "base.$kind")"
  done
}

# Anonymous memory is what the program itself uses; the rest is the database file and the program's code, which the
# system takes back when it needs to.
resident() { awk '/^(VmRSS|RssAnon):/ { printf "%s %.0f MB  ", $1, $2 / 1024 }' "/proc/${pids[$1]}/status"; }

memory() {
  start_app $APP_PORT "$(store $GOAL_SIZE)"
  requests $APP_PORT $GOAL_SIZE memory
  stop $APP_PORT
  start_app $APP_PORT "$(store $GOAL_SIZE)"
  sleep 2
  local rest; rest=$(resident $APP_PORT)
  measure warm memory $APP_PORT 8 get "$WORK/memory.get" 6
  local load; load=$(resident $APP_PORT)
  measure warm memory $APP_PORT 8 get "$WORK/memory.page1" 4
  local pages; pages=$(resident $APP_PORT)
  stop $APP_PORT
  say ''
  echo '| memory | |'
  echo '| --- | --- |'
  echo "| at rest | $rest|"
  echo "| after 6 s of GETs | $load|"
  echo "| after 4 s of list pages | $pages|"
  echo "| allocation per GET | $("$WORK/bench/Klanten.Bench" allocation "$(store $GOAL_SIZE)") |"
}

soak() {
  figures soak
  cp "$(store $GOAL_SIZE)" "$WORK/soak.db"
  start_app $APP_PORT "$WORK/soak.db"
  requests $APP_PORT $GOAL_SIZE soak
  local turn turns=$((SOAK_MINUTES * 60 / 30)) rows=()
  for turn in $(seq $turns); do
    measure warm "soak $turn of $turns" $APP_PORT 8 get "$WORK/soak.get" 12
    measure warm "soak $turn of $turns" $APP_PORT 8 get "$WORK/soak.page1" 6
    measure warm "soak $turn of $turns" $APP_PORT 8 get "$WORK/soak.find" 6
    measure warm "soak $turn of $turns" $APP_PORT 16 post "$WORK/soak.post" 6
    rows+=("| $(awk "BEGIN { print $turn / 2 }") | $(resident $APP_PORT)|")
  done
  stop $APP_PORT
  rm -f "$WORK"/soak.db*
  say ''
  echo '| minutes of load | resident |'
  echo '| --: | --- |'
  printf '%s\n' "${rows[@]}"
}

# The server ends when its standard input does: with this script.
cosmos() {
  local connection
  dotnet build Klanten.Tests -c Release >&2
  dotnet build bench/Klanten.Bench -c Release >&2
  coproc server { exec dotnet run --project Klanten.Tests -c Release --no-build -- cosmos-proxy 0; }
  read -r connection <&"${server[0]}" || { say 'the Cosmos server did not start'; exit 1; }
  dotnet run --project bench/Klanten.Bench -c Release --no-build -- cosmos "$connection"
}

bad_days() {
  mkdir -p "$WORK"
  quietly publish Klanten.Functions -c Release -o "$WORK/app"
  quietly build bench/Klanten.Bench -c Release -o "$WORK/bench"
  local run=(dotnet "$WORK/bench/Klanten.Bench.dll" bad-days "$WORK/app/Klanten.Functions.dll")
  "${run[@]}"
  [[ $EUID == 0 ]] || { say 'not root: a silent DNS is not measured'; return; }
  # A network without another host, whose DNS server is the measuring program.
  echo 'nameserver 127.0.0.1' >"$WORK/resolv.conf"
  unshare --net --mount bash -c 'ip link set lo up; mount --bind "$0" /etc/resolv.conf; exec "$@"' "$WORK/resolv.conf" "${run[@]}" dns
}

# --- the run ----------------------------------------------------------------------------------------------------------

if [[ $PARTS == cosmos ]]; then cosmos; exit; fi
if [[ $PARTS == bad-days ]]; then bad_days; exit; fi
command -v wrk >/dev/null || { say 'installing wrk'; apt-get update -qq && apt-get install -y -qq wrk >/dev/null; }
mkdir -p "$WORK"
say 'publishing'
# Both sides in one form.
publish_side . app
quietly publish bench/Klanten.Ceiling -c Release -o "$WORK/ceiling" $PUBLISH_ARGS
if has memory; then quietly build bench/Klanten.Bench -c Release -o "$WORK/bench"; fi
if has compare; then
  git worktree add -q --force --detach "$WORK/base-source" "${BASE:?names the revision to compare with}"
  publish_side "$WORK/base-source" base
  git worktree remove --force "$WORK/base-source"
fi
TOKEN=$("$WORK/app/Klanten.Functions" token --client bench | tail -n 1)
export TOKEN
if has goals || has memory || has soak; then seed $GOAL_SIZE; fi
if has compare; then for side in base app; do seed $GOAL_SIZE compare-$side $side; done; fi
if has scale; then for size in $SIZES; do seed "$size"; done; fi
started=$SECONDS

for part in $PARTS; do "$part"; done
