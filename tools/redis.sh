#!/bin/sh
# Installs Redis for the tests of shared pages where that needs no question: as root on Debian.
set -eu
for program in redis-server valkey-server; do
  command -v "$program" >/dev/null && exit
done
[ "$(id -u)" = 0 ] && command -v apt-get >/dev/null || exit 0 # the tests will say what they left out
echo "Installing Redis for the tests of shared pages ..."
export DEBIAN_FRONTEND=noninteractive
export RUNLEVEL=1 # so that it is not started as a service
apt-get update -qq
apt-get install -qq --no-install-recommends redis-server >/dev/null ||
  echo "It could not be installed; apt says why above." >&2
