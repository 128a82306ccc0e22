#!/bin/sh
# Installs what the tests and benchmarks need (see test/support/engines/) on Debian or Ubuntu. Run as root; running it again does nothing.
#
# Starts no engine: the packages bring services for Docker, containerd and Podman, and an engine on the default socket is
# the one thing our tests must never meet. A dockerd that is already here is left alone, whoever packaged it.
set -eu

if [ "$(id -u)" -ne 0 ]; then
  echo "install-test-packages: run it as root, for example: sudo sh scripts/install-test-packages.sh" >&2
  exit 2
fi

packages="busybox-static uidmap rootlesskit slirp4netns fuse-overlayfs podman conmon netavark openssl iproute2 iptables util-linux procps tar"
# Real clients of the gate and the decoy, the proxies that the gate is measured against, and the browser that looks at reports.
packages="$packages docker-compose python3-docker haproxy nginx-light chromium fonts-noto-cjk"

# docker.io and Docker's own packages exclude each other, so a machine that has a dockerd keeps the one it has.
new_units=""
if ! command -v dockerd >/dev/null 2>&1; then
  packages="$packages docker.io"
  new_units="docker.service docker.socket containerd.service"
fi
if ! command -v podman >/dev/null 2>&1; then
  new_units="$new_units podman.service podman.socket podman-restart.service podman-auto-update.service podman-auto-update.timer"
fi

for service in haproxy nginx; do
  if ! command -v "$service" >/dev/null 2>&1; then
    new_units="$new_units $service.service"
  fi
done

missing=""
for package in $packages; do
  if ! dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q '^install ok installed$'; then
    missing="$missing $package"
  fi
done
if [ -z "$missing" ]; then
  echo "install-test-packages: everything is installed"
  exit 0
fi

# invoke-rc.d and deb-systemd-invoke ask this file before they start a service; 101 means "do not".
policy=/usr/sbin/policy-rc.d
if [ ! -e "$policy" ]; then
  printf '#!/bin/sh\nexit 101\n' >"$policy"
  chmod 755 "$policy"
  trap 'rm -f "$policy"' EXIT
  trap 'exit 1' HUP INT TERM
fi

export DEBIAN_FRONTEND=noninteractive
apt-get update
# --no-remove: rather fail than take somebody's engine away to resolve a conflict.
# shellcheck disable=SC2086 # a list of words
apt-get install -y --no-install-recommends --no-remove $missing

# Not at the next boot either. Only what this run brought: an engine that was here before is its owner's business.
if [ -n "$new_units" ] && command -v systemctl >/dev/null 2>&1; then
  # shellcheck disable=SC2086 # a list of words
  systemctl disable $new_units >/dev/null 2>&1 || true
fi
echo "install-test-packages: installed$missing"
