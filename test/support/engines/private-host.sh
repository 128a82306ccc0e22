#!/bin/sh
# Runs a test engine in a view of the host that nobody else has. Used as:
#   unshare --mount --net --propagation slave sh private-host.sh [COPY ORIGINAL]... -- PROGRAM [ARGUMENT]...
#
# The network namespace is there because a dockerd with --bridge=none deletes docker0 where it starts (20.10.24). The
# mount namespace is there because everything that an engine mounts or leaves in /run then ends with its last process.
set -eu

# Shared again, among ourselves, as systemd does it on a real host: without it `-v …:rshared` is refused.
mount --make-rshared /

# dockerd takes a containerd that answers in /run/containerd for its own, and the shims put their sockets there.
# The name of the mount tells whose processes these are, whatever happens to their environment: see processes.ts.
mount -t tmpfs -o mode=755 "$SEKISHO_ENGINE_FOLDER" /run

while [ "$1" != -- ]; do
  case "$2" in /run/*) mkdir -p "$2" ;; esac
  mount --bind "$1" "$2"
  shift 2
done
shift

ip link set lo up
exec "$@"
