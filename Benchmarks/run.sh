#!/bin/bash
# Measures tagboat beside skopeo and prints Markdown: requests, seconds, processor seconds and memory. README.md tells
# what is measured, and how.
# usage: run.sh [--quick | --runs N] TAGBOAT
set -euo pipefail

if [ "${1:-}" = --inside ]; then
    shift
else
    # A world of its own: network, mounts and processes end with the script, and nothing of the machine is touched.
    # The environment goes too, since both programs take settings from it.
    here=$(cd "$(dirname "$0")" && pwd)
    exec env -i PATH="$PATH" LC_ALL=C unshare --user --map-root-user --net --mount --pid --fork --kill-child --mount-proc \
        "$here/$(basename "$0")" --inside "$@"
fi

here=$(dirname "$0")
runs=3 round_trips="0 40" tag_counts="1 8 32" layer_size=125000000
# What a copy of 500 MB may have resident, in MiB.
most_memory=64
if [ "${1:-}" = --quick ]; then
    shift
    runs=1 round_trips=0 tag_counts=1 layer_size=5000000
elif [ "${1:-}" = --runs ]; then
    runs=$2
    shift 2
fi
[ $# = 1 ] || { echo "usage: run.sh [--quick | --runs N] TAGBOAT" >&2; exit 2; }
tagboat=$(cd "$(dirname "$1")" && pwd)/$(basename "$1")
for program in "$tagboat" skopeo docker-registry git jq openssl curl python3 ip /usr/bin/time; do
    command -v "$program" > /dev/null || { echo "run.sh: $program is missing" >&2; exit 2; }
done

# Memory, so that no disk is measured; the mount is seen by nobody else.
work=$(mktemp -d)
mount -t tmpfs benchmark "$work"
clean_up() {
    cd /
    # shellcheck disable=SC2046 # one word for each process
    kill $(jobs -p) 2> /dev/null || true
    wait
    umount "$work"
    rmdir "$work"
}
trap clean_up EXIT
trap 'exit 130' INT TERM
cd "$work"
export HOME=$work GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_SYSTEM=/dev/null
export GIT_AUTHOR_NAME=Benchmark GIT_AUTHOR_EMAIL=benchmark@example.com
export GIT_COMMITTER_NAME=Benchmark GIT_COMMITTER_EMAIL=benchmark@example.com
failures=0
load=$(cut -d' ' -f1 /proc/loadavg)

fail() {
    echo "run.sh: $*" >&2
    failures=$((failures + 1))
}

# --- the network: 192.0.2.1 is here, 192.0.2.2 is the same machine at the end of a long line --------------------------

near=192.0.2.1 far=192.0.2.2
ip link set lo up
ip address add $near/32 dev lo

host() {
    if [ "$1" = 0 ]; then echo $near; else echo $far; fi
}

lengthen_line() {
    ip tuntap add dev line mode tun
    # Long frames, since each one passes through a Python program; a queue that holds a full window.
    ip link set line mtu 9000 txqueuelen 20000 up
    "$here/latency.py" line "$1" &
    ip route add $far/32 dev line src $near
    until curl --silent --connect-timeout 0.3 --output connection "https://$far:5000/v2/"; do sleep 0.1; done
}

# --- the registries: 5000 is where images come from, 5001 where they go ------------------------------------------------

openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=benchmark \
    -addext "subjectAltName=IP:$near,IP:$far" -keyout key.pem -out certificate.pem 2> openssl.log
export SSL_CERT_FILE=$work/certificate.pem
declare -A registry

start_registry() {
    mkdir -p "data-$1"
    cat > "registry-$1.yml" <<YAML
version: 0.1
log: {level: error}
storage:
  filesystem: {rootdirectory: $work/data-$1}
  maintenance: {uploadpurging: {enabled: false}}
http:
  addr: 0.0.0.0:$1
  secret: benchmark
  tls: {certificate: $work/certificate.pem, key: $work/key.pem}
YAML
    docker-registry serve "registry-$1.yml" >> "access-$1.log" 2>> registry.log &
    registry[$1]=$!
    for _ in $(seq 100); do
        if curl --silent --fail "https://$near:$1/v2/"; then break; fi
        sleep 0.05
    done > /dev/null
    settle
}

empty_registry() {
    kill "${registry[$1]}"
    wait "${registry[$1]}" || true
    rm -rf "data-$1"
    start_registry "$1"
}

# A registry writes a request down after it has answered it: wait until its log stands still.
settle() {
    local before=-1 now=0
    while [ "$before" != "$now" ]; do
        before=$now
        sleep 0.05
        now=$(cat access-*.log | wc -l)
    done
}

logged() {
    cat access-*.log | wc -l
}

# --- measuring --------------------------------------------------------------------------------------------------------

# measure KEY COMMAND...: appends "requests seconds cpu-seconds peak-MiB" to the results of KEY.
measure() {
    local key=$1 before after start end
    shift
    # What skopeo remembers of earlier copies would spare it uploads that the next run is to measure.
    rm -rf /var/lib/containers/cache
    settle
    before=$(logged)
    start=$EPOCHREALTIME
    if ! /usr/bin/time --format '%U %S %M' --output usage "$@" > output 2> messages; then
        fail "$key failed:"
        tail -n 5 messages >&2
    fi
    end=$EPOCHREALTIME
    settle
    after=$(logged)
    requests=$((after - before))
    tail -n 1 usage | awk -v requests=$requests -v start="$start" -v end="$end" -v key="$key" \
        '{ printf "%s %d %.3f %.2f %.1f\n", key, requests, end - start, $1 + $2, $3 / 1024 }' | tee -a results >&2
}

# measure_tagboat KEY ARGUMENT...: and what --verbose says must be what the registries have seen.
measure_tagboat() {
    local key=$1 said
    shift
    measure "$key" "$tagboat" "$@" --verbose
    said=$(sed -n 's/.*requests: \([0-9]*\).*round trips: \([0-9]*\),.*/\1 \2/p' messages | tail -n 1)
    [ "${said% *}" = "$requests" ] || fail "$key: tagboat counts '${said% *}' requests, the registries $requests"
    echo "$key ${said#* }" >> round-trips
}

# Each skopeo command sets one tag, so several tags take several commands.
cat > skopeo-tags <<'SKOPEO'
#!/bin/bash
source=$1 target=$2
shift 2
for tag in "$@"; do skopeo --insecure-policy copy --quiet "$source" "$target:$tag" || exit 1; done
SKOPEO
chmod +x skopeo-tags

# check_tags KEY REPOSITORY DIGEST TAG...: every tag must have become the image.
check_tags() {
    local key=$1 repository=$2 digest=$3 tag
    shift 3
    for tag in "$@"; do
        curl --silent --head --header 'Accept: application/vnd.oci.image.manifest.v1+json' \
            "https://$near:${repository%%/*}/v2/${repository#*/}/manifests/$tag" | grep -q "$digest" ||
            fail "$key: $tag is not $digest"
    done
}

# --- scene 1: the release 1.0.1 takes over the tags of 1.0.0 -----------------------------------------------------------

# rules K: a policy that gives K tags.
rules() {
    if [ "$1" = 1 ]; then
        echo 'tags: [branch]'
    else
        echo 'tags:'
        for rule in version minor major latest sha date branch; do echo "  - $rule"; done
        for number in $(seq $(($1 - 7))); do echo "  - type=raw,value=site-$number"; done
    fi
}

git init --quiet --initial-branch=main app
for release in 1.0.0 1.0.1; do
    echo $release > app/VERSION
    git -C app add VERSION
    date="2026-07-1${release##*.}T09:30:00Z"
    GIT_AUTHOR_DATE=$date GIT_COMMITTER_DATE=$date git -C app commit --quiet --message "Release $release"
    labels=$("$tagboat" labels -C app --format json)
    "$here/image.py" "small-$release" app 1 100000 "$labels" > "digest-$release"
    git clone --quiet app "checkout-$release"
done
digest=$(cat digest-1.0.1)

# prepare_tags KEY K: sets "repository" and "tags"; the repository holds the last release under its tags.
prepare_tags() {
    repository=app-$(echo "$1" | tr ' ' -)
    rules "$2" > rules.yaml
    "$tagboat" push --quiet -C checkout-1.0.0 --config "$work/rules.yaml" --from "oci:$work/small-1.0.0:app" \
        --image "$near:5000/$repository" > output
    # A build is in no other repository yet, as in a pipeline that has just pushed it.
    "$tagboat" copy --quiet "oci:$work/small-1.0.1:app" "$near:5000/ci:build" > output
    mapfile -t tags < <("$tagboat" tags -C checkout-1.0.1 --config "$work/rules.yaml" --format json | jq -r '.tags[].tag')
    [ ${#tags[@]} = "$2" ] || fail "the policy for $2 tags gives ${#tags[@]}: ${tags[*]}"
}

tag_scene() {
    local run count key registry_host
    registry_host=$(host "$1"):5000
    for count in $tag_counts; do
        for run in $(seq $runs); do
            key="tags $1 $count push"
            prepare_tags "$key $run" "$count"
            measure_tagboat "$key" push -C checkout-1.0.1 --config "$work/rules.yaml" --from "$registry_host/ci:build" \
                --image "$registry_host/$repository"
            check_tags "$key" "5000/$repository" "$digest" "${tags[@]}"

            key="tags $1 $count copy"
            prepare_tags "$key $run" "$count"
            measure_tagboat "$key" copy "$registry_host/ci:build" "$registry_host/$repository" \
                "${tags[@]/#/--tag=}"
            check_tags "$key" "5000/$repository" "$digest" "${tags[@]}"

            key="tags $1 $count skopeo"
            prepare_tags "$key $run" "$count"
            measure "$key" ./skopeo-tags "docker://$registry_host/ci:build" "docker://$registry_host/$repository" \
                "${tags[@]}"
            check_tags "$key" "5000/$repository" "$digest" "${tags[@]}"
        done
    done
}

# --- scene 2: a large image goes from a layout, and from one registry, to another --------------------------------------

large=$((layer_size * 4 / 1000000))

copy_scene() {
    local run from key there tagboat_source skopeo_source
    there=$(host "$1"):5001/app
    for run in $(seq $runs); do
        for from in layout registry; do
            if [ $from = layout ]; then
                tagboat_source=oci:$work/large:app skopeo_source=oci:$work/large:app
            else
                tagboat_source=$(host "$1"):5000/large:app skopeo_source=docker://$(host "$1"):5000/large:app
            fi
            key="copy $1 $from tagboat"
            empty_registry 5001
            measure_tagboat "$key" copy "$tagboat_source" "$there:large"
            check_tags "$key" 5001/app "$large_digest" large
            awk -v most=$most_memory 'END { exit !($NF <= most) }' results ||
                fail "$key: more than $most_memory MiB resident: $(tail -n 1 results)"

            key="copy $1 $from skopeo"
            empty_registry 5001
            measure "$key" ./skopeo-tags "$skopeo_source" "docker://$there" large
            check_tags "$key" 5001/app "$large_digest" large
        done
    done
}

# --- the tables -------------------------------------------------------------------------------------------------------

# column KEY N: the median of the Nth number of a key's runs.
column() {
    sed -n "s/^$1 \([0-9.]* [0-9.]* [0-9.]* [0-9.]*\)\$/\1/p" results | cut -d' ' -f"$2" | sort -n |
        awk '{ value[NR] = $1 } END { print value[int((NR + 1) / 2)] }'
}

tag_table() {
    echo "| tags | round trip | | requests | waits | seconds | CPU s |"
    echo "|---:|---:|---|---:|---:|---:|---:|"
    for count in $tag_counts; do
        for round_trip in $round_trips; do
            for client in "push|tagboat push" "copy|tagboat copy" "skopeo|skopeo copy × $count"; do
                key="tags $round_trip $count ${client%%|*}"
                echo "| $count | $round_trip ms | ${client#*|} | $(column "$key" 1) | $(waited "$key") |" \
                    "$(column "$key" 2) | $(column "$key" 3) |"
            done
        done
    done
}

waited() {
    sed -n "s/^$1 //p" round-trips | sort -n | awk '{ value[NR] = $1 } END { print NR ? value[int((NR + 1) / 2)] : "" }'
}

copy_table() {
    echo "| from | round trip | | requests | seconds | CPU s | peak MiB |"
    echo "|---|---:|---|---:|---:|---:|---:|"
    for from in layout registry; do
        for round_trip in $round_trips; do
            for client in tagboat skopeo; do
                key="copy $round_trip $from $client"
                echo "| $from | $round_trip ms | $client copy | $(column "$key" 1) | $(column "$key" 2) |" \
                    "$(column "$key" 3) | $(column "$key" 4) |"
            done
        done
    done
}

version() {
    dpkg-query --show --showformat '${Version}' "$1" 2> /dev/null || echo unknown
}

start_registry 5000
start_registry 5001
"$here/image.py" large app 4 "$layer_size" '{}' > digest-large
large_digest=$(cat digest-large)
"$tagboat" copy --quiet "oci:$work/large:app" "$near:5000/large:app" > output

for round_trip in $round_trips; do
    if [ "$round_trip" != 0 ]; then
        lengthen_line "$round_trip"
        line=$(curl --silent --output /dev/null --write-out '%{time_connect}' "https://$far:5000/v2/")
    fi
    tag_scene "$round_trip"
    copy_scene "$round_trip"
done

echo "tagboat $("$tagboat" --version), skopeo $(version skopeo), docker-registry $(version docker-registry)," \
    "Linux $(uname -r | cut -d- -f1), $(nproc) cores, load $load at the start; runs of each: $runs." \
    ${line:+"A TCP connection over the long line takes $line s."}
echo
tag_table
echo
echo "$large MB in 4 layers:"
echo
copy_table
[ $failures = 0 ] || exit 1
