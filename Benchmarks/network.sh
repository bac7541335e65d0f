#!/bin/bash
# A console in one network namespace and its server in another, over a line that is slow and loses packets.
#
#   Benchmarks/network.sh [DELAY [LOSS]]      as root; needs releve and releve-bench in release; 20ms and 1% unless said
#
# Ends with 77 and says why where the machine allows no namespaces or knows no netem.
set -euo pipefail
delay=${1:-20ms} loss=${2:-1%}
root=$(cd "$(dirname "$0")/.." && pwd)
built=$root/.build/release binaries=/usr/lib/postgresql/15/bin
name=releve$$
work=$(mktemp -d /tmp/releve-network-XXXXXX)

skip() { echo "SKIPPED: $1" >&2; exit 77; }
clean() {
  if [ -f "$work/server/data/postmaster.pid" ]; then
    setpriv --reuid=postgres --regid=postgres --clear-groups "$binaries/pg_ctl" -D "$work/server/data" -m immediate -s stop || true
  fi
  ip netns del "$name-s" 2>/dev/null || true
  ip netns del "$name-c" 2>/dev/null || true
  rm -rf "$work"
}
trap clean EXIT

[ "$(id -u)" = 0 ] || skip "only root makes network namespaces"
ip netns add "$name-s" 2>/dev/null && ip netns add "$name-c" || skip "this machine allows no network namespaces"
ip link add s0 netns "$name-s" type veth peer name c0 netns "$name-c" || skip "this machine makes no pairs of devices"
ip -n "$name-s" addr add 192.0.2.1/24 dev s0
ip -n "$name-c" addr add 192.0.2.2/24 dev c0
for side in s c; do ip -n "$name-$side" link set "${side}0" up; ip -n "$name-$side" link set lo up; done
for side in s c; do
  ip netns exec "$name-$side" tc qdisc add dev "${side}0" root netem delay "$delay" loss "$loss" 2>/dev/null \
    || skip "the kernel knows no netem (tc qdisc add … netem)"
done

chmod 755 "$work"
mkdir "$work/server" && chown postgres "$work/server"
as_postgres() { ip netns exec "$name-s" setpriv --reuid=postgres --regid=postgres --clear-groups "$@"; }
as_postgres "$binaries/initdb" -D "$work/server/data" --auth trust -U owner -E UTF8 --locale C.UTF-8 >/dev/null
echo "host all all 192.0.2.0/24 trust" >>"$work/server/data/pg_hba.conf"
as_postgres "$binaries/pg_ctl" -D "$work/server/data" -l "$work/server/log" -w -s \
  -o "-c listen_addresses=192.0.2.1 -c unix_socket_directories=$work/server" start </dev/null
as_postgres psql -h "$work/server" -U owner -d postgres -qc 'CREATE DATABASE site'

export RELEVE_STORE=postgres://owner@192.0.2.1/site RELEVE_KEY=$work/key XDG_CACHE_HOME=$work LC_ALL=C.UTF-8
console() { ip netns exec "$name-c" "$@"; }
console "$built/releve" init --demo --policies "$root/Policies" >/dev/null
console "$built/releve" intake "$root/Queue/"* >/dev/null
console "$built/releve-bench" crowd "$RELEVE_STORE" --people 8 --seconds 20
console "$built/releve" ledger verify
